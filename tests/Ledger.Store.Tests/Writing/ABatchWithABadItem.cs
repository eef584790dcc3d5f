using Ledger.Domain.Entries;
using Ledger.Domain.Reports;
using Ledger.Store.Reading;
using Ledger.Store.Tests.World;
using Ledger.Store.Writing;

namespace Ledger.Store.Tests.Writing;

public sealed class ABatchWithABadItem
{
    [Fact]
    public async Task Refuses_it_alone()
    {
        await using var ledger = await LedgerHost.WithTruceAsync();
        var good = Enumerable.Range(0, 40).Select(_ => Truce.Filed()).ToArray();
        var bad = new Dictionary<string, LedgerEvent>
        {
            ["agreement/unknown-kind"] = Truce.Filed("earthquake"),
            ["entry/not-found"] = new ReportAssessed
            {
                EntryId = Truce.NewId(),
                Target = Truce.NewId(),
                Level = Level.Confirmed,
                Grounds = "None",
            },
            ["agreement/already-adopted"] = Truce.Adopted(),
            ["entry/too-large"] = Truce.Filed() with
            {
                Report = Truce.Report() with { Summary = new string('x', 70_000) },
            },
            ["json/not-normalized"] = Truce.Filed() with { Report = Truce.Report() with { Narrative = "I\u0307dlib" } },
            ["report/sealed-by-the-ledger"] = Truce.Filed() with
            {
                Report = Truce.Report() with { Sealed = Truce.Report().Sealed.Add("narrative", "x") },
            },
        };

        var proposals = good.Take(20)
            .Concat(bad.Values)
            .Concat(good.Skip(20))
            .Select(e => (e.EntryId, Outcome: ledger.WriteAsync(e)))
            .ToArray();
        await Task.WhenAll(proposals.Select(p => p.Outcome));

        var outcomes = proposals.ToDictionary(p => p.EntryId, p => p.Outcome.Result);
        outcomes
            .Values.OfType<WriteOutcome.Recorded>()
            .Select(r => r.Receipt.EntryId)
            .Should()
            .BeEquivalentTo(good.Select(e => e.EntryId));
        foreach (var (code, refused) in bad)
            outcomes[refused.EntryId].Should().BeOfType<WriteOutcome.Refused>(code).Which.Code.Should().Be(code);
        await ledger.ShouldBeWholeAsync();
    }

    [Fact]
    public async Task Lets_later_items_refer_to_earlier_ones()
    {
        await using var ledger = await LedgerHost.WithTruceAsync();
        var filed = Truce.Filed();
        LedgerEvent[] story =
        [
            filed,
            new ReportAssessed
            {
                EntryId = Truce.NewId(),
                Target = filed.EntryId,
                Level = Level.Confirmed,
                Grounds = "Seen",
            },
            Truce.Revised("second", "smoke"),
            Truce.Filed("smoke"),
            new EntryRetracted
            {
                EntryId = Truce.NewId(),
                Target = filed.EntryId,
                Reason = "An error",
            },
        ];

        var outcomes = story.Select(e => ledger.WriteAsync(e)).ToArray();

        (await Task.WhenAll(outcomes)).Should().AllBeOfType<WriteOutcome.Recorded>();
        await ledger.ShouldBeWholeAsync();
    }

    [Fact]
    public async Task From_a_file_keeps_its_order()
    {
        await using var ledger = await LedgerHost.StartAsync(with: options => options with { BatchSize = 3 });
        var entries = OneOfEach.Entries();

        var outcomes = await ledger.Writers.WriteAllAsync(Truce.Id, entries.ToAsyncEnumerable()).ToListAsync();

        outcomes
            .Cast<WriteOutcome.Recorded>()
            .Select(o => (o.Receipt.EntryId, o.Receipt.Position))
            .Should()
            .Equal(entries.Select((e, i) => (e.EntryId, i + 1L)));
    }

    [Fact]
    public async Task For_an_agreement_nobody_adopted_is_refused()
    {
        await using var ledger = await LedgerHost.StartAsync();

        (await ledger.WriteAsync(Truce.Filed(), "nowhere"))
            .Should()
            .BeOfType<WriteOutcome.Refused>()
            .Which.Code.Should()
            .Be("agreement/not-adopted");
        (await ledger.WriteAsync(Truce.Adopted("other")))
            .Should()
            .BeOfType<WriteOutcome.Refused>()
            .Which.Code.Should()
            .Be("agreement/another-agreement");
        (await ledger.AskAsync<long>("select count(*) from ledger.ledger_head")).Should().Be(0);
    }
}
