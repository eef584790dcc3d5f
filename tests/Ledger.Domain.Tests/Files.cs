namespace Ledger.Domain.Tests;

/// <summary>Finds the repository's own files from wherever the tests run.</summary>
internal static class Files
{
    public static string Root { get; } = Find(AppContext.BaseDirectory, "Ledger.sln");

    public static string Agreement(string id, string file) => Path.Combine(Root, "agreements", id, file);

    /// <summary>Reads an agreement file of the repository, with the geometries beside it.</summary>
    public static Input.Parsed<Domain.Agreements.AgreementFile> ParseAgreement(string id, string file) =>
        Domain.Agreements.AgreementFile.Parse(
            File.ReadAllText(Agreement(id, file)),
            name => File.Exists(Agreement(id, name)) ? File.ReadAllText(Agreement(id, name)) : null
        );

    private static string Find(string from, string file)
    {
        var folder = new DirectoryInfo(from);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, file)))
            folder = folder.Parent;
        return folder?.FullName ?? throw new FileNotFoundException($"No folder above {from} holds {file}.");
    }
}
