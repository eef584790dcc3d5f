using System.Collections.Frozen;
using System.Collections.Immutable;
using Ledger.Domain.Input;
using Ledger.Domain.Places;
using Ledger.Domain.Reports;
using Ledger.Domain.Time;
using NodaTime;

namespace Ledger.Domain.Agreements;

/// <summary>
/// Reads an agreement from its file's JSON tree. Names that refer to nothing are refused with what was probably meant.
/// </summary>
internal static class AgreementReader
{
    public static Agreement? Read(InputNode file)
    {
        file.Only(
            "id",
            "title",
            "version",
            "signed",
            "inForce",
            "timeZone",
            "languages",
            "published",
            "parties",
            "zones",
            "codebook",
            "evidence",
            "lenses",
            "adjudicators",
            "provisions",
            "twoPeople",
            "notes"
        );
        if (!file.IsObject)
            return null;

        var id = file["id"].RequiredCode("the agreement's short name, such as harbour-2020");
        var title = file["title"].Required("the agreement's title") ? Labels.Read(file["title"], 300) : null;
        var signed = file["signed"].Required("the day it was signed, such as 2018-09-17") ? file["signed"].Day() : null;
        var zone = TimeZone(file["timeZone"]);
        var version = file["version"].RequiredCode("a name for this version of the file, such as signed-1");
        var codebook = ReadCodebook(file["codebook"]);
        var parties = ReadParties(file["parties"]);
        var zones = Unique(file["zones"], ReadZone, z => z.Id);
        var adjudicators = Unique(file["adjudicators"], ReadAdjudicator, a => a.Id);
        var names = new Names(
            codebook,
            parties.Select(p => p.Id).ToFrozenSet(),
            zones.Select(z => z.Id).ToFrozenSet(),
            adjudicators.Select(a => a.Id).ToFrozenSet(),
            file["provisions"]
                .Items(500)
                .Select(p => p["id"])
                .Where(p => p.IsText)
                .Select(p => p.Node!.GetValue<string>())
                .ToFrozenSet()
        );
        var inForce = file["inForce"].Day() ?? signed;
        file["provisions"].Required("the provisions");
        var provisions = Unique(
            file["provisions"],
            p => new ProvisionReader(names, inForce ?? default).Read(p),
            p => p.Id
        );
        if (file["provisions"].IsList && provisions.Length == 0 && !file.Problems.Any)
            file["provisions"].Wrong("agreement/no-provisions", "An agreement needs at least one provision.");

        var agreement = new Agreement
        {
            TwoPeople =
            [
                .. file["twoPeople"].OneOrMore().Select(act => act.Choice(SharedActs.All)).OfType<SharedAct>(),
            ],
            Id = id ?? "",
            Title = title ?? Nameless,
            Version = version ?? "",
            Signed = signed ?? default,
            InForce = inForce ?? default,
            TimeZone = zone ?? DateTimeZone.Utc,
            Languages = [.. file["languages"].OneOrMore(50).Select(l => l.Text(12)).OfType<string>()],
            Published = [.. file["published"].OneOrMore(100).Select(ReadPublication).OfType<Publication>()],
            Parties = parties,
            Zones = zones,
            Codebook = codebook,
            Evidence = ReadEvidence(file["evidence"]),
            Lenses = file["lenses"]
                .Members()
                .Select(l => (l.Name, Lens: LensReader.Read(l.Value, zone ?? DateTimeZone.Utc)))
                .Where(l => l.Lens is not null)
                .ToImmutableSortedDictionary(l => l.Name, l => l.Lens!),
            Adjudicators = adjudicators,
            Provisions = provisions,
        };
        file["notes"].Text(20_000);
        CheckCircles(file["provisions"], agreement);
        return id is null || title is null || version is null || signed is null || zone is null ? null : agreement;
    }

    internal static Labels Nameless { get; } = new(ImmutableSortedDictionary<string, string>.Empty.Add("en", ""));

