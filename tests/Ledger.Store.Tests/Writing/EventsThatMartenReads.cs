using JasperFx.Events;
using Ledger.Domain.Entries;
using Ledger.Store.Tests.World;
using Marten;

namespace Ledger.Store.Tests.Writing;

/// <summary>The writer fills Marten's tables with statements of its own.</summary>
public sealed class EventsThatMartenReads
{
    [Fact]
    public async Task Are_in_its_tables_as_if_it_had_appended_them()
    {
        await using var ledger = await LedgerHost.WithTruceAsync();
        foreach (var said in OneOfEach.Entries().Where(said => said is not AgreementAdopted))
            await ledger.RecordAsync(said);

        await using var session = ledger.Get<IDocumentStore>().LightweightSession();
        var ours = await session.Events.FetchStreamAsync(Truce.Id);
        // The same events as Marten alone appends them, to a stream that is no agreement's.
        session.Events.StartStream<AgreementHead>("marten", ours.Take(1).Select(e => e.Data));
        await session.SaveChangesAsync();
        session.Events.Append("marten", ours.Skip(1).Select(e => e.Data));
        await session.SaveChangesAsync();
        var its = await session.Events.FetchStreamAsync("marten");

        (await RowsAsync(Truce.Id)).Should().Be(await RowsAsync("marten"));
        (await StreamAsync(Truce.Id)).Should().Be(await StreamAsync("marten"));
        ours.Select(Told).Should().Equal(its.Select(Told));
        ours.Select(e => e.Sequence).Should().BeInAscendingOrder();

        static (string, string, Type, string, bool, long) Told(IEvent e) =>
            (e.EventTypeName, e.DotNetTypeName, e.EventType, e.TenantId, e.IsArchived, e.Version);

        Task<string?> RowsAsync(string stream) =>
            ledger.AskAsync<string>(
                $"select string_agg((to_jsonb(m) - '{{seq_id,id,stream_id,timestamp}}'::text[])::text, E'\n' order by version) from ledger.mt_events m where stream_id = '{stream}'"
            );

        Task<string?> StreamAsync(string stream) =>
            ledger.AskAsync<string>(
                $"select (to_jsonb(m) - '{{id,timestamp,created}}'::text[])::text from ledger.mt_streams m where id = '{stream}'"
            );
    }
}
