using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Store.Following;
using Ledger.Store.Tests.World;
using Ledger.Verdicts;
using Ledger.Verdicts.Answers;
using NodaTime;

namespace Ledger.Store.Tests.Following;

public sealed class ABook
{
    private static readonly Instant Afterwards = Instant.FromUtc(2018, 12, 1, 0, 0);

    [Fact]
    public async Task Holds_an_entry_once_its_writer_has_waited_for_it()
    {
        await using var ledger = await LedgerHost.WithTruceAsync();
        var book = await ledger.BookAsync();
        Status(book).Should().Contain(("quiet", Verdict.Holding));

        var receipt = await ledger.RecordAsync(Truce.Filed("bombing"));
        await book.ReachedAsync(receipt.Position);

        Status(book).Should().Contain(("quiet", Verdict.Breached));
    }

    [Fact]
    public async Task Is_the_same_after_following_as_after_a_replay()
    {
        await using var one = await LedgerHost.StartAsync();
        await using var follower = await LedgerHost.StartAsync(one.Get<LedgerStoreOptions>().ConnectionString);
        foreach (var entry in OneOfEach.Entries())
            await one.RecordAsync(entry);
        await Task.WhenAll(
            Enumerable.Range(0, 1_500).Select(i => one.RecordAsync(Truce.Filed("bombing", 1 + (i % 28))))
        );

        var followed = await follower.BookAsync();
        await using var replayer = await LedgerHost.StartAsync(one.Get<LedgerStoreOptions>().ConnectionString);
        var replayed = await replayer.BookAsync();

        replayed.Position.Should().Be(OneOfEach.Entries().Length + 1_500).And.Be(followed.Position);
        Lines(replayed).Should().Equal(Lines(followed));
        Status(replayed).Should().Equal(Status(followed));
    }

    [Fact]
    public async Task Of_an_agreement_nobody_adopted_does_not_exist()
    {
        await using var ledger = await LedgerHost.StartAsync();

        (await ledger.Get<FollowedBooks>().OpenAsync("nowhere")).Should().BeNull();
    }

    [Fact]
    public async Task Of_many_asked_while_entries_come_never_shows_half_an_answer()
    {
        await using var ledger = await LedgerHost.WithTruceAsync();
        var book = await ledger.BookAsync();
        using var done = new CancellationTokenSource();

        var asking = Task.Run(() =>
        {
            var asked = 0;
            while (!done.IsCancellationRequested)
            {
                var (position, last) = book.Read(b => (b.Position, b.Entries[^1].Position));
                last.Should().Be(position);
                asked++;
            }

            return asked;
        });
        await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => ledger.RecordAsync(Truce.Filed())));
        await book.ReachedAsync(301);
        await done.CancelAsync();

        (await asking).Should().BePositive();
    }

    private static IReadOnlyList<(string, Verdict)> Status(FollowedBook open) =>
        open.Read(book =>
            Judge
                .Status(book, new Question(Afterwards, book.Position, Lens.House))
                .Verdicts.Select(v => (v.Provision, v.Verdict))
                .ToArray()
        );

    private static IReadOnlyList<string> Lines(FollowedBook open) =>
        open.Read(book =>
            book.Entries.Select(e =>
                    $"{e.Position} {e.RecordedAt} {e.Type} {LedgerJson.DataOf(e.Event).ToJsonString()}"
                )
                .ToArray()
        );
}
