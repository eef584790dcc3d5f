using System.Collections.Immutable;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;
using Ledger.Domain.Places;
using Ledger.Domain.Reports;
using Ledger.Domain.Time;
using Ledger.Verdicts.Answers;
using NodaTime;
using NodaTime.Text;

namespace Ledger.Verdicts.Tests.Examples;

/// <summary>
/// A small accord to write examples with: its provisions are given as YAML, what is recorded is one call each, and days
/// are October days in Riyadh, where there is no summer time. "10" is the whole day, "10 09:00" an instant.
/// </summary>
public sealed class Accord
{
    public static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Asia/Riyadh"];

    private const string Head = """
        id: accord
        title: An accord
        signed: 2018-10-01
        timeZone: Asia/Riyadh
        parties:
          - {id: north, name: The North, signatory: true, aliases: [Northerners]}
          - {id: south, name: The South, signatory: true, members: [brigade, {party: guard, from: 2018-10-10, until: 2018-10-20}]}
          - {id: brigade, name: Brigade, aliases: [Fighters], boundBy: south}
          - {id: guard, name: Guard, aliases: [Fighters], boundBy: brigade}
        zones:
          - {id: belt, name: The belt}
          - id: town
            name: The town
            source: drawn for a test
            inner: {type: Polygon, coordinates: [[["36", "35"], ["37", "35"], ["37", "36"], ["36", "36"], ["36", "35"]]]}
            outer: {type: Polygon, coordinates: [[["35.8", "34.8"], ["37.2", "34.8"], ["37.2", "36.2"], ["35.8", "36.2"], ["35.8", "34.8"]]]}
        codebook:
          kinds: {attack: Attack, handover: Handover, notice: Notice, patrol: Patrol, arrival: Arrival, departure: Departure, convoy: Convoy}
          attributes: {size: {label: Size, values: {large: Large, small: Small}}}
          quantities: {weapons: Weapons, killed: Killed}
        adjudicators: [{id: court, name: Court}]
        """;

    private readonly List<Entry> entries = [];
    private int ids;

    public Accord(string provisions, string evidence = "{threshold: alleged}", string version = "first")
    {
        Add(id => new AgreementAdopted
        {
            EntryId = id,
            File = FileOf(provisions, evidence, version).Json,
            SourceSha256 = new string('0', 64),
        });
    }

    public long Position => entries.Count;

    public Book Book
    {
        get
        {
            var book = new Book();
            entries.ForEach(book.Append);
            return book;
        }
    }

    public static AgreementFile FileOf(string provisions, string evidence, string version) =>
        AgreementFile.Parse($"version: {version}\nevidence: {evidence}\n{Head}\nprovisions:\n{provisions}").Required();

    public Guid Report(
        string kind,
        string when,
        string? subject = null,
        string? by = null,
        GeoPoint? at = null,
        int? radius = null,
        string? zone = null,
        long? weapons = null,
        Quantity? range = null,
        string? size = null,
        Level? level = null,
        Source? source = null,
        string? said = null
    ) =>
        Add(id => new ReportFiled
        {
            EntryId = id,
            SaidAt = said is null ? null : When(said).From,
            Report = Make(kind, when, subject, by, at, radius, zone, weapons, range, size, level, source),
        });

    public Guid Correct(Guid report, string kind, string when, string? subject = null, long? weapons = null) =>
        Add(id => new ReportCorrected
        {
            EntryId = id,
            Target = report,
            Report = Make(kind, when, subject, weapons: weapons),
            Reason = "better known",
        });

    public Guid Assess(Guid report, Level level) =>
        Add(id => new ReportAssessed
        {
            EntryId = id,
            Target = report,
            Level = level,
            Grounds = "seen",
            By = "Reviewer",
        });

    public Guid Link(params ImmutableArray<Guid> reports) =>
        Add(id => new ReportsLinked { EntryId = id, Reports = reports });

    public Guid LinkAsSaid(string said, params ImmutableArray<Guid> reports) =>
        Add(id => new ReportsLinked
        {
            EntryId = id,
            SaidAt = When(said).From,
            Reports = reports,
        });

    public Guid Retract(Guid entry) =>
        Add(id => new EntryRetracted
        {
            EntryId = id,
            Target = entry,
            Reason = "withdrawn",
        });

    public Guid Watch(string from, string until, params ImmutableArray<string> zones) =>
        Add(id => new CoverageRecorded
        {
            EntryId = id,
            From = When(from).From,
            Until = When(until).From,
            Zones = zones,
            By = "Observers",
        });

    public Guid Find(
        string provision,
        StatementStance stance,
        string? since = null,
        string? adjudicator = "court",
        string by = "Court",
        string? said = null
    ) =>
        Add(id => new StatementRecorded
        {
            EntryId = id,
            SaidAt = said is null ? null : When(said).From,
            Provisions = [provision],
            Stance = stance,
            By = by,
            Adjudicator = adjudicator,
            Since = since is null ? null : When(since).From,
        });

