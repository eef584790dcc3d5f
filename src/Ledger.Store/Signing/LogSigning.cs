using System.Collections.Concurrent;
using System.Security.Cryptography;
using Ledger.Proof.Notes;

namespace Ledger.Store.Signing;

/// <summary>The signing of all agreements. Without a key file nothing is signed, and there are no checkpoints.</summary>
public sealed class LogSigning(LedgerStoreOptions options) : IDisposable
{
    private readonly Lazy<LogKey>? _key = options.KeyFile is { } file
        ? new(() => options.SignerSocket is { } socket ? LogKey.Connect(socket, file, options.LedgerName) : LogKey.Open(file, options.LedgerName, () => RandomNumberGenerator.GetBytes(Ed25519Key.SeedLength)))
        : null;

    private readonly ConcurrentDictionary<string, (long Size, string Who)> _seen = new(StringComparer.Ordinal);

    /// <summary>Signs nothing more of an agreement until it has that many entries again: somebody has seen them.</summary>
    /// <param name="who">Completes the sentence, as in "the witness a has cosigned".</param>
    public void Close(string agreement, long size, string who) => _seen[agreement] = (size, who);

    /// <exception cref="LogKeyException">The key cannot be used.</exception>
    public LogKey? Key => _key?.Value;

    public void Dispose()
    {
        if (_key is { IsValueCreated: true })
            _key.Value.Dispose();
    }

    internal LogSigner? Of(string agreement) => Key is { } key ? new LogSigner(options.Schema, agreement, key, new SignedBefore($"{key.File}.signed"), () => _seen.GetValueOrDefault(agreement)) : null;
}
