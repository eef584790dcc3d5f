using Ledger.Proof.Notes;
using Ledger.Server.Log;
using Ledger.Store.Signing;
using Microsoft.Extensions.Time.Testing;

namespace Ledger.Server.Tests.Proofs;

/// <summary>
/// A ledger without entries, two witnesses of it as programs, and an auditor whose policy wants both. Witnesses are asked
/// when a test says so, because in its servers time stands still.
/// </summary>
internal sealed class TwoWitnesses : IAsyncDisposable
{
    private readonly RunningWitness _one;
    private readonly RunningWitness _two;

    private TwoWitnesses(string connection, RunningWitness one, RunningWitness two) =>
        (Connection, _one, _two) = (connection, one, two);

    public string Connection { get; }

    public Auditor Auditor { get; } = new();

    public string Policy => Path.Combine(Auditor.Home, "policy");

    public static async Task<TwoWitnesses> StartAsync()
    {
        var connection = await ServersRole.DatabaseAsync();
        var log = RunningServer.LogKeyIn(RunningServer.KeyFileOf(connection));
        var (one, two) = (await RunningWitness.StartAsync("one", log), await RunningWitness.StartAsync("two", log));
        var started = new TwoWitnesses(connection, one, two);
        await File.WriteAllTextAsync(
            started.Policy,
            $"log {log}\nwitness one {one.Key} {one.Url}\nwitness two {two.Key} {two.Url}\ngroup both all one two\nquorum both\n"
        );
        return started;
    }

    /// <param name="clock">Of the server. Witnesses have their own.</param>
    public Task<RunningServer> ServerAsync(
        string? connection = null,
        TimeProvider? clock = null,
        params string[] also
    ) =>
        RunningServer.StartAsync(
            connection ?? Connection,
            clock: clock ?? new FakeTimeProvider(DateTimeOffset.UtcNow),
            also: [$"--LEDGER_POLICY={Policy}", .. also]
        );

    public Task<(int Exit, string Said)> VerifyAsync(params string[] what) =>
        Auditor.RunAsync(["verify", .. what, "--policy", "policy"]);

    public static Task RoundAsync(RunningServer server) =>
        server.Get<WitnessRounds>().RoundAsync(TestContext.Current.CancellationToken);

    public static async Task FileAsync(RunningServer server, int reports)
    {
        for (var i = 0; i < reports; i++)
            (await server.Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("bombing", "2018-10-03")))
                .Status.Should()
                .Be(HttpStatusCode.Created);
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _two.DisposeAsync();
    }
}
