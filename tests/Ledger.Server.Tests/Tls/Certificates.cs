using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Ledger.Server.Tests.Tls;

/// <summary>
/// An authority, another below it, and a certificate from that one, made by openssl: as certificates of the internet
/// are. A client knows the first alone.
/// </summary>
internal sealed class Certificates : IDisposable
{
    public const string Host = "ledger.example.org";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ledger-tls-");

    private Certificates() { }

    /// <summary>The certificate and then the one that vouches for it.</summary>
    public string Chain => PathOf("chain.pem");

    public string Key => PathOf("leaf.key");

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public static async Task<Certificates> MakeAsync()
    {
        var made = new Certificates();
        await File.WriteAllTextAsync(
            made.PathOf("middle.ext"),
            "basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign,cRLSign\n"
        );
        await File.WriteAllTextAsync(
            made.PathOf("leaf.ext"),
            $"basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=serverAuth\nsubjectAltName=DNS:{Host}\n"
        );
        string[] key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
        await made.OpenSslAsync([
            "req",
            "-x509",
            .. key,
            "-keyout",
            "root.key",
            "-out",
            "root.pem",
            "-subj",
            "/CN=A root",
            "-days",
            "2",
            "-addext",
            "keyUsage=critical,keyCertSign,cRLSign",
        ]);
        foreach (var (name, signer) in ((string Name, string Signer)[])[("middle", "root"), ("leaf", "middle")])
        {
            await made.OpenSslAsync([
                "req",
                .. key,
                "-keyout",
                $"{name}.key",
                "-out",
                $"{name}.csr",
                "-subj",
                $"/CN={name}",
            ]);
            await made.OpenSslAsync([
                "x509",
                "-req",
                "-in",
                $"{name}.csr",
                "-CA",
                $"{signer}.pem",
                "-CAkey",
                $"{signer}.key",
                "-CAcreateserial",
                "-out",
                $"{name}.pem",
                "-days",
                "2",
                "-extfile",
                $"{name}.ext",
            ]);
        }

        await File.WriteAllTextAsync(
            made.Chain,
            await File.ReadAllTextAsync(made.PathOf("leaf.pem"))
                + await File.ReadAllTextAsync(made.PathOf("middle.pem"))
        );
        return made;
    }

    /// <summary>A client that trusts the root and nothing else, and reaches the host's name on this machine.</summary>
    /// <param name="port">Where it listens.</param>
    /// <param name="from">The client's own address, one of this machine's many: 127.0.0.2 is another client than
    /// 127.0.0.3.</param>
    /// <param name="cookies">Null keeps none.</param>
    public HttpClient Client(int port, string from = "127.0.0.1", CookieContainer? cookies = null)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            UseCookies = cookies is not null,
            SslOptions = Trust(),
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
                await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        if (cookies is not null)
            handler.CookieContainer = cookies;
        return new HttpClient(new Conforming(handler))
        {
            BaseAddress = new Uri($"https://{Host}:{port}"),
            Timeout = TimeSpan.FromSeconds(30),
        };
    }

    /// <summary>The root, and nothing else.</summary>
    public SslClientAuthenticationOptions Trust() =>
        new()
        {
            TargetHost = Host,
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(PathOf("root.pem")) },
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
            },
        };

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task OpenSslAsync(IEnumerable<string> arguments)
    {
        using var openssl = Process.Start(
            new ProcessStartInfo("openssl", arguments)
            {
                WorkingDirectory = _folder.FullName,
                UseShellExecute = false,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            }
        )!;
        var said = openssl.StandardError.ReadToEndAsync();
        await openssl.StandardOutput.ReadToEndAsync();
        await openssl.WaitForExitAsync();
        openssl.ExitCode.Should().Be(0, await said);
    }
}
