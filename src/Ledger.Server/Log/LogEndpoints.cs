using System.Globalization;
using Ledger.Domain.Identities;
using Ledger.Proof.Entries;
using Ledger.Proof.Notes;
using Ledger.Proof.Trees;
using Ledger.Proof.Witnesses;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Limits;
using Ledger.Server.Requests;
using Ledger.Server.Settings;
using Ledger.Store.Evidence;
using Ledger.Store.Publishing;
using Ledger.Store.Reading;
using Ledger.Store.Sealing;
using Ledger.Store.Signing;

namespace Ledger.Server.Log;

/// <summary>
/// Each agreement's log as C2SP tlog-tiles asks for it, and receipts. These are files that a program of another maker
/// reads, so they stand outside the API:
/// <c>/log/AGREEMENT/checkpoint</c>, <c>tile/L/N[.p/W]</c>, <c>tile/entries/N[.p/W]</c>, and <c>policy</c> and
/// <c>rotation/POSITION</c>, which are ours.
/// </summary>
public static class LogEndpoints
{
    private const string NotFound = "log/not-found";
    private const string Disclosures = "disclosures/";
    private const string Cosigned = "cosignatures/";
    private const string Included = "included";

    public static void AddLog(this IServiceCollection services)
    {
        services.AddHostedService<KeyAtStart>();
        services
            .AddSingleton<WitnessRounds>()
            .AddSingleton<WitnessedCheckpoints>()
            .AddHostedService(provider => provider.GetRequiredService<WitnessRounds>());
    }

    public static void MapLog(this WebApplication app)
    {
        app.MapGet("/log/{agreement}/bundle.zip", WithheldBundleAsync)
            .WithMetadata(new TakesTimeAttribute(), new StreamsAttribute())
            .Permit(Permission.Read)
            .ExcludeFromDescription();
        app.MapPost("/log/{agreement}/bundle.zip", OpenedBundleAsync)
            .WithMetadata(new TakesTimeAttribute(), new StreamsAttribute())
            .Permit(Permission.Read)
            .ExcludeFromDescription();
        app.MapPost("/log/{agreement}/disclosures/{**path}", OpenedDisclosuresAsync)
            .WithMetadata(new TakesTimeAttribute())
            .Permit(Permission.Read)
            .ExcludeFromDescription();
        app.MapGet("/log/{agreement}/checkpoint.witnessed", WitnessedAsync)
            .Permit(Permission.Read)
            .ExcludeFromDescription();
        app.MapGet("/log/{agreement}/consistency", ConsistencyAsync).Permit(Permission.Read).ExcludeFromDescription();
        app.MapGet("/log/{agreement}/witnesses", WitnessesAsync).Permit(Permission.Read).ExcludeFromDescription();
        app.MapGet("/log/{agreement}/{**path}", FileAsync).Permit(Permission.Read).ExcludeFromDescription();
        app.MapGet("/api/v1/agreements/{id}/entries/{position}/proof", ProofAsync)
            .Permit(Permission.Read)
            .ExcludeFromDescription();
        app.MapGet("/api/v1/agreements/{id}/entries/{position}/witnessed", AroundAsync)
            .Permit(Permission.Read)
            .ExcludeFromDescription();
        app.MapGet("/api/v1/entries/{entry}/proof", ProofByIdAsync).Permit(Permission.Read).ExcludeFromDescription();
    }

    public static string SealedPath(EntryBundle bundle) => $"{Disclosures}{bundle.Path["tile/entries/".Length..]}";

    public static string CosignedPath(EntryBundle bundle) => $"{Cosigned}{bundle.Path["tile/entries/".Length..]}";

    /// <summary>
    /// The cosigned checkpoints whose last entry is in a bundle, smallest first, with an empty line between two.
    /// </summary>
    internal static async Task<string> CosignedAsync(
        AgreementId agreement,
        EntryBundle bundle,
        long size,
        PublishedLog log,
        CancellationToken cancellationToken
    )
    {
        // The number of a bundle is the asker's.
        if (!IsIn(0, bundle.Index, 1, size))
            return "";
        var first = bundle.Index * TileId.FullWidth;
        return string.Join(
            '\n',
            await log.CosignedAsync(
                    agreement,
                    first,
                    Math.Min(first + bundle.Width, size),
                    cancellationToken: cancellationToken
                )
                .Select(signed => signed.ToString())
                .ToListAsync(cancellationToken)
        );
    }

