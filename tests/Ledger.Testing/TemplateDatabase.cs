using Npgsql;

namespace Ledger.Testing;

/// <summary>A database that is filled once in a process and then copied, which costs a fraction of filling it.</summary>
/// <param name="fill">Fills a database, given the connection of a superuser, and leaves no session in it.</param>
public sealed class TemplateDatabase(Func<string, Task> fill)
{
    private readonly Lazy<Task<string>> _filled = new(async () =>
    {
        var connection = await TestDatabase.CreateAsync();
        await fill(connection);
        var name = new NpgsqlConnectionStringBuilder(connection).Database!;
        var superuser = await TestDatabase.SuperuserAsync();
        // Nobody may disturb it any more; a pool may still hold a session from before.
        await TestDatabase.ExecuteAsync(superuser, $"alter database {name} allow_connections false");
        await TestDatabase.ExecuteAsync(
            superuser,
            $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'"
        );
        return name;
    });

    /// <summary>A superuser's connection to a copy of one's own.</summary>
    public async Task<string> CopyAsync() => await TestDatabase.CopyOfAsync(await _filled.Value);
}
