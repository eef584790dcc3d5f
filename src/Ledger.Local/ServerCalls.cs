using Ledger.Local.Machine;

namespace Ledger.Local;

/// <summary>What `up` asks a server that has started. The command line speaks its interface; this project does not.</summary>
public sealed record ServerCalls(
    Func<DataDirectory, Uri, CancellationToken, Task> LoadDemonstration,
    Func<DataDirectory, Uri, CancellationToken, Task<string>> SignInLink
);
