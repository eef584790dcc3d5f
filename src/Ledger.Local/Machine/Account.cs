namespace Ledger.Local.Machine;

public static class Account
{
    /// <summary>
    /// The account that root should act as here: the owner of what exists; null if that is root, or if we are not.
    /// </summary>
    public static async Task<string?> OwnerAsync(string path, CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess || !Path.Exists(path))
            return null;
        var owner = (
            await ProcessRunner.RunAsync("stat", ["-c", "%U", path], cancellationToken: cancellationToken)
        ).Output;
        return owner is "root" or "UNKNOWN" or "" ? null : owner;
    }
}
