using Ledger.Proof;
using Ledger.Proof.Trees;
using Ledger.Testing;

namespace Ledger.Store.Tests.World;

/// <summary>Checks that a ledger's entries, events and tree say the same, whatever happened to it.</summary>
internal static class TheLog
{
    public static async Task ShouldBeWholeAsync(this LedgerHost ledger, string agreement = Truce.Id)
    {
        var (position, last, leaves) = (0L, default(NodaTime.Instant), new List<Hash>());
        await foreach (var entry in ledger.Reader.EntriesAsync(agreement))
        {
            entry.Position.Should().Be(++position);
            entry.RecordedAt.Should().BeGreaterThanOrEqualTo(last);
            var parsed = Proof.Entries.Entry.Parse(entry.Bytes);
            (parsed.Position, parsed.Id, parsed.Type, parsed.Agreement)
                .Should()
                .Be((entry.Position, entry.EntryId, entry.Type, agreement));
            entry.LeafHash.Should().Be(MerkleHash.Leaf(entry.Bytes));
            last = entry.RecordedAt;
            leaves.Add(entry.LeafHash);
        }

        var tree = TreeEdge.Empty.Append(leaves).Edge;
        (
            await ledger.AskAsync<string>(
                $"select size || ' ' || encode(root, 'hex') from ledger.ledger_head where agreement = '{agreement}'"
            )
        )
            .Should()
            .Be($"{leaves.Count} {tree.Root}");
        (
            await ledger.AskAsync<long>(
                $"""
                select count(*) from ledger.mt_events m full join ledger.ledger_entry e on e.agreement = m.stream_id and e.position = m.version
                where coalesce(m.stream_id, e.agreement) = '{agreement}' and (m.id is distinct from e.entry_id or m.type is distinct from e.type or m.timestamp is distinct from e.recorded_at)
                """
            )
        ).Should().Be(0, "events and entries are the same");
        (await ledger.AskAsync<long>($"select version from ledger.mt_streams where id = '{agreement}'"))
            .Should()
            .Be(leaves.Count);
    }

    /// <summary>A backup, restored into a database of its own.</summary>
    public static Task<string> CopyAsync(LedgerHost ledger) => TestDatabase.CopyAsync(ledger.Connection);
}
