using System.Text;
using Ledger.Domain.Entries;
using Ledger.Domain.Reports;
using Ledger.Store.Keys;
using Ledger.Store.Reading;
using Ledger.Store.Schema;
using Ledger.Store.Sealing;
using Ledger.Store.Tests.World;
using Ledger.Store.Writing;
using Ledger.Testing;
using Npgsql;

namespace Ledger.Store.Tests.Sealing;

public sealed class SealedValuesOfPersons
{
    private const string Canary = "The canary sang at the third bridge";

    private static readonly DisclosureAccess Test = new(Guid.CreateVersion7(), "to compare");

    [Fact]
    public async Task Lie_in_no_table_as_text_before_and_after()
    {
        await using var ledger = await LedgerHost.WithTruceAsync();
        var (filed, handle) = Told();
        await ledger.RecordAsync(filed);
        (await OpenedAsync(ledger, filed)).Should().Be(Canary);

        var dump = await DumpAsync(ledger.Connection);
        dump.Should().Contain(filed.EntryId.ToString());
        foreach (var form in FormsOf(Canary))
            dump.Should().NotContain(form);
        await EraseAsync(ledger, handle, 2);

        (await DumpAsync(ledger.Connection)).Should().NotContain(Canary);
        (await OpenedAsync(ledger, filed)).Should().BeNull();
        await ledger.ShouldBeWholeAsync();
    }

    [Fact]
    public async Task Are_opened_by_no_backup_of_the_database_once_they_are_erased()
    {
        await using var ledger = await LedgerHost.WithTruceAsync();
        var (filed, handle) = Told();
        await ledger.RecordAsync(filed);
        var backup = await TheLog.CopyAsync(ledger);

        // The folder with the keys has not changed: the backup opens.
        await using (
            var restored = await LedgerHost.StartAsync(
                backup,
                with: options => options with { KeyFile = LedgerHost.KeyFileOf(ledger.Connection) }
            )
        )
            (await OpenedAsync(restored, filed)).Should().Be(Canary);
        await EraseAsync(ledger, handle, 2);

        await using (
            var restored = await LedgerHost.StartAsync(
                backup,
                with: options => options with { KeyFile = LedgerHost.KeyFileOf(ledger.Connection) }
            )
        )
            (await OpenedAsync(restored, filed)).Should().BeNull();
        FolderOf(ledger).Should().NotContain(file => ContainsHandle(file, handle), "the key was overwritten");
    }

    [Fact]
    public async Task Stay_erased_when_the_folder_of_keys_comes_back_from_a_backup()
    {
        await using var ledger = await LedgerHost.WithTruceAsync();
        var (filed, handle) = Told();
        await ledger.RecordAsync(filed);
        var folder = FolderOf(ledger).ToDictionary(file => file, File.ReadAllBytes);
        await EraseAsync(ledger, handle, 2);
        await ledger.DisposeAsync();
        foreach (var (file, bytes) in folder)
            await File.WriteAllBytesAsync(file, bytes);

        await using var again = await LedgerHost.StartAsync(ledger.Connection);

        FolderOf(again).Should().NotContain(file => ContainsHandle(file, handle));
    }

    [Fact]
    public async Task Of_one_person_share_a_key_and_go_together()
    {
        await using var ledger = await LedgerHost.WithTruceAsync();
        var reporter = Guid.NewGuid();
        var mine = Enumerable.Range(0, 3).Select(_ => Told(reporter).Filed).ToList();
        foreach (var filed in mine)
            await ledger.RecordAsync(filed);
        var other = Told().Filed;
        await ledger.RecordAsync(other);
        (
            await ledger.AskAsync<long>(
                "select count(*) from ledger.ledger_entry where convert_from(bytes, 'UTF8') like '%" + reporter + "%'"
            )
        )
            .Should()
            .Be(0, "a handle in an entry would tie a person's reports together");

        await EraseAsync(ledger, reporter, 2, 3, 4);

        foreach (var filed in mine)
            (await OpenedAsync(ledger, filed)).Should().BeNull();
        (await OpenedAsync(ledger, other)).Should().Be(Canary);
    }

