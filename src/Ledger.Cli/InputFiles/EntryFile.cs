using System.Text.Json.Nodes;
using Ledger.Cli.Terminals;
using Ledger.Domain.Agreements;
using Ledger.Domain.Input;

namespace Ledger.Cli.InputFiles;

/// <summary>One line of a file of entries: what is to be recorded, or was.</summary>
/// <param name="Number">From 1.</param>
public sealed record EntryFileLine(int Number, string Type, JsonObject Data, JsonObject Whole);

/// <summary>
/// A file of entries, one JSON object a line: <c>{"type", "data"}</c>, or whole entries as a ledger gives them out.
/// Where an entry holds an agreement file, the name of one in the same folder may stand in its place.
/// </summary>
public static class EntryFile
{
    public static IEnumerable<EntryFileLine> Read(string name, Terminal terminal)
    {
        var path = terminal.PathOf(name);
        var number = 0;
        foreach (var line in TextFile.Lines(path, name))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
                yield return Read(line, number, name, path, terminal);
        }
    }

    private static EntryFileLine Read(string line, int number, string name, string path, Terminal terminal)
    {
        var whole = JsonInput.Parse(line) switch
        {
            Parsed<JsonNode>.Good { Value: JsonObject json } => json,
            Parsed<JsonNode>.Bad { Problems: [var problem, ..] } => throw CommandException.Refused(
                $"{name}:{number}:{problem.Column} {problem.Code} {problem.Message}"
            ),
            _ => throw CommandException.Refused(
                $"{name}:{number}:1 input/not-an-object Each line must be an object with 'type' and 'data'."
            ),
        };
        if (whole["type"] is not JsonValue type || whole["data"] is not JsonObject data)
            throw CommandException.Refused(
                $"{name}:{number}:1 input/missing Each line must be an object with 'type' and 'data'."
            );
        if (data["file"] is JsonValue file && file.TryGetValue<string>(out var beside))
        {
            var opened = AgreementOnDisk
                .Open(Path.Combine(Path.GetDirectoryName(path)!, Path.GetFileName(beside)), terminal)
                .Required(terminal);
            data["file"] = opened.Json.DeepClone();
            data["sourceSha256"] = opened.SourceSha256;
        }

        return new EntryFileLine(number, type.ToString(), data, whole);
    }
}
