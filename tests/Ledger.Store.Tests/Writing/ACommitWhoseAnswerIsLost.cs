using Ledger.Store.Tests.World;
using Ledger.Testing;

namespace Ledger.Store.Tests.Writing;

public sealed class ACommitWhoseAnswerIsLost
{
    [Fact]
    public async Task Is_found_again_by_the_ids_of_its_entries()
    {
        using var proxy = new LossyProxy(await TestDatabase.CreateAsync());
        await using var ledger = await LedgerHost.WithTruceAsync(proxy.Connection);
        proxy.LoseNextCommits(1);

        var receipts = await Task.WhenAll(
            Enumerable.Range(0, 30).Select(_ => Task.Run(() => ledger.RecordAsync(Truce.FiledInConfidence())))
        );

        proxy.Lost.Should().Be(1);
        receipts.Select(r => r.Position).Should().BeEquivalentTo(Enumerable.Range(2, 30).Select(p => (long)p));
        await ledger.ShouldBeWholeAsync();
    }
}
