using System.Collections.Frozen;
using System.Collections.Immutable;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;
using Ledger.Domain.Places;
using Ledger.Domain.Reports;
using Ledger.Domain.Time;
using NodaTime;

namespace Ledger.Domain.Agreements;

/// <summary>Reads a lens: from an agreement file, from a query, from the body of a what-if.</summary>
public static class LensReader
{
    private static readonly FrozenDictionary<string, Certainty> Matches = new Dictionary<string, Certainty>
    {
        ["certain"] = Certainty.Certain,
        ["possible"] = Certainty.Possible,
    }.ToFrozenDictionary();

    public static Lens? Read(InputNode input, DateTimeZone zone)
    {
        if (!input.IsPresent)
            return Lens.House;
        input.Only("threshold", "match", "reading", "saidBy", "sources", "without", "suppose");
        return !input.IsObject
            ? null
            : new Lens
            {
                Threshold = input["threshold"].Choice(Levels.Thresholds),
                Match = input["match"].Choice(Matches),
                Reading = input["reading"].Code(),
                SaidBy = SaidBy(input["saidBy"], zone),
                Sources = ReadSources(input["sources"]),
                Without = [.. input["without"].OneOrMore().Select(w => w.Identifier()).OfType<Guid>()],
                Suppose = [.. input["suppose"].Items(100).Select(s => ReadSupposed(s, zone)).OfType<LedgerEvent>()],
            };
    }

    /// <summary>An instant; or a day, which counts whole: what was said on it had been said by it.</summary>
    private static Instant? SaidBy(InputNode input, DateTimeZone zone)
    {
        if (input.Text(60) is { Length: 10 })
            return input.Day() is { } day ? zone.StartOf(day.PlusDays(1)) - Instants.Microsecond : null;
        return input.Moment();
    }

    /// <summary><c>{only: {...}}</c> or <c>{not: {...}}</c> with classes, parties and reliabilities.</summary>
    private static SourceFilter? ReadSources(InputNode input)
    {
        if (!input.IsPresent)
            return null;
        input.Only("only", "not");
        if (input.IsObject && input["only"].IsPresent == input["not"].IsPresent)
            input.Wrong("lens/sources", "Give either 'only' or 'not'.");
        var only = input["only"].IsPresent;
        var filter = only ? input["only"] : input["not"];
        filter.Only("classes", "parties", "reliabilities");
        return !filter.IsObject
            ? null
            : new SourceFilter
            {
                Only = only,
                Classes =
                [
                    .. filter["classes"].OneOrMore().Select(c => c.Choice(ReportWords.Classes)).OfType<SourceClass>(),
                ],
                Parties = [.. filter["parties"].OneOrMore().Select(p => p.Code()).OfType<string>()],
                Reliabilities =
                [
                    .. filter["reliabilities"]
                        .OneOrMore()
                        .Select(r => r.Text(1))
                        .Where(r => r is { Length: 1 })
                        .Select(r => r![0]),
                ],
            };
    }

    /// <summary>
    /// What may be supposed: everything from which verdicts follow, except what speaks of another entry's words. To
    /// suppose something away there is <c>without</c>.
    /// </summary>
    private static readonly string[] Supposable =
    [
        "report_filed",
        "report_assessed",
        "coverage_recorded",
        "statement_recorded",
        "zone_delimited",
        "agreement_revised",
        "agreement_terminated",
        "provision_suspended",
        "provision_resumed",
        "provision_discharged",
        "deadline_extended",
    ];

    /// <summary>A supposed entry, written as it would be recorded: <c>{type: report_filed, data: {...}}</c>.</summary>
    private static LedgerEvent? ReadSupposed(InputNode input, DateTimeZone zone)
    {
        input.Only("type", "data");
        if (!input["type"].Required("a type of entry, such as report_filed") || input["type"].Text(60) is not { } type)
            return null;
        if (Supposable.Contains(type))
            return EventReader.Read(type, input["data"], zone);
        input["type"]
            .Wrong("lens/suppose", $"'{type}' cannot be supposed; these can: {string.Join(", ", Supposable)}.");
        return null;
    }
}
