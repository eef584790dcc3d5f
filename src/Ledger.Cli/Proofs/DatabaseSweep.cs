using System.Runtime.CompilerServices;
using System.Text.Json;
using Ledger.Cli.Terminals;
using Ledger.Domain.Entries;
using Ledger.Proof;
using Ledger.Proof.Json;
using Ledger.Proof.Notes;
using Ledger.Proof.Texts;
using Ledger.Proof.Trees;
using Ledger.Proof.Witnesses;
using NodaTime;
using Npgsql;

namespace Ledger.Cli.Proofs;

/// <summary>
/// Sweeps one agreement's tables: entries against events in both directions, leaves, tiles, head, every checkpoint that
/// was signed, and disclosures.
/// </summary>
public sealed class DatabaseSweep(
    NpgsqlDataSource database,
    string schema,
    string agreement,
    KeptCheckpoints kept,
    TlogPolicy? policy,
    TimeProvider clock,
    KeyFolder? keys = null,
    EvidenceCheck? evidence = null
)
{
    /// <summary>Every agreement of which anything is left.</summary>
    public static async Task<IReadOnlyList<string>> AgreementsAsync(
        NpgsqlDataSource database,
        string schema,
        CancellationToken cancellationToken
    )
    {
        await using var command = database.CreateCommand(
            $"""
            select agreement from {schema}.ledger_head union select distinct agreement from {schema}.ledger_entry
            union select id from {schema}.mt_streams union select distinct agreement from {schema}.ledger_checkpoint order by 1
            """
        );
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<string>();
        while (await rows.ReadAsync(cancellationToken))
            found.Add(rows.GetString(0));
        return found;
    }

    /// <summary>The names under which logs are signed here.</summary>
    public static async Task<IReadOnlyList<string>> OriginsAsync(
        NpgsqlDataSource database,
        string schema,
        CancellationToken cancellationToken
    )
    {
        await using var command = database.CreateCommand(
            $"select distinct split_part(note, E'\\n', 1) from {schema}.ledger_checkpoint where (agreement, "
                + $"size) in (select agreement, max(size) from {schema}.ledger_checkpoint group by agreement)"
        );
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<string>();
        while (await rows.ReadAsync(cancellationToken))
            found.Add(rows.GetString(0));
        return found;
    }

    /// <exception cref="TamperedException">At the first thing that is wrong.</exception>
    /// <exception cref="CommandException">It could not be checked, or it is another ledger than the one that was
    /// verified before under this name.</exception>
    public async Task<Verified> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await SweepAsync(cancellationToken);
        }
        catch (TamperedException tampered)
            when (policy is not null && tampered.Finding.Code is "log/other-history" or "log/shrank")
        {
            await RefuseAnotherLedgerAsync(cancellationToken);
            throw;
        }
    }

    /// <summary>
    /// Who gives the key of this ledger, and kept checkpoints of another one under its name, is told so: nothing was
    /// rewritten. It is another one when it is in order by itself, and no key of it signed what was kept.
    /// </summary>
    private async Task RefuseAnotherLedgerAsync(CancellationToken cancellationToken)
    {
        Verified verified;
        try
        {
            verified = await new DatabaseSweep(
                database,
                schema,
                agreement,
                KeptCheckpoints.None,
                policy,
                clock,
                keys
            ).SweepAsync(cancellationToken);
        }
        catch (TamperedException)
        {
            return;
        }

        var origin = verified.Checkpoint.Checkpoint.Origin;
        var known = kept.KeysOf(origin).Select(key => key.Key).ToHashSet();
        if (known.Count > 0 && !verified.Keys.Any(key => known.Contains(key.Key)))
            throw LogVerification.AnotherLedger(origin, verified.Keys[^1].Key, kept);
    }

    private async Task<Verified> SweepAsync(CancellationToken cancellationToken)
    {
        var latest = await LatestAsync(cancellationToken);
        var origin = latest.Checkpoint.Origin;
        IReadOnlyList<VerifierKey> trusted =
            policy is not null ? [.. policy.Logs.Select(log => log.Key).Where(known => known.Name == origin)]
            : KeySince.At(latest.Checkpoint.Size, kept.KeysOf(origin)) is { } known ? [known]
            : [];
        if (trusted.Count == 0)
            throw CommandException.Refused(
                $"The signing key of '{origin}' is not known: give --policy, or verify its server once so "
                    + "that its key is kept."
            );
        var changes = await ChangesAsync(cancellationToken);
        if (latest.Note.Verify(SignersOf(latest.Checkpoint.Size, trusted, changes)).Fault != NoteFault.None)
            throw new TamperedException(
                latest.Checkpoint.Size,
                "checkpoint/bad-signature",
                $"the checkpoint of {latest.Checkpoint.Size} entries is signed neither with the trusted key "
                    + "nor with a successor of it."
            );
        var before = kept.Of(origin);
        if (before is [.., var last] && last.Checkpoint.Size > latest.Checkpoint.Size)
            throw new TamperedException(
                new Finding(
                    latest.Checkpoint.Size + 1,
                    "log/shrank",
                    $"you have already verified {last.Checkpoint.Size} entries, but the newest checkpoint "
                        + $"in the database covers {latest.Checkpoint.Size}.",
                    last.Checkpoint.Size
                )
            );

        var (witnessed, verdict) = await WitnessedAsync(latest, trusted, changes, cancellationToken);
        await using var roots = RootsAsync(trusted, changes, before, cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        using var walk = new LogWalk(
            agreement,
            roots,
            tile => CompareAsync(tile, cancellationToken),
            judges: false,
            Instant.FromDateTimeOffset(clock.GetUtcNow())
        );
        var chain = new KeyChain(origin, size => SignedAsync(size, cancellationToken));
        var disclosures = new SealedCheck();
        var handles = new HandleCheck(await HandlesAsync(cancellationToken), agreement, keys);
        await using var values = SealedAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        var more = await values.MoveNextAsync();
        await foreach (var row in RowsAsync(cancellationToken))
        {
            var walked = Take(walk, row);
            var mine = new List<SealedRow>();
            for (; more && values.Current.Position <= row.Position; more = await values.MoveNextAsync())
                mine.Add(values.Current);
            disclosures.Take(walked, [.. handles.Account(walked, mine)]);
            evidence?.Take(walked);
            await walk.GrowAsync();
            if (walked.Event is KeyRotated rotated)
                await chain.TakeAsync(walked.Position, rotated, walk.Root);
        }

        if (more)
            throw new TamperedException(
                values.Current.Position,
                "disclosure/no-digest",
                $"the sealed value '{values.Current.Name}' is stored for a position that the ledger does not have."
            );
        await EndAsync(walk, latest.Checkpoint, cancellationToken);
        chain.End(latest, trusted);
        disclosures.End();
        handles.End(disclosures.ErasedHandles);
        if (evidence is not null)
            await evidence.EndAsync(cancellationToken);
        return new Verified(
            latest,
            chain.Keys,
            false,
            verdict,
            before.Count,
            disclosures,
            null,
            walk.Times,
            evidence,
            witnessed
        );
    }

    /// <summary>
    /// The newest checkpoint whose cosignatures satisfy the policy. Its root is compared with the entries like that of every
    /// checkpoint.
    /// </summary>
    private async Task<(SignedCheckpoint? Signed, PolicyVerdict Verdict)> WitnessedAsync(
        SignedCheckpoint latest,
        IReadOnlyList<VerifierKey> trusted,
        IReadOnlyList<KeySince> changes,
        CancellationToken cancellationToken
    )
    {
        if (policy?.Quorum is null)
            return (latest, new PolicyVerdict(PolicyFault.None, null, []));
        await using var command = Command(
            $"""
            select c.size, c.note, array_agg(w.line order by w.witness) from {schema}.ledger_checkpoint c
            join {schema}.ledger_cosignature w on w.agreement = c.agreement and w.size = c.size
            where c.agreement = $1 group by c.size, c.note order by c.size desc
            """
        );
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var closest = new PolicyVerdict(PolicyFault.QuorumNotMet, policy.Quorum.Name, []);
        while (await rows.ReadAsync(cancellationToken))
        {
            var size = rows.GetInt64(0);
            var signed = Cosigned(Parse(rows.GetString(1), size), rows.GetFieldValue<string[]>(2));
            var verdict = LogVerification.Believe(PolicyAt(size, trusted, changes)!, signed);
            if (verdict.Holds)
                return (signed, verdict);
            if (verdict.Witnessed.Length > closest.Witnessed.Length)
                closest = verdict;
        }

        return (null, closest);
    }

    private static SignedCheckpoint Cosigned(SignedCheckpoint signed, string[] lines) =>
        Parse(signed + string.Concat(lines.Select(line => $"{line}\n")), signed.Checkpoint.Size);

    /// <summary>When the witnesses of the policy cosigned a checkpoint; null when too few of them did.</summary>
    private QuorumTimes? TimesOf(
        SignedCheckpoint cosigned,
        IReadOnlyList<VerifierKey> trusted,
        IReadOnlyList<KeySince> changes
    ) =>
        PolicyAt(cosigned.Checkpoint.Size, trusted, changes) is { } believed
            ? believed.TimesOf(LogVerification.Believe(believed, cosigned))
            : null;

    /// <summary>The policy with the key that signs checkpoints of this size.</summary>
    private TlogPolicy? PolicyAt(long size, IReadOnlyList<VerifierKey> trusted, IReadOnlyList<KeySince> changes) =>
        policy is null
            ? null
            : policy with
            {
                Logs = [.. SignersOf(size, trusted, changes).Select(key => new PolicyLog(key, null))],
            };

    private async Task<SignedCheckpoint> LatestAsync(CancellationToken cancellationToken)
    {
        await using var command = Command(
            $"select note from {schema}.ledger_checkpoint where agreement = $1 order by size desc limit 1"
        );
        return await command.ExecuteScalarAsync(cancellationToken) is string note
            ? Parse(note, null)
            : throw new TamperedException(
                null,
                "checkpoint/missing",
                $"the database no longer has a checkpoint of '{agreement}'."
            );
    }

    private async Task<SignedCheckpoint?> SignedAsync(long size, CancellationToken cancellationToken)
    {
        await using var command = Command(
            $"select note from {schema}.ledger_checkpoint where agreement = $1 and size = $2",
            size
        );
        return await command.ExecuteScalarAsync(cancellationToken) is string note ? Parse(note, size) : null;
    }

    /// <summary>
    /// The keys that entries name, before these entries are checked: the signatures of checkpoints are checked on the
    /// way to them.
    /// </summary>
    private async Task<List<KeySince>> ChangesAsync(CancellationToken cancellationToken)
    {
        await using var command = Command(
            $"select position, bytes from {schema}.ledger_entry where agreement = $1 and type = $2 order by position",
            EventTypes.NameOf(typeof(KeyRotated))
        );
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<KeySince>();
        while (await rows.ReadAsync(cancellationToken))
        {
            var (position, bytes) = (rows.GetInt64(0), rows.GetFieldValue<byte[]>(1));
            try
            {
                var data = Ledger.Proof.Entries.Entry.Parse(bytes).Data;
                if (found.Count == 0)
                    found.Add(new KeySince(0, VerifierKey.Parse(data.GetProperty("oldKey").GetString() ?? "")));
                found.Add(new KeySince(position, VerifierKey.Parse(data.GetProperty("newKey").GetString() ?? "")));
            }
            catch (Exception wrong)
                when (wrong
                        is MalformedException
                            or CanonicalJsonException
                            or KeyNotFoundException
                            or InvalidOperationException
                )
            {
                // Whoever walks the entries says what is wrong with it.
                return found;
            }
        }

        return found;
    }

    private static SignedCheckpoint Parse(string note, long? size)
    {
        try
        {
            return SignedCheckpoint.Parse(note);
        }
        catch (MalformedException wrong)
        {
            throw new TamperedException(size, "checkpoint/malformed", $"a checkpoint cannot be read: {wrong.Message}");
        }
    }

    /// <summary>What was signed and what the auditor kept, smallest first.</summary>
    private async IAsyncEnumerable<ExpectedRoot> RootsAsync(
        IReadOnlyList<VerifierKey> trusted,
        IReadOnlyList<KeySince> changes,
        IReadOnlyList<SignedCheckpoint> before,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var next = 0;
        await using var command = Command(
            $"""
            select c.size, c.root, c.note, array_agg(w.line order by w.witness) filter (where w.line is not null) from {schema}.ledger_checkpoint c
            left join {schema}.ledger_cosignature w on w.agreement = c.agreement and w.size = c.size
            where c.agreement = $1 group by c.size, c.root, c.note order by c.size
            """
        );
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var (size, root, signed) = (
                rows.GetInt64(0),
                rows.GetFieldValue<byte[]>(1),
                Parse(rows.GetString(2), rows.GetInt64(0))
            );
            for (; next < before.Count && before[next].Checkpoint.Size <= size; next++)
                yield return ExpectedRoot.Kept(before[next]);
            if (signed.Note.Verify(SignersOf(size, trusted, changes)).Fault != NoteFault.None)
                throw new TamperedException(
                    size,
                    "checkpoint/bad-signature",
                    $"the checkpoint of {size} entries is not signed with the trusted key."
                );
            if (signed.Checkpoint.Size != size || !signed.Checkpoint.Root.ToArray().AsSpan().SequenceEqual(root))
                throw new TamperedException(
                    size,
                    "checkpoint/row-disagrees",
                    $"the row of the checkpoint of {size} entries contradicts the signed note."
                );
            yield return ExpectedRoot.Signed(
                signed,
                rows.IsDBNull(3) ? null : TimesOf(Cosigned(signed, rows.GetFieldValue<string[]>(3)), trusted, changes)
            );
        }

        for (; next < before.Count; next++)
            yield return ExpectedRoot.Kept(before[next]);
    }

    private static IReadOnlyList<VerifierKey> SignersOf(
        long size,
        IReadOnlyList<VerifierKey> trusted,
        IReadOnlyList<KeySince> changes
    ) => KeySince.At(size, changes) is { } key ? [key] : trusted;

    private async IAsyncEnumerable<EntryAndEvent> RowsAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var command = Command(
            $"""
            select coalesce(e.position, m.version), e.bytes, e.leaf_hash, e.entry_id, e.type, e.recorded_at,
                m.id, m.type, m.timestamp, m.data::text, m.is_archived
            from (select * from {schema}.ledger_entry where agreement = $1) e
            full join (select * from {schema}.mt_events where stream_id = $1) m on m.version = e.position
            order by 1
            """
        );
        command.CommandTimeout = 0;
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            yield return new EntryAndEvent(
                rows.GetInt64(0),
                rows.IsDBNull(1)
                    ? null
                    : new EntryRow(
                        rows.GetFieldValue<byte[]>(1),
                        rows.GetFieldValue<byte[]>(2),
                        rows.GetGuid(3),
                        rows.GetString(4),
                        rows.GetFieldValue<DateTimeOffset>(5)
                    ),
                rows.IsDBNull(6)
                    ? null
                    : new EventRow(
                        rows.GetGuid(6),
                        rows.GetString(7),
                        rows.GetFieldValue<DateTimeOffset>(8),
                        rows.GetString(9),
                        rows.GetBoolean(10)
                    )
            );
        }
    }

    private static WalkedEntry Take(LogWalk walk, EntryAndEvent row)
    {
        var position = walk.Size + 1;
        if (row.Position > position)
            throw new TamperedException(
                position,
                "entry/missing",
                $"there is neither an entry nor an event at position {position}, although there is one "
                    + $"at {row.Position}."
            );
        if (row.Position < position)
            throw new TamperedException(
                row.Position,
                "entry/out-of-place",
                $"there are two rows for position {row.Position}."
            );
        if (row.Entry is not { } entry)
            throw new TamperedException(
                position,
                "event/no-entry",
                $"event {row.Event!.Id} has no entry: the entry was deleted, or the event was inserted."
            );

        var walked = walk.Take(entry.Bytes);
        if (!walked.Leaf.ToArray().AsSpan().SequenceEqual(entry.LeafHash))
            throw new TamperedException(
                position,
                "entry/other-leaf",
                $"the entry hashes to {walked.Leaf}, but the hash stored beside it is "
                    + $"{Convert.ToHexStringLower(entry.LeafHash)}."
            );
        if ((entry.Id, entry.Type, entry.RecordedAt) != (walked.Entry.Id, walked.Entry.Type, walked.Entry.Recorded))
            throw new TamperedException(
                position,
                "entry/row-disagrees",
                $"the columns say {entry.Id}, {entry.Type}, {entry.RecordedAt:O}, but the entry says "
                    + $"{walked.Entry.Id}, {walked.Entry.Type}, {walked.Entry.Recorded:O}."
            );
        if (row.Event is not { } said)
            throw new TamperedException(
                position,
                "entry/no-event",
                $"entry {entry.Id} has no event: the event was deleted, or the entry was inserted."
            );
        if (said.IsArchived)
            throw new TamperedException(position, "event/archived", "the event is archived, so it is no longer read.");
        if ((said.Id, said.Type, said.At) != (walked.Entry.Id, walked.Entry.Type, walked.Entry.Recorded))
            throw new TamperedException(
                position,
                "event/other",
                $"the event is {said.Id}, {said.Type}, {said.At:O}, but the entry is {walked.Entry.Id}, "
                    + $"{walked.Entry.Type}, {walked.Entry.Recorded:O}."
            );
        if (!Canonical(position, said.Data).AsSpan().SequenceEqual(CanonicalJson.Write(walked.Entry.Data)))
            throw new TamperedException(
                position,
                "event/says-other",
                "the content of the event differs from the entry."
            );
        return walked;
    }

    private static byte[] Canonical(long position, string data)
    {
        try
        {
            using var json = JsonDocument.Parse(data);
            return CanonicalJson.Write(json.RootElement);
        }
        catch (CanonicalJsonException wrong)
        {
            throw new TamperedException(
                position,
                "event/says-other",
                $"the event contains what no entry may contain: {wrong.Message}"
            );
        }
    }

    private async IAsyncEnumerable<SealedRow> SealedAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = Command(
            $"select position, name, entry_id, handle, sealed from {schema}.ledger_sealed where agreement = "
                + "$1 order by position, name"
        );
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            yield return new SealedRow(
                rows.GetInt64(0),
                rows.GetString(1),
                rows.GetGuid(2),
                rows.GetGuid(3),
                rows.GetFieldValue<byte[]>(4)
            );
    }

    private async Task<List<HandleRow>> HandlesAsync(CancellationToken cancellationToken)
    {
        await using var command = Command(
            $"select handle, state, segment, place from {schema}.ledger_handle where agreement = $1"
        );
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<HandleRow>();
        while (await rows.ReadAsync(cancellationToken))
            found.Add(new HandleRow(rows.GetGuid(0), rows.GetString(1), rows.GetGuid(2), rows.GetInt64(3)));
        return found;
    }

    private async Task CompareAsync(Tile tile, CancellationToken cancellationToken)
    {
        await using var command = Command(
            $"select hashes from {schema}.ledger_tile where agreement = $1 and level = $2 and index = $3",
            tile.Id.Level,
            tile.Id.Index
        );
        var from = tile.Id.Index << (8 * (tile.Id.Level + 1));
        var stored =
            await command.ExecuteScalarAsync(cancellationToken) as byte[]
            ?? throw new TamperedException(
                from + 1,
                "log/missing-tile",
                $"{tile.Id.Path} is missing from the database."
            );
        if (stored.AsSpan().SequenceEqual(tile.Hashes.Span))
            return;
        var at =
            Enumerable
                .Range(0, tile.Id.Width)
                .Select(i => (int?)i)
                .FirstOrDefault(i =>
                    stored.Length < (i + 1) * Hash.Length
                    || !stored
                        .AsSpan(i!.Value * Hash.Length, Hash.Length)
                        .SequenceEqual(tile.Hashes.Span.Slice(i.Value * Hash.Length, Hash.Length))
                )
            ?? tile.Id.Width;
        throw new TamperedException(
            from + ((long)at << (8 * tile.Id.Level)) + 1,
            "log/other-tile",
            $"hash {at} of {tile.Id.Path} in the database does not match the entries."
        );
    }

    private async Task EndAsync(LogWalk walk, Checkpoint latest, CancellationToken cancellationToken)
    {
        if (latest.Size > walk.Size)
            throw new TamperedException(
                new Finding(
                    walk.Size + 1,
                    "entry/missing",
                    $"{latest.Size} entries were signed, but the database contains {walk.Size}.",
                    latest.Size
                )
            );
        if (latest.Size < walk.Size)
            throw new TamperedException(
                new Finding(
                    latest.Size + 1,
                    "entry/never-signed",
                    $"the last checkpoint covers {latest.Size} entries, but the database contains {walk.Size}.",
                    walk.Size
                )
            );

        var root = await walk.EndAsync();
        await using var command = Command(
            $"""
            select h.size, h.root, (select version from {schema}.mt_streams where id = $1),
                (select count(*) from {schema}.ledger_tile where agreement = $1), h.recorded_at, h.text_position
            from {schema}.ledger_head h where h.agreement = $1
            """
        );
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        if (!await rows.ReadAsync(cancellationToken))
            throw new TamperedException(null, "head/missing", $"the head of '{agreement}' is missing.");
        if (rows.GetInt64(0) != walk.Size || !rows.GetFieldValue<byte[]>(1).AsSpan().SequenceEqual(root.ToArray()))
            throw new TamperedException(
                walk.Size,
                "head/other",
                $"the head says {rows.GetInt64(0)} entries with the root "
                    + $"{Convert.ToHexStringLower(rows.GetFieldValue<byte[]>(1))}, but there are {walk.Size} "
                    + $"with the root {root}."
            );
        var (recordedAt, textPosition) = (Instant.FromDateTimeUtc(rows.GetDateTime(4)), rows.GetInt64(5));
        if (recordedAt != walk.RecordedAt || textPosition != walk.TextPosition)
            throw new TamperedException(
                walk.Size,
                "head/other",
                $"the head says that the last entry was recorded at {recordedAt} and that the agreement's text is at {textPosition}, and the entries say {walk.RecordedAt} and {walk.TextPosition}."
            );
        if (rows.IsDBNull(2) || rows.GetInt64(2) != walk.Size)
            throw new TamperedException(
                walk.Size,
                "stream/other-version",
                $"the stream says version {(rows.IsDBNull(2) ? "nothing" : rows.GetInt64(2))}, but there "
                    + $"are {walk.Size} entries."
            );
        if (rows.GetInt64(3) != TilesIn(walk.Size))
            throw new TamperedException(
                null,
                "log/extra-tile",
                $"there are {rows.GetInt64(3)} tiles, but {walk.Size} entries need {TilesIn(walk.Size)}."
            );
    }

    private static long TilesIn(long size)
    {
        var tiles = 0L;
        for (; size > 0; size >>= 8)
            tiles += (size + TileId.FullWidth - 1) / TileId.FullWidth;
        return tiles;
    }

    private NpgsqlCommand Command(string sql, params object[] more)
    {
        var command = database.CreateCommand(sql);
        foreach (var value in (object[])[agreement, .. more])
            command.Parameters.Add(new() { Value = value });
        return command;
    }

    private sealed record EntryRow(byte[] Bytes, byte[] LeafHash, Guid Id, string Type, DateTimeOffset RecordedAt);

    private sealed record EventRow(Guid Id, string Type, DateTimeOffset At, string Data, bool IsArchived);

    private sealed record EntryAndEvent(long Position, EntryRow? Entry, EventRow? Event);
}
