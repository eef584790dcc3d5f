using Ledger.Domain.Evidence;
using Ledger.Store.Evidence;
using Ledger.Testing;

namespace Ledger.Store.Tests.Evidence;

public sealed class AFullDisk
{
    [Fact]
    public void Is_told_from_other_faults_by_what_the_kernel_says()
    {
        using var full = new FileStream(
            "/dev/full",
            FileMode.Open,
            FileAccess.Write,
            FileShare.ReadWrite,
            bufferSize: 0
        );

        var writing = () => full.Write(new byte[10]);

        StorageFullException.IsFull(writing.Should().Throw<IOException>().Which).Should().BeTrue();
        StorageFullException.IsFull(new FileNotFoundException()).Should().BeFalse();
        StorageFullException.IsFull(new EndOfStreamException()).Should().BeFalse();
    }

    [Fact]
    public async Task Takes_nothing_below_the_reserve_and_leaves_nothing()
    {
        var folder = Scratch.Folder("evidence");
        var files = new EvidenceFiles(folder, 1000) { Reserve = long.MaxValue };

        var keeping = () =>
            files.KeepAsync(
                "truce",
                new string('a', 64),
                FileType.Find("text/plain")!,
                new MemoryStream("words"u8.ToArray()),
                _ => Task.CompletedTask,
                CancellationToken.None
            );

        await keeping.Should().ThrowAsync<StorageFullException>();
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Should().BeEmpty();
    }

    [Fact]
    public async Task Is_swept_of_what_killed_uploads_left_a_day_ago_and_of_nothing_else()
    {
        var folder = Scratch.Folder("evidence");
        var files = new EvidenceFiles(folder, 1000) { Reserve = 0 };
        var words = "words"u8.ToArray();
        var name = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(words));
        await files.KeepAsync(
            "truce",
            name,
            FileType.Find("text/plain")!,
            new MemoryStream(words),
            _ => Task.CompletedTask,
            CancellationToken.None
        );
        var left = Path.Combine(folder, ".unfinished", "left");
        await File.WriteAllBytesAsync(left, words);

        files.Sweep(DateTimeOffset.UtcNow);
        File.Exists(left).Should().BeTrue();
        files.Sweep(DateTimeOffset.UtcNow.AddDays(2));

        File.Exists(left).Should().BeFalse();
        files.Find("truce", name)!.Size.Should().Be(words.Length);
    }
}
