using Ledger.Store.People;
using Ledger.Store.Tests.World;
using Ledger.Store.Writing;

namespace Ledger.Store.Tests.Writing;

/// <summary>Whoever sends much waits for it themselves.</summary>
public sealed class AFairShareOfTheWriter
{
    private const int BatchSize = 8;
    private const int Flood = 1_000;

    [Fact]
    public async Task Lets_a_second_sender_in_before_the_rest_of_a_thousand()
    {
        await using var ledger = await LedgerHost.WithTruceAsync(with: options =>
            options with
            {
                BatchSize = BatchSize,
            }
        );
        var (one, two) = (new Filer(Guid.NewGuid(), null), new Filer(Guid.NewGuid(), null));
        var flood = Enumerable.Range(0, Flood).Select(_ => SendAsync(one)).ToArray();

        var second = ((WriteOutcome.Recorded)await SendAsync(two)).Receipt.Position;

        await Task.WhenAll(flood);
        var before = flood.Count(sent => ((WriteOutcome.Recorded)sent.Result).Receipt.Position < second);
        // What was written while the flood was being sent is before it in any case, but not what waited.
        before.Should().BeLessThan(Flood / 2);
        await ledger.ShouldBeWholeAsync();

        Task<WriteOutcome> SendAsync(Filer by) => ledger.Writers.WriteAsync(Truce.Id, Truce.Filed(), by);
    }

    [Fact]
    public async Task Takes_from_senders_in_turn_and_keeps_the_order_of_each()
    {
        var queue = new FairQueue(room: 100);
        var (one, two, three) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var sent = new List<Proposal>();
        foreach (var by in (Guid[])[one, one, one, one, two, two, three])
        {
            var proposal = Proposal.Of(Truce.Filed(), new Filer(by, null));
            sent.Add(proposal);
            await queue.AddAsync(proposal, CancellationToken.None);
        }

        var taken = new List<Proposal>();
        while (queue.TryTake(out var next))
            taken.Add(next);

        taken.Select(p => p.By!.Person).Should().Equal(one, two, three, one, two, one, one);
        foreach (var by in (Guid[])[one, two, three])
            taken.Where(p => p.By!.Person == by).Should().Equal(sent.Where(p => p.By!.Person == by));
        queue.Count.Should().Be(0);
    }

    [Fact]
    public async Task Leaves_room_to_others_when_one_sender_has_filled_theirs()
    {
        var queue = new FairQueue(room: 2);
        var (one, two) = (new Filer(Guid.NewGuid(), null), new Filer(Guid.NewGuid(), null));
        Task AddAsync(Filer by) => queue.AddAsync(Proposal.Of(Truce.Filed(), by), CancellationToken.None);
        await AddAsync(one);
        await AddAsync(one);

        var waiting = AddAsync(one);

        waiting.IsCompleted.Should().BeFalse("they have sent more than fits");
        AddAsync(two).IsCompleted.Should().BeTrue();
        queue.TryTake(out _).Should().BeTrue();
        await waiting.WaitAsync(TimeSpan.FromMinutes(1));
        queue.Count.Should().Be(3);
    }
}
