using System.Diagnostics;
using System.Text;
using Ledger.Cli.Backups;
using Ledger.Cli.Tests.Local;
using Ledger.Local.Machine;

namespace Ledger.Cli.Tests.Backups;

/// <summary>
/// The format of age, against files that Debian's age 1.1.1 wrote, and against that program itself where it is
/// installed.
/// </summary>
public sealed class FilesOfAge
{
    private const string Passphrase = "correct horse battery staple";

    private static string PathOf(string file) =>
        Repository.PathOf("tests", "Ledger.Cli.Tests", "Backups", "FromAge", file);

    private static AgeIdentity Key => AgeIdentity.Parse(File.ReadAllText(PathOf("key.txt")))!;

    public static TheoryData<int> Lengths => [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Open_for_whom_they_were_encrypted_to_and_for_nobody_else(int length)
    {
        var (identity, plain) = (AgeIdentity.New(), Bytes(length));
        var file = Encrypt(plain, AgeIdentity.New().Recipient, identity.Recipient);

        Decrypt(file, identity).Should().Equal(plain);
        FaultOf(() => Decrypt(file, AgeIdentity.New())).Should().Be(AgeFault.WrongKey);
        FaultOf(() => Decrypt(file, new AgePassphrase(""))).Should().Be(AgeFault.WrongKey);
    }

    [Fact]
    public void Open_by_their_passphrase_alone()
    {
        var file = Encrypt(Bytes(100), new AgePassphrase(Passphrase));

        Decrypt(file, new AgePassphrase(Passphrase)).Should().Equal(Bytes(100));
        FaultOf(() => Decrypt(file, new AgePassphrase(Passphrase + " "))).Should().Be(AgeFault.WrongKey);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Do_not_open_when_a_byte_was_changed_or_the_end_is_missing(int length)
    {
        var identity = AgeIdentity.New();
        var file = Encrypt(Bytes(length), identity.Recipient);
        // Every byte of the header, and some of each chunk.
        foreach (
            var at in Enumerable
                .Range(0, 220)
                .Concat(Enumerable.Range(0, 40).Select(i => file.Length - 1 - i * file.Length / 50))
                .Where(at => at >= 0 && at < file.Length)
                .Distinct()
        )
        {
            byte[] changed = [.. file];
            changed[at] ^= 1;
            var open = () => Decrypt(changed, identity);
            open.Should().Throw<AgeException>($"byte {at} of {file.Length} is another");
        }

        foreach (var cut in (int[])[1, 16, 17, 65_552])
            if (cut < file.Length)
                FluentActions
                    .Invoking(() => Decrypt(file[..^cut], identity))
                    .Should()
                    .Throw<AgeException>($"{cut} bytes are missing");
        FaultOf(() => Decrypt([.. file, 0], identity)).Should().Be(AgeFault.Altered);
    }

    [Theory]
    [InlineData("to-key.age")]
    [InlineData("to-passphrase.age")]
    public void That_age_wrote_open_here(string name)
    {
        var opened = Decrypt(File.ReadAllBytes(PathOf(name)), Key, new AgePassphrase(Passphrase));

        Encoding.UTF8.GetString(opened).Should().Be("Written by age.\n");
    }

    [Fact]
    public void Name_their_recipient_as_age_does() =>
        File.ReadAllText(PathOf("key.txt"))
            .Should()
            .Contain($"# public key: {Key.Recipient}\n")
            .And.Contain($"{Key}\n");

    [Theory]
    [InlineData("age1qqqq")]
    [InlineData("age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8q")]
    [InlineData("AGE-SECRET-KEY-1QQQ")]
    public void Are_not_encrypted_to_a_key_that_was_mistyped(string key) => AgeRecipient.Parse(key).Should().BeNull();

    [Fact]
    public async Task That_are_written_here_open_with_age()
    {
        if (Programs.Find("age") is not { } age)
        {
            Assert.Skip("age is not installed: apt-get install age");
            return;
        }

        using var temporary = new TemporaryDirectory();
        var (file, plain) = (Path.Combine(temporary.Path, "file.age"), Bytes(200_000));
        await File.WriteAllBytesAsync(file, Encrypt(plain, AgeIdentity.New().Recipient, Key.Recipient));
        var start = new ProcessStartInfo(age, ["--decrypt", "--identity", PathOf("key.txt"), file])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        using var output = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(output);
        await process.WaitForExitAsync();

        process.ExitCode.Should().Be(0);
        output.ToArray().Should().Equal(plain);
    }

    private static byte[] Bytes(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i * 7 % 251))];

    private static byte[] Encrypt(byte[] plain, params IAgeRecipient[] recipients)
    {
        using var target = new MemoryStream();
        using (var writer = AgeFile.Write(target, recipients))
            writer.Write(plain);
        return target.ToArray();
    }

    private static byte[] Decrypt(byte[] file, params IAgeIdentity[] identities)
    {
        using var source = new MemoryStream(file);
        using var opened = AgeFile.Read(source, identities);
        using var plain = new MemoryStream();
        opened.CopyTo(plain);
        return plain.ToArray();
    }

    private static AgeFault? FaultOf(Action open)
    {
        try
        {
            open();
            return null;
        }
        catch (AgeException fault)
        {
            return fault.Fault;
        }
    }
}
