using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Threading.Channels;
using Ledger.Domain.Agreements;
using Ledger.Domain.Decisions;
using Ledger.Domain.Entries;
using Ledger.Domain.Identities;
using Ledger.Domain.Input;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Store.People;
using Ledger.Store.Reading;
using Ledger.Store.Writing;
using NodaTime;

namespace Ledger.Server.Requests;

/// <summary>What became of one line.</summary>
public sealed record BatchResult(long Line, int Status, ReceiptBody? Receipt, ErrorBody? Error)
{
    public static BatchResult Of(long line, ErrorAnswer error) => new(line, error.Status, null, error.Body);

    public static BatchResult Of(long line, WriteOutcome outcome, IEnumerable<Problem> warnings) =>
        outcome is WriteOutcome.Recorded { Receipt: var receipt }
            ? new BatchResult(
                line,
                receipt.Repeated ? StatusCodes.Status200OK : StatusCodes.Status201Created,
                ReceiptBody.Of(receipt, warnings),
                null
            )
            : Of(line, outcome.ToError());

    [JsonIgnore]
    public bool IsRecorded => Receipt is not null;

    [JsonIgnore]
    public bool ShouldBeSentAgain => Status == StatusCodes.Status503ServiceUnavailable;
}

/// <summary>
/// Records many entries from one body, a line each, and answers a line for each in the same order. A line that is
/// refused stands alone; after one that should be sent again nothing more is read.
/// </summary>
public sealed class Batch(
    LedgerWriters writers,
    LedgerReader reader,
    Submission submission,
    SubmissionPolicy policy,
    Access access,
    TimeProvider clock
)
{
    /// <summary>Lines on their way at once: as many as may share one transaction, and as many that gather meanwhile.</summary>
    private const int Window = 1024;

    /// <summary>A body may come for as long as it comes; after so long it is asked again who sends it.</summary>
    private static readonly TimeSpan Believed = TimeSpan.FromSeconds(1);

    public IResult Record(AgreementId agreement, HttpRequest request, EventBody body) =>
        RequestBody.IsJsonLines(request)
            ? new JsonLines(ResultsAsync(agreement, request, body, request.HttpContext.RequestAborted))
            {
                AtOnce = true,
            }
            : RequestBody.WrongType(request, JsonLines.MediaType);

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> ResultsAsync(
        AgreementId agreement,
        HttpRequest request,
        EventBody body,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        // Many clients read nothing before they have sent everything, so results wait here and never hold up the
        // reading.
        var results = Channel.CreateUnbounded<Task<BatchResult>>(new UnboundedChannelOptions { SingleReader = true });
        var reading = ReadAsync(agreement, request, body, results.Writer, cancellationToken);
        await foreach (var result in results.Reader.ReadAllAsync(cancellationToken))
            yield return JsonSerializer.SerializeToUtf8Bytes(await result, LedgerJson.Options);
        await reading;
    }

    private async Task ReadAsync(
        AgreementId agreement,
        HttpRequest request,
        EventBody body,
        ChannelWriter<Task<BatchResult>> results,
        CancellationToken cancellationToken
    )
    {
        var (window, number, inOrder, stopped) = (new SemaphoreSlim(Window), 0L, false, false);
        // The text is read again after something was recorded, which may be a text; not for every line that is refused.
        var (text, stale) = (default(Agreement), true);
        var (caller, sent, asked) = (request.HttpContext.Caller(), new HashSet<Guid>(), clock.GetTimestamp());
        try
        {
            var filer = await submission.FilerAsync(request.HttpContext, signed: true);
            await foreach (var line in BodyLines.ReadAsync(request.BodyReader, cancellationToken))
            {
                number = line.Number;
                await window.WaitAsync(cancellationToken);
                if (stopped)
                    return;
                if (caller is not null && clock.GetElapsedTime(asked) > Believed)
                {
                    (caller, asked) = (await access.AgainAsync(caller, cancellationToken), clock.GetTimestamp());
                    if (caller is null)
                    {
                        results.TryWrite(
                            Task.FromResult(
                                BatchResult.Of(
                                    number,
                                    new ErrorAnswer(
                                        ErrorCodes.TokenRefused,
                                        "You were signed out, or your token was revoked, while the lines arrived; nothing from this line on was read."
                                    )
                                )
                            )
                        );
                        return;
                    }
                }

                if (stale)
                    text = await reader.TextAsync(agreement, cancellationToken);
                stale = false;
                var proposed = Parse(line, body, agreement, text?.TimeZone);
                if (
                    proposed.Event is { } read
                    && await policy.RefusalAsync(agreement, read, caller, sent, cancellationToken) is { } refusal
                )
                    proposed = (null, refusal);
                else if (proposed.Event is { } allowed)
                    sent.Add(allowed.EntryId);
                var result = RecordAsync(line.Number, agreement, text, proposed, filer, cancellationToken);
                _ = result.ContinueWith(
                    done =>
                    {
                        stopped |= done.IsCompletedSuccessfully && done.Result.ShouldBeSentAgain;
                        window.Release();
                    },
                    TaskScheduler.Default
                );
                results.TryWrite(result);

                // A writer takes what it is handed in order once it exists, and what follows the text of an agreement
                // is read by that text.
                if (inOrder && proposed.Event is not (AgreementAdopted or AgreementRevised))
                    continue;
                stale = (await result).IsRecorded;
                inOrder |= stale;
            }
        }
        catch (BadHttpRequestException broken) when (number > 0)
        {
            results.TryWrite(Task.FromResult(BatchResult.Of(number + 1, ErrorsEverywhere.Of(broken))));
        }
        finally
        {
            results.Complete();
        }
    }

    private async Task<BatchResult> RecordAsync(
        long line,
        AgreementId agreement,
        Agreement? text,
        (LedgerEvent? Event, ErrorAnswer? Error) proposed,
        Filer? by,
        CancellationToken cancellationToken
    ) =>
        proposed.Event is null
            ? BatchResult.Of(line, proposed.Error!)
            : BatchResult.Of(
                line,
                await writers.WriteAsync(agreement, proposed.Event, by, cancellationToken),
                text is null ? [] : ReportWarnings.Of(proposed.Event, text)
            );

    private static (LedgerEvent? Event, ErrorAnswer? Error) Parse(
        BodyLine line,
        EventBody body,
        AgreementId agreement,
        DateTimeZone? zone
    )
    {
        if (line.IsTooLong)
            return (
                null,
                new ErrorAnswer(ErrorCodes.BodyTooLarge, "The line is longer than 1 MB; nothing after it was read.")
            );
        var json = JsonInput.Parse(line.Bytes);
        if (
            zone is null
            && json is Parsed<JsonNode>.Good { Value: var adoption }
            && (adoption as JsonObject)?["type"]?.ToString() != "agreement_adopted"
        )
            return (null, ErrorAnswer.NoAgreement(agreement));
        return json.Then(node => body(node, zone ?? DateTimeZone.Utc)) switch
        {
            Parsed<LedgerEvent>.Good good => (good.Value, null),
            Parsed<LedgerEvent>.Bad bad => (null, ErrorAnswer.Of(bad.Problems)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