    [Fact]
    public async Task Of_the_source_stay_when_the_reporter_is_erased()
    {
        await using var ledger = await LedgerHost.WithTruceAsync();
        var reporter = Guid.NewGuid();
        var filed = Truce.FiledInConfidence();
        filed = filed with { Report = filed.Report with { Seal = new ReportSeal { Reporter = reporter } } };
        await ledger.RecordAsync(filed);

        await EraseAsync(ledger, reporter, 2);

        var opened = (
            (ReportFiled)(await Get(ledger).OpenedAsync(filed.EntryId, await RecordedAsync(ledger, filed), Test)).Event
        ).Report;
        (opened.Narrative, opened.Source.Identity).Should().Be((null, filed.Report.Source.Identity));
    }

    [Fact]
    public async Task Are_not_sealed_again_under_an_erased_handle()
    {
        await using var ledger = await LedgerHost.WithTruceAsync();
        var (filed, handle) = Told();
        await ledger.RecordAsync(filed);
        var request = new ErasureRequested
        {
            EntryId = Truce.NewId(),
            Handle = handle,
            Positions = [2],
            Names = ["narrative"],
            Authority = "A court",
        };
        await ledger.RecordAsync(request);

        (await ledger.WriteAsync(Told(handle).Filed))
            .Should()
            .BeOfType<WriteOutcome.Refused>()
            .Which.Code.Should()
            .Be("report/handle-closed");
        await ledger.RecordAsync(
            new ErasureConfirmed
            {
                EntryId = Truce.NewId(),
                Handle = handle,
                Target = request.EntryId,
                Authority = "A court",
            }
        );

        (await ledger.WriteAsync(Told(handle).Filed))
            .Should()
            .BeOfType<WriteOutcome.Refused>()
            .Which.Code.Should()
            .Be("report/handle-closed");
        (
            await ledger.WriteAsync(
                new ErasureConfirmed
                {
                    EntryId = Truce.NewId(),
                    Handle = handle,
                    Target = request.EntryId,
                    Authority = "A court",
                }
            )
        ).Should().BeOfType<WriteOutcome.Refused>().Which.Code.Should().Be("erasure/already-confirmed");
        (await ledger.WriteAsync(request with { EntryId = Truce.NewId() }))
            .Should()
            .BeOfType<WriteOutcome.Refused>()
            .Which.Code.Should()
            .Be("erasure/already-requested");
        // The same report sent again gets its receipt: nothing is sealed anew.
        (await ledger.RecordAsync(filed))
            .Repeated.Should()
            .BeTrue();
    }

    [Theory]
    [InlineData(new long[] { 2, 3 }, new[] { "narrative" }, "erasure/other-positions")]
    [InlineData(new long[] { 2, 2 }, new[] { "narrative" }, "erasure/other-positions")]
    [InlineData(new long[] { 2 }, new[] { "narrative", "source.identity" }, "erasure/other-names")]
    public async Task Are_erased_only_by_who_names_them_exactly(long[] positions, string[] names, string code)
    {
        await using var ledger = await LedgerHost.WithTruceAsync();
        var (filed, handle) = Told();
        await ledger.RecordAsync(filed);

        (
            await ledger.WriteAsync(
                new ErasureRequested
                {
                    EntryId = Truce.NewId(),
                    Handle = handle,
                    Positions = [.. positions],
                    Names = [.. names],
                    Authority = "A court",
                }
            )
        ).Should().BeOfType<WriteOutcome.Refused>().Which.Code.Should().Be(code);
        (
            await ledger.WriteAsync(
                new ErasureRequested
                {
                    EntryId = Truce.NewId(),
                    Handle = Guid.NewGuid(),
                    Positions = [2],
                    Names = ["narrative"],
                    Authority = "A court",
                }
            )
        ).Should().BeOfType<WriteOutcome.Refused>().Which.Code.Should().Be("erasure/unknown-handle");
    }

