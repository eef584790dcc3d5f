using Ledger.Local.Machine;
using Ledger.Local.Postgres;

namespace Ledger.Local;

/// <summary>Stops what `up` started on a data directory. The data stay.</summary>
public sealed class Down(string path, CommandOutput output)
{
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(path))
        {
            await output.ResultAsync(
                $"Nothing was running: there is no {path}.",
                new { stopped = new { server = false, postgreSql = false } }
            );
            return 0;
        }

        var data = DataDirectory.Open(path);
        using (await data.TakeTurnAsync(output.Progress, cancellationToken))
        {
            var server = ServerProcess.Find(data);
            if (server is not null)
                await server.StopAsync(cancellationToken);
            File.Delete(data.ServerFile);
            var cluster = await new Cluster(await ClusterHome.InAsync(data, cancellationToken)).StopAsync(
                immediately: false,
                cancellationToken
            );
            var words = (server, cluster) switch
            {
                (null, false) => "Nothing was running.",
                (null, true) => "Stopped PostgreSQL; the server was not running.",
                (_, true) => "Stopped the server and PostgreSQL.",
                (_, false) => "Stopped the server.",
            };
            await output.ResultAsync(
                words,
                new { stopped = new { server = server is not null, postgreSql = cluster } }
            );
            return 0;
        }
    }
}
