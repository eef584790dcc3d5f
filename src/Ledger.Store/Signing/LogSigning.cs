using System.Collections.Concurrent;
using System.Security.Cryptography;
using Ledger.Domain.Identities;
using Ledger.Proof.Notes;
using Ledger.Store.Keys;

namespace Ledger.Store.Signing;

/// <summary>
/// The signing of all agreements. Without a key file nothing is signed, and there are no checkpoints.
/// </summary>
public sealed class LogSigning(LedgerStoreOptions options) : IDisposable
{
    private readonly Lazy<LogKeys>? _keys = options.KeyFile is { } file
        ? new(() =>
            options.SignerSocket is { } socket
                ? new LogKeys(
                    LogKey.Connect(socket, file, options.LedgerName),
                    () => Next(socket) is { } next ? LogKey.Connect(next, file, options.LedgerName) : null
                )
                : new LogKeys(
                    LogKey.Open(file, options.LedgerName, () => RandomNumberGenerator.GetBytes(Ed25519Key.SeedLength)),
                    () => Next(file) is { } next ? LogKey.Open(next, options.LedgerName, () => []) : null
                )
        )
        : null;

    private readonly ConcurrentDictionary<AgreementId, (long Size, string Who)> _seen = new();

    private readonly ConcurrentDictionary<AgreementId, (long Size, string Why)> _refused = [];

    /// <exception cref="KeyException">A key cannot be used.</exception>
    public LogKeys? Keys => _keys?.Value;

    /// <summary>
    /// The key that was there first; the log of an agreement may be signed with the one that follows it.
    /// </summary>
    public LogKey? Key => Keys?.First;

    /// <summary>
    /// Signs nothing more of an agreement until it has that many entries again: somebody has seen them.
    /// </summary>
    /// <param name="who">Completes the sentence, as in "the witness a has cosigned".</param>
    public void Close(AgreementId agreement, long size, string who) => _seen[agreement] = (size, who);

    /// <summary>Records nothing more of an agreement, because every witness refuses what was signed.</summary>
    /// <param name="size">The largest size that one of them has cosigned.</param>
    /// <param name="why">A sentence for whoever operates the server.</param>
    public void Refuse(AgreementId agreement, long size, string why) => _refused[agreement] = (size, why);

    /// <summary>A witness has cosigned, or has not refused: recording goes on.</summary>
    public void Accept(AgreementId agreement) => _refused.TryRemove(agreement, out _);

    /// <summary>Why nothing is recorded, for each agreement that every witness refuses.</summary>
    public IEnumerable<string> Refusals => _refused.Values.Select(refused => refused.Why);

    public void Dispose()
    {
        if (_keys is { IsValueCreated: true })
            _keys.Value.Dispose();
    }

    internal LogSigner? Of(AgreementId agreement) =>
        Keys is { } keys
            ? new LogSigner(
                options.Schema,
                agreement,
                keys,
                new SignedBefore($"{keys.First.File}.signed"),
                () => _seen.GetValueOrDefault(agreement),
                () => _refused.GetValueOrDefault(agreement)
            )
            : null;

    private static string? Next(string place) =>
        File.Exists(place + LogKeys.NextSuffix) ? place + LogKeys.NextSuffix : null;
}
