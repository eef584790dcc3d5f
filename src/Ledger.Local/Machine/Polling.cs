namespace Ledger.Local.Machine;

/// <summary>Waits for a condition that nothing announces, asking ten times a second.</summary>
public static class Polling
{
    /// <returns>Whether it came true in time.</returns>
    public static Task<bool> UntilAsync(Func<bool> condition, TimeSpan limit, CancellationToken cancellationToken) =>
        UntilAsync(() => Task.FromResult(condition()), limit, cancellationToken);

    public static async Task<bool> UntilAsync(
        Func<Task<bool>> condition,
        TimeSpan limit,
        CancellationToken cancellationToken
    )
    {
        var start = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        do
        {
            if (await condition())
                return true;
        } while (
            TimeProvider.System.GetElapsedTime(start) < limit && await timer.WaitForNextTickAsync(cancellationToken)
        );

        return false;
    }
}
