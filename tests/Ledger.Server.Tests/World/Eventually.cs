using System.Diagnostics;

namespace Ledger.Server.Tests.World;

/// <summary>Waits for what another process does.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Until it is so. A refused connection is not so yet.</summary>
    public static async Task Async(Func<Task<bool>> isSo)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Patience; )
        {
            try
            {
                if (await isSo())
                    return;
            }
            catch (HttpRequestException)
            {
                // Nobody listens yet, or any more.
            }

            await ticks.WaitForNextTickAsync();
        }

        throw new TimeoutException($"It did not come true within {Patience}.");
    }
}
