using System.CommandLine;
using System.Text.Json.Nodes;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;
using Ledger.Domain.Time;
using Ledger.Verdicts.Answers;
using NodaTime;
using NodaTime.Text;

namespace Ledger.Cli.Questions;

/// <summary>
/// The parts of a full question that every command about verdicts takes: valid time, known time and the lens.
/// </summary>
public sealed class QuestionOptions
{
    private readonly (Option<string[]> Option, string Parameter)[] _parts =
    [
        (
            One(
                "--as-of",
                "WHEN",
                "The valid time: what had happened by the end of this day, in the agreement's time zone, "
                    + "or by this instant. Default: now."
            ),
            "asOf"
        ),
        (
            One(
                "--known-at",
                "WHEN",
                "The known time: what this ledger held at this position, day or instant. Default: everything."
            ),
            "knownAt"
        ),
        (One("--said-by", "WHEN", "Only what had been said by the end of this day, or by this instant."), "saidBy"),
        (One("--lens", "NAME", "A lens of the agreement file, such as strict."), "lens"),
        (
            One("--threshold", "LEVEL", "The lowest level at which reports count: alleged, corroborated or confirmed."),
            "threshold"
        ),
        (One("--match", "SURENESS", "How surely a report must match: certain or possible."), "match"),
        (One("--reading", "VERSION", "Evaluate by this version of the agreement file."), "reading"),
        (One("--sources-only", "LIST", "Only these sources: class:media,party:russia,reliability:A."), "sourcesOnly"),
        (One("--sources-not", "LIST", "All sources but these."), "sourcesNot"),
        (Many("--without", "ENTRY", "As if this entry were retracted. May be repeated."), "without"),
    ];

    public void AddTo(Command command)
    {
        foreach (var (option, _) in _parts)
            command.Add(option);
    }

    /// <summary>The question as a query string, empty or starting with <c>?</c>.</summary>
    public string Query(ParseResult parse, IEnumerable<string>? more = null) => Query(parse, _ => true, more ?? []);

    /// <summary>The same question at the very point at which it was answered.</summary>
    public string Query(ParseResult parse, VerdictAnswer answered) =>
        Query(
            parse,
            parameter => parameter is not ("asOf" or "knownAt"),
            [$"asOf={Uri.EscapeDataString(answered.AsOf.ToText())}", $"knownAt={answered.Position}"]
        );

    /// <summary>The times and the named lens alone, without the parts of a lens.</summary>
    public string PointQuery(ParseResult parse) =>
        Query(parse, parameter => parameter is "asOf" or "knownAt" or "lens", []);

    /// <summary>The question about all valid time, as known at <paramref name="position"/> where it is given.</summary>
    public string TimelessQuery(ParseResult parse, long? position = null) =>
        position is null
            ? Query(parse, parameter => parameter is not "asOf", [])
            : Query(parse, parameter => parameter is not ("asOf" or "knownAt"), [$"knownAt={position}"]);

    /// <summary>The end of the day that was typed, or the instant; null when it was not given.</summary>
    public Instant? AsOf(ParseResult parse, DateTimeZone zone)
    {
        if (parse.GetValue(_parts[0].Option) is not [var text])
            return null;
        if (LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var day })
            return zone.StartOf(day.PlusDays(1)) - Instants.Microsecond;
        return Instants.TryParse(text, out var instant)
            ? instant
            : throw CommandException.Usage(
                $"--as-of: '{text}' is not a time: write a day, 2018-10-16, or an instant, 2018-10-16T12:00:00Z."
            );
    }

    private string Query(ParseResult parse, Func<string, bool> wanted, IEnumerable<string> more)
    {
        var query = _parts
            .Where(part => wanted(part.Parameter))
            .SelectMany(part =>
                (parse.GetValue(part.Option) ?? []).Select(value => $"{part.Parameter}={Uri.EscapeDataString(value)}")
            )
            .Concat(more)
            .ToList();
        return query.Count == 0 ? "" : $"?{string.Join('&', query)}";
    }

    /// <summary>The question as the same members in JSON, for judging without a server.</summary>
    public JsonObject Json(ParseResult parse, Instant now)
    {
        var json = Json(parse, _ => true);
        json["asOf"] ??= now.ToText();
        return json;
    }

    /// <summary>The parts of a lens alone.</summary>
    public JsonObject LensJson(ParseResult parse) =>
        Json(parse, parameter => parameter is not ("asOf" or "knownAt" or "lens"));

    private JsonObject Json(ParseResult parse, Func<string, bool> wanted)
    {
        var json = new JsonObject();
        foreach (var (option, parameter) in _parts.Where(part => wanted(part.Parameter)))
        {
            if (parse.GetValue(option) is not { Length: > 0 } values)
                continue;
            if (parameter.StartsWith("sources", StringComparison.Ordinal))
                json["sources"] = new JsonObject
                {
                    [parameter == "sourcesOnly" ? "only" : "not"] = Sources(option.Name, values[0]),
                };
            else
                json[parameter] =
                    parameter == "without"
                        ? new JsonArray([.. values.Select(v => JsonValue.Create(v))])
                        : JsonValue.Create(values[0]);
        }

        return json;
    }

    private static JsonObject Sources(string option, string list)
    {
        var json = new JsonObject();
        foreach (var part in list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var name = part.Split(':') switch
            {
                ["class", _] => "classes",
                ["party", _] => "parties",
                ["reliability", _] => "reliabilities",
                _ => throw CommandException.Usage(
                    $"{option}: '{part}' must be class:, party: or reliability: followed by a word."
                ),
            };
            (json[name] as JsonArray ?? (json[name] = new JsonArray()).AsArray()).Add(
                part[(part.IndexOf(':', StringComparison.Ordinal) + 1)..]
            );
        }

        return json;
    }

    public PointerNames Names =>
        new(
            _parts
                .Select(part => ($"/{part.Parameter}", part.Option.Name))
                .Append(("/sources", "--sources-only or --sources-not"))
                .ToDictionary()
        );

    private static Option<string[]> One(string name, string value, string description)
    {
        var option = Many(name, value, description);
        // Given twice, a question would be ambiguous.
        option.Validators.Add(result =>
        {
            if (result.IdentifierTokenCount > 1)
                result.AddError($"{name} was given {result.IdentifierTokenCount} times; give it once.");
        });
        return option;
    }

    private static Option<string[]> Many(string name, string value, string description) =>
        new(name)
        {
            Description = description,
            HelpName = value,
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
        };
}
