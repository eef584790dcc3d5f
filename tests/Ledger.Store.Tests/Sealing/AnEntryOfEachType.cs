using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;
using Ledger.Proof.Json;
using Ledger.Store.Tests.World;
using NodaTime;

namespace Ledger.Store.Tests.Sealing;

public sealed class AnEntryOfEachType
{
    [Fact]
    public void Is_in_the_world_of_these_tests() =>
        OneOfEach
            .Entries()
            .Select(EventTypes.NameOf)
            .Distinct()
            .Should()
            .BeEquivalentTo(
                EventTypes.ByName.Keys.Except(["log_resumed", "key_rotated", "clock_corrected"]),
                "these speak of the log itself, and have tests of their own"
            );

    [Fact]
    public async Task Says_the_same_in_its_bytes_and_in_the_event_that_Marten_keeps()
    {
        await using var ledger = await WithAllAsync();

        await using var command = ledger.Database.CreateCommand(
            """
            select e.bytes, m.data, m.version, m.id, m.type, to_char(m.timestamp at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), m.stream_id, e.recorded_at = m.timestamp
            from ledger.ledger_entry e join ledger.mt_events m on m.stream_id = e.agreement and m.version = e.position order by e.position
            """
        );
        await using var rows = await command.ExecuteReaderAsync();
        var seen = 0L;
        while (await rows.ReadAsync())
        {
            seen++;
            var fromEvent = new JsonObject
            {
                ["agreement"] = rows.GetString(6),
                ["data"] = JsonNode.Parse(rows.GetString(1)),
                ["entry"] = rows.GetGuid(3).ToString(),
                ["position"] = rows.GetInt64(2),
                ["recorded"] = rows.GetString(5),
                ["type"] = rows.GetString(4),
                ["v"] = 1,
            };
            Encoding
                .UTF8.GetString(rows.GetFieldValue<byte[]>(0))
                .Should()
                .Be(Encoding.UTF8.GetString(CanonicalJson.Write(fromEvent)));
            rows.GetBoolean(7).Should().BeTrue();
        }

        seen.Should().Be(OneOfEach.Entries().Length);
    }

    [Fact]
    public async Task Can_be_read_back_as_it_was_accepted()
    {
        await using var ledger = await WithAllAsync();

        await foreach (var entry in ledger.Reader.EntriesAsync(Truce.Id).Select(stored => stored.Entry))
        {
            var data = LedgerJson.DataOf(entry.Event);
            var read = EventReader.Read(
                entry.Type,
                JsonNode.Parse(data.ToJsonString())!,
                DateTimeZone.Utc,
                recorded: true
            );
            read.Should().BeOfType<Parsed<LedgerEvent>.Good>($"{entry.Type} is {data.ToJsonString()}");
            JsonNode.DeepEquals(LedgerJson.DataOf(read.Required()), data).Should().BeTrue();
        }
    }

    [Fact]
    public async Task Holds_nothing_that_must_be_sealed()
    {
        await using var ledger = await WithAllAsync();

        (
            await ledger.AskAsync<long>(
                "select count(*) from ledger.ledger_entry where convert_from(bytes, 'UTF8') ~ 'baker|الطائرة|other road|35.8131'"
            )
        )
            .Should()
            .Be(0);
        (
            await ledger.AskAsync<long>(
                "select count(*) from ledger.mt_events where data::text ~ 'baker|الطائرة|other road|35.8131'"
            )
        )
            .Should()
            .Be(0);
        (await ledger.AskAsync<long>("select count(*) from ledger.ledger_sealed"))
            .Should()
            .Be(1, "words, source and exact place of the first report were erased, which are three of four");
    }

    private static async Task<LedgerHost> WithAllAsync()
    {
        var ledger = await LedgerHost.StartAsync();
        foreach (var entry in OneOfEach.Entries())
            await ledger.RecordAsync(entry);
        return ledger;
    }
}
