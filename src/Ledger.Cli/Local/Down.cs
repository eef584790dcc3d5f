using Ledger.Cli.Local.Postgres;

namespace Ledger.Cli.Local;

/// <summary>Stops what `up` started on a data directory. The data stay.</summary>
public sealed class Down(string path, TextWriter output)
{
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        if (!Directory.Exists(path))
        {
            await output.WriteLineAsync($"Nothing was running: there is no {path}.");
            return 0;
        }

        var data = DataDirectory.Open(path);
        using (await data.TakeTurnAsync(output, cancel))
        {
            var server = ServerProcess.Find(data);
            if (server is not null)
                await server.StopAsync(cancel);
            File.Delete(data.ServerFile);
            var cluster = await new Cluster(await ClusterHome.InAsync(data, cancel)).StopAsync(immediately: false, cancel);
            await output.WriteLineAsync((server, cluster) switch
            {
                (null, false) => "Nothing was running.",
                (null, true) => "Stopped PostgreSQL; the server was not running.",
                (_, true) => "Stopped the server and PostgreSQL.",
                (_, false) => "Stopped the server.",
            });
            return 0;
        }
    }
}
