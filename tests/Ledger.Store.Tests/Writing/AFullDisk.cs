using Ledger.Store.Log;
using Ledger.Store.Tests.World;
using Ledger.Store.Writing;
using Npgsql;

namespace Ledger.Store.Tests.Writing;

public sealed class AFullDisk
{
    [Fact]
    public async Task Stops_intake_before_the_last_of_it_is_gone_and_lets_it_go_on_by_itself()
    {
        var free = long.MaxValue;
        await using var ledger = await LedgerHost.WithTruceAsync(with: options =>
            options with
            {
                FreeSpace = _ => Volatile.Read(ref free),
            }
        );
        var (before, after) = (Truce.Filed(), Truce.Filed());
        await ledger.RecordAsync(before);
        var disk = ledger.Get<DiskSpace>();
        (disk.Full, disk.Low).Should().Be((null, null));

        Volatile.Write(ref free, 100 << 20);
        disk.Full.Should().BeNull();
        disk.Low.Should().Contain("100 MB", "there is an alarm before");
        Volatile.Write(ref free, 10 << 20);

        (await ledger.WriteAsync(after))
            .Should()
            .BeOfType<WriteOutcome.Unavailable>()
            .Which.Should()
            .Match<WriteOutcome.Unavailable>(refused =>
                refused.Code == NotRecordingException.DiskFull && refused.Message.Contains("disk is full")
            );
        (await ledger.WriteAsync(before)).Should().BeOfType<WriteOutcome.Recorded>("it was recorded already");

        Volatile.Write(ref free, long.MaxValue);
        await ledger.RecordAsync(after);
        await ledger.ShouldBeWholeAsync();
    }

    [Fact]
    public void Is_known_by_what_the_database_and_the_kernel_say()
    {
        DiskSpace
            .IsFull(
                new InvalidOperationException(
                    "It failed.",
                    new PostgresException("could not extend file", "ERROR", "ERROR", PostgresErrorCodes.DiskFull)
                )
            )
            .Should()
            .BeTrue();
        using var full = new FileStream(
            "/dev/full",
            FileMode.Open,
            FileAccess.Write,
            FileShare.ReadWrite,
            bufferSize: 0
        );
        var writing = () => full.Write(new byte[10]);
        DiskSpace.IsFull(writing.Should().Throw<IOException>().Which).Should().BeTrue();
        DiskSpace.IsFull(new EndOfStreamException()).Should().BeFalse();
        DiskSpace
            .IsFull(new PostgresException("it stops", "FATAL", "FATAL", PostgresErrorCodes.AdminShutdown))
            .Should()
            .BeFalse();
    }
}
