using Ledger.Domain.Entries;
using Ledger.Domain.Reports;
using Ledger.Store.Reports;
using Ledger.Store.Tests.World;

namespace Ledger.Store.Tests.Reports;

public sealed class TheTableOfReports
{
    [Fact]
    public async Task Shows_a_report_as_it_stands_now()
    {
        await using var ledger = await LedgerHost.WithTruceAsync();
        var filed = Truce.Filed();
        await ledger.RecordAsync(filed);
        (await RowAsync()).Should().Be("bombing alleged False 0 2");

        var corrected = new ReportCorrected
        {
            EntryId = Truce.NewId(),
            Target = filed.EntryId,
            Report = Truce.Report("withdrawal"),
            Reason = "Misheard",
        };
        await ledger.RecordAsync(corrected);
        var assessed = new ReportAssessed
        {
            EntryId = Truce.NewId(),
            Target = filed.EntryId,
            Level = Level.Confirmed,
            Grounds = "Seen",
        };
        await ledger.RecordAsync(assessed);
        (await RowAsync()).Should().Be("withdrawal confirmed False 1 4");

        await RetractAsync(corrected.EntryId);
        (await RowAsync()).Should().Be("bombing confirmed False 0 5");
        var retraction = await RetractAsync(assessed.EntryId);
        (await RowAsync()).Should().Be("bombing alleged False 0 6");
        await RetractAsync(retraction);
        (await RowAsync()).Should().Be("bombing confirmed False 0 7");
        await RetractAsync(filed.EntryId);
        (await RowAsync()).Should().Be("bombing confirmed True 0 8");

        async Task<Guid> RetractAsync(Guid target)
        {
            return (
                await ledger.RecordAsync(
                    new EntryRetracted
                    {
                        EntryId = Truce.NewId(),
                        Target = target,
                        Reason = "An error",
                    }
                )
            ).EntryId;
        }

        Task<string?> RowAsync() =>
            ledger.AskAsync<string>(
                $"select kind || ' ' || level || ' ' || initcap(retracted::text) || ' ' || corrections || ' ' || touched from ledger.report where report_id = '{filed.EntryId}'"
            );
    }

    [Fact]
    public async Task Is_the_same_when_it_is_made_again()
    {
        await using var ledger = await LedgerHost.StartAsync();
        foreach (var entry in OneOfEach.Entries())
            await ledger.RecordAsync(entry);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => ledger.RecordAsync(Truce.FiledInConfidence())));
        var kept = await RowsAsync();

        await ledger.Get<ReportTable>().RebuildAsync(Truce.Id);

        (await RowsAsync()).Should().Be(kept).And.NotBeNull();
        Task<string?> RowsAsync() =>
            ledger.AskAsync<string>("select string_agg(r::text, chr(10) order by report_id) from ledger.report r");
    }

    [Fact]
    public async Task Knows_what_stands_of_a_log_that_an_earlier_version_wrote()
    {
        await using var ledger = await LedgerHost.StartAsync();
        var entries = OneOfEach.Entries();
        foreach (var entry in entries)
            await ledger.RecordAsync(entry);
        var retraction = new EntryRetracted
        {
            EntryId = Truce.NewId(),
            Target = entries.OfType<ReportFiled>().First().EntryId,
            Reason = "An error",
        };
        await ledger.RecordAsync(retraction);
        await ledger.RecordAsync(retraction with { EntryId = Truce.NewId() });
        var kept = await StandingAsync();
        await ledger.AskAsync<object>("delete from ledger.entry_standing");

        await using var later = await LedgerHost.StartAsync(ledger.Connection);

        (await StandingAsync()).Should().Be(kept).And.Contain("report_filed").And.Contain("report_assessed");
        Task<string?> StandingAsync() =>
            ledger.AskAsync<string>(
                "select string_agg(s::text, chr(10) order by entry_id) from ledger.entry_standing s"
            );
    }

    [Fact]
    public async Task Leads_to_everything_that_was_said_about_a_report()
    {
        await using var ledger = await LedgerHost.StartAsync();
        var entries = OneOfEach.Entries();
        foreach (var entry in entries)
            await ledger.RecordAsync(entry);
        var report = entries.OfType<ReportFiled>().First();

        var history = await ledger.Get<ReportTable>().HistoryAsync(report.EntryId);

        history!
            .Entries.Select(e => e.Type)
            .Should()
            .Equal(
                "report_filed",
                "report_sent_back",
                "question_answered",
                "assessment_proposed",
                "report_assessed",
                "reports_linked",
                "party_responded",
                "evidence_attached",
                "entry_retracted"
            );
        history.Level.Should().Be(Level.Alleged);
        (await ledger.Get<ReportTable>().HistoryAsync(entries[0].EntryId)).Should().BeNull();
    }
}