    /// <summary>What a bundle is made of.</summary>
    private sealed record BundleSources(
        PublishedLog Log,
        SealedStates States,
        WitnessRounds Rounds,
        WitnessedCheckpoints Witnessed,
        CurrentBooks Books,
        EvidenceFiles Files
    );

    /// <summary>Sealed values are left out: a bundle is made to be passed on.</summary>
    private static async Task<IResult> WithheldBundleAsync(
        HttpContext context,
        string agreement,
        long? size,
        string? evidence,
        [AsParameters] BundleSources sources
    ) =>
        OpeningBody.Refusal(context.Request) as IResult
        ?? await BundleAsync(context, agreement, size, evidence, sources, null);

    /// <summary>The same with the sealed values, which are opened in the asker's name.</summary>
    private static Task<IResult> OpenedBundleAsync(
        HttpContext context,
        string agreement,
        long? size,
        string? evidence,
        [AsParameters] BundleSources sources
    ) =>
        OpeningBody.OpenAsync(
            context.Request,
            agreement,
            access => BundleAsync(context, agreement, size, evidence, sources, access)
        );

    private static async Task<IResult> BundleAsync(
        HttpContext context,
        string agreement,
        long? size,
        string? evidence,
        BundleSources sources,
        DisclosureAccess? access
    )
    {
        var (log, states, rounds, witnessed, books, files) = sources;
        var cancellationToken = context.RequestAborted;
        if (
            evidence == Included
            && !Permissions.OfEvidence.Any(permission => context.Caller().May(permission, agreement))
        )
            return new ErrorAnswer(
                ErrorCodes.NotPermitted,
                $"Your roles in '{agreement}' do not allow you to read files of evidence."
            );
        if (
            await witnessed.PublishedAsync(agreement, size, cancellationToken) is not { } checkpoint
            || await books.OpenAsync(agreement, cancellationToken) is not { } book
        )
            return Missing(
                size is null
                    ? $"The log of '{agreement}' is not signed here."
                    : $"No checkpoint of {size} entries of '{agreement}' was signed."
            );
        return new BundleFile(
            agreement,
            checkpoint,
            await witnessed.NewestAsync(agreement, checkpoint.Checkpoint.Size, cancellationToken),
            await rounds.PolicyOfAsync(agreement, checkpoint.Checkpoint.Size, cancellationToken),
            access,
            log,
            states,
            book,
            evidence == Included ? files : null
        );
    }

    private static async Task<IResult> WitnessedAsync(
        string agreement,
        WitnessedCheckpoints witnessed,
        CancellationToken cancellationToken
    ) =>
        await witnessed.NewestAsync(agreement, long.MaxValue, cancellationToken) is { } checkpoint
            ? new FileAnswer(checkpoint.ToString())
            : Missing(
                $"No checkpoint of '{agreement}' has the quorum of witnesses that this server's policy requires."
            );

    /// <summary>That the log continues an earlier size of itself, in the form in which a witness is told.</summary>
    private static async Task<IResult> ConsistencyAsync(
        string agreement,
        long from,
        long? size,
        PublishedLog log,
        WitnessedCheckpoints witnessed,
        CancellationToken cancellationToken
    )
    {
        if (await witnessed.PublishedAsync(agreement, size, cancellationToken) is not { } checkpoint)
            return Missing(
                size is null
                    ? $"The log of '{agreement}' is not signed here."
                    : $"No checkpoint of {size} entries of '{agreement}' was signed."
            );
        return from >= 0 && from <= checkpoint.Checkpoint.Size
            ? new FileAnswer((await log.AdditionAsync(agreement, from, checkpoint, cancellationToken)).ToString())
            : Missing(
                $"The checkpoint covers {checkpoint.Checkpoint.Size} entries: 'from' is a size from 0 to that, not {from}."
            );
    }

