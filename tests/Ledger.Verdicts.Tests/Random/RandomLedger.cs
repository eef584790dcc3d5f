using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;
using Ledger.Domain.Places;
using Ledger.Domain.Reports;
using Ledger.Domain.Time;
using NodaTime;

namespace Ledger.Verdicts.Tests.Random;

/// <summary>
/// Ledgers with every type of entry that can touch a verdict, and some that cannot, about few things, so that they
/// meet.
/// </summary>
public sealed class RandomLedger(Dice dice)
{
    private static readonly Source[] Sources =
    [
        new()
        {
            Class = SourceClass.Media,
            Name = "Agency",
            Reliability = 'B',
        },
        new() { Class = SourceClass.Media, Name = "AGENCY" },
        new()
        {
            Class = SourceClass.Media,
            Name = "Gazette",
            Reliability = 'F',
            Credibility = 6,
        },
        new()
        {
            Class = SourceClass.Party,
            Name = "Ministry",
            Party = "north",
        },
        new() { Class = SourceClass.Party, Party = "south" },
        new() { Class = SourceClass.Party, Party = "militia" },
        new() { Class = SourceClass.Witness },
        new() { Class = SourceClass.OwnObservation },
    ];

    private readonly List<Entry> entries = [];

    public static ImmutableArray<Entry> Make(ulong seed)
    {
        var dice = new Dice(seed);
        return new RandomLedger(dice).Make(4 + dice.Below(30));
    }

    private ImmutableArray<Entry> Make(int size)
    {
        Add(id => new AgreementAdopted
        {
            EntryId = id,
            File = RandomAgreement.File(dice, "first"),
            SourceSha256 = new string('0', 64),
        });
        while (entries.Count < size)
            Add(Event());
        return [.. entries];
    }

    private void Add(Func<Guid, LedgerEvent> make)
    {
        var position = entries.Count + 1;
        var made = make(dice.Id());
        entries.Add(
            new Entry(
                position,
                Calendar.RecordedAt(position),
                dice.Chance(60) ? made with { SaidAt = Calendar.Instant(dice) } : made
            )
        );
    }

