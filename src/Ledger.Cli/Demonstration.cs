namespace Ledger.Cli;

/// <summary>What a first start puts into an empty ledger. Loading it again adds nothing: every entry has its own fixed id.</summary>
public static class Demonstration
{
    public static IReadOnlyList<Func<Uri, CancellationToken, Task>> Steps { get; } = [];

    public static async Task LoadAsync(Uri server, CancellationToken cancel)
    {
        foreach (var step in Steps)
            await step(server, cancel);
    }
}
