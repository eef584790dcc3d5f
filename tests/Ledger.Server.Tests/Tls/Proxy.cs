using System.Diagnostics;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Ledger.Server.Tests.Tls;

/// <summary>
/// nginx or Caddy as Debian packs it, with the configuration that docs/security.md shows, but for ports and files.
/// </summary>
internal sealed partial class Proxy : IAsyncDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _folder;
    private readonly Task<string> _said;

    private Proxy(Process process, DirectoryInfo folder, int port, int plainPort)
    {
        (_process, _folder, Port, PlainPort) = (process, folder, port, plainPort);
        _said = process.StandardError.ReadToEndAsync();
        _ = process.StandardOutput.ReadToEndAsync();
    }

    public int Port { get; }

    public int PlainPort { get; }

    public static async Task<Proxy> StartAsync(string name, Certificates certificates, int server)
    {
        var (folder, program) = (
            Directory.CreateTempSubdirectory("ledger-proxy-"),
            await DebianProgram.FindAsync(name)
        );
        var (port, plain) = (Free(), Free());
        var shown = Shown(name).Replace("127.0.0.1:5080", $"127.0.0.1:{server}", StringComparison.Ordinal);
        var file = Path.Combine(folder.FullName, "proxy.conf");
        await File.WriteAllTextAsync(
            file,
            name == "nginx"
                ? Nginx(shown, certificates, folder.FullName, port, plain)
                : Caddy(shown, certificates, port, plain)
        );
        var start = new ProcessStartInfo(
            program,
            name == "nginx"
                ? ["-p", folder.FullName, "-c", file, "-e", "stderr"]
                : ["run", "--config", file, "--adapter", "caddyfile"]
        )
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = folder.FullName,
            Environment =
            {
                ["HOME"] = folder.FullName,
                ["XDG_DATA_HOME"] = folder.FullName,
                ["XDG_CONFIG_HOME"] = folder.FullName,
            },
        };
        var proxy = new Proxy(Process.Start(start)!, folder, port, plain);
        try
        {
            await Eventually.Async(async () =>
            {
                if (proxy._process.HasExited)
                    throw new InvalidOperationException($"{name} ended: {await proxy._said}");
                using var line = new TcpClient();
                try
                {
                    await line.ConnectAsync(IPAddress.Loopback, port);
                    return true;
                }
                catch (SocketException)
                {
                    return false;
                }
            });
            return proxy;
        }
        catch
        {
            await proxy.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>The block of the page that begins after the proxy's name.</summary>
    private static string Shown(string name)
    {
        var page = File.ReadAllText(Repository.PathOf("docs", "security.md"));
        var block = Block()
            .Match(page, page.IndexOf(name == "nginx" ? "\nnginx (" : "\nCaddy, ", StringComparison.Ordinal));
        return block.Groups["text"].Value;
    }

    private static string Nginx(string shown, Certificates certificates, string folder, int port, int plain) =>
        $$"""
        daemon off;
        {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
        pid {{folder}}/pid;
        events {}
        http {
            access_log off;
            client_body_temp_path {{folder}}/body;
            proxy_temp_path {{folder}}/proxy;
            fastcgi_temp_path {{folder}}/fastcgi;
            uwsgi_temp_path {{folder}}/uwsgi;
            scgi_temp_path {{folder}}/scgi;
        {{Files().Replace(shown, match => match.Groups["which"].Value == "fullchain" ? certificates.Chain : certificates.Key)
            .Replace("listen 443", $"listen 127.0.0.1:{port}", StringComparison.Ordinal).Replace("listen 80", $"listen 127.0.0.1:{plain}", StringComparison.Ordinal)}}
        }
        """;

    /// <summary>The certificate is not fetched but given, which is one line more; all else stays.</summary>
    private static string Caddy(string shown, Certificates certificates, int port, int plain) =>
        $$"""
            {
            	admin off
            	http_port {{plain}}
            	https_port {{port}}
            	default_bind 127.0.0.1
            }
            {{shown.Replace(
                "ledger.example.org {",
                $"ledger.example.org {{\n\ttls {certificates.Chain} {certificates.Key}",
                StringComparison.Ordinal
            )}}
            """;

    private static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex("```[a-z]*\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block();

    [GeneratedRegex(
        "/etc/letsencrypt/live/ledger.example.org/(?<which>fullchain|privkey).pem",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Files();
}