    [Fact]
    public async Task Filed_while_their_person_is_erased_are_all_erased_or_refused()
    {
        await using var one = await LedgerHost.WithTruceAsync(mode: Wolverine.DurabilityMode.Balanced);
        await using var two = await LedgerHost.StartAsync(one.Connection, mode: Wolverine.DurabilityMode.Balanced);
        var handle = Guid.NewGuid();
        await one.RecordAsync(Told(handle).Filed);
        var filing = Enumerable
            .Range(0, 40)
            .Select(i =>
                Task.Run(async () =>
                {
                    var filed = Told(handle).Filed;
                    return (Filed: filed, Outcome: await (i % 2 == 0 ? one : two).WriteAsync(filed));
                })
            )
            .ToList();

        ErasureRequested request;
        do
        {
            var positions = (await Get(two).HandlesAsync(Truce.Id, null, handle))[0].Positions;
            request = new ErasureRequested
            {
                EntryId = Truce.NewId(),
                Handle = handle,
                Positions = [.. positions],
                Names = ["narrative"],
                Authority = "A court",
            };
        } while (await two.WriteAsync(request) is not WriteOutcome.Recorded);
        await one.RecordAsync(
            new ErasureConfirmed
            {
                EntryId = Truce.NewId(),
                Handle = handle,
                Target = request.EntryId,
                Authority = "A court",
            }
        );

        foreach (var (filed, outcome) in await Task.WhenAll(filing))
        {
            if (outcome is WriteOutcome.Recorded { Receipt: var receipt })
            {
                request.Positions.Should().Contain(receipt.Position);
                (await OpenedAsync(one, filed)).Should().BeNull();
            }
            else
            {
                outcome.Should().BeOfType<WriteOutcome.Refused>().Which.Code.Should().Be("report/handle-closed");
            }
        }

        (await one.AskAsync<long>($"select count(*) from ledger.ledger_sealed where handle = '{handle}'"))
            .Should()
            .Be(0);
        FolderOf(one).Should().NotContain(file => ContainsHandle(file, handle));
    }

    [Fact]
    public async Task Cannot_be_slipped_under_a_handle_that_is_being_closed_even_by_hand()
    {
        await using var ledger = await LedgerHost.WithTruceAsync();
        var (filed, handle) = Told();
        await ledger.RecordAsync(filed);
        await ledger.RecordAsync(
            new ErasureRequested
            {
                EntryId = Truce.NewId(),
                Handle = handle,
                Positions = [2],
                Names = ["narrative"],
                Authority = "A court",
            }
        );

        var slip =
            $"insert into ledger.ledger_sealed values (gen_random_uuid(), 'narrative', '{Truce.Id}', 2, '{handle}', '')";
        (
            await FluentActions
                .Awaiting(() => TestDatabase.ExecuteAsync(ledger.Connection, slip))
                .Should()
                .ThrowAsync<PostgresException>()
        )
            .Which.MessageText.Should()
            .Contain("never gets a key again");
        var again =
            $"insert into ledger.ledger_handle (handle, agreement, state, segment, place, entries) values ('{handle}', '{Truce.Id}', 'open', gen_random_uuid(), 0, 0)";
        (
            await FluentActions
                .Awaiting(() => TestDatabase.ExecuteAsync(ledger.Connection, again))
                .Should()
                .ThrowAsync<PostgresException>()
        )
            .Which.SqlState.Should()
            .Be(PostgresErrorCodes.UniqueViolation);
        var back = $"update ledger.ledger_handle set state = 'open' where handle = '{handle}'";
        (
            await FluentActions
                .Awaiting(() => TestDatabase.ExecuteAsync(ledger.Connection, back))
                .Should()
                .ThrowAsync<PostgresException>()
        )
            .Which.MessageText.Should()
            .StartWith("The ledger only grows");
    }

    [Fact]
    public async Task Are_bound_to_their_entry()
    {
        await using var ledger = await LedgerHost.WithTruceAsync();
        var reporter = Guid.NewGuid();
        var (one, other) = (Told(reporter).Filed, Told(reporter).Filed);
        await ledger.RecordAsync(one);
        await ledger.RecordAsync(other);

        await TestDatabase.ExecuteAsync(
            ledger.Connection,
            "set session_replication_role = replica; update ledger.ledger_sealed s set sealed = o.sealed from ledger.ledger_sealed o where o.position <> s.position"
        );

        (await OpenedAsync(ledger, one)).Should().BeNull();
    }

    [Fact]
    public async Task Need_their_master_key()
    {
        await using var ledger = await LedgerHost.WithTruceAsync();
        await ledger.RecordAsync(Told().Filed);
        await ledger.DisposeAsync();
        var master = Path.Combine(Path.GetDirectoryName(LedgerHost.KeyFileOf(ledger.Connection))!, "master.key");
        File.GetUnixFileMode(master).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);

