using System.Diagnostics;
using System.Diagnostics.Metrics;
using Ledger.Domain.Entries;
using Ledger.Domain.Reports;
using Ledger.Store.Reports;
using Ledger.Store.Tests.World;

namespace Ledger.Store.Tests.Writing;

/// <summary>
/// Whoever says much of one report must not make everybody's next entry dearer. The cost is counted in bytes that the
/// writer reads from the database, which are the same on every machine.
/// </summary>
public sealed class WhatWasSaidBefore
{
    private const int Few = 10;
    private const int Many = 400;
    private const int Retracted = 80;

    public static TheoryData<string> Kinds =>
        [
            "report_corrected",
            "report_assessed",
            "assessment_proposed",
            "party_responded",
            "evidence_attached",
            "reports_linked",
            "report_sent_back",
        ];

    [Theory, MemberData(nameof(Kinds))]
    public async Task Costs_the_next_entry_nothing(string kind)
    {
        await using var ledger = await LedgerHost.WithTruceAsync();
        var (report, other) = (Truce.Filed(), Truce.Filed());
        await ledger.RecordAsync(report);
        await ledger.RecordAsync(other);
        await SayAsync(Few);
        var early = await BytesReadAsync(ledger, () => SayAsync(1));

        await SayAsync(Many);
        var late = await BytesReadAsync(ledger, () => SayAsync(1));

        early.Should().BePositive();
        late.Should()
            .BeLessThan(
                early + 1_000,
                "the edge of the tree grows with the logarithm of its size, and nothing else does"
            );

        Task SayAsync(int times) =>
            Task.WhenAll(
                Enumerable.Range(0, times).Select(_ => ledger.RecordAsync(Of(kind, report.EntryId, other.EntryId)))
            );
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Costs_a_retraction_nothing(string kind)
    {
        await using var ledger = await LedgerHost.WithTruceAsync();
        var (report, other) = (Truce.Filed(), Truce.Filed());
        await ledger.RecordAsync(report);
        await ledger.RecordAsync(other);
        await TakeBackAsync(Few);
        var early = await BytesReadAsync(ledger, () => TakeBackAsync(1));

        await TakeBackAsync(Retracted);
        await Task.WhenAll(
            Enumerable.Range(0, Retracted).Select(_ => ledger.RecordAsync(Of(kind, report.EntryId, other.EntryId)))
        );
        var late = await BytesReadAsync(ledger, () => TakeBackAsync(1));

        early.Should().BePositive();
        late.Should().BeLessThan(early + 1_500, "what stands after a retraction is kept and not found out anew");

        // Said, and retracted: what was retracted lies before what still stands.
        async Task TakeBackAsync(int times)
        {
            var said = Enumerable.Range(0, times).Select(_ => Of(kind, report.EntryId, other.EntryId)).ToArray();
            await Task.WhenAll(said.Select(entry => ledger.RecordAsync(entry)));
            await Task.WhenAll(said.Select(entry => ledger.RecordAsync(Retraction(entry.EntryId))));
        }
    }

    [Fact]
    public async Task Costs_nothing_where_it_is_many_retractions_of_one_report()
    {
        await using var ledger = await LedgerHost.WithTruceAsync();
        var report = Truce.Filed();
        await ledger.RecordAsync(report);
        await RetractAsync(Few);
        var early = await BytesReadAsync(ledger, () => RetractAsync(1));

        await RetractAsync(2 * Retracted);
        var late = await BytesReadAsync(ledger, () => RetractAsync(1));

        early.Should().BePositive();
        late.Should().BeLessThan(early + 1_500);

        Task RetractAsync(int times) =>
            Task.WhenAll(Enumerable.Range(0, times).Select(_ => ledger.RecordAsync(Retraction(report.EntryId))));
    }

    [Fact]
    public async Task And_what_is_said_now_make_the_row_that_a_rebuild_makes()
    {
        await using var ledger = await LedgerHost.WithTruceAsync();
        var random = new Random(7);
        var reports = Enumerable.Range(0, 4).Select(_ => Truce.Filed()).ToArray();
        foreach (var report in reports.Take(2))
            await ledger.RecordAsync(report);
        var said = new List<LedgerEvent>();
        for (var round = 0; round < 30; round++)
        {
            // The third and the fourth are filed in the batch that speaks of them.
            List<LedgerEvent> batch = round is 5 or 9 ? [reports[round is 5 ? 2 : 3]] : [];
            var known = reports
                .Take(
                    round < 5 ? 2
                    : round < 9 ? 3
                    : 4
                )
                .ToArray();
            for (var i = random.Next(1, 8); i > 0; i--)
            {
                var (one, two) = (known[random.Next(known.Length)].EntryId, known[random.Next(known.Length)].EntryId);
                var earlier = said.Concat(batch).ToList();
                batch.Add(
                    random.Next(3) == 0 && earlier.Count > 0
                        ? Retraction(earlier[random.Next(earlier.Count)].EntryId)
                        : Of(
                            Kinds.ElementAt(random.Next(Kinds.Count)).Data,
                            one,
                            one == two ? known.First(r => r.EntryId != one).EntryId : two
                        )
                );
            }

            await foreach (var _ in ledger.Writers.WriteAllAsync(Truce.Id, batch.ToAsyncEnumerable())) { }
            said.AddRange(batch);
            var kept = await RowsAsync();
            await ledger.Get<ReportTable>().RebuildAsync(Truce.Id);
            kept.Should().Be(await RowsAsync(), $"round {round}");
        }

        // What stands again after it fell may have a row that says so.
        Task<string?> RowsAsync() =>
            ledger.AskAsync<string>(
                "select concat((select string_agg(r::text, chr(10) order by report_id) from ledger.report r), (select string_agg(s::text, chr(10) order by entry_id) from ledger.entry_standing s where retractions > 0 or type in ('report_corrected', 'report_assessed')))"
            );
    }

    private static EntryRetracted Retraction(Guid target) =>
        new()
        {
            EntryId = Truce.NewId(),
            Target = target,
            Reason = "It was not so.",
        };

    private static LedgerEvent Of(string kind, Guid report, Guid other) =>
        kind switch
        {
            "report_corrected" => new ReportCorrected
            {
                EntryId = Truce.NewId(),
                Target = report,
                Report = Truce.Report(Random.Shared.Next(2) == 0 ? "bombing" : "withdrawal"),
                Reason = "Misheard",
            },
            "report_assessed" => new ReportAssessed
            {
                EntryId = Truce.NewId(),
                Target = report,
                Level = Random.Shared.Next(2) == 0 ? Level.Confirmed : Level.Corroborated,
                Grounds = "Seen",
            },
            "assessment_proposed" => new AssessmentProposed
            {
                EntryId = Truce.NewId(),
                Target = report,
                Level = Level.Confirmed,
                Grounds = "Seen",
            },
            "party_responded" => new PartyResponded
            {
                EntryId = Truce.NewId(),
                Target = report,
                Party = "north",
                Stance = ResponseStance.Denies,
            },
            "evidence_attached" => new EvidenceAttached
            {
                EntryId = Truce.NewId(),
                Target = report,
                Sha256 = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray().Concat(new byte[16]).ToArray()),
                MediaType = "image/jpeg",
                Size = 5,
            },
            "reports_linked" => new ReportsLinked
            {
                EntryId = Truce.NewId(),
                Reports = [report, other],
                Reason = "One event",
            },
            "report_sent_back" => new ReportSentBack
            {
                EntryId = Truce.NewId(),
                Target = report,
                Question = "Where was it?",
            },
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };

    /// <summary>What the writer reads from this database meanwhile.</summary>
    private static async Task<long> BytesReadAsync(LedgerHost ledger, Func<Task> write)
    {
        var read = 0L;
        using var activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name is LedgerTelemetry.Name or "Npgsql",
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(activities);
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name.EndsWith("bytes_read", StringComparison.Ordinal))
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        var database = new Npgsql.NpgsqlConnectionStringBuilder(ledger.Connection).Database!;
        meters.SetMeasurementEventCallback<long>(
            (_, bytes, tags, _) =>
            {
                var isOurs = false;
                foreach (var tag in tags)
                    isOurs |= tag.Value?.ToString()?.Contains(database, StringComparison.Ordinal) == true;
                for (var at = Activity.Current; isOurs && at is not null; at = at.Parent)
                {
                    if (at.OperationName == "ledger.write")
                        Interlocked.Add(ref read, bytes);
                }
            }
        );
        meters.Start();
        await write();
        return read;
    }
}
