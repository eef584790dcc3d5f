using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using Ledger.Cli.InputFiles;
using Ledger.Cli.Terminals;
using Ledger.Domain.Input;

namespace Ledger.Cli.Reports;

/// <summary>
/// The content of a report as options, or as JSON from a file or standard input. An option wins over the same field of
/// the file.
/// </summary>
public sealed class ReportOptions
{
    private readonly Option<string?> _file = new("--file")
    {
        Description = "Read the report from this JSON file; - is standard input. Other options override it.",
        HelpName = "FILE",
    };

    private readonly ImmutableArray<ReportPart> _parts = ReportParts.All();

    public void AddTo(Command command)
    {
        command.Add(_file);
        foreach (var part in _parts)
            command.Add(part.Option);
    }

    /// <summary>What the person typed for each place in the report.</summary>
    public (string Pointer, string Name)[] Names =>
        [.. _parts.SelectMany(part => part.Pointers.Select(pointer => ($"/report{pointer}", part.Name)))];

    /// <summary>Whether anything about the report is on the command line.</summary>
    public bool Any(ParseResult parse) =>
        parse.GetValue(_file) is not null || _parts.Any(part => parse.GetValue(part.Option) is { Length: > 0 });

    /// <summary>
    /// An entry's data: <c>{"report": ...}</c> and, when the file was written that way, its id and time of saying.
    /// </summary>
    public JsonObject Read(ParseResult parse, Terminal terminal, JsonObject? before = null)
    {
        var data = parse.GetValue(_file) is { } path ? FromFile(path, terminal) : [];
        if (data["report"] is not JsonObject report)
            data["report"] = report = before?.DeepClone().AsObject() ?? [];
        foreach (var part in _parts)
        {
            if (parse.GetValue(part.Option) is { Length: > 0 } values)
                part.Put(report, values);
        }

        return data;
    }

    /// <summary>A whole entry's data, or a report alone.</summary>
    private static JsonObject FromFile(string path, Terminal terminal)
    {
        var text = path == "-" ? terminal.In.ReadToEnd() : TextFile.Read(terminal.PathOf(path), path);
        var name = path == "-" ? "standard input" : path;
        switch (JsonInput.Parse(text))
        {
            case Parsed<JsonNode>.Good { Value: JsonObject json }:
                return json.ContainsKey("report") ? json : new JsonObject { ["report"] = json };
            case Parsed<JsonNode>.Bad { Problems: [var problem, ..] }:
                throw CommandException.Refused(
                    $"{name}{(problem.Line is { } line ? $":{line}:{problem.Column}" : "")}: "
                        + $"{problem.Message} ({problem.Code})"
                );
            default:
                throw CommandException.Refused(
                    $"{name}: a report is a JSON object, {{\"kind\": ..., \"occurred\": ..., \"source\": ...}}."
                );
        }
    }
}
