using System.Text.Json.Nodes;
using Ledger.Cli.Proofs;
using Ledger.Domain.Entries;
using Ledger.Proof.Json;
using NodaTime;
using Sealed = Ledger.Proof.Entries.Entry;

namespace Ledger.Cli.Tests.Proofs;

public sealed class PuttingEntriesAside
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(16_384)]
    public void Gives_each_back_as_it_was_whichever_are_in_use(int inUse)
    {
        using var entries = new SpilledEntries(inUse);
        var written = new List<string>();
        for (var position = 1; position <= 300; position++)
        {
            var bytes = Bytes(position);
            entries.Expect(bytes);
            var read = Sealed.Parse(bytes);
            entries.Add(new Entry(position, Instant.FromDateTimeOffset(read.Recorded), LogWalk.EventOf(read)));
            written.Add(Text(entries[position - 1]));
            // Now and then an old one, while others are still being written.
            Text(entries[position / 2]).Should().Be(written[position / 2]);
        }

        entries.Should().HaveCount(300);
        entries.Select(Text).Should().Equal(written);
        entries.Reverse().Select(Text).Should().Equal(written.AsEnumerable().Reverse());
    }

    private static string Text(Entry entry) =>
        $"{entry.Position} {entry.RecordedAt} {entry.Type} {LedgerJson.DataOf(entry.Event)}";

    private static byte[] Bytes(int position)
    {
        var id = new Guid(position, 7, 0x7000, [0x80, 0, 0, 0, 0, 0, 0, 1]);
        var data =
            position % 5 == 0
                ? $$$"""{"entryId":"{{{id}}}","target":"{{{id}}}","reason":"{{{position}}}"}"""
                : $$$"""{"entryId":"{{{id}}}","report":{"kind":"shelling","occurred":{"from":"2018-10-15T00:00:00Z","until":"2018-10-16T00:00:00Z","precision":"days"},"source":{"class":"media"},"summary":"{{{new string('x', position)}}}"}}""";
        return new Sealed(
            "truce",
            id,
            position,
            DateTimeOffset.UnixEpoch.AddSeconds(position),
            position % 5 == 0 ? "entry_retracted" : "report_filed",
            CanonicalJson.Parse(CanonicalJson.Write(JsonNode.Parse(data)!))
        ).ToBytes();
    }
}
