using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Ledger.Domain.Input;
using Ledger.Domain.Places;
using Ledger.Domain.Reports;
using Ledger.Domain.Time;
using NodaTime;

namespace Ledger.Domain.Entries;

/// <summary>
/// Reads events from outside: what clients send, and the lines of an exported ledger. The shape of an event on the wire
/// is its record's shape, in camel case.
/// </summary>
public static class EventReader
{
    /// <summary>
    /// What every reader is given: the payload, the agreement's time zone, and whether it is a recorded entry or a
    /// client's wish.
    /// </summary>
    public readonly record struct Context(InputNode Data, DateTimeZone Zone, bool Recorded)
    {
        public InputNode this[string name] => Data[name];
    }

    private static readonly FrozenDictionary<string, StatementStance> StatementStances = new Dictionary<
        string,
        StatementStance
    >
    {
        ["kept"] = StatementStance.Kept,
        ["broken"] = StatementStance.Broken,
        ["partly"] = StatementStance.Partly,
        ["in-progress"] = StatementStance.InProgress,
        ["disputed"] = StatementStance.Disputed,
        ["refused"] = StatementStance.Refused,
        ["inconclusive"] = StatementStance.Inconclusive,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, ResponseStance> ResponseStances = new Dictionary<
        string,
        ResponseStance
    >
    {
        ["admits"] = ResponseStance.Admits,
        ["denies"] = ResponseStance.Denies,
        ["justifies"] = ResponseStance.Justifies,
        ["disputes"] = ResponseStance.Disputes,
    }.ToFrozenDictionary();

    /// <summary>Parts of a report that a question may concern, by their names on the wire.</summary>
    private static readonly ImmutableArray<string> ReportParts =
    [
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
        "evidence",
    ];

    private static readonly FrozenDictionary<string, int> PartNumbers = ReportParts
        .Select((part, number) => (part, number))
        .ToFrozenDictionary(p => p.part, p => p.number);

    private static readonly FrozenDictionary<string, (string[] Members, Func<Context, LedgerEvent> Read)> Readers =
        new Dictionary<string, (string[], Func<Context, LedgerEvent>)>
        {
            ["agreement_adopted"] = (
                ["file", "sourceSha256"],
                c => new AgreementAdopted
                {
                    EntryId = Id(c),
                    File = Object(c["file"], "the agreement file as JSON"),
                    SourceSha256 = ReportReader.Sha256(c["sourceSha256"]) ?? "",
                }
            ),
            ["agreement_revised"] = (
                ["file", "sourceSha256", "appliesFrom", "reason", "by"],
                c => new AgreementRevised
                {
                    EntryId = Id(c),
                    File = Object(c["file"], "the agreement file as JSON"),
                    SourceSha256 = ReportReader.Sha256(c["sourceSha256"]) ?? "",
                    AppliesFrom = Day(c["appliesFrom"], "the first day to which the new version applies"),
                    Reason = Why(c["reason"]),
                    By = c["by"].Text(200),
                }
            ),
            ["zone_delimited"] = (
                ["zone", "from", "inner", "outer", "source", "by"],
                c => new ZoneDelimited
                {
                    EntryId = Id(c),
                    Zone = Code(c["zone"], "the id of a zone"),
                    From = Day(c["from"], "the first day on which the line is in force"),
                    Inner = Shape(c["inner"]),
                    Outer = c["outer"].IsPresent ? Shape(c["outer"]) : Shape(c["inner"]),
                    Source = c["source"].Words("who drew the line, and from what") ?? "",
                    By = c["by"].Text(200),
                }
            ),
            ["provision_suspended"] = (
                ["provision", "effective", "basis", "deadlineStandsStill", "by"],
                c => new ProvisionSuspended
                {
                    EntryId = Id(c),
                    Provision = Code(c["provision"], "the id of a provision"),
                    Effective = Effective(c),
                    Basis = Basis(c),
                    DeadlineStandsStill = c["deadlineStandsStill"].Flag() ?? false,
                    By = c["by"].Text(200),
                }
            ),
            ["provision_resumed"] = (
                ["provision", "effective", "basis", "by"],
                c => new ProvisionResumed
                {
                    EntryId = Id(c),
                    Provision = Code(c["provision"], "the id of a provision"),
                    Effective = Effective(c),
                    Basis = Basis(c),
                    By = c["by"].Text(200),
                }
            ),
            ["provision_discharged"] = (
                ["provision", "effective", "basis", "by"],
                c => new ProvisionDischarged
                {
                    EntryId = Id(c),
                    Provision = Code(c["provision"], "the id of a provision"),
                    Effective = Effective(c),
                    Basis = Basis(c),
                    By = c["by"].Text(200),
                }
            ),
            ["deadline_extended"] = (
                ["provision", "to", "subject", "effective", "basis", "by"],
                c => new DeadlineExtended
                {
                    EntryId = Id(c),
                    Provision = Code(c["provision"], "the id of a provision"),
                    To = Day(c["to"], "the new day"),
                    Subject = c["subject"].Text(200),
                    Effective = Effective(c),
                    Basis = Basis(c),
                    By = c["by"].Text(200),
                }
            ),
            ["agreement_terminated"] = (
                ["effective", "basis", "by"],
                c => new AgreementTerminated
                {
                    EntryId = Id(c),
                    Effective = Effective(c),
                    Basis = Basis(c),
                    By = c["by"].Text(200),
                }
            ),
            ["report_filed"] = (["report"], c => new ReportFiled { EntryId = Id(c), Report = Report(c) }),
            ["report_corrected"] = (
                ["target", "report", "reason", "by"],
                c => new ReportCorrected
                {
                    EntryId = Id(c),
                    Target = Target(c),
                    Report = Report(c),
                    Reason = Why(c["reason"]),
                    By = c["by"].Text(200),
                }
            ),
            ["assessment_proposed"] = (
                ["target", "level", "grounds", "by"],
                c => new AssessmentProposed
                {
                    EntryId = Id(c),
                    Target = Target(c),
                    Level = Required(c["level"], Levels.All),
                    Grounds = c["grounds"].Words("the grounds") ?? "",
                    By = c["by"].Text(200),
                }
            ),
            ["report_sent_back"] = (
                ["target", "question", "fields", "by"],
                c => new ReportSentBack
                {
                    EntryId = Id(c),
                    Target = Target(c),
                    Question = c["question"].Words("what you want to know") ?? "",
                    Fields = Concerned(c["fields"]),
                    By = c["by"].Text(200),
                }
            ),
            ["question_answered"] = (
                ["target", "words", "by"],
                c => new QuestionAnswered
                {
                    EntryId = Id(c),
                    Target = Target(c),
                    Words = c["words"].Words("the answer") ?? "",
                    By = c["by"].Text(200),
                }
            ),
            ["report_assessed"] = (
                ["target", "level", "grounds", "by", "origin", "proposal"],
                c => new ReportAssessed
                {
                    EntryId = Id(c),
                    Target = Target(c),
                    Level = Required(c["level"], Levels.All),
                    Grounds = c["grounds"].Words("the grounds") ?? "",
                    By = c["by"].Text(200),
                    Origin = ReportReader.ReadOrigin(c["origin"]),
                    Proposal = c["proposal"].Identifier(),
                }
            ),
            ["reports_linked"] = (
                ["reports", "reason", "by"],
                c => new ReportsLinked
                {
                    EntryId = Id(c),
                    Reports = Linked(c["reports"]),
                    Reason = c["reason"].Text(),
                    By = c["by"].Text(200),
                }
            ),
            ["party_responded"] = (
                ["target", "party", "stance", "words", "origin"],
                c => new PartyResponded
                {
                    EntryId = Id(c),
                    Target = Target(c),
                    Party = Code(c["party"], "the id of the party that responds"),
                    Stance = Required(c["stance"], ResponseStances),
                    Words = c["words"].Text(5_000),
                    Origin = ReportReader.ReadOrigin(c["origin"]),
                }
            ),
            ["statement_recorded"] = (
                ["provisions", "stance", "by", "party", "adjudicator", "since", "summary", "origin"],
                c => new StatementRecorded
                {
                    EntryId = Id(c),
                    Provisions = Provisions(c["provisions"]),
                    Stance = Required(c["stance"], StatementStances),
                    By = c["by"].Words("the author of the statement", 200) ?? "",
                    Party = c["party"].Code(),
                    Adjudicator = c["adjudicator"].Code(),
                    Since = c["since"].MomentOrDay(c.Zone),
                    Summary = c["summary"].Text(1_000),
                    Origin = ReportReader.ReadOrigin(c["origin"]),
                }
            ),
            ["coverage_recorded"] = (["from", "until", "zones", "by", "method"], ReadCoverage),
            ["evidence_attached"] = (
                ["target", "sha256", "mediaType", "size"],
                c => new EvidenceAttached
                {
                    EntryId = Id(c),
                    Target = Target(c),
                    Sha256 = ReportReader.Sha256(c["sha256"]) ?? "",
                    MediaType = c["mediaType"].Words("a media type such as image/jpeg", 100) ?? "",
                    Size = c["size"].Required("the size in bytes") ? c["size"].Integer(0, 1L << 40) ?? 0 : 0,
                }
            ),
            ["entry_retracted"] = (
                ["target", "reason", "by"],
                c => new EntryRetracted
                {
                    EntryId = Id(c),
                    Target = Target(c),
                    Reason = Why(c["reason"]),
                    By = c["by"].Text(200),
                }
            ),
            ["erasure_requested"] = (
                ["handle", "positions", "names", "authority"],
                c => new ErasureRequested
                {
                    EntryId = Id(c),
                    Handle = RequiredId(c["handle"], "the random handle of the person"),
                    Positions = Positions(c["positions"]),
                    Names = [.. c["names"].Items(10).Select(name => name.Text(100)).OfType<string>()],
                    Authority = c["authority"].Words("the authority for it") ?? "",
                }
            ),
            ["erasure_confirmed"] = (
                ["handle", "target", "authority"],
                c => new ErasureConfirmed
                {
                    EntryId = Id(c),
                    Handle = RequiredId(c["handle"], "the random handle of the person"),
                    Target = Target(c),
                    Authority = c["authority"].Words("the authority for it") ?? "",
                }
            ),
            ["log_resumed"] = (
                ["signedSize", "reason", "authority"],
                c => new LogResumed
                {
                    EntryId = Id(c),
                    SignedSize = c["signedSize"].Required("how many entries had been signed")
                        ? c["signedSize"].Integer(1, long.MaxValue) ?? 0
                        : 0,
                    Reason = Why(c["reason"]),
                    Authority = c["authority"].Words("the authority for it") ?? "",
                }
            ),
            ["clock_corrected"] = (
                ["since", "reason", "authority"],
                c => new ClockCorrected
                {
                    EntryId = Id(c),
                    Since = c["since"].Required("the position of the first entry that is dated too late")
                        ? c["since"].Integer(2, long.MaxValue) ?? 0
                        : 0,
                    Reason = Why(c["reason"]),
                    Authority = c["authority"].Words("the authority for it") ?? "",
                }
            ),
            ["key_rotated"] = (
                ["oldKey", "newKey", "reason", "authority"],
                c => new KeyRotated
                {
                    EntryId = Id(c),
                    OldKey = c["oldKey"].Words("the verifier key that signs now", 500) ?? "",
                    NewKey = c["newKey"].Words("the verifier key that is to sign", 500) ?? "",
                    Reason = Why(c["reason"]),
                    Authority = c["authority"].Words("the authority for it") ?? "",
                }
            ),
        }.ToFrozenDictionary();

    /// <summary>Reads one event; the result is meaningless when problems were noted.</summary>
    /// <param name="type">A name of <see cref="EventTypes"/>.</param>
    /// <param name="data">The payload.</param>
    /// <param name="zone">Days in the payload are days of this zone.</param>
    /// <param name="recorded">Whether it was recorded before, so that sealed digests are expected.</param>
    public static LedgerEvent? Read(string type, InputNode data, DateTimeZone zone, bool recorded = false)
    {
        if (!Readers.TryGetValue(type, out var reader))
        {
            data.Wrong("entry/unknown-type", $"'{type}' is not a type of entry.{Nearest.Hint(type, Readers.Keys)}");
            return null;
        }

        if (!data.Required("the entry's content"))
            return null;
        data.Only([.. reader.Members, "entryId", "saidAt"]);
        if (!data.IsObject)
            return null;
        // Before an adoption there is no agreement whose days could be meant, and afterwards there is: only its own
        // file says the same both times.
        if (
            type == "agreement_adopted"
            && data["file"]["timeZone"] is { IsText: true } named
            && DateTimeZoneProviders.Tzdb.GetZoneOrNull(named.Node!.GetValue<string>()) is { } own
        )
            zone = own;
        var said = data["saidAt"].MomentOrDay(zone);
        return reader.Read(new Context(data, zone, recorded)) with { SaidAt = said };
    }

    /// <summary>Reads one event from a JSON tree.</summary>
    public static Parsed<LedgerEvent> Read(string type, JsonNode data, DateTimeZone zone, bool recorded = false)
    {
        var problems = new Problems();
        var read = Read(type, new InputNode(data, "", problems), zone, recorded);
        return read is null || problems.Any
            ? new Parsed<LedgerEvent>.Bad(problems.ToImmutable())
            : new Parsed<LedgerEvent>.Good(read);
    }

    private static CoverageRecorded ReadCoverage(Context c)
    {
        var from = c["from"].Required("from when") ? c["from"].MomentOrDay(c.Zone) : null;
        var until = c["until"].Required("until when; the end is excluded") ? c["until"].MomentOrDay(c.Zone) : null;
        if (until <= from)
            c["until"]
                .Wrong("time/ends-before-it-starts", "'until' must be after 'from'; it is excluded from the interval.");
        return new CoverageRecorded
        {
            EntryId = Id(c),
            From = from ?? default,
            Until = until ?? default,
            Zones = [.. c["zones"].OneOrMore().Select(z => z.RequiredCode("the id of a zone")).OfType<string>()],
            By = c["by"].Words("who was monitoring", 200) ?? "",
            Method = c["method"].Text(500),
        };
    }

    private static ImmutableArray<string> Concerned(InputNode input) =>
        [
            .. input
                .OneOrMore(20)
                .Select(part => part.Choice(PartNumbers))
                .OfType<int>()
                .Distinct()
                .Select(number => ReportParts[number]),
        ];

    private static ImmutableArray<Guid> Linked(InputNode input)
    {
        input.Required("the ids of the reports");
        ImmutableArray<Guid> reports = [.. input.Items(100).Select(r => r.Identifier() ?? Guid.Empty).Distinct()];
        if (input.IsList && reports.Length < 2)
            input.Wrong("report/nothing-to-link", "A link needs at least two different reports.");
        return reports;
    }

    private static ImmutableArray<string> Provisions(InputNode input)
    {
        input.Required("the ids of the provisions it is about");
        ImmutableArray<string> provisions =
        [
            .. input.OneOrMore(100).Select(p => p.RequiredCode("the id of a provision")).OfType<string>().Distinct(),
        ];
        if (input.IsList && provisions.Length == 0)
            input.Wrong("input/blank", "Name at least one provision.");
        return provisions;
    }

    private static Guid Id(Context c) =>
        RequiredId(c["entryId"], "a UUIDv7 that you generate, so that sending it twice records it once");

    private static Guid Target(Context c) => RequiredId(c["target"], "the id of the entry this is about");

    private static Guid RequiredId(InputNode input, string what) =>
        input.Required(what) ? input.Identifier() ?? Guid.Empty : Guid.Empty;

    private static Report Report(Context c) =>
        ReportReader.Read(c["report"], c.Zone, c.Recorded) is { } report
            ? report with
            {
                Seal = ReportSealReader.Read(c.Data, report),
            }
            : new Report
            {
                Kind = "",
                Occurred = Occurrence.At(Instants.Earliest),
                Source = new Source { Class = SourceClass.Other },
            };

    private static LocalDate Day(InputNode input, string what) =>
        input.Required(what) ? input.Day() ?? default : default;

    private static Instant Effective(Context c) =>
        c["effective"].Required("the day or instant from which it has effect")
            ? c["effective"].MomentOrDay(c.Zone) ?? default
            : default;

    private static string Basis(Context c) => c["basis"].Words("the document or decision on which it is based") ?? "";

    /// <summary>
    /// At least one: an empty list is left out of what is hashed, and the entry could not be read again.
    /// </summary>
    private static ImmutableArray<long> Positions(InputNode input)
    {
        input.Required("the positions of the entries whose values are to be destroyed");
        ImmutableArray<long> positions = [.. input.Items(10_000).Select(p => p.Integer(1, long.MaxValue) ?? 0)];
        if (input.IsList && positions.Length == 0)
            input.Wrong("erasure/no-positions", "Name at least one position.");
        return positions;
    }

    private static string Why(InputNode input) => input.Words("why") ?? "";

    private static string Code(InputNode input, string what) => input.RequiredCode(what) ?? "";

    private static T Required<T>(InputNode input, IReadOnlyDictionary<string, T> words)
        where T : struct =>
        input.Required($"one of {string.Join(", ", words.Keys)}") ? input.Choice(words) ?? default : default;

    private static JsonObject Object(InputNode input, string what)
    {
        if (input.Required(what) && !input.IsObject)
            input.Wrong("input/not-an-object", $"This must be {what}.");
        return input.Node is JsonObject json ? json.DeepClone().AsObject() : [];
    }

    private static GeoShape Shape(InputNode input)
    {
        if (input.Required("a GeoJSON Polygon or MultiPolygon") && GeoShape.Read(input) is { } shape)
            return shape;
        // A problem was noted, so the result is thrown away.
        return null!;
    }
}
