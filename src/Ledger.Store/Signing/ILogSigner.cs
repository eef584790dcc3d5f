namespace Ledger.Store.Signing;

/// <summary>Holds the private key: a file in this process, or another process.</summary>
internal interface ILogSigner : IDisposable
{
    /// <summary>For messages to operators.</summary>
    string Place { get; }

    byte[] PublicKey { get; }

    /// <summary>The Ed25519 signature of a text.</summary>
    byte[] Sign(byte[] text);
}
