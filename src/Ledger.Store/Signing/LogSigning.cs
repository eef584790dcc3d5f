using System.Security.Cryptography;
using Ledger.Proof.Notes;

namespace Ledger.Store.Signing;

/// <summary>The signing of all agreements. Without a key file nothing is signed, and there are no checkpoints.</summary>
public sealed class LogSigning(LedgerStoreOptions options) : IDisposable
{
    private readonly Lazy<LogKey>? _key = options.KeyFile is { } file ? new(() => LogKey.Open(file, options.LedgerName, () => RandomNumberGenerator.GetBytes(Ed25519Key.SeedLength))) : null;

    /// <exception cref="LogKeyException">The key cannot be used.</exception>
    public LogKey? Key => _key?.Value;

    public void Dispose()
    {
        if (_key is { IsValueCreated: true })
            _key.Value.Dispose();
    }

    internal LogSigner? Of(string agreement) => Key is { } key ? new LogSigner(options.Schema, agreement, key, new SignedBefore($"{key.File}.signed")) : null;
}