    private Func<Guid, LedgerEvent> Event()
    {
        var (reports, any) = (IdsOf<ReportFiled>(), entries.ConvertAll(e => e.Id));
        return dice.Below(100) switch
        {
            < 1 when IdsOf<ReportSentBack>() is { Count: > 0 } questions && dice.Chance(50) =>
                id => new QuestionAnswered
                {
                    EntryId = id,
                    Target = dice.In(questions),
                    Words = "so it was",
                },
            < 2 when reports.Count > 0 => id => new ReportSentBack
            {
                EntryId = id,
                Target = dice.In(reports),
                Question = "which road?",
            },
            < 8 when reports.Count > 0 => id => new ReportCorrected
            {
                EntryId = id,
                Target = dice.In(reports),
                Report = Report(),
                Reason = "better known",
            },
            < 10 when reports.Count > 0 => id => new AssessmentProposed
            {
                EntryId = id,
                Target = dice.In(reports),
                Level = dice.Of(Enum.GetValues<Level>()),
                Grounds = "seen",
            },
            < 12 when Proposals() is { Count: > 0 } open => id => Seconded(id, dice.In(open)),
            < 22 when reports.Count > 0 => id => new ReportAssessed
            {
                EntryId = id,
                Target = dice.In(reports),
                Level = dice.Of(Enum.GetValues<Level>()),
                Grounds = "seen",
            },
            < 29 when reports.Count > 1 => id => new ReportsLinked { EntryId = id, Reports = Linked(reports) },
            < 40 when any.Count > 1 => id => new EntryRetracted
            {
                EntryId = id,
                Target = dice.In(dice.Chance(40) && IdsOf<EntryRetracted>() is { Count: > 0 } old ? old : any[1..]),
                Reason = "withdrawn",
            },
            < 45 => id => new CoverageRecorded
            {
                EntryId = id,
                From = Calendar.Instant(dice, 12),
                Until = Calendar.Instant(dice, 20) + Duration.FromDays(12),
                Zones = dice.Chance(40) ? [] : [dice.Of(RandomAgreement.Zones)],
                By = "patrol",
            },
            < 49 => id => Delimited(id),
            < 53 => id => Finding(id),
            < 56 => id => new ProvisionSuspended
            {
                EntryId = id,
                Provision = AnyProvision(),
                Effective = Calendar.Instant(dice),
                Basis = "note",
                DeadlineStandsStill = dice.Chance(50),
            },
            < 58 => id => new ProvisionResumed
            {
                EntryId = id,
                Provision = AnyProvision(),
                Effective = Calendar.Instant(dice),
                Basis = "note",
            },
            < 59 => id => new ProvisionDischarged
            {
                EntryId = id,
                Provision = AnyProvision(),
                Effective = Calendar.Instant(dice),
                Basis = "note",
            },
            < 62 => id => new DeadlineExtended
            {
                EntryId = id,
                Provision = AnyProvision(),
                Effective = Calendar.Instant(dice),
                To = Calendar.Day(dice),
                Subject = dice.Chance(60) ? null : dice.Of(RandomAgreement.Subjects),
                Basis = "note",
            },
            < 63 when dice.Chance(40) => id => new AgreementTerminated
            {
                EntryId = id,
                Effective = Calendar.Instant(dice) + Duration.FromDays(5),
                Basis = "note",
            },
            < 65 when dice.Chance(60) => id => new AgreementRevised
            {
                EntryId = id,
                File = RandomAgreement.File(dice, dice.Of("second", "third")),
                SourceSha256 = new string('0', 64),
                AppliesFrom = Calendar.Day(dice, 15),
                Reason = "another reading",
            },
            < 67 when reports.Count > 0 => id => new PartyResponded
            {
                EntryId = id,
                Target = dice.In(reports),
                Party = "north",
                Stance = dice.Of(Enum.GetValues<ResponseStance>()),
            },
            < 68 when reports.Count > 0 => id => new EvidenceAttached
            {
                EntryId = id,
                Target = dice.In(reports),
                Sha256 = new string('1', 64),
                MediaType = "image/jpeg",
                Size = 1,
            },
            < 69 when dice.Chance(5) => id => new KeyRotated
            {
                EntryId = id,
                OldKey = "a",
                NewKey = "b",
                Reason = "It is time.",
                Authority = "court",
            },
            < 69 when dice.Chance(5) => id => new ClockCorrected
            {
                EntryId = id,
                Since = 2,
                Reason = "The battery was changed.",
                Authority = "court",
            },
            < 69 when dice.Chance(10) => id => new LogResumed
            {
                EntryId = id,
                SignedSize = 7,
                Reason = "A disk broke.",
                Authority = "court",
            },
            < 69 => id => new ErasureRequested
            {
                EntryId = id,
                Handle = dice.Id(),
                Positions = [1],
                Authority = "court",
            },
            < 70 when IdsOf<ErasureRequested>() is { Count: > 0 } requests => id => new ErasureConfirmed
            {
                EntryId = id,
                Handle = dice.Id(),
                Target = dice.In(requests),
                Authority = "court",
            },
            _ => id => new ReportFiled { EntryId = id, Report = Report() },
        };
    }

    /// <summary>What the keepers of an agreement record.</summary>
    private Func<Guid, LedgerEvent> Kept() =>
        dice.Below(9) switch
        {
            0 => id => new CoverageRecorded
            {
                EntryId = id,
                From = Calendar.Instant(dice, 12),
                Until = Calendar.Instant(dice, 20) + Duration.FromDays(12),
                Zones = dice.Chance(40) ? [] : [dice.Of(RandomAgreement.Zones)],
                By = "patrol",
            },
            1 or 2 => Delimited,
            3 => Finding,
            4 => id => new ProvisionSuspended
            {
                EntryId = id,
                Provision = AnyProvision(),
                Effective = Calendar.Instant(dice),
                Basis = "note",
                DeadlineStandsStill = dice.Chance(50),
            },
            5 => id => new ProvisionDischarged
            {
                EntryId = id,
                Provision = AnyProvision(),
                Effective = Calendar.Instant(dice),
                Basis = "note",
            },
            6 => id => new DeadlineExtended
            {
                EntryId = id,
                Provision = AnyProvision(),
                Effective = Calendar.Instant(dice),
                To = Calendar.Day(dice),
                Subject = dice.Chance(60) ? null : dice.Of(RandomAgreement.Subjects),
                Basis = "note",
            },
            _ => id => new AgreementRevised
            {
                EntryId = id,
                File = RandomAgreement.File(dice, "supposed"),
                SourceSha256 = new string('0', 64),
                AppliesFrom = Calendar.Day(dice, 15),
                Reason = "another reading",
            },
        };

