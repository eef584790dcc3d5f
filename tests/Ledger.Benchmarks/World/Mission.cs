using System.Collections.Immutable;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;
using Ledger.Domain.Places;
using Ledger.Domain.Reports;
using Ledger.Domain.Time;
using NodaTime;

namespace Ledger.Benchmarks.World;

/// <summary>
/// What a busy mission records: mostly reports, some findings, corrections and links, a few retractions, over ten
/// years. Not for several threads.
/// </summary>
/// <param name="random">Its seed decides everything.</param>
internal sealed class Mission(Random random)
{
    public const string Id = "mission";

    /// <summary>One of each kind; their shares of the reports differ as they do in a real mission.</summary>
    public static readonly ImmutableArray<string> Provisions =
    [
        "quiet",
        "calm",
        "away",
        "answered",
        "empty",
        "patrolled",
        "restored",
    ];

    public static readonly Instant Start = Instant.FromUtc(2010, 10, 1, 0, 0);

    private const int Days = 3650;

    private static readonly string[] Kinds =
    [
        "bombing",
        "bombing",
        "shelling",
        "shelling",
        "shelling",
        "presence",
        "withdrawal",
        "patrol",
        "obstruction",
        "convoy",
        "convoy",
        "complaint",
    ];

    private static readonly string[] Parties = ["north", "south", "militia"];

    private readonly List<Guid> _reports = [];

    public static AgreementAdopted Adopted()
    {
        var file = AgreementFile.Parse(Yaml).Required();
        return new AgreementAdopted
        {
            EntryId = Guid.CreateVersion7(),
            File = file.Json,
            SourceSha256 = file.SourceSha256,
        };
    }

    /// <summary>
    /// A ledger of this many entries, one recorded every five minutes; everything said when it was recorded.
    /// </summary>
    public IEnumerable<Entry> Ledger(int size)
    {
        yield return new Entry(1, Start, Adopted());
        for (var position = 2; position <= size; position++)
            yield return new Entry(
                position,
                Start + Duration.FromDays((double)Days * position / size),
                Next((double)position / size)
            );
    }

    /// <summary>The next event.</summary>
    /// <param name="age">How much of the ten years has passed, from 0 to 1; reports are of the days before.</param>
    public LedgerEvent Next(double age) =>
        random.Next(100) switch
        {
            < 6 when _reports.Count > 0 => new ReportAssessed
            {
                EntryId = NewId(),
                Target = AnyReport(),
                Level = Of(Level.Corroborated, Level.Confirmed, Level.Refuted),
                Grounds = "Seen by two patrols.",
            },
            < 9 when _reports.Count > 0 => new ReportCorrected
            {
                EntryId = NewId(),
                Target = AnyReport(),
                Report = Report(age),
                Reason = "Better known.",
            },
            < 11 when _reports.Count > 1 && (AnyReport(), AnyReport()) is var (one, other) && one != other =>
                new ReportsLinked { EntryId = NewId(), Reports = [one, other] },
            < 12 when _reports.Count > 0 => new EntryRetracted
            {
                EntryId = NewId(),
                Target = AnyReport(),
                Reason = "Withdrawn.",
            },
            _ => Filed(age),
        };

    public ReportFiled Filed(double age = 0.5)
    {
        var filed = new ReportFiled { EntryId = NewId(), Report = Report(age) };
        _reports.Add(filed.EntryId);
        return filed;
    }

    public T Of<T>(params ReadOnlySpan<T> items) => items[random.Next(items.Length)];

    private Report Report(double age)
    {
        var by = Of(Parties);
        return new Report
        {
            Kind = Of(Kinds),
            Occurred = Occurrence.At(
                Start + Duration.FromDays(Days * age) - Duration.FromMinutes(random.Next(3 * 24 * 60))
            ),
            Place = new Place
            {
                Name = $"Post {random.Next(500)}",
                Point = new GeoPoint(35 + (random.Next(2000) / 1000m), 36 + (random.Next(2000) / 1000m)),
                Precision = Of(PlacePrecision.Exact, PlacePrecision.Near),
            },
            Actors = [new Actor(by, ActorRole.By), new Actor(Of(Parties), ActorRole.Against)],
            Subject = $"unit-{random.Next(300)}",
            Quantities = ImmutableSortedDictionary<string, Quantity>.Empty.Add(
                "killed",
                new Quantity(0, null, random.Next(10))
            ),
            Source = new Source
            {
                Class = Of(SourceClass.OwnObservation, SourceClass.Media, SourceClass.Party),
                Name = $"Team {random.Next(40)}",
                Party = random.Next(4) == 0 ? by : null,
                Reliability = Of('A', 'B', 'C'),
            },
            Summary = "Explosions were heard and smoke was seen in the direction of the crossing.",
            Level = Of<Level?>(null, null, Level.Corroborated, Level.Confirmed),
        };
    }

    // Mostly of the last months, as in life: findings follow reports.
    private Guid AnyReport() => _reports[Math.Max(0, _reports.Count - 1 - random.Next(2000))];

    // Random and not by time, so that a seed gives the same ledger.
    private Guid NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private const string Yaml = """
        id: mission
        version: first
        title: {en: A busy truce}
        signed: 2010-09-30
        inForce: 2010-10-01
        timeZone: Asia/Damascus
        parties:
          - id: north
            name: {en: North}
            signatory: true
            members: [militia]
          - id: south
            name: {en: South}
            signatory: true
          - id: militia
            name: {en: Militia}
        zones:
          - id: strip
            name: {en: The strip}
            source: Drawn for this benchmark
            inner: {type: Polygon, coordinates: [[["36.2", "35.2"], ["36.8", "35.2"], ["36.8", "35.8"], ["36.2", "35.8"], ["36.2", "35.2"]]]}
            outer: {type: Polygon, coordinates: [[["36.1", "35.1"], ["36.9", "35.1"], ["36.9", "35.9"], ["36.1", "35.9"], ["36.1", "35.1"]]]}
        codebook:
          kinds:
            bombing: {en: Air strike}
            shelling: {en: Shelling}
            presence: {en: Presence}
            withdrawal: {en: Withdrawal}
            patrol: {en: Patrol}
            obstruction: {en: Obstruction}
            convoy: {en: Convoy}
            complaint: {en: Complaint}
          quantities:
            killed: {en: Killed}
        adjudicators:
          - id: court
            name: {en: Court}
        evidence:
          threshold: alleged
          corroboratedBy: 2
        provisions:
          - id: quiet
            title: {en: No bombing in the strip}
            forbid: {act: {kinds: bombing, zones: strip}}
          - id: calm
            title: {en: No shelling by the north}
            forbid: {act: {kinds: shelling, actors: {by: north}}, quietPeriod: 7 days}
          - id: away
            title: {en: A first withdrawal}
            achieve: {act: {kinds: withdrawal, zones: strip}, by: 2010-12-31}
          - id: answered
            title: {en: Obstructions are cleared}
            achieve: {trigger: {kinds: obstruction, zones: strip}, act: {kinds: patrol}, within: 48 hours}
          - id: empty
            title: {en: Nobody in the strip}
            maintain: {required: absent, enters: {kinds: presence, zones: strip}, leaves: {kinds: withdrawal}}
          - id: patrolled
            title: {en: A patrol every week}
            recur: {act: {kinds: patrol}, every: 7 days}
          - id: restored
            title: {en: Effective measures are taken}
            judged: {adjudicator: court}
        """;
}
