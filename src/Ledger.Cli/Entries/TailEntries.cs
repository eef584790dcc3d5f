using System.CommandLine;
using System.Globalization;
using System.Net.ServerSentEvents;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;
using Ledger.Domain.Agreements;

namespace Ledger.Cli.Entries;

/// <summary>
/// <c>ledger entries tail AGREEMENT</c>: every new entry as it is recorded, none twice and none missing, also over a
/// restart of the server.
/// </summary>
public static class TailEntries
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static Command Command(Terminal terminal)
    {
        var agreement = CommonOptions.Agreement();
        var from = new Option<long?>("--from")
        {
            Description = "Start at this position instead of at the next entry.",
            HelpName = "POSITION",
        };
        var count = new Option<int?>("--count")
        {
            Description = "Stop after this number of entries.",
            HelpName = "NUMBER",
        };
        var command = new Command("tail", "Show entries as they are recorded, until Ctrl-C.")
        {
            agreement,
            from,
            count,
        };
        return command.Calls(
            terminal,
            async call =>
            {
                var read = await call.Server.AgreementAsync(call.Get(agreement), call.Cancel);
                var tail = new Tail(call, read, call.Get(count) ?? int.MaxValue);
                return await tail.FollowAsync(call.Get(from));
            }
        );
    }

    private sealed class Tail(Call call, Agreement agreement, int left)
    {
        private readonly string path = KnownAgreements.PathOf(agreement.Id);

        private long next;

        private int left = left;

        public async Task<int> FollowAsync(long? from)
        {
            next = from ?? (await PageAsync(1, 1)).Size + 1;
            while (left > 0)
            {
                try
                {
                    await ShowNewAsync();
                    if (left > 0)
                        await ListenAsync();
                }
                catch (UnreachableException silence)
                {
                    call.Terminal.Error.WriteLine($"ledger: {silence.Reason} Retrying from position {next}.");
                    await Task.Delay(Pause, call.Terminal.Clock, call.Cancel);
                }
            }

            return ExitCode.Done;
        }

        /// <summary>
        /// The server tells positions as they are taken; what stands there is read from the ledger, so that a message
        /// lost or doubled does no harm.
        /// </summary>
        private async Task ListenAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{path}/changes");
            request.Headers.Add("Last-Event-ID", (next - 1).ToString(CultureInfo.InvariantCulture));
            using var response = await call.Server.OpenAsync(request, call.Cancel);
            try
            {
                await foreach (
                    var change in SseParser
                        .Create(await response.Content.ReadAsStreamAsync(call.Cancel))
                        .EnumerateAsync(call.Cancel)
                )
                {
                    if (
                        !long.TryParse(
                            change.EventId,
                            NumberStyles.None,
                            CultureInfo.InvariantCulture,
                            out var position
                        )
                        || position >= next
                    )
                        await ShowNewAsync();
                    if (left <= 0)
                        return;
                }
            }
            catch (Exception fault) when (fault is HttpRequestException or IOException)
            {
                throw new UnreachableException(call.Server.Address, "the connection was lost.");
            }
        }

        private async Task ShowNewAsync()
        {
            while (left > 0)
            {
                var page = await PageAsync(next, Math.Min(left, 1_000));
                if (page.Entries.Count == 0)
                    return;
                foreach (var json in page.Entries)
                {
                    var entry = RecordedEntry.Read(json);
                    if (call.Json)
                        call.Terminal.Out.WriteLine(json.GetRawText());
                    else
                        EntryLines.Write(call.Sheet, entry, agreement);
                    next = entry.Position + 1;
                    left--;
                }

                await call.Terminal.Out.FlushAsync(call.Cancel);
            }
        }

        private Task<EntryLines.Page> PageAsync(long from, int limit) =>
            call.Server.GetAsync<EntryLines.Page>($"{path}/entries?from={from}&limit={limit}", call.Cancel);
    }
}
