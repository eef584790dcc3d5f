using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using Ledger.Cli.Terminals;
using Ledger.Domain.Reports;

namespace Ledger.Cli.Reports;

/// <summary>One option and the field of a report that it fills.</summary>
/// <param name="Pointers">Places in the report that this option answers for.</param>
/// <param name="Name">The option as errors call it; a space at its end asks for the code after it.</param>
public sealed record ReportPart(
    Option<string[]> Option,
    ImmutableArray<string> Pointers,
    string Name,
    Action<JsonObject, string[]> Put
);

/// <summary>Every option of a report, in the order in which help lists them.</summary>
public static class ReportParts
{
    public static ImmutableArray<ReportPart> All() =>
        [
            One("--kind", "CODE", "A kind of the agreement's codebook, such as bombing.", "/kind"),
            Text(
                "--occurred",
                "WHEN",
                "When it happened: 2018-11-25, an instant, 2018-10-06..2018-10-08 (both days "
                    + "included), 2018-10 or 2018.",
                ["/occurred"],
                (report, value) => report["occurred"] = OccurredText.ToJson(value)
            ),
            Text(
                "--at",
                "LAT,LON",
                "The place, in decimal degrees.",
                ["/place/point"],
                (report, value) => Place(report)["point"] = Point("--at", value)
            ),
            One("--place", "NAME", "The name of the place as heard.", "/place/name"),
            One("--place-code", "CODE", "Gazetteer id or p-code of the place.", "/place/code"),
            One(
                "--precision",
                "WORD",
                "The precision of the place: exact, near, district, region or unknown.",
                "/place/precision"
            ),
            Text(
                "--exact",
                "LAT,LON",
                "The exact place in decimal degrees, if it must be protected. It is sealed; "
                    + "give a coarser place with --precision and --place or --at.",
                ["/place/exact"],
                (report, value) => Place(report)["exact"] = Point("--exact", value)
            ),
            Number(
                "--radius",
                "METRES",
                "The radius around --at in metres, if the source states one.",
                "/place/radius"
            ),
            One("--zone", "ZONE", "The zone of the agreement that the source names as the place.", "/place/zone"),
            Actors("--by", "Who did it: a party of the agreement or any name. May be repeated.", "by"),
            Actors("--against", "Who it was done to. May be repeated.", "against"),
            Actors("--observed", "Who was seen there. May be repeated.", "observed"),
            One(
                "--subject",
                "TEXT",
                "The subject that several reports can share: a weapon, a unit, a post, a road.",
                "/subject"
            ),
            Coded(
                "--quantity",
                "NAME=NUMBER",
                "A number: killed=5, killed=5..7, or low..best..high. May be repeated.",
                "/quantities",
                Quantity
            ),
            Coded(
                "--attribute",
                "NAME=VALUE",
                "A code of the codebook: moved=heavy-weapons. May be repeated.",
                "/attributes",
                value => value
            ),
            Text(
                "--source",
                "CLASS[:NAME]",
                $"Who says so: {string.Join(", ", ReportWords.Classes.Keys.Order(StringComparer.Ordinal))}; "
                    + "after a colon its public name.",
                ["/source"],
                Source
            ),
            One("--source-party", "PARTY", "The party for which the source speaks.", "/source/party"),
            One(
                "--reliability",
                "A-F",
                "Admiralty letter of the source; F is 'cannot be judged'.",
                "/source/reliability"
            ),
            Number(
                "--credibility",
                "1-6",
                "Admiralty number of the information; 6 is 'cannot be judged'.",
                "/source/credibility"
            ),
            One(
                "--identity",
                "TEXT",
                "The identity of the source, if it must be protected. It is sealed.",
                "/source/identity"
            ),
            One("--summary", "TEXT", "What is claimed, in a sentence that may be published.", "/summary"),
            One("--narrative", "TEXT", "The account in its own words. It is sealed.", "/narrative"),
            Text("--evidence", "SHA256", "SHA-256 of a file that belongs to it. May be repeated.", ["/evidence"], null),
            One("--data-set", "NAME", "The data set it is taken from.", "/origin/dataSet"),
            One("--record", "ID", "Its record there.", "/origin/record"),
            One("--url", "URL", "Where it is published.", "/origin/url"),
            One(
                "--level",
                "LEVEL",
                "The level already established: alleged, corroborated, confirmed, inconclusive or refuted.",
                "/level"
            ),
        ];

