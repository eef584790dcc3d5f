using Ledger.Proof.Notes;
using Ledger.Store.Keys;
using Ledger.Store.Publishing;
using Ledger.Store.Signing;
using Ledger.Store.Tests.World;
using Ledger.Store.Writing;
using Ledger.Testing;
using Npgsql;

namespace Ledger.Store.Tests.Signing;

public sealed class SigningALog
{
    [Fact]
    public async Task Gives_one_root_for_each_size_whichever_server_signs()
    {
        await using var one = await LedgerHost.WithTruceAsync();
        await using var two = await LedgerHost.StartAsync(one.Connection);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? one : two).RecordAsync(Truce.Filed())));

        var key = one.Get<LogSigning>().Key!.For(Truce.Id);
        two.Get<LogSigning>().Key!.For(Truce.Id).Should().Be(key);
        var log = one.Get<PublishedLog>();
        var latest = (await log.CheckpointAsync(Truce.Id))!;
        latest.Checkpoint.Size.Should().Be(41);
        for (var size = 1L; size <= 41; size++)
        {
            if (await log.CheckpointAsync(Truce.Id, size) is not { } checkpoint)
                continue;
            checkpoint.Note.Verify([key]).Fault.Should().Be(NoteFault.None);
            (await log.AdditionAsync(Truce.Id, size, latest))
                .Should()
                .Match<Proof.Witnesses.AddCheckpoint>(proof =>
                    proof.Judge(new[] { key }, checkpoint.Checkpoint) == Proof.Witnesses.WitnessAnswer.Cosign
                );
        }

        (
            await one.AskAsync<long>(
                "select count(*) from ledger.ledger_checkpoint c join ledger.ledger_head h using (agreement) where c.size > h.size"
            )
        )
            .Should()
            .Be(0);
    }

    [Fact]
    public async Task Keeps_the_key_in_a_file_that_only_its_owner_reads()
    {
        await using var ledger = await LedgerHost.WithTruceAsync();
        var file = LedgerHost.KeyFileOf(ledger.Connection);

        File.GetUnixFileMode(file).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (
            await ledger.AskAsync<long>(
                $"select count(*) from ledger.ledger_checkpoint where note like '%{File.ReadAllText(file).Trim()}%'"
            )
        )
            .Should()
            .Be(0);

        File.SetUnixFileMode(file, File.GetUnixFileMode(file) | UnixFileMode.GroupRead);
        FluentActions
            .Invoking(() => LogKey.Open(file, "ledger.local", () => []))
            .Should()
            .Throw<KeyException>()
            .WithMessage("*chmod 600*");
    }

    [Fact]
    public async Task Ends_when_the_database_was_rolled_back()
    {
        await using var ledger = await LedgerHost.WithTruceAsync();
        await ledger.RecordAsync(Truce.Filed());
        var backup = await TheLog.CopyAsync(ledger);
        await ledger.RecordAsync(Truce.Filed());
        var key = LedgerHost.KeyFileOf(ledger.Connection);

        await using var restored = await LedgerHost.StartAsync(backup, with: options => options with { KeyFile = key });
        var outcome = await restored.WriteAsync(Truce.Filed());

        outcome
            .Should()
            .BeOfType<WriteOutcome.Unavailable>()
            .Which.Message.Should()
            .Contain("3 entries were signed, but the database contains 2");
        (await restored.AskAsync<long>("select max(size) from ledger.ledger_checkpoint")).Should().Be(2);
    }

    [Fact]
    public async Task Ends_when_the_database_holds_another_history()
    {
        await using var ledger = await LedgerHost.WithTruceAsync();
        var backup = await TheLog.CopyAsync(ledger);
        await ledger.RecordAsync(Truce.Filed());
        await using (var fork = await LedgerHost.StartAsync(backup))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(LedgerHost.KeyFileOf(backup))!);
            File.Copy(LedgerHost.KeyFileOf(ledger.Connection), LedgerHost.KeyFileOf(backup));
            await fork.RecordAsync(Truce.Filed("withdrawal"));
            await fork.RecordAsync(Truce.Filed("withdrawal"));
        }

        await using var restored = await LedgerHost.StartAsync(
            backup,
            with: options => options with { KeyFile = LedgerHost.KeyFileOf(ledger.Connection) }
        );

        (await restored.WriteAsync(Truce.Filed()))
            .Should()
            .BeOfType<WriteOutcome.Unavailable>()
            .Which.Message.Should()
            .Contain("are not those that were signed");
    }

    [Fact]
    public async Task Ends_when_the_key_is_another()
    {
        await using var ledger = await LedgerHost.WithTruceAsync();
        var other = Path.Combine(Scratch.Folder("other-key"), "log.key");

        await using var confused = await LedgerHost.StartAsync(
            ledger.Connection,
            with: options => options with { KeyFile = other }
        );

        (await confused.WriteAsync(Truce.Filed()))
            .Should()
            .BeOfType<WriteOutcome.Unavailable>()
            .Which.Message.Should()
            .Contain("not signed with the key");
    }

    [Theory]
    [InlineData("update ledger.mt_events set data = '{}'")]
    [InlineData("delete from ledger.mt_events")]
    [InlineData("truncate ledger.mt_events")]
    [InlineData("delete from ledger.mt_streams")]
    [InlineData("update ledger.ledger_entry set bytes = '' where position = 1")]
    [InlineData("delete from ledger.ledger_entry")]
    [InlineData("truncate ledger.ledger_entry")]
    [InlineData("update ledger.ledger_tile set hashes = substring(hashes from 33)")]
    [InlineData("update ledger.ledger_tile set index = 7")]
    [InlineData("delete from ledger.ledger_tile")]
    [InlineData("truncate ledger.ledger_tile")]
    [InlineData("update ledger.ledger_sealed set sealed = ''")]
    [InlineData("delete from ledger.ledger_sealed")]
    [InlineData("truncate ledger.ledger_sealed")]
    [InlineData(
        "insert into ledger.ledger_sealed select entry_id, name || '-again', agreement, position, gen_random_uuid(), sealed from ledger.ledger_sealed"
    )]
    [InlineData("update ledger.ledger_handle set state = 'erased'")]
    [InlineData("update ledger.ledger_handle set state = 'requested', requested_at = 2")]
    [InlineData("update ledger.ledger_handle set place = place + 1")]
    [InlineData(
        "insert into ledger.ledger_handle select gen_random_uuid(), agreement, 'erased', segment, place, 0, null, null from ledger.ledger_handle"
    )]
    [InlineData("delete from ledger.ledger_handle")]
    [InlineData("truncate ledger.ledger_handle")]
    [InlineData("update ledger.ledger_checkpoint set root = ''")]
    [InlineData("delete from ledger.ledger_checkpoint")]
    [InlineData("update ledger.ledger_head set size = size - 1")]
    [InlineData("delete from ledger.ledger_head")]
    public async Task Is_guarded_against_a_slip(string sql)
    {
        await using var ledger = await LedgerHost.WithTruceAsync();
        await ledger.RecordAsync(Truce.FiledInConfidence());

        var slip = await FluentActions
            .Awaiting(() => TestDatabase.ExecuteAsync(ledger.Connection, sql))
            .Should()
            .ThrowAsync<PostgresException>();

        slip.Which.MessageText.Should().StartWith("The ledger only grows");
        await ledger.ShouldBeWholeAsync();
    }

    [Fact]
    public async Task Is_guarded_by_the_rights_of_a_role_that_is_no_superuser_even_without_the_triggers()
    {
        var superuser = new NpgsqlConnectionStringBuilder(await TestDatabase.SuperuserAsync());
        var (role, password) = ($"role_{Guid.NewGuid():N}", Guid.NewGuid().ToString("N"));
        await TestDatabase.ExecuteAsync(superuser.ConnectionString, $"create role {role} login password '{password}'");
        await TestDatabase.ExecuteAsync(superuser.ConnectionString, $"create database {role} owner {role}");
        await using var ledger = await LedgerHost.WithTruceAsync(
            new NpgsqlConnectionStringBuilder(superuser.ConnectionString)
            {
                Database = role,
                Username = role,
                Password = password,
            }.ConnectionString
        );
        foreach (var entry in OneOfEach.Entries().Skip(1))
            await ledger.RecordAsync(entry);

        await TestDatabase.ExecuteAsync(
            ledger.Connection,
            "drop trigger ledger_guard_update_or_delete on ledger.ledger_entry; drop trigger ledger_guard_truncate on ledger.ledger_entry"
        );
        foreach (
            var sql in (string[])
                [
                    "update ledger.ledger_entry set bytes = ''",
                    "delete from ledger.ledger_entry",
                    "truncate ledger.ledger_entry",
                    "update ledger.mt_events set data = '{}'",
                    "delete from ledger.ledger_checkpoint",
                    "delete from ledger.ledger_tile",
                    "delete from ledger.mt_streams",
                    "truncate ledger.ledger_sealed",
                ]
        )
            (
                await FluentActions
                    .Awaiting(() => TestDatabase.ExecuteAsync(ledger.Connection, sql))
                    .Should()
                    .ThrowAsync<PostgresException>(sql)
            )
                .Which.MessageText.Should()
                .StartWith("permission denied", sql);
        await ledger.ShouldBeWholeAsync();

        // A second server comes and goes on.
        await using var second = await LedgerHost.StartAsync(ledger.Connection);
        await second.RecordAsync(Truce.Filed());
    }
}
