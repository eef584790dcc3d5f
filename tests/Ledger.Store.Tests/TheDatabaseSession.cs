using Ledger.Store.Tests.World;

namespace Ledger.Store.Tests;

public sealed class TheDatabaseSession
{
    [Fact]
    public async Task Speaks_UTC_and_does_not_sleep_inside_a_transaction()
    {
        await using var ledger = await LedgerHost.StartAsync(with: options =>
            options with
            {
                Schema = "another_schema",
            }
        );

        (await ledger.AskAsync<string>("show timezone")).Should().Be("UTC");
        (await ledger.AskAsync<string>("show idle_in_transaction_session_timeout")).Should().Be("20s");
        await ledger.RecordAsync(Truce.Adopted());
        (await ledger.AskAsync<long>("select count(*) from another_schema.mt_events")).Should().Be(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Ledger")]
    [InlineData("a; drop table b")]
    [InlineData("1st")]
    public void Refuses_a_schema_that_would_need_quotes(string schema) =>
        FluentActions
            .Invoking(() => new LedgerStoreOptions { ConnectionString = "", Schema = schema })
            .Should()
            .Throw<ArgumentException>();
}
