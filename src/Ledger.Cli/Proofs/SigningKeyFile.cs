using System.Security.Cryptography;
using Ledger.Cli.Terminals;
using Ledger.Local.Machine;
using Ledger.Proof.Notes;
using Ledger.Proof.Texts;

namespace Ledger.Cli.Proofs;

/// <summary>An Ed25519 seed in base64 and a newline, in a file that only its owner reads.</summary>
internal static class SigningKeyFile
{
    public static Ed25519Key OpenOrMake(string file)
    {
        if (!File.Exists(file))
            Files.Replace(
                file,
                Convert.ToBase64String(RandomNumberGenerator.GetBytes(Ed25519Key.SeedLength)) + "\n",
                Files.OwnerOnly
            );
        if ((File.GetUnixFileMode(file) & ~Files.OwnerOnly) != UnixFileMode.None)
            throw CommandException.Refused($"{file} can be read by others: chmod 600 {file}");
        return StrictBase64.Decode(File.ReadAllText(file).TrimEnd('\n')) is { Length: Ed25519Key.SeedLength } seed
            ? Ed25519Key.FromSeed(seed)
            : throw CommandException.Refused(
                $"{file} does not contain a key of {Ed25519Key.SeedLength} bytes in base64."
            );
    }
}