    /// <summary>What each of our witnesses has seen last, and when.</summary>
    private static async Task<IResult> WitnessesAsync(
        string agreement,
        PublishedLog log,
        Cosignatures cosignatures,
        WitnessRounds rounds,
        CancellationToken cancellationToken
    )
    {
        if (await log.CheckpointAsync(agreement, cancellationToken: cancellationToken) is not { } checkpoint)
            return ErrorAnswer.NoAgreement(agreement);
        var witnesses = new List<object>();
        foreach (var witness in rounds.Policy?.Witnesses ?? [])
        {
            var last = await cosignatures.LastAsync(agreement, witness.Key.Name, cancellationToken);
            witnesses.Add(
                new
                {
                    witness.Name,
                    Key = witness.Key.ToString(),
                    last?.Size,
                    CosignedAt = last is { } seen
                        ? NodaTime.Instant.FromDateTimeOffset(seen.At)
                        : (NodaTime.Instant?)null,
                    Refuses = rounds.Refuses(agreement, witness),
                }
            );
        }

        return new JsonAnswer(
            new
            {
                Agreement = agreement,
                checkpoint.Checkpoint.Size,
                Witnesses = witnesses,
            }
        );
    }

    private static async Task<IResult> FileAsync(
        HttpContext context,
        string agreement,
        string path,
        PublishedLog log,
        SealedStates states,
        WitnessRounds rounds,
        WitnessedCheckpoints witnessed,
        CancellationToken cancellationToken
    )
    {
        if (await witnessed.PublishedAsync(agreement, null, cancellationToken) is not { } checkpoint)
            return await log.CheckpointAsync(agreement, cancellationToken: cancellationToken) is null
                ? ErrorAnswer.NoAgreement(agreement)
                : Missing(
                    $"No checkpoint of '{agreement}' has the quorum of witnesses yet, and this ledger publishes no others."
                );

        var (found, isFull) = (default(IResult), false);
        if (path == "checkpoint")
            return new FileAnswer(checkpoint.ToString());
        if (path == "policy")
            return new FileAnswer(await rounds.PolicyOfAsync(agreement, checkpoint.Checkpoint.Size, cancellationToken));
        if (
            path.StartsWith(PublishedLog.Rotations, StringComparison.Ordinal)
            && long.TryParse(
                path[PublishedLog.Rotations.Length..],
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var position
            )
            && await log.RotationAsync(agreement, position, cancellationToken) is { } rotation
        )
            return new FileAnswer(rotation.ToString(), immutable: true);
        if (
            path.StartsWith(Disclosures, StringComparison.Ordinal)
            && EntryBundle.TryParse($"tile/entries/{path[Disclosures.Length..]}", out var digests)
        )
        {
            return OpeningBody.Refusal(context.Request) as IResult
                ?? await DisclosuresAsync(agreement, digests, states, null, cancellationToken);
        }

        if (
            path.StartsWith(Cosigned, StringComparison.Ordinal)
            && EntryBundle.TryParse($"tile/entries/{path[Cosigned.Length..]}", out var sizes)
        )
            return new FileAnswer(
                await CosignedAsync(agreement, sizes, checkpoint.Checkpoint.Size, log, cancellationToken),
                immutable: false
            );

        var size = checkpoint.Checkpoint.Size;
        if (EntryBundle.TryParse(path, out var bundle))
            (found, isFull) = (
                IsIn(0, bundle.Index, bundle.Width, size)
                && await log.BundleAsync(agreement, bundle, cancellationToken) is { } entries
                    ? Of(entries, bundle.Width)
                    : null,
                true
            );
        else if (TileId.TryParse(path, out var tile))
            (found, isFull) = (
                IsIn(tile.Level, tile.Index, tile.Width, size)
                && await log.TileAsync(agreement, tile, cancellationToken) is { } hashes
                    ? Of(hashes, tile.Width)
                    : null,
                true
            );
        return found
            ?? Missing(
                isFull
                    ? $"The log of '{agreement}' has {checkpoint.Checkpoint.Size} entries, and no {path} yet."
                    : $"A log has no '{path}': it has checkpoint, checkpoint.witnessed, consistency, witnesses, cosignatures/NUMBER, policy, rotation/POSITION, bundle.zip, tile/LEVEL/NUMBER and tile/entries/NUMBER, with .p/WIDTH for a partial tile."
            );
    }

