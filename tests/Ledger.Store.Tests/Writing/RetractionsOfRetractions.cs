using Ledger.Domain.Decisions;
using Ledger.Domain.Entries;
using Ledger.Store.Tests.World;
using Ledger.Store.Writing;

namespace Ledger.Store.Tests.Writing;

/// <summary>A chain of retractions is read again with every entry that lengthens it, so it has an end.</summary>
public sealed class RetractionsOfRetractions
{
    [Fact]
    public async Task End_at_the_eighth()
    {
        await using var ledger = await LedgerHost.WithTruceAsync();
        var filed = Truce.Filed();
        await ledger.RecordAsync(filed);
        var last = filed.EntryId;
        for (var depth = 1; depth <= EntryDecider.DeepestRetraction; depth++)
        {
            var retraction = Of(last);
            await ledger.RecordAsync(retraction);
            last = retraction.EntryId;
        }

        (await ledger.WriteAsync(Of(last)))
            .Should()
            .BeOfType<WriteOutcome.Refused>()
            .Which.Code.Should()
            .Be("entry/retracted-too-deep");
        await ledger.RecordAsync(Of(filed.EntryId));
        await ledger.ShouldBeWholeAsync();
    }

    [Fact]
    public async Task End_there_within_a_batch_as_well()
    {
        await using var ledger = await LedgerHost.WithTruceAsync();
        var filed = Truce.Filed();
        await ledger.RecordAsync(filed);
        var chain = new List<EntryRetracted>();
        for (var i = 0; i < EntryDecider.DeepestRetraction + 4; i++)
            chain.Add(Of(i == 0 ? filed.EntryId : chain[^1].EntryId));

        var outcomes = await ledger.Writers.WriteAllAsync(Truce.Id, chain.ToAsyncEnumerable()).ToListAsync();

        outcomes.Take(EntryDecider.DeepestRetraction).Should().AllBeOfType<WriteOutcome.Recorded>();
        outcomes.Skip(EntryDecider.DeepestRetraction).Should().AllBeOfType<WriteOutcome.Refused>();
    }

    private static EntryRetracted Of(Guid target) =>
        new()
        {
            EntryId = Truce.NewId(),
            Target = target,
            Reason = "It was not so.",
        };
}
