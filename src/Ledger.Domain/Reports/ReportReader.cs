using System.Collections.Immutable;
using Ledger.Domain.Input;
using Ledger.Domain.Places;
using Ledger.Domain.Time;
using NodaTime;

namespace Ledger.Domain.Reports;

/// <summary>
/// Reads a report from outside input. Codes are checked for their form here and against the codebook where it is filed.
/// </summary>
public static class ReportReader
{
    /// <param name="recorded">Whether the input is a recorded entry, in which sealed values are digests.</param>
    public static Report? Read(InputNode input, DateTimeZone zone, bool recorded = false)
    {
        if (!input.Required("the report"))
            return null;
        input.Only([
            "kind",
            "occurred",
            "place",
            "actors",
            "subject",
            "quantities",
            "attributes",
            "source",
            "summary",
            "narrative",
            "sealed",
            "evidence",
            "origin",
            "level",
            .. ReportSealReader.Members,
        ]);
        if (!input.IsObject)
            return null;

        var kind = input["kind"].RequiredCode("a kind of the agreement's codebook, such as \"bombing\"");
        var occurred = input["occurred"].Required("when it happened, such as \"2018-10-10\"")
            ? input["occurred"].Occurrence(zone)
            : null;
        if (input["sealed"].IsPresent && !recorded)
            input["sealed"]
                .Wrong(
                    "report/sealed-by-the-ledger",
                    "'sealed' is written by the ledger: send 'narrative', 'source.identity' and "
                        + "'place.exact' as they are."
                );

        var report = new Report
        {
            Kind = kind ?? "",
            Occurred = occurred ?? Occurrence.At(Instants.Earliest),
            Place = Place.Read(input["place"]),
            Actors = [.. input["actors"].Items(50).Select(ReadActor).OfType<Actor>()],
            Subject = input["subject"].IsPresent
                ? input["subject"].Words("the subject that several reports can share", 200)
                : null,
            Quantities = Read(input["quantities"], ReadQuantity),
            Attributes = Read(input["attributes"], value => value.Code()),
            Source = ReadSource(input["source"]),
            Summary = input["summary"].Text(1_000),
            Narrative = input["narrative"].Text(20_000),
            Sealed = recorded
                ? Read(input["sealed"], value => value.Text(100), dotted: true)
                : ImmutableSortedDictionary<string, string>.Empty,
            Evidence = [.. input["evidence"].Items(100).Select(Sha256).OfType<string>()],
            Origin = ReadOrigin(input["origin"]),
            Level = input["level"].Choice(Levels.All),
        };
        return kind is null || occurred is null ? null : report;
    }

    /// <summary>A SHA-256 as 64 lower-case hexadecimal digits.</summary>
    public static string? Sha256(InputNode input)
    {
        if (!input.Required("a SHA-256 in hexadecimal"))
            return null;
        var text = input.Text(100);
        if (text is null || (text.Length == 64 && text.All(char.IsAsciiHexDigitLower)))
            return text;
        input.Wrong("input/not-a-sha256", $"'{text}' is not a SHA-256: write 64 lower-case hexadecimal digits.");
        return null;
    }

    public static Origin? ReadOrigin(InputNode input)
    {
        if (!input.IsPresent)
            return null;
        input.Only("dataSet", "record", "url");
        if (!input.IsObject || input["dataSet"].Words("the name of the data set") is not { } dataSet)
            return null;
        var url = input["url"].Text();
        if (url is not null && !(Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            input["url"].Wrong("input/not-a-url", $"'{url}' is not a web address: write http://... or https://...");
        return new Origin(dataSet, input["record"].Text(200), url);
    }

    private static Actor? ReadActor(InputNode input)
    {
        if (input.IsText)
            return input.Words("a party's id or a name", 200) is { } alone
                ? new Actor(alone, ActorRole.Observed)
                : null;
        if (!input.Required("an actor"))
            return null;
        input.Only("name", "role");
        if (!input.IsObject)
            return null;
        var name = input["name"].Words("a party's id or a name", 200);
        var role = input["role"].Required("\"by\", \"against\" or \"observed\"")
            ? input["role"].Choice(ReportWords.Roles)
            : null;
        return name is null || role is null ? null : new Actor(name, role.Value);
    }

    /// <summary>A whole number, or an object with <c>low</c>, <c>best</c> and <c>high</c>.</summary>
    private static Quantity? ReadQuantity(InputNode input)
    {
        if (!input.IsObject)
            return input.Integer() is { } exact ? new Quantity(exact, exact, exact) : null;

        input.Only("low", "best", "high");
        var (low, best, high) = (input["low"].Integer(), input["best"].Integer(), input["high"].Integer());
        var (least, most) = (low ?? best ?? high, high ?? best ?? low);
        if (least is null || most is null)
        {
            input.Wrong("report/no-quantity", "Give at least one of low, best and high.");
            return null;
        }

        if (least <= (best ?? least) && (best ?? least) <= most && least <= most)
            return new Quantity(least.Value, best, most.Value);
        input.Wrong(
            "report/quantity-out-of-order",
            $"low ({least}), best ({best}) and high ({most}) must be in ascending order."
        );
        return null;
    }

    private static Source ReadSource(InputNode input)
    {
        input.Required("who says so, such as {\"class\": \"media\", \"name\": \"Anadolu Agency\"}");
        input.Only("class", "name", "party", "reliability", "credibility", "identity");
        if (!input.IsObject)
            return new Source { Class = SourceClass.Other };

        input["class"].Required($"one of {string.Join(", ", ReportWords.Classes.Keys)}");
        var reliability = input["reliability"].Text(10);
        if (reliability is not (null or "A" or "B" or "C" or "D" or "E" or "F"))
            input["reliability"]
                .Wrong(
                    "report/not-a-reliability",
                    $"'{reliability}' is not an Admiralty letter: A to E, or F for 'cannot be judged'."
                );
        return new Source
        {
            Class = input["class"].Choice(ReportWords.Classes) ?? SourceClass.Other,
            Name = input["name"].Text(200),
            Party = input["party"].Code(),
            Reliability = reliability is { Length: 1 } ? reliability[0] : null,
            Credibility = (int?)input["credibility"].Integer(1, 6),
            Identity = input["identity"].Text(500),
        };
    }

    private static ImmutableSortedDictionary<string, T> Read<T>(
        InputNode input,
        Func<InputNode, T?> read,
        bool dotted = false
    )
    {
        var values = ImmutableSortedDictionary.CreateBuilder<string, T>(StringComparer.Ordinal);
        foreach (var (name, value) in input.Members())
        {
            if (!InputNode.IsCode(dotted ? name.Replace('.', '-') : name))
                value.Wrong("input/not-a-code", $"'{name}' is not a code: use lower-case letters, digits and hyphens.");
            else if (value.Required("a value") && read(value) is { } good)
                values[name] = good;
        }

        return values.ToImmutable();
    }
}
