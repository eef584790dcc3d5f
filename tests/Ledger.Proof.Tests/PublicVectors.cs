namespace Ledger.Proof.Tests;

/// <summary>
/// Vectors that others published, kept beside the repository in <c>shared/data/tlog</c>. A checkout without them skips
/// the tests that read them; every rule has a vector of our own as well.
/// </summary>
internal static class PublicVectors
{
    private static readonly string? Root = Ancestors(new DirectoryInfo(AppContext.BaseDirectory))
        .Select(directory => Path.Combine(directory.FullName, "shared", "data", "tlog"))
        .FirstOrDefault(Directory.Exists);

    public static string PathOf(params string[] parts)
    {
        Assert.SkipUnless(Root is not null, "The public vectors (shared/data/tlog) are not beside this checkout.");
        return Path.Combine([Root!, .. parts]);
    }

    public static string Text(params string[] parts) => File.ReadAllText(PathOf(parts));

    public static byte[] Bytes(params string[] parts) => File.ReadAllBytes(PathOf(parts));

    private static IEnumerable<DirectoryInfo> Ancestors(DirectoryInfo? directory)
    {
        for (; directory is not null; directory = directory.Parent)
            yield return directory;
    }
}
