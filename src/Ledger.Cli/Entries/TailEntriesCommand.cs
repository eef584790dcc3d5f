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
public static class TailEntriesCommand
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
        return command.OnServer(
            terminal,
            async context =>
            {
                var read = await context.Server.AgreementAsync(context.Get(agreement), context.Cancel);
                var tail = new Tail(context, read, context.Get(count) ?? int.MaxValue);
                return await tail.FollowAsync(context.Get(from));
            }
        );
    }

    private sealed class Tail(CommandContext context, Agreement agreement, int left)
    {
        private readonly string _path = KnownAgreements.PathOf(agreement.Id);

        private long _next;

        private int _left = left;

        public async Task<int> FollowAsync(long? from)
        {
            _next = from ?? (await PageAsync(1, 1)).Size + 1;
            while (_left > 0)
            {
                try
                {
                    await ShowNewAsync();
                    if (_left > 0)
                        await ListenAsync();
                }
                catch (UnreachableException silence)
                {
                    context.Terminal.Error.WriteLine($"ledger: {silence.Reason} Retrying from position {_next}.");
                    await Task.Delay(Pause, context.Terminal.Clock, context.Cancel);
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
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{_path}/changes");
            request.Headers.Add("Last-Event-ID", (_next - 1).ToString(CultureInfo.InvariantCulture));
            using var response = await context.Server.OpenAsync(request, context.Cancel);
            try
            {
                await foreach (
                    var change in SseParser
                        .Create(await response.Content.ReadAsStreamAsync(context.Cancel))
                        .EnumerateAsync(context.Cancel)
                )
                {
                    if (
                        !long.TryParse(
                            change.EventId,
                            NumberStyles.None,
                            CultureInfo.InvariantCulture,
                            out var position
                        )
                        || position >= _next
                    )
                        await ShowNewAsync();
                    if (_left <= 0)
                        return;
                }
            }
            catch (Exception fault) when (fault is HttpRequestException or IOException)
            {
                throw new UnreachableException(context.Server.Address, "the connection was lost.");
            }
        }

        private async Task ShowNewAsync()
        {
            while (_left > 0)
            {
                var page = await PageAsync(_next, Math.Min(_left, 1_000));
                if (page.Entries.Count == 0)
                    return;
                foreach (var json in page.Entries)
                {
                    var entry = EntryAnswer.Read(json);
                    if (context.Json)
                        context.Terminal.Out.WriteLine(json.GetRawText());
                    else
                        EntryLines.Write(context.Output, entry, agreement);
                    _next = entry.Position + 1;
                    _left--;
                }

                await context.Terminal.Out.FlushAsync(context.Cancel);
            }
        }

        private Task<EntryLines.Page> PageAsync(long from, int limit) =>
            context.Server.GetAsync<EntryLines.Page>($"{_path}/entries?from={from}&limit={limit}", context.Cancel);
    }
}
