using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Ledger.Domain.Identities;
using Ledger.Proof.Notes;
using Ledger.Proof.Texts;
using Ledger.Proof.Witnesses;
using Ledger.Server.Limits;
using Ledger.Server.Settings;
using Ledger.Store.Publishing;
using Ledger.Store.Signing;
using Npgsql;

namespace Ledger.Server.Log;

/// <summary>
/// Brings the latest checkpoints to the witnesses of LEDGER_POLICY, beside the writing and never in its way. A witness
/// that does not answer is asked again in the next round; one that has seen more than the log has closes the log,
/// because then the log was rolled back.
/// </summary>
public sealed class WitnessRounds(
    ServerSettings settings,
    PublishedLog log,
    Cosignatures kept,
    LogSigning signing,
    TimeProvider clock,
    ILogger<WitnessRounds> logger
) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false })
    {
        Timeout = TimeSpan.FromSeconds(5),
    };

    private readonly ConcurrentDictionary<(AgreementId Agreement, string Witness), bool> _asked = [];
    private readonly ConcurrentDictionary<(AgreementId Agreement, string Witness), long> _refusing = [];
    private readonly ConcurrentDictionary<AgreementId, bool> _stopped = [];

    /// <summary>Whom to ask; none when no policy is set.</summary>
    public TlogPolicy? Policy { get; } = settings.Policy is { } file ? Read(file) : null;

    /// <summary>Whether a witness refused the last checkpoint it was brought, because it has seen another history.</summary>
    public bool Refuses(AgreementId agreement, PolicyWitness witness) =>
        _refusing.ContainsKey((agreement, witness.Name));

    /// <summary>
    /// What an auditor may begin with, by our own account: the log's key and the witnesses it is brought to.
    /// </summary>
    /// <param name="size">The key is the one that signs checkpoints of this size.</param>
    public async Task<string> PolicyOfAsync(AgreementId agreement, long size, CancellationToken cancellationToken)
    {
        var key =
            (await log.KeysAsync(agreement, cancellationToken))
                .Where(key => key.From <= size)
                .Select(key => key.Key)
                .LastOrDefault()
            ?? signing.Key!.For(agreement);
        var lines = settings.Policy is { } file
            ? File.ReadAllLines(file).Where(line => !line.StartsWith("log ", StringComparison.Ordinal))
            : ["quorum none"];
        return string.Concat(lines.Prepend($"log {key}").Select(line => $"{line}\n"));
    }

    public async Task RoundAsync(CancellationToken cancellationToken)
    {
        foreach (var agreement in await kept.AgreementsAsync(cancellationToken))
        {
            // Read just before it is brought, however long the agreements before it took: a cosignature says that at
            // its time the log had no more entries.
            if (await log.CheckpointAsync(agreement, cancellationToken: cancellationToken) is not { } checkpoint)
                continue;
            var asked = Policy!.Witnesses.Where(witness => witness.Url is not null).ToList();
            await Task.WhenAll(asked.Select(witness => AskAsync(agreement, checkpoint, witness, cancellationToken)));
            Conclude(agreement, checkpoint.Checkpoint.Size, asked);
        }
    }

    /// <summary>
    /// Asks before the first request comes in, so that a restored database is noticed before anything is added to it.
    /// </summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (Policy is not null)
            await RoundAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _http.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (Policy is null)
            return;
        using var rounds = new PeriodicTimer(Pause, clock);
        do
        {
            try
            {
                await RoundAsync(stoppingToken);
            }
            catch (NpgsqlException away)
            {
                logger.LogWarning(away, "The database does not answer; witnesses wait.");
            }
        } while (await rounds.WaitForNextTickAsync(stoppingToken));
    }

    private static TlogPolicy Read(string file)
    {
        try
        {
            return TlogPolicy.Parse(File.ReadAllBytes(file));
        }
        catch (Exception wrong) when (wrong is MalformedException or IOException or UnauthorizedAccessException)
        {
            throw new CannotStartException(
                $"LEDGER_POLICY is '{file}', which cannot be read as a policy: {wrong.Message}",
                wrong
            );
        }
    }

    /// <summary>
    /// One witness that refuses may lie; when all do, it is the log that has another history than the one they saw.
    /// </summary>
    private void Conclude(AgreementId agreement, long size, List<PolicyWitness> asked)
    {
        if (settings.GoesOnRefused || asked.Count == 0 || !asked.TrueForAll(witness => Refuses(agreement, witness)))
        {
            signing.Accept(agreement);
            _stopped.TryRemove(agreement, out _);
            return;
        }

        var why =
            $"Nothing is recorded in '{agreement}': every witness ({string.Join(", ", asked.Select(witness => witness.Name))}) refuses its checkpoint of {size} entries, because they have seen another history. Compare the database with a backup and with what the witnesses cosigned; docs/operating.md says what to do.";
        signing.Refuse(agreement, asked.Max(witness => _refusing.GetValueOrDefault((agreement, witness.Name))), why);
        if (_stopped.TryAdd(agreement, true))
            logger.LogCritical("{Why}", why);
    }

    private async Task AskAsync(
        AgreementId agreement,
        SignedCheckpoint checkpoint,
        PolicyWitness witness,
        CancellationToken cancellationToken
    )
    {
        var size = checkpoint.Checkpoint.Size;
        var last = (await kept.LastAsync(agreement, witness.Key.Name, cancellationToken))?.Size ?? 0;
        // Once after each start even a cosigned checkpoint is brought again: a restored database would not know that
        // there were later ones.
        if (!_asked.TryAdd((agreement, witness.Name), true) && last == size)
            return;

        try
        {
            // Twice, because the first answer may be that the witness has seen another size than we remember.
            for (var attempt = 0; attempt < 2; attempt++)
            {
                var addition = await log.AdditionAsync(agreement, last, checkpoint, cancellationToken);
                using var content = new StringContent(addition.ToString());
                using var response = await _http.PostAsync(
                    new Uri($"{witness.Url!.TrimEnd('/')}/add-checkpoint"),
                    content,
                    cancellationToken
                );
                var body = await response.Content.ReadAsStringAsync(cancellationToken);
                switch (response.StatusCode)
                {
                    case HttpStatusCode.OK when WitnessResponse.Cosignature(body, checkpoint, witness.Key) is { } line:
                        await kept.KeepAsync(agreement, size, line, cancellationToken);
                        _refusing.TryRemove((agreement, witness.Name), out _);
                        return;
                    case HttpStatusCode.Conflict
                        when long.TryParse(
                            body.TrimEnd('\n'),
                            NumberStyles.None,
                            CultureInfo.InvariantCulture,
                            out last
                        ):
                        if (
                            last > size
                            && await log.CheckpointAsync(agreement, cancellationToken: cancellationToken) is { } now
                            && now.Checkpoint.Size < last
                        )
                        {
                            _refusing[(agreement, witness.Name)] = last;
                            signing.Close(agreement, last, $"the witness {witness.Name} has cosigned");
                            logger.LogCritical(
                                "{Agreement} is closed for writing: {Witness} has cosigned {Seen} entries, but the database contains {Size}.",
                                agreement,
                                witness.Name,
                                last,
                                size
                            );
                        }

                        // At the same size it cosigns again what it cosigned before and we never heard of, unless that
                        // has another root.
                        if (last == size && attempt > 0)
                            _refusing[(agreement, witness.Name)] = last;
                        if (last > size)
                            return;
                        break;
                    default:
                        if (response.StatusCode == HttpStatusCode.UnprocessableEntity)
                            _refusing[(agreement, witness.Name)] = last;
                        logger.LogError(
                            "The witness {Witness} refuses the checkpoint of {Size} entries of {Agreement}: {Status} {Body}",
                            witness.Name,
                            size,
                            agreement,
                            (int)response.StatusCode,
                            OneLine.Of(body)
                        );
                        return;
                }
            }
        }
        catch (Exception silence)
            when (silence is HttpRequestException or MalformedException
                || (silence is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            _asked.TryRemove((agreement, witness.Name), out _);
            logger.LogWarning(
                "The witness {Witness} did not answer: {Reason}",
                witness.Name,
                OneLine.Of(silence.Message)
            );
        }
    }
}