    private ImmutableArray<Guid> Linked(List<Guid> reports)
    {
        var first = dice.Below(reports.Count);
        return
        [
            .. Enumerable
                .Range(0, Math.Min(reports.Count, 2 + dice.Below(2)))
                .Select(i => reports[(first + i) % reports.Count]),
        ];
    }

    private List<AssessmentProposed> Proposals() => [.. entries.Select(e => e.Event).OfType<AssessmentProposed>()];

    private static ReportAssessed Seconded(Guid id, AssessmentProposed first) =>
        new()
        {
            EntryId = id,
            Target = first.Target,
            Level = first.Level,
            Grounds = "seen too",
            Proposal = first.EntryId,
        };

    private List<Guid> IdsOf<T>() => [.. entries.Where(e => e.Event is T).Select(e => e.Id)];

    private string AnyProvision() => $"p{1 + dice.Below(5)}";

    private StatementRecorded Finding(Guid id) =>
        new()
        {
            EntryId = id,
            Provisions =
            [
                .. Enumerable.Range(1, 6).Select(i => $"p{i}").Where(_ => dice.Chance(60)).DefaultIfEmpty("p1"),
            ],
            Stance = dice.Of(Enum.GetValues<StatementStance>()),
            By = "Court",
            Adjudicator = dice.Of("court", "court", "envoy", null),
            Since = dice.Chance(60) ? Calendar.Instant(dice) : null,
        };

    private ZoneDelimited Delimited(Guid id)
    {
        var west = dice.Of(36, 36.5, 37);
        return new ZoneDelimited
        {
            EntryId = id,
            Zone = dice.Of(RandomAgreement.Zones),
            From = Calendar.Day(dice),
            Inner = Shape(RandomAgreement.Square(west, 35, 1)),
            Outer = Shape(RandomAgreement.Square(west - 0.2, 34.8, 1.4)),
            Source = "survey",
        };
    }

    public Report Report()
    {
        var attributes = ImmutableSortedDictionary<string, string>.Empty;
        var quantities = ImmutableSortedDictionary<string, Quantity>.Empty;
        if (dice.Chance(60))
            attributes = attributes.Add("colour", dice.Of("red", "blue"));
        foreach (var name in (string[])["weapons", "killed"])
        {
            if (dice.Chance(60))
                quantities = quantities.Add(name, Numbers());
        }

        return new Report
        {
            Kind = dice.Of(RandomAgreement.Kinds),
            Occurred = Occurred(),
            Place = dice.Chance(80) ? Place() : null,
            Actors =
            [
                .. Enumerable
                    .Range(0, dice.Below(3))
                    .Select(_ => new Actor(
                        dice.Of(
                            "north",
                            "south",
                            "militia",
                            "cell",
                            "Northerners",
                            "the south",
                            "irregulars",
                            "somebody"
                        ),
                        dice.Of(Enum.GetValues<ActorRole>())
                    )),
            ],
            Subject = dice.Chance(75) ? dice.Of(RandomAgreement.Subjects) : null,
            Attributes = attributes,
            Quantities = quantities,
            Source = dice.Of(Sources),
            Level = dice.Chance(50)
                ? dice.Of(
                    Level.Alleged,
                    Level.Corroborated,
                    Level.Confirmed,
                    Level.Confirmed,
                    Level.Inconclusive,
                    Level.Refuted
                )
                : null,
        };
    }

