using Ledger.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Ledger.Server.Tests;

public sealed class AFullDisk
{
    [Fact]
    public async Task Is_said_before_it_is_and_refuses_in_words_that_name_it()
    {
        var free = long.MaxValue;
        await using var server = await RunningServer.StartAsync(services: own =>
            own.AddSingleton(
                (LedgerStoreOptions)
                    own.Last(s => s.ServiceType == typeof(LedgerStoreOptions)).ImplementationInstance! with
                {
                    FreeSpace = _ => Volatile.Read(ref free),
                }
            )
        );
        (await server.Http.PostAsync("/api/v1/agreements", Idlib.Adoption()))
            .Status.Should()
            .Be(HttpStatusCode.Created);
        (await DiskAsync()).Should().Be((HttpStatusCode.OK, "ok"));

        Volatile.Write(ref free, 500 << 20);
        (await DiskAsync()).Should().Be((HttpStatusCode.OK, "ok, but only 500 MB are left on the disk"));
        (await server.Http.AskAsync("/metrics")).Text.Should().Contain("ledger_disk_free_bytes");

        Volatile.Write(ref free, 1 << 20);
        var (status, words) = await DiskAsync();
        status.Should().Be(HttpStatusCode.ServiceUnavailable);
        words.Should().StartWith("The disk is full: 1 MB are left");
        var report = Idlib.Report("bombing", "2018-10-14");
        var refused = await server.Http.PostAsync($"{Idlib.Agreement}/reports", report);
        (refused.Status, refused.Code).Should().Be((HttpStatusCode.ServiceUnavailable, "log/disk-full"));
        refused.Response.Headers.RetryAfter.Should().NotBeNull();
        refused.Json["detail"]!.GetValue<string>().Should().Contain("disk");
        (await server.Http.AskAsync($"{Idlib.Agreement}/verdicts"))
            .Status.Should()
            .Be(HttpStatusCode.OK, "reading goes on");

        Volatile.Write(ref free, long.MaxValue);
        (await server.Http.PostAsync($"{Idlib.Agreement}/reports", report)).Status.Should().Be(HttpStatusCode.Created);

        async Task<(HttpStatusCode, string)> DiskAsync()
        {
            var ready = await server.Http.AskAsync("/health/ready");
            return (ready.Status, ready.Json["checks"]!["disk"]!.GetValue<string>());
        }
    }
}
