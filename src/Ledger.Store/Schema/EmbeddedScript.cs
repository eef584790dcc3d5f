namespace Ledger.Store.Schema;

/// <summary>The .sql files beside these classes.</summary>
internal static class EmbeddedScript
{
    public static async Task<string> ReadAsync(string file, CancellationToken cancellationToken)
    {
        var name = $"{typeof(EmbeddedScript).Namespace}.{file}";
        using var script = new StreamReader(typeof(EmbeddedScript).Assembly.GetManifestResourceStream(name)!);
        return await script.ReadToEndAsync(cancellationToken);
    }
}
