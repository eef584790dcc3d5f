using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using NodaTime;

namespace Ledger.Verdicts.Tests.Slow;

/// <summary>Which version of the agreement file is the reading, at each valid time.</summary>
public sealed class SlowReadings(SlowFacts entries, IEnumerable<Entry> stream, Question question)
{
    private readonly Dictionary<Guid, Agreement> files = stream
        .Where(e => e.Position <= question.KnownAt)
        .Concat(entries.Live<AgreementRevised>().Where(e => question.Lens.Suppose.Contains(e.Event)))
        .Select(e => (e.Id, File: FileIn(e)))
        .Where(f => f.File is not null)
        .ToDictionary(f => f.Id, f => f.File!);

    private readonly List<Entry> revisions = [.. entries.Live<AgreementRevised>()];

    /// <summary>"The latest live revision known at K", of those that apply by V.</summary>
    public Agreement At(Instant t)
    {
        if (question.Lens.Reading is { } version)
            return files.Values.Last(file => file.Version == version);
        var revision = revisions.LastOrDefault(e =>
            files[e.Id].TimeZone.AtStartOfDay(((AgreementRevised)e.Event).AppliesFrom).ToInstant() <= t
        );
        return revision is null ? files.Values.First() : files[revision.Id];
    }

    private static Agreement? FileIn(Entry entry) =>
        entry.Event switch
        {
            AgreementAdopted adopted => AgreementFile.Read(adopted.File).Required(),
            AgreementRevised revised => AgreementFile.Read(revised.File).Required(),
            _ => null,
        };
}
