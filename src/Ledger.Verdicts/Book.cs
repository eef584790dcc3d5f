using System.Runtime.InteropServices;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;
using Ledger.Domain.Time;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Facts;
using Ledger.Verdicts.Matching;
using NodaTime;

namespace Ledger.Verdicts;

/// <summary>
/// A cache of one agreement's stream, from which every verdict is computed. Entries are appended in order of position,
/// one at a time; between appends any number of readers may ask.
/// </summary>
/// <param name="given">A file to judge by in place of the one that was adopted; null judges by the adopted one.</param>
/// <param name="entries">Where its entries are kept; by default in memory.</param>
public sealed class Book(AgreementFile? given = null, IEntries? entries = null)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Agreement> _files = [];
    private readonly List<long> _recordedUpTo = [];
    private readonly Dictionary<Corroboration, FactLog> _logs = [];
    private readonly Dictionary<Agreement, PatternIndex> _patternIndexes = new(ReferenceEqualityComparer.Instance);

    /// <summary>Position of the last entry; zero when there is none.</summary>
    public long Position => Stream.Count;

    /// <summary>Entries in order; the one at position p has index p - 1.</summary>
    public IReadOnlyList<Entry> Entries => Stream.Entries;

    public Entry? Find(Guid id) => Stream.IndexOf(id) is >= 0 and var index ? Stream[index] : null;

    /// <summary>Takes the next entry in.</summary>
    /// <exception cref="InvalidDataException">The entry does not continue the stream, or holds what was never accepted:
    /// history is corrupt.</exception>
    public void Append(Entry entry)
    {
        if (entry.Position != Position + 1)
            throw new InvalidDataException(
                $"Entry {entry.Id} has position {entry.Position}, but the next position is {Position + 1}."
            );
        if (Stream.IndexOf(entry.Id) is >= 0 and var before)
            throw new InvalidDataException(
                $"Entry id {entry.Id} at position {entry.Position} was used before, at position {before + 1}."
            );
        if (FileIn(entry.Event) is { } json)
            _files[entry.Id] =
                entry.Event is AgreementAdopted && given is not null ? given.Agreement : Read(json, entry);

        var recorded = Ticks.Of(entry.RecordedAt);
        // What is dated later than its correction was recorded before it.
        for (
            var i = _recordedUpTo.Count - 1;
            entry.Event is ClockCorrected && i >= 0 && _recordedUpTo[i] > recorded;
            i--
        )
            _recordedUpTo[i] = recorded;
        _recordedUpTo.Add(_recordedUpTo.Count > 0 ? Math.Max(_recordedUpTo[^1], recorded) : recorded);
        Stream.Append(entry);
        foreach (var log in _logs.Values)
        {
            var (closed, opened) = log.Follow();
            foreach (var patternIndex in _patternIndexes.Values.Where(patternIndex => patternIndex.Log == log))
                patternIndex.Follow(closed, opened, Stream.Count - 1);
        }
    }

    /// <summary>
    /// The position that was reached at an instant: everything up to it had been recorded by then, inclusive.
    /// </summary>
    public long PositionAt(Instant knownAt)
    {
        var (low, high) = (0, _recordedUpTo.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _recordedUpTo[middle] <= Ticks.Of(knownAt) ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>Why a question cannot be answered, or null when it can.</summary>
    public Problem? Objection(Question question)
    {
        if (question.KnownAt > Position)
            return new Problem(
                "verdict/not-yet-known",
                "/knownAt",
                $"This ledger has {Position} entries; nothing is known at position {question.KnownAt} yet."
            );
        if (question.KnownAt < 0 || Adopted(question.KnownAt) is null)
            return new Problem(
                "verdict/no-agreement-yet",
                "/knownAt",
                $"At position {question.KnownAt} no agreement had been adopted; ask for position 1 or later."
            );
        if (question.Lens.Reading is { } version && Version(question.KnownAt, version) is null)
            return new Problem(
                "verdict/unknown-reading",
                "/reading",
                $"No reading '{version}' was known at position {question.KnownAt}; known were {string.Join(", ", Versions(question.KnownAt).Select(v => v.Version).Distinct(StringComparer.Ordinal))}."
            );
        return null;
    }

    /// <summary>Every version of the agreement file recorded by a position, in order.</summary>
    public IEnumerable<Agreement> Versions(long knownAt)
    {
        if (Adopted(knownAt) is { } adopted)
            yield return adopted;
        foreach (var index in Stream.OfType(typeof(AgreementRevised)).TakeWhile(index => index < knownAt))
            yield return _files[Stream[index].Id];
    }

    /// <summary>The agreement as the question's lens reads it at the question's valid time.</summary>
    /// <exception cref="InvalidOperationException">There is an <see cref="Objection"/>.</exception>
    public Agreement Reading(Question question) =>
        Readings(question.KnownAt, question.Lens).Last(part => part.From <= Ticks.Of(question.AsOf)).Reading;

    /// <summary>The latest version of the agreement file that is live now, whenever it applies.</summary>
    public Agreement? Agreement => AgreementAt(Position);

    /// <summary>
    /// The latest version of the agreement file that was live at a position, whenever it applies; null before the
    /// adoption.
    /// </summary>
    public Agreement? AgreementAt(long knownAt)
    {
        if (Adopted(knownAt) is not { } adopted)
            return null;
        return Visible(knownAt, Lens.House).Live<AgreementRevised>().LastOrDefault() is { } revision
            ? _files[revision.Id]
            : adopted;
    }

    /// <summary>
    /// Every geometry of a zone that is live at the question's position, with the day from which it is in force.
    /// </summary>
    public IEnumerable<ZoneInForce> Zones(Question question)
    {
        var reading = Reading(question);
        var zones = new ZonesInForce(reading, Visible(question.KnownAt, question.Lens).Live<ZoneDelimited>());
        return reading
            .Zones.SelectMany(zone => zones.Of(zone.Id))
            .Select(z => new ZoneInForce(z.Zone, z.Shape, Ticks.ToOptional(z.From), z.Entry?.Id));
    }

    internal EntryStream Stream { get; } = new(entries ?? new EntryList());

    internal VisibleEntries Visible(long knownAt, Lens lens) => new(Stream, (int)knownAt, lens);

    /// <summary>
    /// What is kept for a reading; made when it is first asked for. One that is only supposed is forgotten again.
    /// </summary>
    internal PatternIndex PatternIndexOf(Agreement reading)
    {
        lock (_gate)
        {
            if (
                !ReferenceEquals(reading, given?.Agreement)
                && !_files.Values.Contains(reading, ReferenceEqualityComparer.Instance)
            )
                return new PatternIndex(Stream, LogOf(Corroboration.Of(reading)), reading);
            ref var patternIndex = ref CollectionsMarshal.GetValueRefOrAddDefault(_patternIndexes, reading, out _);
            return patternIndex ??= new PatternIndex(Stream, LogOf(Corroboration.Of(reading)), reading);
        }
    }

    /// <summary>The readings that apply one after the other, each from an instant on; the first from the beginning.</summary>
    /// <exception cref="InvalidOperationException">There is an <see cref="Objection"/>.</exception>
    internal List<(long From, Agreement Reading)> Readings(long knownAt, Lens lens)
    {
        if (Objection(new Question(default, knownAt, lens)) is { } objection)
            throw new InvalidOperationException(objection.ToString());
        if (lens.Reading is { } version)
            return [(Ticks.Always, Version(knownAt, version)!)];

        var revisions = Visible(knownAt, lens)
            .Live<AgreementRevised>()
            .Select(entry => (From: AppliesFrom(entry), Entry: entry))
            .ToList();
        var readings = new List<(long, Agreement)>();
        Entry? last = null;
        foreach (var from in revisions.Select(r => r.From).Prepend(Ticks.Always).Distinct().Order())
        {
            // Of the revisions that apply by then the latest entry is the reading.
            var revision = revisions.LastOrDefault(r => r.From <= from).Entry;
            if (readings.Count == 0 || revision != last)
                readings.Add((from, revision is null ? Adopted(knownAt)! : FileOf(revision)));
            last = revision;
        }

        return readings;

        long AppliesFrom(Entry entry) =>
            Ticks.Of(FileOf(entry).TimeZone.StartOf(((AgreementRevised)entry.Event).AppliesFrom));
    }

    internal Agreement? Adopted(long knownAt) =>
        knownAt >= 1 && Stream.Count > 0 && Stream[0].Event is AgreementAdopted
            ? _files[Stream[0].Id]
            : given?.Agreement;

    internal Agreement? Version(long knownAt, string version) =>
        Versions(knownAt).LastOrDefault(v => v.Version == version);

    internal Agreement FileOf(Entry revision) =>
        _files.GetValueOrDefault(revision.Id) ?? Read(FileIn(revision.Event)!, revision);

    /// <summary>The versions of facts where linked sources corroborate like this.</summary>
    internal FactLog FactsOf(Corroboration corroboration)
    {
        lock (_gate)
            return LogOf(corroboration);
    }

    private FactLog LogOf(Corroboration corroboration)
    {
        ref var log = ref CollectionsMarshal.GetValueRefOrAddDefault(_logs, corroboration, out _);
        if (log is not null)
            return log;
        log = new FactLog(Stream, corroboration);
        for (var i = 0; i < Stream.Count; i++)
            log.Follow();
        return log;
    }

    private static System.Text.Json.Nodes.JsonObject? FileIn(LedgerEvent @event) =>
        @event switch
        {
            AgreementAdopted adopted => adopted.File,
            AgreementRevised revised => revised.File,
            _ => null,
        };

    private static Agreement Read(System.Text.Json.Nodes.JsonObject json, Entry entry) =>
        AgreementFile.Read(json) switch
        {
            Parsed<Agreement>.Good good => good.Value,
            Parsed<Agreement>.Bad bad => throw new InvalidDataException(
                $"The agreement file in entry {entry.Id} at position {entry.Position} cannot be read: {string.Join(' ', bad.Problems)}"
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
