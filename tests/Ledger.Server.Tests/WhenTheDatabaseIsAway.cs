using Ledger.Testing;
using Npgsql;

namespace Ledger.Server.Tests;

public sealed class WhenTheDatabaseIsAway
{
    [Fact]
    public async Task Clients_are_asked_to_try_again_and_find_everything_when_it_is_back()
    {
        var connection = await ServersRole.DatabaseAsync();
        await using var server = await Idlib.AdoptedAsync(connection);
        var pinned = (await server.Http.AskAsync($"{Idlib.Agreement}/verdicts?asOf=2018-10-16")).Json[
            "pinned"
        ]!.GetValue<string>();
        var report = Idlib.Report("bombing", "2018-10-14").ToJsonString();

        await AdmitAsync(connection, admit: false);
        foreach (
            var answer in (Answer[])
                [
                    await server.Http.AskAsync($"{Idlib.Agreement}/verdicts"),
                    await server.Http.PostAsync($"{Idlib.Agreement}/reports", report),
                    await server.Http.AskAsync($"{Idlib.Agreement}/entries"),
                ]
        )
        {
            (answer.Status, answer.Code)
                .Should()
                .Be((HttpStatusCode.ServiceUnavailable, "server/unavailable"), answer.ToString());
            answer.Response.Headers.RetryAfter.Should().NotBeNull();
            answer.Should().BeAProblem();
        }

        (await server.Http.AskAsync("/health/live")).Status.Should().Be(HttpStatusCode.OK);
        (await server.Http.AskAsync("/health/ready")).Status.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await server.Http.AskAsync(pinned))
            .Status.Should()
            .Be(HttpStatusCode.OK, "what is known already needs no database");

        await AdmitAsync(connection, admit: true);
        await Eventually.Async(async () => (await server.Http.AskAsync("/health/ready")).Status == HttpStatusCode.OK);
        (await server.Http.PostAsync($"{Idlib.Agreement}/reports", report)).Status.Should().Be(HttpStatusCode.Created);
        (await server.Http.AskAsync($"{Idlib.Agreement}/verdicts")).Json["position"]!.GetValue<long>().Should().Be(2);
    }

    /// <summary>Ends every session with the database and lets nobody in, or lets everybody in again.</summary>
    private static async Task AdmitAsync(string connection, bool admit)
    {
        var name = new NpgsqlConnectionStringBuilder(connection).Database;
        var superuser = await TestDatabase.SuperuserAsync();
        await TestDatabase.ExecuteAsync(superuser, $"alter database {name} allow_connections {admit}");
        if (!admit)
            await TestDatabase.ExecuteAsync(
                superuser,
                $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'"
            );
    }
}