    private static ReportPart One(string name, string value, string description, string pointer) =>
        Text(name, value, description, [pointer], (report, text) => Set(report, pointer, JsonValue.Create(text)));

    private static ReportPart Number(string name, string value, string description, string pointer) =>
        Text(name, value, description, [pointer], (report, text) => Set(report, pointer, Whole(name, text)));

    private static ReportPart Text(
        string name,
        string value,
        string description,
        ImmutableArray<string> pointers,
        Action<JsonObject, string>? put
    )
    {
        var option = Option(name, value, description);
        if (put is not null)
            option.Validators.Add(result =>
            {
                if (result.IdentifierTokenCount > 1)
                    result.AddError($"{name} was given {result.IdentifierTokenCount} times; give it once.");
            });
        return new ReportPart(
            option,
            pointers,
            name,
            (report, values) =>
            {
                if (put is not null)
                    put(report, values[0]);
                else
                    Set(report, pointers[0], new JsonArray([.. values.Select(v => JsonValue.Create(v))]));
            }
        );
    }

    private static ReportPart Actors(string name, string description, string role) =>
        new(
            Option(name, "PARTY", description),
            ["/actors"],
            "--by, --against or --observed",
            (report, values) =>
            {
                // Naming who did it again replaces who was said to have done it before, and nobody else.
                var others = (report["actors"] as JsonArray ?? [])
                    .OfType<JsonObject>()
                    .Where(actor => actor["role"]?.ToString() != role)
                    .Select(actor => (JsonNode)actor.DeepClone());
                report["actors"] = new JsonArray([
                    .. others,
                    .. values.Select(value => new JsonObject { ["name"] = value, ["role"] = role }),
                ]);
            }
        );

    private static ReportPart Coded(
        string name,
        string value,
        string description,
        string pointer,
        Func<string, JsonNode?> read
    ) =>
        new(
            Option(name, value, description),
            [pointer],
            $"{name} ",
            (report, values) =>
            {
                foreach (var text in values)
                {
                    var equals = text.IndexOf('=', StringComparison.Ordinal);
                    if (equals <= 0)
                        throw CommandException.Usage($"{name}: '{text}' has no value: write it as {value}.");
                    Set(report, $"{pointer}/{text[..equals]}", read(text[(equals + 1)..]));
                }
            }
        );

    private static Option<string[]> Option(string name, string value, string description) =>
        new(name)
        {
            Description = description,
            HelpName = value,
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
        };

    private static void Set(JsonObject report, string pointer, JsonNode? value)
    {
        var names = pointer.Split('/')[1..];
        var at = report;
        foreach (var name in names[..^1])
            at = at[name] as JsonObject ?? (at[name] = new JsonObject()).AsObject();
        at[names[^1]] = value;
    }

    private static JsonObject Place(JsonObject report) =>
        report["place"] as JsonObject ?? (report["place"] = new JsonObject()).AsObject();

    private static JsonObject Point(string option, string text) =>
        text.Split(',', StringSplitOptions.TrimEntries) is [{ Length: > 0 } lat, { Length: > 0 } lon]
            ? new JsonObject { ["lat"] = lat, ["lon"] = lon }
            : throw CommandException.Usage(
                $"{option}: '{text}' is not a point: write latitude and longitude as 35.81418,36.31983."
            );

    private static void Source(JsonObject report, string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        Set(report, "/source/class", JsonValue.Create(colon < 0 ? text : text[..colon]));
        if (colon >= 0)
            Set(report, "/source/name", JsonValue.Create(text[(colon + 1)..].Trim()));
    }

    private static JsonNode Quantity(string text) =>
        text.Split("..") switch
        {
            [var exact] => Whole("--quantity", exact),
            [var low, var high] => new JsonObject
            {
                ["low"] = Whole("--quantity", low),
                ["high"] = Whole("--quantity", high),
            },
            [var low, var best, var high] => new JsonObject
            {
                ["low"] = Whole("--quantity", low),
                ["best"] = Whole("--quantity", best),
                ["high"] = Whole("--quantity", high),
            },
            _ => throw CommandException.Usage($"--quantity: '{text}' is not a number: write 5, 5..7 or 5..6..7."),
        };

    private static JsonValue Whole(string name, string text) =>
        long.TryParse(
            text,
            System.Globalization.NumberStyles.None,
            System.Globalization.CultureInfo.InvariantCulture,
            out var number
        )
            ? JsonValue.Create(number)
            : throw CommandException.Usage($"{name}: '{text}' is not a whole number.");
}
