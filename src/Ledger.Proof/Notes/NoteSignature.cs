using System.Buffers.Binary;
using Ledger.Proof.Texts;

namespace Ledger.Proof.Notes;

/// <summary>
/// One signature line of a note: <c>— name base64(key id ‖ signature)</c> (C2SP signed-note, "Signatures").
/// </summary>
/// <param name="Name">Name of the key that is said to have signed.</param>
/// <param name="KeyId">Id of that key.</param>
/// <param name="Value">What follows the key id; at least one byte. What it means depends on the key's type.</param>
public sealed record NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Value)
{
    private const string EmDashSpace = "\u2014 ";
    private const int KeyIdLength = 4;

    /// <summary>Reads a line without its newline.</summary>
    /// <exception cref="MalformedException">The line has another form. Whether the key is known is not
    /// asked.</exception>
    public static NoteSignature Parse(string line)
    {
        if (
            !line.StartsWith(EmDashSpace, StringComparison.Ordinal)
            || line[EmDashSpace.Length..].Split(' ', 2) is not [var name, var base64]
        )
            throw new MalformedException(
                Malformation.SignatureLine,
                $"\"{line}\" is not a signature line: em dash, name, base64."
            );
        if (!KeyName.IsValid(name))
            throw new MalformedException(Malformation.KeyName, $"\"{name}\" cannot name a key.");
        if (StrictBase64.Decode(base64) is not { } bytes)
            throw new MalformedException(
                Malformation.Base64,
                $"The signature of {name} is not canonical base64: \"{base64}\"."
            );
        if (bytes.Length <= KeyIdLength)
            throw new MalformedException(
                Malformation.SignatureLine,
                $"The signature of {name} has no more than {KeyIdLength} bytes."
            );
        return new(name, BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes.AsMemory(KeyIdLength));
    }

    /// <summary>The line without its newline.</summary>
    public override string ToString()
    {
        var bytes = new byte[KeyIdLength + Value.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        Value.CopyTo(bytes.AsMemory(KeyIdLength));
        return $"{EmDashSpace}{Name} {Convert.ToBase64String(bytes)}";
    }
}