    private static Task<IResult> OpenedDisclosuresAsync(
        HttpContext context,
        string agreement,
        string path,
        SealedStates states,
        CancellationToken cancellationToken
    ) =>
        OpeningBody.OpenAsync(
            context.Request,
            agreement,
            async access =>
                EntryBundle.TryParse($"tile/entries/{path}", out var digests)
                    ? await DisclosuresAsync(agreement, digests, states, access, cancellationToken)
                    : Missing($"A log has no '{Disclosures}{path}'.")
        );

    private static async Task<IResult> DisclosuresAsync(
        string agreement,
        EntryBundle digests,
        SealedStates states,
        DisclosureAccess? access,
        CancellationToken cancellationToken
    ) =>
        new FileAnswer(
            await states.LinesAsync(agreement, digests, access, cancellationToken),
            FileAnswer.Text,
            immutable: false
        );

    /// <summary>Whether a tree of this size has so many hashes of a tile.</summary>
    private static bool IsIn(int level, long index, int width, long size) =>
        level < 8
        && size >> (8 * level) is var hashes
        && index <= hashes / TileId.FullWidth
        && width <= hashes - (index * TileId.FullWidth);

    /// <summary>
    /// A tile never changes, full or partial; but a partial one is soon out of use, and need not be kept.
    /// </summary>
    private static FileAnswer Of(ReadOnlyMemory<byte> bytes, int width) =>
        new(bytes, FileAnswer.Binary, immutable: width == TileId.FullWidth);

    private static async Task<IResult> ProofAsync(
        string id,
        string position,
        long? size,
        WitnessedCheckpoints witnessed,
        CancellationToken cancellationToken
    ) =>
        long.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            ? Receipt(await witnessed.ProofAsync(id, at, size, cancellationToken), id, position, size)
            : ErrorAnswer.NoEntry($"entry at position {position} of '{id}'");

    /// <summary>Beside the proof that an entry is in the log: when it must have come there, by the witnesses' clocks.</summary>
    private static async Task<IResult> AroundAsync(
        string id,
        string position,
        PublishedLog log,
        WitnessedCheckpoints witnessed,
        CancellationToken cancellationToken
    ) =>
        long.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
        && at > 0
        && await log.CheckpointAsync(id, cancellationToken: cancellationToken) is { } checkpoint
        && at <= checkpoint.Checkpoint.Size
            ? new JsonAnswer(await witnessed.AroundAsync(id, at, cancellationToken))
            : ErrorAnswer.NoEntry($"entry at position {position} of '{id}'");

    private static async Task<IResult> ProofByIdAsync(
        string entry,
        long? size,
        WitnessedCheckpoints witnessed,
        LedgerReader reader,
        CancellationToken cancellationToken
    ) =>
        Guid.TryParseExact(entry, "D", out var id) && await reader.EntryAsync(id, cancellationToken) is { } line
            ? Receipt(
                await witnessed.ProofAsync(line.Agreement, line.Position, size, cancellationToken),
                line.Agreement,
                entry,
                size
            )
            : ErrorAnswer.NoEntry($"entry {entry}");

    private static IResult Receipt(TlogProof? proof, string agreement, string entry, long? size) =>
        proof is not null
            ? new FileAnswer(proof.ToString(), immutable: false)
            : Missing(
                size is null
                    ? $"The log of '{agreement}' has published no entry {entry}."
                    : $"No checkpoint of {size} entries of '{agreement}' was signed that covers entry {entry}."
            );

    private static ErrorAnswer Missing(string detail) => new(StatusCodes.Status404NotFound, NotFound, detail);

    /// <summary>A server that cannot sign must not start; its tools need no key.</summary>
    private sealed class KeyAtStart(ServerSettings settings, LogSigning signing) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) =>
            settings.KeyFile is not null && signing.Key is not null
                ? Task.CompletedTask
                : throw new CannotStartException(
                    "No file is set for the signing key: set LEDGER_KEY to a file outside the database, or LEDGER_DATA to a directory."
                );

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
