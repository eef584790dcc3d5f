using System.Diagnostics;
using System.Globalization;
using Ledger.Local.Machine;
using Ledger.Proof.Notes;
using Ledger.Testing;
using YamlDotNet.Serialization;

namespace Ledger.Server.Tests.Proofs;

/// <summary>
/// The witnesses of docker/witnesses.yaml as processes: the commands, addresses and policy are those of the file; only
/// the image's folders lie elsewhere, and the ports where somebody has those of the file.
/// </summary>
internal sealed class ComposedWitnesses : IAsyncDisposable
{
    private static readonly string Text = File.ReadAllText(Repository.PathOf("docker", "witnesses.yaml"));

    private readonly Dictionary<string, Process> _running = [];
    private readonly string _volumes = Scratch.Folder("witnesses");
    private readonly FileStream _ports;
    private readonly string _log;
    private readonly int _shift;

    private ComposedWitnesses(FileStream ports, string log)
    {
        (_ports, _log) = (ports, log);
        // Below what outgoing connections take, so that nobody takes them in between.
        _shift = ((int[])[0, 10_000, 20_000]).First(shift => Names.All(name => Ports.IsFree(PortOf(name) + shift)));
    }

    /// <summary>Names of the services.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Services().Keys];

    /// <summary>Waits for the ports of the file, which a run of the tests beside this one may have.</summary>
    public static async Task<ComposedWitnesses> OfAsync(string log)
    {
        FileStream? ports = null;
        await Eventually.Async(() =>
        {
            try
            {
                ports = new FileStream(
                    Path.Combine(Path.GetTempPath(), "ledger-witness-ports"),
                    FileMode.OpenOrCreate,
                    FileAccess.ReadWrite,
                    FileShare.None
                );
            }
            catch (IOException)
            {
                return Task.FromResult(false);
            }

            return Task.FromResult(true);
        });
        return new ComposedWitnesses(ports!, log);
    }

    /// <summary>Starts a service.</summary>
    /// <returns>The key that it prints.</returns>
    public async Task<VerifierKey> StartAsync(string service)
    {
        var process = Process.Start(
            new ProcessStartInfo(Command(service)[0], Command(service)[1..])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
            }
        )!;
        _running.Add(service, process);
        var said =
            await process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException($"{service} did not start.");
        return VerifierKey.Parse(said.Split(' ')[1]);
    }

    /// <summary>Stops it as an engine does, and waits.</summary>
    public async Task<int> StopAsync(string service)
    {
        _running.Remove(service, out var process);
        using (process)
        {
            using (var kill = Process.Start("kill", ["-TERM", process!.Id.ToString(CultureInfo.InvariantCulture)])!)
                await kill.WaitForExitAsync();
            await process.WaitForExitAsync();
            return process.ExitCode;
        }
    }

    /// <summary>The policy that the file's first lines show, with the real keys.</summary>
    public string Policy(IReadOnlyDictionary<string, VerifierKey> keys)
    {
        var shown = Text.Split('\n')
            .TakeWhile(line => line.StartsWith('#'))
            .Select(line => line.TrimStart('#').Trim())
            .ToList();
        var example = shown.Single(line => line.StartsWith("witness a ", StringComparison.Ordinal)).Split(' ');
        example[3].Should().Be(Address(Names[0]));
        var witnesses = Names.Select(name => $"witness {name.Split('-')[^1]} {keys[name]} {Shifted(Address(name))}");
        var rest = shown.Where(line =>
            line.StartsWith("group ", StringComparison.Ordinal) || line.StartsWith("quorum ", StringComparison.Ordinal)
        );
        return string.Concat(new[] { $"log {_log}" }.Concat(witnesses).Concat(rest).Select(line => $"{line}\n"));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _running.Keys.ToList())
            await StopAsync(service);
        await _ports.DisposeAsync();
    }

    private string[] Command(string service)
    {
        var (volume, inside) = Services()[service].volumes.Single().Split(':') is [var from, var to]
            ? (from, to)
            : throw new InvalidDataException("A volume is NAME:PATH.");
        var state = Directory.CreateDirectory(Path.Combine(_volumes, volume)).FullName;
        var image = Path.GetDirectoryName(
            Repository.ServerProgram.Replace("Ledger.Server", "Ledger.Cli", StringComparison.Ordinal)
        )!;
        return
        [
            .. Services()[service]
                .entrypoint.Select(word =>
                    word == inside ? state
                    : word == "${LEDGER_LOG_KEY:?must be set}" ? _log
                    : word == Address(service) ? Shifted(word)
                    : word.Replace("/app/", $"{image}/", StringComparison.Ordinal)
                ),
        ];
    }

    private string Shifted(string address) =>
        new UriBuilder(address) { Port = new Uri(address).Port + _shift }.Uri.GetLeftPart(UriPartial.Authority);

    private static int PortOf(string service) => new Uri(Address(service)).Port;

    private static string Address(string service)
    {
        var words = Services()[service].entrypoint;
        return words[words.IndexOf("--listen") + 1];
    }

    private static Dictionary<string, Service> Services() =>
        new DeserializerBuilder()
            .IgnoreUnmatchedProperties()
            .Build()
            .Deserialize<Compose>(new YamlDotNet.Core.MergingParser(new YamlDotNet.Core.Parser(new StringReader(Text))))
            .services;

    // The names are those of the file.
#pragma warning disable IDE1006
    private sealed class Compose
    {
        public Dictionary<string, Service> services { get; set; } = [];
    }

    private sealed class Service
    {
        public List<string> entrypoint { get; set; } = [];

        public List<string> volumes { get; set; } = [];
    }
#pragma warning restore IDE1006
}
