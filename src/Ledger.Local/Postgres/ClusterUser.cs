using Ledger.Local.Machine;

namespace Ledger.Local.Postgres;

/// <summary>
/// The account a cluster runs as. PostgreSQL refuses root, so root lends it another; anybody else uses their own.
/// </summary>
/// <param name="Name">Null for the account we run as ourselves.</param>
public sealed record ClusterUser(string? Name)
{
    public static readonly ClusterUser Ourselves = new((string?)null);

    /// <summary>A cluster that exists keeps its owner, so that root may open one that an ordinary user made.</summary>
    public static async Task<ClusterUser> ForAsync(string data, CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
            return Ourselves;
        if (await Account.OwnerAsync(data, cancellationToken) is { } owner)
            return new(owner);

        foreach (var name in (string[])["postgres", "nobody"])
        {
            if ((await ProcessRunner.RunAsync("id", ["-u", name], cancellationToken: cancellationToken)).Succeeded)
                return new(name);
        }

        throw new LocalProblemException(
            "PostgreSQL does not run as root, and this machine has neither a postgres nor a nobody "
                + "account: adduser --system postgres, or start as an ordinary user."
        );
    }

    public async Task<bool> CanEnterAsync(string directory, CancellationToken cancellationToken) =>
        (await ProcessRunner.RunAsync("test", ["-x", directory], Name, cancellationToken: cancellationToken)).Succeeded;

    /// <summary>Makes the directory, open to this account alone.</summary>
    public async Task<string> OwnAsync(string directory, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        File.SetUnixFileMode(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await GiveAsync(directory, cancellationToken);
        return directory;
    }

    public async Task GiveAsync(string path, CancellationToken cancellationToken)
    {
        if (
            Name is not null
            && await ProcessRunner.RunAsync("chown", [$"{Name}:", path], cancellationToken: cancellationToken)
                is { Succeeded: false } refused
        )
            throw new LocalProblemException($"Could not give {path} to the account {Name}: {refused.Output}");
    }
}