    private Quantity Numbers()
    {
        var low = dice.Below(5);
        return new Quantity(low, null, low + dice.Below(3));
    }

    private Occurrence Occurred()
    {
        var day = Calendar.Day(dice);
        return dice.Below(10) switch
        {
            < 5 => Occurrence.At(Calendar.Instant(dice)),
            < 8 => Occurrence.Days(day, day, Calendar.Zone),
            8 => Occurrence.Days(day, day.PlusDays(1 + dice.Below(6)), Calendar.Zone),
            _ => new Occurrence(
                Calendar.Zone.StartOf(day),
                Calendar.Zone.StartOf(day) + Duration.FromHours(6 * (1 + dice.Below(8))),
                Precision.Days
            ),
        };
    }

    private Place Place() =>
        new()
        {
            Name = "somewhere",
            // Deep inside, near an edge, between the inner and the outer geometry, outside.
            Point = dice.Chance(75)
                ? new GeoPoint(dice.Of(35.5m, 35.02m, 34.9m, 34.0m), dice.Of(36.5m, 36.02m, 35.9m, 37.1m, 39.0m))
                : null,
            Precision = dice.Of(Enum.GetValues<PlacePrecision>()),
            Radius = dice.Chance(30) ? dice.Of(50, 30_000) : null,
            Zone = dice.Chance(30) ? dice.Of(RandomAgreement.Zones) : null,
        };

    private static GeoShape Shape(JsonObject json) => GeoShape.Read(new InputNode(json, "", new Problems()))!;

    /// <summary>A lens with any of its parts.</summary>
    public static Lens Lens(Dice dice, IReadOnlyList<Entry> entries, long knownAt)
    {
        var versions = entries
            .Take((int)knownAt)
            .Select(e => e.Event)
            .OfType<AgreementRevised>()
            .Select(e => e.File["version"]!.GetValue<string>())
            .Prepend("first")
            .ToList();
        return new Lens
        {
            Threshold = dice.Chance(35) ? dice.Of(Level.Alleged, Level.Corroborated, Level.Confirmed) : null,
            Match = dice.Chance(70) ? dice.Of(Certainty.Certain, Certainty.Possible) : null,
            Reading = dice.Chance(20) ? dice.In(versions) : null,
            SaidBy = dice.Chance(12) ? Calendar.Instant(dice) : null,
            Sources = dice.Chance(12) ? Filter(dice) : null,
            Without = dice.Chance(25)
                ? [.. Enumerable.Range(0, 1 + dice.Below(3)).Select(_ => dice.In(entries).Id).Distinct()]
                : [],
            Suppose = dice.Chance(15) ? Supposed(dice, entries, knownAt) : [],
        };
    }

    private static SourceFilter Filter(Dice dice) =>
        new()
        {
            Only = dice.Chance(50),
            Classes = dice.Chance(60) ? [dice.Of(SourceClass.Media, SourceClass.Party, SourceClass.Witness)] : [],
            Parties = dice.Chance(40) ? [dice.Of("north", "south")] : [],
            Reliabilities = dice.Chance(30) ? ['B', 'F'] : [],
        };

    private static ImmutableArray<LedgerEvent> Supposed(Dice dice, IReadOnlyList<Entry> entries, long knownAt)
    {
        var report = new ReportFiled
        {
            EntryId = dice.Id(),
            Report = new RandomLedger(dice).Report(),
            SaidAt = dice.Chance(30) ? Calendar.Instant(dice) : null,
        };
        var targets = entries
            .Take((int)knownAt)
            .Where(e => e.Event is ReportFiled)
            .Select(e => e.Id)
            .Append(report.EntryId)
            .ToList();
        LedgerEvent assessed = new ReportAssessed
        {
            EntryId = dice.Id(),
            Target = dice.In(targets),
            Level = dice.Of(Enum.GetValues<Level>()),
            Grounds = "supposed",
        };
        return dice.Chance(40)
            ? [report, assessed]
            :
            [
                report,
                assessed,
                .. Enumerable.Range(0, 1 + dice.Below(2)).Select(_ => new RandomLedger(dice).Kept()(dice.Id())),
            ];
    }
}
