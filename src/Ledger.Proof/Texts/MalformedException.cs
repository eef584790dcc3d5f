namespace Ledger.Proof.Texts;

/// <summary>Which rule of its format a text or a file of bytes breaks.</summary>
public enum Malformation
{
    /// <summary>Not UTF-8, or text with half a surrogate pair.</summary>
    NotUtf8,

    /// <summary>A control character other than newline, carriage return included.</summary>
    ControlCharacter,

    /// <summary>The last line has no newline at its end.</summary>
    NoFinalNewline,

    /// <summary>There is no blank line where one separates the parts.</summary>
    NoBlankLine,

    /// <summary>The first line does not say the format.</summary>
    Header,

    /// <summary>A line is missing, superfluous or does not have the words it should.</summary>
    Line,

    /// <summary>A number with leading zeros, a sign, other characters, or above 2^63-1.</summary>
    Number,

    /// <summary>Base64 in another spelling than the one RFC 4648 gives.</summary>
    Base64,

    /// <summary>A hash that does not have 32 bytes.</summary>
    HashLength,

    /// <summary>More hashes than a proof in a tree of 2^63 leaves can have.</summary>
    TooManyHashes,

    /// <summary>
    /// A signature line in another form than <c>— name base64</c>, or too short for a key id and a signature.
    /// </summary>
    SignatureLine,

    /// <summary>More signatures than anybody needs.</summary>
    TooManySignatures,

    /// <summary>A key name that is empty or has a space or a plus.</summary>
    KeyName,

    /// <summary>A key id that is not the hash of the key.</summary>
    KeyId,

    /// <summary>A kind of key that this program cannot check, or that has no place here.</summary>
    KeyType,

    /// <summary>Bytes that are no public key of the kind they say.</summary>
    PublicKey,

    /// <summary>A checkpoint with lines after its root.</summary>
    ExtensionLine,

    /// <summary>A tile or bundle whose length does not fit its width.</summary>
    TileLength,

    /// <summary>An entry that does not have exactly the members of an entry.</summary>
    EntryMembers,

    /// <summary>More bytes than an entry may have.</summary>
    EntryLength,

    /// <summary>A name used twice, not defined before its use, or reserved.</summary>
    PolicyName,

    /// <summary>The same public key twice.</summary>
    PolicyKey,

    /// <summary>A group whose threshold is not between one and the number of its members.</summary>
    PolicyThreshold,

    /// <summary>No quorum line, or more than one.</summary>
    PolicyQuorum,

    /// <summary>A disclosure that is not a salt, a name and a value.</summary>
    Disclosure,
}

/// <summary>Something from outside is not in the format it claims.</summary>
/// <param name="malformation">Which rule is broken.</param>
/// <param name="message">What is wrong, with the offending value and, in texts, the number of the line.</param>
public sealed class MalformedException(Malformation malformation, string message) : FormatException(message)
{
    public Malformation Malformation { get; } = malformation;

    /// <summary>The rule as a stable code for error bodies, such as <c>format/entry-length</c>.</summary>
    public string Code => FaultCode.Of("format", Malformation);
}
