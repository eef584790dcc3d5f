using System.Diagnostics;
using Ledger.Domain.Identities;
using Ledger.Store.Following;
using Ledger.Store.Sql;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Ledger.Store.Projections;

/// <summary>
/// Moves the projected tables of every agreement after its entries. Every server tries; a row of progress, locked for
/// the length of a transaction, lets one of them at a time. Where that server dies its lock goes with it, and the next
/// one that looks moves on.
/// </summary>
internal sealed class Projector(
    NpgsqlDataSource database,
    FollowedBooks books,
    StreamEnds ends,
    IEnumerable<IProjectedTables> projections,
    LedgerStoreOptions options,
    ILogger<Projector> log
) : BackgroundService
{
    /// <summary>
    /// Between two pages when everything was taken in: entries that come one by one share a transaction, and the tables
    /// are a quarter of a second behind.
    /// </summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(200);

    /// <summary>A page that takes long is worth waiting for more entries, up to this.</summary>
    private static readonly TimeSpan GatheringAtMost = TimeSpan.FromMilliseconds(700);

    /// <summary>How soon to try again what failed for a reason that does not pass by itself.</summary>
    private static readonly TimeSpan Stopping = TimeSpan.FromSeconds(30);

    /// <summary>How soon to look again when another server is at it.</summary>
    private static readonly TimeSpan Waiting = TimeSpan.FromSeconds(1);

    /// <summary>Waits until every table shows what was recorded when this was asked for.</summary>
    public async Task CaughtUpAsync(CancellationToken cancellationToken = default)
    {
        await using var heads = database.Ask(
            $"select coalesce(jsonb_object_agg(agreement, size), jsonb_build_object())::text from {options.Schema}.ledger_head"
        );
        var recorded = (string)(await heads.ExecuteScalarAsync(cancellationToken))!;
        await using var behind = database.Ask(
            $"""
            select exists (select from jsonb_each_text($1::jsonb) as head (agreement, size), unnest($2) as kept (name)
                where not exists (select from {options.Schema}.projection_progress p
                    where p.projection = kept.name and p.agreement = head.agreement and p.position >= head.size::bigint))
            """,
            recorded,
            projections.Select(tables => tables.Name).ToArray()
        );
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (
            await behind.ExecuteScalarAsync(cancellationToken) is true
            && await timer.WaitForNextTickAsync(cancellationToken)
        ) { }
    }

    /// <summary>
    /// Empties the tables of a projection and fills them from the entries. Readers see the old rows until all of an
    /// agreement's are there.
    /// </summary>
    public async Task RebuildAsync(string projection, CancellationToken cancellationToken = default)
    {
        var tables = projections.First(tables => tables.Name == projection);
        foreach (var agreement in ends.Agreements.Where(agreement => ends.SizeOf(agreement) > 0))
        {
            var size = ends.SizeOf(agreement);
            var book = await books.AtAsync(agreement, size, cancellationToken);
            await StartAsync(agreement, tables, cancellationToken);
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using (var batch = new NpgsqlBatch(connection, transaction))
            {
                batch.Add(
                    $"select from {options.Schema}.projection_progress where projection = $1 and agreement = $2 for update",
                    Statements.Of(tables.Name),
                    Statements.Of(agreement)
                );
                foreach (var table in tables.Tables)
                    batch.Add($"delete from {options.Schema}.{table} where agreement = $1", Statements.Of(agreement));
                await batch.ExecuteNonQueryAsync(cancellationToken);
            }

            for (var position = 0L; position < size; )
                position = await PageAsync(tables, book, position, size, transaction, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var following = new List<Task>();
        try
        {
            await foreach (var agreement in ends.AppearingAsync(stoppingToken))
                following.AddRange(projections.Select(tables => FollowAsync(agreement, tables, stoppingToken)));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }

        await Task.WhenAll(following);
    }

    private async Task FollowAsync(AgreementId agreement, IProjectedTables tables, CancellationToken stoppingToken)
    {
        // Nothing is known of the progress yet, so the first look is at once.
        var position = -1L;
        for (var attempt = 0; !stoppingToken.IsCancellationRequested; attempt++)
        {
            try
            {
                await StartAsync(agreement, tables, stoppingToken);
                while (true)
                {
                    var size = await ends.LongerThanAsync(agreement, position, stoppingToken);
                    var started = Stopwatch.GetTimestamp();
                    var reached = await TurnAsync(agreement, tables, size, stoppingToken);
                    attempt = 0;
                    position = reached ?? position;
                    if (reached is null)
                        await Task.Delay(Waiting, stoppingToken);
                    else if (reached >= size)
                        await Task.Delay(GatheringAfter(Stopwatch.GetElapsedTime(started)), stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // The process ends.
            }
            catch (Exception fault) when (Faults.MayPass(fault))
            {
                log.LogWarning(
                    fault,
                    "The tables of {Projection} wait for the database after position {Position} of {Agreement}.",
                    tables.Name,
                    position,
                    agreement
                );
                await Task.Delay(Faults.Pause(attempt), stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception fault)
            {
                // A table that silently lacks entries is worse than one that stops: the lag shows it.
                log.LogError(
                    fault,
                    "The tables of {Projection} do not follow {Agreement} after position {Position}; trying again.",
                    tables.Name,
                    agreement,
                    position
                );
                await Task.Delay(Stopping, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Four times what the page took, so that keeping tables rarely takes more than a fifth of a processor.</summary>
    private static TimeSpan GatheringAfter(TimeSpan page) =>
        page * 4 < Gathering ? Gathering
        : page * 4 > GatheringAtMost ? GatheringAtMost
        : page * 4;

    private async Task StartAsync(AgreementId agreement, IProjectedTables tables, CancellationToken cancellationToken)
    {
        await using var command = database.Ask(
            $"insert into {options.Schema}.projection_progress (projection, agreement, position) values ($1, $2, 0) on conflict do nothing",
            tables.Name,
            agreement
        );
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Takes in one page of entries.</summary>
    /// <returns>The position that the tables show then; null while another server is at it.</returns>
    private async Task<long?> TurnAsync(
        AgreementId agreement,
        IProjectedTables tables,
        long size,
        CancellationToken cancellationToken
    )
    {
        // Before the transaction: nobody waits for a book while holding a lock.
        var book = await books.AtAsync(agreement, size, cancellationToken);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await LockAsync(agreement, tables, transaction, cancellationToken) is not { } position)
            return null;
        if (position >= size)
            return position;
        position = await PageAsync(tables, book, position, size, transaction, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return position;
    }

    private async Task<long?> LockAsync(
        AgreementId agreement,
        IProjectedTables tables,
        NpgsqlTransaction transaction,
        CancellationToken cancellationToken
    )
    {
        await using var command = transaction.Ask(
            $"select position from {options.Schema}.projection_progress where projection = $1 and agreement = $2 for update skip locked",
            tables.Name,
            agreement
        );
        return (long?)await command.ExecuteScalarAsync(cancellationToken);
    }

    private async Task<long> PageAsync(
        IProjectedTables tables,
        FollowedBook book,
        long before,
        long size,
        NpgsqlTransaction transaction,
        CancellationToken cancellationToken
    )
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        var reached = await tables.AdvanceAsync(new ProjectionTurn(book, before, size, batch), cancellationToken);
        batch.Add(
            $"update {options.Schema}.projection_progress set position = $3 where projection = $1 and agreement = $2",
            Statements.Of(tables.Name),
            Statements.Of(book.Agreement),
            Statements.Of(reached)
        );
        await batch.ExecuteNonQueryAsync(cancellationToken);
        return reached;
    }
}
