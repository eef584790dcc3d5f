using Ledger.Domain.Entries;
using Ledger.Store.Reading;
using Ledger.Store.Tests.World;
using Ledger.Store.Writing;

namespace Ledger.Store.Tests.Writing;

public sealed class SendingTheSameTwice
{
    [Fact]
    public async Task Records_once_and_gives_everybody_the_same_receipt()
    {
        await using var ledger = await LedgerHost.WithTruceAsync();
        var filed = Truce.FiledInConfidence();

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(_ => Task.Run(() => ledger.WriteAsync(filed)))
        );

        var receipts = outcomes.Cast<WriteOutcome.Recorded>().Select(o => o.Receipt).ToArray();
        receipts.Select(r => r with { Repeated = false }).Distinct().Should().ContainSingle();
        receipts.Where(r => !r.Repeated).Should().ContainSingle();
        (await ledger.Reader.SizeAsync(Truce.Id)).Should().Be(2);
        (await ledger.AskAsync<long>("select count(*) from ledger.mt_events")).Should().Be(2);
    }

    [Fact]
    public async Task Is_known_again_by_another_process()
    {
        await using var ledger = await LedgerHost.WithTruceAsync();
        var filed = Truce.FiledInConfidence();
        var first = await ledger.RecordAsync(filed);

        await using var other = await LedgerHost.StartAsync(ledger.Get<LedgerStoreOptions>().ConnectionString);

        (await other.RecordAsync(filed)).Should().Be(first with { Repeated = true });
    }

    [Fact]
    public async Task With_other_content_is_refused()
    {
        await using var ledger = await LedgerHost.WithTruceAsync();
        var filed = Truce.FiledInConfidence();
        await ledger.RecordAsync(filed);

        var changes = new LedgerEvent[]
        {
            filed with
            {
                Report = filed.Report with { Summary = "Nothing was heard." },
            },
            filed with
            {
                Report = filed.Report with { Narrative = "Another story." },
            },
            filed with
            {
                Report = filed.Report with { Narrative = null },
            },
            filed with
            {
                Report = filed.Report with { Source = filed.Report.Source with { Identity = "The baker's wife" } },
            },
            new EntryRetracted
            {
                EntryId = filed.EntryId,
                Target = filed.EntryId,
                Reason = "Another type.",
            },
        };

        foreach (var changed in changes)
            (await ledger.WriteAsync(changed))
                .Should()
                .BeOfType<WriteOutcome.Refused>()
                .Which.Code.Should()
                .Be("entry/id-reused");
        (await ledger.Reader.SizeAsync(Truce.Id)).Should().Be(2);
    }

    [Fact]
    public async Task To_another_agreement_is_refused()
    {
        await using var ledger = await LedgerHost.WithTruceAsync();
        await ledger.RecordAsync(Truce.Adopted("other"), "other");
        var filed = Truce.Filed();
        await ledger.RecordAsync(filed);

        (await ledger.WriteAsync(filed, "other"))
            .Should()
            .BeOfType<WriteOutcome.Refused>()
            .Which.Code.Should()
            .Be("entry/id-reused");
    }
}
