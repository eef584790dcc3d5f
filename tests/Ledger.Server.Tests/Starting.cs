using System.Diagnostics;
using System.Net.Sockets;
using Ledger.Testing;

namespace Ledger.Server.Tests;

public sealed class Starting
{
    [Theory]
    [InlineData("LEDGER_URL", "http://0.0.0.0:5080", "this machine only")]
    [InlineData("LEDGER_URL", "http://192.168.1.7:5080", "this machine only")]
    [InlineData("LEDGER_URL", "http://ledger.example:5080", "this machine only")]
    [InlineData("LEDGER_URL", "https://127.0.0.1:5080", "there is no certificate")]
    [InlineData("LEDGER_PROXIES", "the-proxy", "not an address or network")]
    [InlineData("LEDGER_CERTIFICATE", "/nowhere.pem", "write https")]
    [InlineData("LEDGER_URL", "5080", "write it as http://127.0.0.1:5080")]
    [InlineData("ASPNETCORE_URLS", "http://+:8080", "write it as http://127.0.0.1:5080")]
    [InlineData("ASPNETCORE_URLS", "http://127.0.0.1:5080;http://0.0.0.0:5081", "this machine only")]
    [InlineData("LEDGER_CONNECTION", "", "LEDGER_CONNECTION is not set")]
    [InlineData("LEDGER_CONNECTION", "Host=127.0.0.1;Port=1;Timeout=2", "The database does not answer")]
    [InlineData("LEDGER_CONNECTION", "nonsense", "is not a connection string")]
    [InlineData("LEDGER_NODES", "several", "write one or many")]
    [InlineData("LEDGER_SCHEMA", "drop table;", "lower-case letters")]
    public async Task With_a_setting_that_cannot_be_ends_with_one_sentence(string name, string value, string sentence)
    {
        var (exit, errors, _) = await RunAsync((name, value));

        exit.Should().Be(2, errors);
        errors.Trim().Should().StartWith("ledger: ").And.Contain(sentence);
        errors.Trim().Split('\n').Should().ContainSingle();
    }

    [Fact]
    public async Task And_stopping_leaves_nothing_in_memory()
    {
        var server = await StartedAndStoppedAsync();

        await Eventually.Async(() =>
        {
            GC.Collect();
            return Task.FromResult(!server.IsAlive);
        });

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static async Task<WeakReference> StartedAndStoppedAsync()
        {
            await using var server = await Idlib.AdoptedAsync();
            (await server.Http.AskAsync($"{Idlib.Agreement}/verdicts")).Status.Should().Be(HttpStatusCode.OK);
            return new WeakReference(server.Get<Ledger.Store.Following.FollowedBooks>());
        }
    }

    [Fact]
    public async Task With_a_certificate_whose_key_is_not_there_or_another_says_so()
    {
        var connection = await TestDatabase.CreateAsync();
        using var certificates = await Tls.Certificates.MakeAsync();
        var other = Path.Combine(Path.GetDirectoryName(certificates.Key)!, "other.pem");
        using (var key = System.Security.Cryptography.ECDsa.Create())
            await File.WriteAllTextAsync(other, key.ExportPkcs8PrivateKeyPem());

        foreach (var path in (string[])["/nowhere.pem", other, certificates.Chain])
        {
            var (exit, errors, _) = await RunAsync(
                ("LEDGER_CONNECTION", connection),
                ("LEDGER_KEY", RunningServer.KeyFileOf(connection)),
                ("LEDGER_URL", "https://127.0.0.1:0"),
                ("LEDGER_CERTIFICATE", certificates.Chain),
                ("LEDGER_CERTIFICATE_KEY", path)
            );

            exit.Should().Be(2, errors);
            errors.Trim().Should().StartWith("ledger: LEDGER_CERTIFICATE").And.NotContain("   at ");
        }
    }

    [Fact]
    public async Task Under_a_public_name_says_that_somebody_has_to_keep_it_first()
    {
        var connection = await TestDatabase.CreateAsync();
        using (var before = await ServerProcess.StartAsync(connection))
        {
            (await before.Http.PostAsync("/api/v1/agreements", Idlib.Adoption()))
                .Status.Should()
                .Be(HttpStatusCode.Created);
            await before.StopAsync();
        }

        var (exit, errors, output) = await RunAsync(
            ("LEDGER_CONNECTION", connection),
            ("LEDGER_KEY", RunningServer.KeyFileOf(connection)),
            ("LEDGER_OPERATOR", RunningServer.OperatorFileOf(connection)),
            ("LEDGER_HOSTS", "ledger.example.org")
        );

        exit.Should().Be(2, errors);
        errors
            .Trim()
            .Should()
            .StartWith("ledger: LEDGER_HOSTS opens the server to other machines, but it has no administrator yet");
        output.Should().NotContain("its history cannot be read", "a book that ends with its server is no fault");
    }

    [Fact]
    public async Task On_a_port_that_is_taken_says_so()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";

        var connection = await TestDatabase.CreateAsync();

        var (exit, errors, _) = await RunAsync(
            ("LEDGER_CONNECTION", connection),
            ("LEDGER_KEY", RunningServer.KeyFileOf(connection)),
            ("LEDGER_URL", url)
        );

        exit.Should().Be(2, errors);
        errors.Should().Contain("another program listens there");
    }

    [Fact]
    public async Task Opens_no_door_but_the_one_that_was_said()
    {
        using var server = await ServerProcess.StartAsync(
            await TestDatabase.CreateAsync(),
            ("ASPNETCORE_HTTP_PORTS", "0"),
            ("Kestrel__Endpoints__Other__Url", "http://0.0.0.0:0")
        );

        server.Addresses().Should().OnlyContain(address => address.StartsWith("127.0.0.1:", StringComparison.Ordinal));
    }

    private static async Task<(int Exit, string Errors, string Output)> RunAsync(
        params (string Name, string Value)[] settings
    )
    {
        var start = Repository.Server();
        start.Environment["LEDGER_CONNECTION"] = "Host=127.0.0.1;Port=1;Timeout=2";
        start.Environment["LEDGER_URL"] = "http://127.0.0.1:0";
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, errors, await output);
    }
}
