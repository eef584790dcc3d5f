using System.Security.Cryptography;
using Ledger.Domain.Entries;
using Ledger.Proof.Notes;
using Ledger.Store.Publishing;
using Ledger.Store.Signing;
using Ledger.Store.Tests.World;
using Ledger.Store.Writing;
using Ledger.Testing;

namespace Ledger.Store.Tests.Signing;

public sealed class ChangingTheKey
{
    [Fact]
    public async Task Is_signed_with_both_keys_and_everything_after_it_with_the_new_one_whoever_signs()
    {
        await using var one = await LedgerHost.WithTruceAsync();
        await using var two = await LedgerHost.StartAsync(one.Connection);
        await two.RecordAsync(Truce.Filed());
        var (old, next) = (KeyOf(one), Prepare(one));

        var before = Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? one : two).RecordAsync(Truce.Filed())).ToArray();
        var change = one.RecordAsync(Rotation(old, next));
        await Task.WhenAll([
            .. before,
            .. Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? one : two).RecordAsync(Truce.Filed())),
            change,
        ]);
        await two.RecordAsync(Truce.Filed());

        var (position, last) = ((await change).Position, 0L);
        for (var size = 1L; size <= 44; size++)
        {
            if (await one.Get<PublishedLog>().CheckpointAsync(Truce.Id, size) is not { } checkpoint)
                continue;
            last = size;
            Signed(checkpoint, old).Should().Be(size <= position, $"size {size}, changed at {position}");
            Signed(checkpoint, next).Should().Be(size >= position, $"size {size}, changed at {position}");
        }

        last.Should().Be(44);
        (await one.Get<PublishedLog>().KeysAsync(Truce.Id)).Should().Equal((0, old), (position, next));
        (await one.Get<PublishedLog>().RotationAsync(Truce.Id, position))!.Note.Signatures.Should().HaveCount(2);
        (await one.Get<PublishedLog>().RotationAsync(Truce.Id, position + 1)).Should().BeNull();
        await one.ShouldBeWholeAsync();
    }

    [Fact]
    public async Task Is_recorded_once_however_often_it_is_sent()
    {
        await using var ledger = await LedgerHost.WithTruceAsync();
        var rotation = Rotation(KeyOf(ledger), Prepare(ledger));

        var first = await ledger.RecordAsync(rotation);

        (await ledger.RecordAsync(rotation)).Should().Be(first with { Repeated = true });
        (await ledger.RecordAsync(Truce.Filed())).Position.Should().Be(3);
    }

    [Fact]
    public async Task Is_refused_where_it_does_not_follow()
    {
        await using var ledger = await LedgerHost.WithTruceAsync();
        var (old, stranger) = (
            KeyOf(ledger),
            VerifierKey.OfLog(KeyOf(ledger).Name, Ed25519Key.FromSeed(new byte[32]).PublicKey)
        );

        (await RefusalAsync(ledger, Rotation(old, stranger))).Should().Be("log/key-not-here");
        var next = Prepare(ledger);
        (await RefusalAsync(ledger, Rotation(stranger, next))).Should().Be("log/other-key");
        (await RefusalAsync(ledger, Rotation(old, old))).Should().Be("log/key-used-before");
        (await RefusalAsync(ledger, Rotation(old, VerifierKey.OfLog("ledger.local/other", next.PublicKey))))
            .Should()
            .Be("log/other-name");
        (await RefusalAsync(ledger, Rotation(old, next) with { NewKey = "a key" })).Should().Be("log/malformed-key");
        (await ledger.RecordAsync(Rotation(old, next))).Position.Should().Be(2);
        (await RefusalAsync(ledger, Rotation(old, next))).Should().Be("log/other-key");
        (await RefusalAsync(ledger, Rotation(next, old))).Should().Be("log/key-used-before");
    }

    [Fact]
    public async Task Ends_the_signing_of_a_server_that_has_the_old_key_alone()
    {
        await using var ledger = await LedgerHost.WithTruceAsync();
        var file = LedgerHost.KeyFileOf(ledger.Connection);
        await ledger.RecordAsync(Rotation(KeyOf(ledger), Prepare(ledger)));
        var alone = Path.Combine(Scratch.Folder("old-key"), "log.key");
        File.Copy(file, alone);

        await using (
            var old = await LedgerHost.StartAsync(ledger.Connection, with: options => options with { KeyFile = alone })
        )
        {
            (await old.WriteAsync(Truce.Filed()))
                .Should()
                .BeOfType<WriteOutcome.Unavailable>()
                .Which.Message.Should()
                .Contain("not signed with the key");

            // The new one is given to it, and nothing has to be started anew.
            File.Copy(file + LogKeys.NextSuffix, alone + LogKeys.NextSuffix);
            (await old.RecordAsync(Truce.Filed())).Position.Should().Be(3);
        }
    }

    [Fact]
    public async Task Lets_the_old_key_go_even_where_a_server_remembers_only_what_it_signed()
    {
        await using var ledger = await LedgerHost.WithTruceAsync();
        var file = LedgerHost.KeyFileOf(ledger.Connection);
        // Another machine's memory, from before the change.
        var elsewhere = Path.Combine(Scratch.Folder("elsewhere"), "log.key");
        File.Copy(file, elsewhere);
        await using (
            var other = await LedgerHost.StartAsync(
                ledger.Connection,
                with: options => options with { KeyFile = elsewhere }
            )
        )
            await other.RecordAsync(Truce.Filed());
        await ledger.RecordAsync(Rotation(KeyOf(ledger), Prepare(ledger)));
        foreach (var place in (string[])[file, elsewhere])
            File.Copy(file + LogKeys.NextSuffix, place, overwrite: true);
        File.Delete(file + LogKeys.NextSuffix);

        foreach (var place in (string[])[file, elsewhere])
        {
            await using var later = await LedgerHost.StartAsync(
                ledger.Connection,
                with: options => options with { KeyFile = place }
            );
            await later.RecordAsync(Truce.Filed());
        }

        // And once more, to a third key, of which only the chain knows the first.
        await using var third = await LedgerHost.StartAsync(ledger.Connection);
        (await third.RecordAsync(Rotation(KeyOf(third), Prepare(third)))).Position.Should().Be(6);
        (await third.Get<PublishedLog>().KeysAsync(Truce.Id)).Select(key => key.From).Should().Equal(0, 3, 6);
    }

    [Fact]
    public async Task Concerns_no_log_that_begins_later()
    {
        await using var ledger = await LedgerHost.StartAsync();
        var (old, next) = (KeyOf(ledger), Prepare(ledger));

        await ledger.RecordAsync(Truce.Adopted());

        Signed((await ledger.Get<PublishedLog>().CheckpointAsync(Truce.Id))!, next)
            .Should()
            .BeTrue("a new log begins with the key that will stay");
        (await RefusalAsync(ledger, Rotation(old, next))).Should().Be("log/other-key");
    }

    [Fact]
    public async Task Is_not_taken_for_a_change_where_the_file_was_copied()
    {
        await using var ledger = await LedgerHost.WithTruceAsync();
        File.Copy(
            LedgerHost.KeyFileOf(ledger.Connection),
            LedgerHost.KeyFileOf(ledger.Connection) + LogKeys.NextSuffix
        );

        (await ledger.RecordAsync(Truce.Filed())).Position.Should().Be(2);
        ledger.Get<LogSigning>().Keys!.Held.Should().ContainSingle();
    }

    private static VerifierKey KeyOf(LedgerHost ledger) => ledger.Get<LogSigning>().Key!.For(Truce.Id);

    /// <summary>Makes the key that is to follow.</summary>
    private static VerifierKey Prepare(LedgerHost ledger)
    {
        using var key = LogKey.Open(
            LedgerHost.KeyFileOf(ledger.Connection) + LogKeys.NextSuffix,
            "ledger.local",
            () => RandomNumberGenerator.GetBytes(Ed25519Key.SeedLength)
        );
        return key.For(Truce.Id);
    }

    private static KeyRotated Rotation(VerifierKey old, VerifierKey next) =>
        new()
        {
            EntryId = Truce.NewId(),
            OldKey = old.ToString(),
            NewKey = next.ToString(),
            Reason = "It is time",
            Authority = "The commission",
        };

    private static bool Signed(SignedCheckpoint checkpoint, VerifierKey key) =>
        checkpoint.Note.Verify([key]).Fault == NoteFault.None;

    private static async Task<string> RefusalAsync(LedgerHost ledger, LedgerEvent proposed) =>
        (await ledger.WriteAsync(proposed)).Should().BeOfType<WriteOutcome.Refused>().Which.Code;
}
