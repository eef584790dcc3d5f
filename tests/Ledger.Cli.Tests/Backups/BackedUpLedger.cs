using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Ledger.Cli.Installation;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;
using Ledger.Cli.Tests.Local;
using Ledger.Local.Machine;

namespace Ledger.Cli.Tests.Backups;

/// <summary>
/// A ledger of `up` in a data directory, and a second directory into which it is restored. Commands are written as the
/// documents write them, with the documents' paths and ports.
/// </summary>
public sealed class BackedUpLedger : IAsyncDisposable
{
    public const string Passphrase = "correct horse battery staple";

    private readonly TemporaryDirectory _temporary = new();
    private readonly (int First, int Second) _ports = (Ports.AnyFree(), Ports.AnyFree());

    public string Data => In("ledger");

    public string Restored => In("restored");

    public string Backups => In("backup");

    public Uri Address => new($"http://127.0.0.1:{_ports.First}/");

    public Uri RestoredAddress => new($"http://127.0.0.1:{_ports.Second}/");

    public string In(string name) => Path.Combine(_temporary.Path, name);

    public static async Task<BackedUpLedger> StartAsync()
    {
        var ledger = new BackedUpLedger();
        await File.WriteAllTextAsync(ledger.In("backup.passphrase"), Passphrase + "\n");
        await ledger.SucceedsAsync("./ledger up --data /srv/ledger --port 5080 --empty");
        return ledger;
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("./ledger down --data /srv/ledger");
        await RunAsync("./ledger down --data /srv/restored");
        _temporary.Dispose();
    }

    public async Task<string> SucceedsAsync(string command)
    {
        var (exit, said) = await RunAsync(command);
        exit.Should().Be(ExitCode.Done, $"{command} said: {said}");
        return said;
    }

    public async Task<(int Exit, string Said)> RunAsync(string command)
    {
        var said = new StringWriter();
        // Written without blanks in a word, so that a path may have one; an underscore is a blank.
        var words = command
            .Replace("127.0.0.1:5080", Address.Authority, StringComparison.Ordinal)
            .Replace("127.0.0.1:5081", RestoredAddress.Authority, StringComparison.Ordinal)
            .Replace("--port 5080", $"--port {Address.Port}", StringComparison.Ordinal)
            .Replace("--port 5081", $"--port {RestoredAddress.Port}", StringComparison.Ordinal)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word =>
                word.Replace('_', ' ')
                    .Replace("/srv/ledger", Data, StringComparison.Ordinal)
                    .Replace("/srv/restored", Restored, StringComparison.Ordinal)
                    .Replace("/media/backup", Backups, StringComparison.Ordinal)
                    .Replace("/root/backup.passphrase", In("backup.passphrase"), StringComparison.Ordinal)
            );
        var exit = await LedgerCommand.RunAsync(
            [.. words.Skip(1)],
            new Terminal
            {
                In = TextReader.Null,
                Out = said,
                Error = said,
                Width = 200,
                Variable = name =>
                    name switch
                    {
                        "XDG_CONFIG_HOME" => In("config"),
                        "LEDGER_URL" => Address.ToString(),
                        "LEDGER_TOKEN" => ServerToken.OfOperator(Data),
                        _ => null,
                    },
                Folder = _temporary.Path,
            }
        );
        return (exit, said.ToString());
    }

    /// <summary>The agreement of the demonstration, with a report whose account is sealed; its id.</summary>
    public async Task<string> AdoptAsync()
    {
        foreach (
            var file in Directory
                .EnumerateFiles(Path.Combine(Demonstration.Folder, Demonstration.Agreement))
                .Where(file => Path.GetExtension(file) is ".yaml" or ".geojson")
        )
            File.Copy(file, In(Path.GetFileName(file)));
        await SucceedsAsync("./ledger agreement adopt signed.yaml");
        return await FileAsync("5080");
    }

    /// <summary>Files a report with a sealed account at either ledger; its id.</summary>
    public async Task<string> FileAsync(string port, string? token = null)
    {
        var id = Guid.CreateVersion7().ToString();
        await SucceedsAsync(
            $"./ledger report file {Demonstration.Agreement} --kind bombing --occurred 2018-10-01 --source media:Gazette --narrative Told_by_a_witness --id {id} --server http://127.0.0.1:{port} --token-file {token ?? "/srv/ledger/operator.token"}"
        );
        return id;
    }

    public async Task AttachAsync(string report, string name, string content)
    {
        await File.WriteAllTextAsync(In(name), content);
        await SucceedsAsync($"./ledger report attach {report} {name} --type text/plain");
    }

    /// <summary>The status with which a ledger answers to a token.</summary>
    public static async Task<HttpStatusCode> AskAsync(Uri server, string path, string token)
    {
        using var http = new HttpClient { BaseAddress = server };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.GetAsync(new Uri($"api/v1/{path}", UriKind.Relative));
        return answer.StatusCode;
    }

    public static JsonNode Json(string said) => JsonNode.Parse(said.Trim())!;
}
