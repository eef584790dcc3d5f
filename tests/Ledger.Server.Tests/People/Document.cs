namespace Ledger.Server.Tests.People;

/// <summary>A table in a document, between comments that name it.</summary>
internal static class Document
{
    /// <summary>Compares; with UPDATE_SNAPSHOTS=1 writes, for a person to read again.</summary>
    public static void Check(string document, string name, string[] columns, IEnumerable<string> rows)
    {
        var path = Repository.PathOf("docs", document);
        var table = string.Join(
            '\n',
            [$"| {string.Join(" | ", columns)} |", $"|{string.Concat(columns.Select(_ => "---|"))}", .. rows]
        );
        var (begin, end) = ($"<!-- {name} -->\n", $"\n<!-- end of {name} -->");
        var text = File.ReadAllText(path);
        var from = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        var to = text.IndexOf(end, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(path, $"{text[..from]}{table}{text[to..]}");
            return;
        }

        text[from..to]
            .Split('\n')
            .Should()
            .BeEquivalentTo(table.Split('\n'), because: $"docs/{document} says what the server does");
    }
}
