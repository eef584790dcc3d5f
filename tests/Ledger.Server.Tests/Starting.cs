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
    [InlineData("LEDGER_PROXIES", "the-proxy", "no address or network")]
    [InlineData("LEDGER_CERTIFICATE", "/nowhere.pem", "write https")]
    [InlineData("LEDGER_URL", "5080", "write it as http://127.0.0.1:5080")]
    [InlineData("ASPNETCORE_URLS", "http://+:8080", "write it as http://127.0.0.1:5080")]
    [InlineData("ASPNETCORE_URLS", "http://127.0.0.1:5080;http://0.0.0.0:5081", "this machine only")]
    [InlineData("LEDGER_CONNECTION", "", "LEDGER_CONNECTION is not set")]
    [InlineData("LEDGER_CONNECTION", "Host=127.0.0.1;Port=1;Timeout=2", "The database does not answer")]
    [InlineData("LEDGER_CONNECTION", "nonsense", "is no connection string")]
    [InlineData("LEDGER_NODES", "several", "write one or many")]
    [InlineData("LEDGER_SCHEMA", "drop table;", "lower-case letters")]
    public async Task With_a_setting_that_cannot_be_ends_with_one_sentence(string name, string value, string sentence)
    {
        var (exit, errors) = await RunAsync((name, value));

        exit.Should().Be(2, errors);
        errors.Trim().Should().StartWith("ledger: ").And.Contain(sentence);
        errors.Trim().Split('\n').Should().ContainSingle();
    }

    [Fact]
    public async Task On_a_port_that_is_taken_says_so()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";

        var connection = await TestDatabase.CreateAsync();

        var (exit, errors) = await RunAsync(("LEDGER_CONNECTION", connection), ("LEDGER_KEY", RunningServer.KeyFileOf(connection)), ("LEDGER_URL", url));

        exit.Should().Be(2, errors);
        errors.Should().Contain("another program listens there");
    }

    [Fact]
    public async Task Opens_no_door_but_the_one_that_was_said()
    {
        using var server = await ServerProcess.StartAsync(await TestDatabase.CreateAsync(), ("ASPNETCORE_HTTP_PORTS", "0"), ("Kestrel__Endpoints__Other__Url", "http://0.0.0.0:0"));

        server.Addresses().Should().OnlyContain(address => address.StartsWith("127.0.0.1:", StringComparison.Ordinal));
    }

    private static async Task<(int Exit, string Errors)> RunAsync(params (string Name, string Value)[] settings)
    {
        var start = Repository.Server();
        start.Environment["LEDGER_CONNECTION"] = "Host=127.0.0.1;Port=1;Timeout=2";
        start.Environment["LEDGER_URL"] = "http://127.0.0.1:0";
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await output;
        await process.WaitForExitAsync();
        return (process.ExitCode, errors);
    }
}
