namespace Ledger.Proof.Texts;

/// <summary>The hash lines of a proof in text: one base64 SHA-256 value each.</summary>
internal static class ProofLines
{
    /// <summary>
    /// tlog-witness, "add-checkpoint": nobody may send more. An inclusion proof cannot have more either below 2^63
    /// leaves.
    /// </summary>
    public const int MaxHashes = 63;

    public static IReadOnlyList<Hash> Parse(ReadOnlySpan<string> lines)
    {
        if (lines.Length > MaxHashes)
            throw new MalformedException(
                Malformation.TooManyHashes,
                $"{lines.Length} hashes; a proof has at most {MaxHashes}."
            );
        var hashes = new Hash[lines.Length];
        for (var i = 0; i < lines.Length; i++)
            hashes[i] = ParseHash(lines[i]);
        return hashes;
    }

    public static Hash ParseHash(string line)
    {
        var bytes =
            StrictBase64.Decode(line)
            ?? throw new MalformedException(Malformation.Base64, $"\"{line}\" is not canonical base64.");
        return bytes.Length == Hash.Length
            ? new(bytes)
            : throw new MalformedException(
                Malformation.HashLength,
                $"\"{line}\" has {bytes.Length} bytes; a hash has {Hash.Length}."
            );
    }

    public static string Write(IEnumerable<Hash> hashes) =>
        string.Concat(hashes.Select(static hash => hash.ToBase64() + "\n"));
}
