namespace Ledger.Server.Tests.People;

/// <summary>A table in docs/permissions.md, between comments that name it.</summary>
internal static class Document
{
    private static readonly string File = Repository.PathOf("docs", "permissions.md");

    public static void Check(string name, string[] columns, IEnumerable<string> rows)
    {
        var table = string.Join(
            '\n',
            [$"| {string.Join(" | ", columns)} |", $"|{string.Concat(columns.Select(_ => "---|"))}", .. rows]
        );
        var (begin, end) = ($"<!-- {name} -->\n", $"\n<!-- end of {name} -->");
        var text = System.IO.File.ReadAllText(File);
        var from = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        var to = text.IndexOf(end, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            System.IO.File.WriteAllText(File, $"{text[..from]}{table}{text[to..]}");
            return;
        }

        text[from..to]
            .Split('\n')
            .Should()
            .BeEquivalentTo(table.Split('\n'), because: "docs/permissions.md says what the server does");
    }
}
