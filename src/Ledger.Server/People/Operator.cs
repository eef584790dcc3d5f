using System.Collections.Immutable;
using Ledger.Server.Settings;
using Ledger.Store.People;
using NodaTime;

namespace Ledger.Server.People;

/// <summary>
/// Whoever may read the operator's token on the server's own disk keeps the ledger: the first administrator comes in by
/// it, and the command line on the same machine uses it by itself. The file is made at the first start, mode 0600.
/// </summary>
public sealed class Operator(ServerSettings settings, PeopleRegister people, SignIns signIns, Access access)
    : IHostedService
{
    public static readonly Guid Id = new("00000000-0000-7000-8000-000000000001");

    private const string Name = "Operator";

    private static readonly ImmutableArray<Membership> Roles =
    [
        .. Enum.GetValues<Role>()
            .Select(role => new Membership(
                Membership.Every,
                role,
                role == Role.Party ? Membership.Every : "",
                OpensSealed: role == Role.Administrator
            )),
    ];

    /// <summary>
    /// Whoever reads the file could read the next one as well, so the token need not change by itself.
    /// </summary>
    private static readonly Duration Life = Duration.FromDays(36_500);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // The operator's token lies on this machine. Whoever opens the server to others has to have somebody who keeps
        // it.
        if (!settings.Hosts.IsEmpty && !await people.HasAdministratorsAsync(Id, cancellationToken))
            throw new CannotStartException(
                "LEDGER_HOSTS opens the server to other machines, but it has no administrator yet: start it without LEDGER_HOSTS, on this machine only, and invite one with './ledger people invite NAME --role administrator --agreement \"*\"'."
            );
        if (settings.OperatorFile is not { } file)
            return;
        await people.EnsureAsync(Id, Name, Roles, cancellationToken);
        var token = ReadOrMake(file);
        await signIns.KeepOperatorsAsync(token, Id, "operator.token", Life, cancellationToken);
        if (await access.OfTokenAsync(token, cancellationToken) is not null)
            return;
        // It was revoked, so it stays revoked, and whoever can write the file gets another.
        File.Delete(file);
        await signIns.KeepOperatorsAsync(ReadOrMake(file), Id, "operator.token", Life, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Servers that share the file and start at once make one token between them.</summary>
    private static string ReadOrMake(string file)
    {
        try
        {
            if (!File.Exists(file))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
                var made = $"{file}.{Guid.CreateVersion7():N}";
                using (
                    var stream = new FileStream(
                        made,
                        new FileStreamOptions
                        {
                            Mode = FileMode.CreateNew,
                            Access = FileAccess.Write,
                            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                        }
                    )
                )
                using (var writer = new StreamWriter(stream))
                    writer.Write(Secret.New(Secret.Token));
                try
                {
                    File.Move(made, file, overwrite: false);
                }
                catch (IOException) when (File.Exists(file))
                {
                    File.Delete(made);
                }
            }

            var token = File.ReadAllText(file).Trim();
            return Secret.HashOf(token, Secret.Token) is not null
                ? token
                : throw new CannotStartException(
                    $"{file} does not contain an operator's token; delete it and start again."
                );
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            throw new CannotStartException(
                $"The operator's token cannot be stored in {file}: {refused.Message}",
                refused
            );
        }
    }
}