    private static DateTimeZone? TimeZone(InputNode input)
    {
        if (!input.Required("an IANA time zone such as Asia/Damascus") || input.Text(60) is not { } id)
            return null;
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) is { } zone)
            return zone;
        input.Wrong(
            "agreement/not-a-time-zone",
            $"'{id}' is not an IANA time zone.{Nearest.Hint(id, DateTimeZoneProviders.Tzdb.Ids)}"
        );
        return null;
    }

    private static Publication? ReadPublication(InputNode input)
    {
        if (input.IsText)
            return input.Text() is { } alone ? new Publication(alone, null, null) : null;
        input.Only("title", "url", "note");
        return input["title"].Words("where it is published") is { } title
            ? new Publication(title, input["url"].Text(), input["note"].Text())
            : null;
    }

    private static ImmutableArray<Party> ReadParties(InputNode input)
    {
        input.Required("the parties");
        var parties = Unique(input, ReadParty, p => p.Id);
        var ids = parties.Select(p => p.Id).ToFrozenSet();
        foreach (var item in input.Items(500))
        {
            foreach (var member in item["members"].OneOrMore(500))
                Known(member.IsText ? member : member["party"], ids, "party");
            foreach (var bound in item["boundBy"].OneOrMore())
                Known(bound, ids, "party");
        }

        return parties;
    }

    private static Party? ReadParty(InputNode input)
    {
        input.Only("id", "name", "signatory", "members", "boundBy", "aliases");
        var id = input["id"].RequiredCode("the party's short name");
        var name = input["name"].Required("the party's name") ? Labels.Read(input["name"], 200) : null;
        return id is null || name is null
            ? null
            : new Party
            {
                Id = id,
                Name = name,
                Signatory = input["signatory"].Flag() ?? false,
                Members = [.. input["members"].OneOrMore(500).Select(ReadMembership).OfType<PartyMember>()],
                BoundBy = [.. input["boundBy"].OneOrMore().Select(b => b.Code()).OfType<string>()],
                Aliases = [.. input["aliases"].OneOrMore().Select(a => a.Text(200)).OfType<string>()],
            };
    }

    private static PartyMember? ReadMembership(InputNode input)
    {
        if (input.IsText)
            return input.Code() is { } alone ? new PartyMember(alone, null, null) : null;
        input.Only("party", "from", "until");
        return input["party"].RequiredCode("the member's short name") is { } party
            ? new PartyMember(party, input["from"].Day(), input["until"].Day())
            : null;
    }

    private static Zone? ReadZone(InputNode input)
    {
        input.Only("id", "name", "source", "inner", "outer", "from");
        var id = input["id"].RequiredCode("the zone's short name");
        var name = input["name"].Required("the zone's name") ? Labels.Read(input["name"], 200) : null;
        var (inner, outer) = (GeoShape.Read(input["inner"]), GeoShape.Read(input["outer"]));
        if (inner is null && outer is not null)
            input["inner"].Required("the geometry of what is certainly inside");
        if (inner is not null && outer is not null && !outer.Geometry.Buffer(1e-6).Covers(inner.Geometry))
            input["outer"].Wrong("zone/outer-does-not-cover-inner", "The outer geometry must cover the inner one.");
        if (inner is not null)
            input["source"].Required("who drew the line, from what, and how sure that is");
        return id is null || name is null
            ? null
            : new Zone
            {
                Id = id,
                Name = name,
                Source = input["source"].Text(),
                Shape = inner is null ? null : new ZoneShape(inner, outer ?? inner),
                From = input["from"].Day(),
            };
    }

    private static Codebook ReadCodebook(InputNode input)
    {
        input.Required("the codebook, with at least 'kinds'");
        input.Only("kinds", "attributes", "quantities");
        input["kinds"].Required("the kinds of incident that can be reported");
        return new Codebook
        {
            Kinds = Coded(input["kinds"], label => Labels.Read(label, 200)),
            Attributes = Coded(input["attributes"], ReadAttribute),
            Quantities = Coded(input["quantities"], label => Labels.Read(label, 200)),
        };
    }

    private static AttributeCode? ReadAttribute(InputNode input)
    {
        input.Only("label", "values");
        var label = input["label"].Required("the attribute's label") ? Labels.Read(input["label"], 200) : null;
        input["values"].Required("the values it may take");
        var values = Coded(input["values"], value => Labels.Read(value, 200));
        return label is null ? null : new AttributeCode(label, values);
    }

    private static ImmutableSortedDictionary<string, T> Coded<T>(InputNode input, Func<InputNode, T?> read)
        where T : class
    {
        var coded = ImmutableSortedDictionary.CreateBuilder<string, T>(StringComparer.Ordinal);
        foreach (var (code, value) in input.Members())
        {
            if (!InputNode.IsCode(code))
                value.Wrong("input/not-a-code", $"'{code}' is not a code: use lower-case letters, digits and hyphens.");
            else if (value.Required($"the label of {code}") && read(value) is { } good)
                coded[code] = good;
        }

        return coded.ToImmutable();
    }

    private static EvidencePolicy ReadEvidence(InputNode input)
    {
        input.Only("threshold", "corroboratedBy", "twoPeople");
        return new EvidencePolicy
        {
            Threshold = input["threshold"].Choice(Levels.Thresholds) ?? Level.Alleged,
            CorroboratedBy = (int?)input["corroboratedBy"].Integer(2, 100),
            TwoPeople = [.. input["twoPeople"].OneOrMore().Select(l => l.Choice(Levels.All)).OfType<Level>()],
        };
    }

    private static Adjudicator? ReadAdjudicator(InputNode input)
    {
        input.Only("id", "name");
        var id = input["id"].RequiredCode("the adjudicator's short name");
        var name = input["name"].Required("the adjudicator's name") ? Labels.Read(input["name"], 200) : null;
        return id is null || name is null ? null : new Adjudicator(id, name);
    }

    private static ImmutableArray<T> Unique<T>(InputNode input, Func<InputNode, T?> read, Func<T, string> id)
        where T : class
    {
        var items = ImmutableArray.CreateBuilder<T>();
        foreach (var item in input.Items(500))
        {
            if (!item.Required("an item") || read(item) is not { } good)
                continue;
            if (items.Any(other => id(other) == id(good)))
                item["id"].Wrong("agreement/id-twice", $"The id '{id(good)}' is used twice; choose another.");
            items.Add(good);
        }

        return items.ToImmutable();
    }

    internal static void Known(InputNode input, IReadOnlySet<string> known, string what)
    {
        if (input.IsText && input.Node!.GetValue<string>() is var name && !known.Contains(name))
            input.Wrong(
                $"agreement/unknown-{what}",
                $"There is no {what} '{name}' in this file.{Nearest.Hint(name, known)}"
            );
    }

    /// <summary>A provision cannot wait for a verdict that waits for it.</summary>
    private static void CheckCircles(InputNode input, Agreement agreement)
    {
        foreach (var item in input.Items(500))
        {
            if (
                !item["id"].IsText
                || agreement.Provision(item["id"].Node!.GetValue<string>()) is not { } start
                || !DependsOnItself(agreement, start)
            )
                continue;
            if (start.Provisos.Any())
                (start.When is null ? item["achieve"]["trigger"] : item["when"]).Wrong(
                    "agreement/circle",
                    $"'{start.Id}' would wait for itself: what it depends on depends on it."
                );
            else
                item["activatedBy"].Wrong("agreement/circle", $"'{start.Id}' would be activated by its own breach.");
        }
    }

    private static bool DependsOnItself(Agreement agreement, Provision start)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(start.DependsOn);
        while (open.TryPop(out var id))
        {
            if (!reached.Add(id) || agreement.Provision(id) is not { } other)
                continue;
            foreach (var further in other.DependsOn)
                open.Push(further);
        }

        return reached.Contains(start.Id);
    }

    /// <summary>What can be referred to.</summary>
    internal sealed record Names(
        Codebook Codebook,
        FrozenSet<string> Parties,
        FrozenSet<string> Zones,
        FrozenSet<string> Adjudicators,
        FrozenSet<string> Provisions
    );
}