    public Guid Suspend(string provision, string from, bool standsStill = false) =>
        Add(id => new ProvisionSuspended
        {
            EntryId = id,
            Provision = provision,
            Effective = When(from).From,
            Basis = "Note",
            DeadlineStandsStill = standsStill,
        });

    public Guid Resume(string provision, string from) =>
        Add(id => new ProvisionResumed
        {
            EntryId = id,
            Provision = provision,
            Effective = When(from).From,
            Basis = "Note",
        });

    public Guid Discharge(string provision, string from) =>
        Add(id => new ProvisionDischarged
        {
            EntryId = id,
            Provision = provision,
            Effective = When(from).From,
            Basis = "Note",
        });

    public Guid Extend(string provision, int to, string from, string? subject = null) =>
        Add(id => new DeadlineExtended
        {
            EntryId = id,
            Provision = provision,
            To = Day(to),
            Effective = When(from).From,
            Subject = subject,
            Basis = "Note",
        });

    public Guid Terminate(string from) =>
        Add(id => new AgreementTerminated
        {
            EntryId = id,
            Effective = When(from).From,
            Basis = "Note",
        });

    public Guid Draw(string zone, int from, double west = 36) =>
        Add(id => new ZoneDelimited
        {
            EntryId = id,
            Zone = zone,
            From = Day(from),
            Inner = Shape(west, 35, 1),
            Outer = Shape(west - 0.2, 34.8, 1.4),
            Source = "Survey",
        });

    public Guid Revise(
        string provisions,
        int from,
        string version = "second",
        string evidence = "{threshold: alleged}"
    ) =>
        Add(id => new AgreementRevised
        {
            EntryId = id,
            File = FileOf(provisions, evidence, version).Json,
            SourceSha256 = new string('0', 64),
            AppliesFrom = Day(from),
            Reason = "another reading",
        });

    public VerdictAnswer Ask(string provision, string asOf, Lens? lens = null, long? knownAt = null) =>
        Judge.Verdict(Book, provision, Question(asOf, lens, knownAt))!;

    public Question Question(string asOf, Lens? lens = null, long? knownAt = null) =>
        new(When(asOf).From, knownAt ?? Position, lens ?? Lens.House);

    /// <summary>An instant of October: "10 09:00", or "10" for the start of that day.</summary>
    public static Instant At(string text) => When(text).From;

    public static Report Make(
        string kind,
        string when,
        string? subject = null,
        string? by = null,
        GeoPoint? at = null,
        int? radius = null,
        string? zone = null,
        long? weapons = null,
        Quantity? range = null,
        string? size = null,
        Level? level = null,
        Source? source = null
    ) =>
        new()
        {
            Kind = kind,
            Occurred = When(when),
            Subject = subject,
            Actors = by is null ? [] : [new Actor(by, ActorRole.By)],
            Place =
                at is null && zone is null
                    ? null
                    : new Place
                    {
                        Point = at,
                        Precision = at is null ? PlacePrecision.Unknown : PlacePrecision.Exact,
                        Radius = radius,
                        Zone = zone,
                    },
            Quantities = (range ?? (weapons is { } n ? new Quantity(n, n, n) : null)) is { } quantity
                ? ImmutableSortedDictionary<string, Quantity>.Empty.Add("weapons", quantity)
                : ImmutableSortedDictionary<string, Quantity>.Empty,
            Attributes = size is null
                ? ImmutableSortedDictionary<string, string>.Empty
                : ImmutableSortedDictionary<string, string>.Empty.Add("size", size),
            Source = source ?? new Source { Class = SourceClass.Media, Name = "Agency" },
            Level = level,
        };

    private static LocalDate Day(int day) => new LocalDate(2018, 10, 1).PlusDays(day - 1);

    /// <summary>"10", "10 09:00" or "10-12", the last day included.</summary>
    private static Occurrence When(string text)
    {
        var parts = text.Split(' ');
        var days = parts[0].Split('-').Select(int.Parse).ToArray();
        return parts.Length == 1
            ? Occurrence.Days(Day(days[0]), Day(days[^1]), Zone)
            : Occurrence.At(
                (
                    Day(days[0])
                    + LocalTimePattern.ExtendedIso.Parse(parts[1].Length == 5 ? parts[1] + ":00" : parts[1]).Value
                )
                    .InZoneStrictly(Zone)
                    .ToInstant()
            );
    }

    private static GeoShape Shape(double west, double south, double size) =>
        GeoShape.Read(new InputNode(Random.RandomAgreement.Square(west, south, size), "", new Problems()))!;

    private Guid Add(Func<Guid, LedgerEvent> make)
    {
        var position = entries.Count + 1;
        var id = new Guid(++ids, 0, 0, new byte[8]);
        entries.Add(
            new Entry(position, Day(40).AtStartOfDayInZone(Zone).ToInstant() + Duration.FromMinutes(position), make(id))
        );
        return id;
    }
}
