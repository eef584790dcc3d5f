using System.Globalization;
using Ledger.Cli.Terminals;

namespace Ledger.Cli.Servers;

/// <summary>
/// Tells a person at a terminal, after a second, that a slow answer is being waited for; and wipes that away when it
/// comes.
/// </summary>
public sealed class WaitingNotice(Terminal terminal, string whom)
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    private const int StepsOfSilence = 4;

    private int _waiting;

    public async Task<T> WithAsync<T>(Task<T> slow)
    {
        // Of several questions on their way at once, one tells.
        if (!terminal.ErrorIsTerminal || Interlocked.Exchange(ref _waiting, 1) == 1)
            return await slow;
        var shown = "";
        try
        {
            for (var steps = 0; await Task.WhenAny(slow, Task.Delay(Step, terminal.Clock)) != slow; steps++)
            {
                if (steps < StepsOfSilence)
                    continue;
                shown = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{@"|/-\"[steps % 4]} waiting for {whom}, {steps / 4} s"
                );
                await terminal.Error.WriteAsync($"\r{shown}");
            }

            return await slow;
        }
        finally
        {
            if (shown.Length > 0)
                await terminal.Error.WriteAsync($"\r{new string(' ', shown.Length)}\r");
            Volatile.Write(ref _waiting, 0);
        }
    }
}