        var kept = await File.ReadAllTextAsync(master);
        File.Delete(master);
        FluentActions
            .Invoking(() => PersonKeys.Open(master))
            .Should()
            .Throw<KeyException>()
            .WithMessage("*is missing*");
        await File.WriteAllTextAsync(master, Convert.ToBase64String(new byte[32]) + "\n");
        File.SetUnixFileMode(master, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        FluentActions
            .Invoking(() => PersonKeys.Open(master))
            .Should()
            .Throw<KeyException>()
            .WithMessage("*is not the master key*");
        await File.WriteAllTextAsync(master, kept);
        using var keys = PersonKeys.Open(master);
    }

    [Fact]
    public async Task Of_an_earlier_version_are_not_taken_over_in_the_clear()
    {
        var connection = await TestDatabase.CreateAsync();
        await TestDatabase.ExecuteAsync(
            connection,
            "create schema ledger; create table ledger.ledger_disclosure (disclosure text); insert into ledger.ledger_disclosure values ('x')"
        );

        await FluentActions
            .Awaiting(() => LedgerHost.StartAsync(connection))
            .Should()
            .ThrowAsync<SchemaException>()
            .WithMessage("*plain text*");
    }

    private static (ReportFiled Filed, Guid Handle) Told(Guid? reporter = null)
    {
        var (filed, handle) = (Truce.Filed(), reporter ?? Guid.NewGuid());
        return (
            filed with
            {
                Report = filed.Report with
                {
                    Narrative = Canary,
                    Seal = new ReportSeal { Reporter = handle },
                },
            },
            handle
        );
    }

    private static async Task EraseAsync(LedgerHost ledger, Guid handle, params long[] positions)
    {
        var request = new ErasureRequested
        {
            EntryId = Truce.NewId(),
            Handle = handle,
            Positions = [.. positions],
            Names = ["narrative"],
            Authority = "A court",
        };
        await ledger.RecordAsync(request);
        await ledger.RecordAsync(
            new ErasureConfirmed
            {
                EntryId = Truce.NewId(),
                Handle = handle,
                Target = request.EntryId,
                Authority = "A court",
            }
        );
    }

    private static Disclosures Get(LedgerHost ledger) => ledger.Get<Disclosures>();

    private static async Task<LedgerEvent> RecordedAsync(LedgerHost ledger, ReportFiled filed) =>
        (await ledger.Reader.EntryAsync(filed.EntryId))!.Entry.Event;

    private static async Task<string?> OpenedAsync(LedgerHost ledger, ReportFiled filed) =>
        ((ReportFiled)(await Get(ledger).OpenedAsync(filed.EntryId, await RecordedAsync(ledger, filed), Test)).Event)
            .Report
            .Narrative;

    private static string[] FolderOf(LedgerHost ledger) =>
        Directory.GetFiles(
            Path.Combine(Path.GetDirectoryName(LedgerHost.KeyFileOf(ledger.Connection))!, "master.key.persons")
        );

    private static bool ContainsHandle(string file, Guid handle) =>
        File.ReadAllBytes(file).AsSpan().IndexOf(handle.ToByteArray(bigEndian: true)) >= 0;

    /// <summary>As text, as bytes in hexadecimal, and as base64 wherever in a longer text it begins.</summary>
    private static IEnumerable<string> FormsOf(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        yield return text;
        yield return Convert.ToHexStringLower(bytes);
        for (var shift = 0; shift < 3; shift++)
        {
            // The characters that other bytes have a part in are left out.
            var encoded = Convert.ToBase64String([.. new byte[shift], .. bytes]).TrimEnd('=');
            yield return encoded[4..^2];
            yield return Convert.ToHexStringLower(Encoding.ASCII.GetBytes(encoded[4..^2]));
        }
    }

    /// <summary>Every row of every table of every schema, as text.</summary>
    private static async Task<string> DumpAsync(string connection)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        var tables = new List<string>();
        await using (
            var list = database.CreateCommand(
                "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname !~ '^(pg_catalog|information_schema)$'"
            )
        )
        await using (var rows = await list.ExecuteReaderAsync())
        {
            while (await rows.ReadAsync())
                tables.Add(rows.GetString(0));
        }

        tables.Count.Should().BeGreaterThan(20);
        var dump = new StringBuilder();
        foreach (var table in tables)
        {
            await using var read = database.CreateCommand($"select t::text from {table} t");
            await using var rows = await read.ExecuteReaderAsync();
            while (await rows.ReadAsync())
                dump.AppendLine(rows.GetString(0));
        }

        return dump.ToString();
    }
}
