using System.Collections.Immutable;
using System.Globalization;
using Ledger.Domain.Input;
using Ledger.Store.Reading;
using Ledger.Store.Writing;
using NodaTime;

namespace Ledger.Server.Answers;

/// <summary>What a client is told of an entry, the same every time it asks.</summary>
/// <param name="Hash">Leaf hash, in hexadecimal.</param>
/// <param name="Proof">Where the entry's receipt lies that proves all this to others.</param>
/// <param name="Warnings">What is odd about it and may still be true, so that a person may look again; absent where
/// nothing is.</param>
public sealed record ReceiptBody(
    string Agreement,
    long Position,
    Guid EntryId,
    string Type,
    Instant RecordedAt,
    string Hash,
    string Proof,
    ImmutableArray<ErrorPlace>? Warnings
)
{
    public static ReceiptBody Of(Receipt receipt, IEnumerable<Problem> warnings) =>
        new(
            receipt.Agreement,
            receipt.Position,
            receipt.EntryId,
            receipt.Type,
            receipt.RecordedAt,
            receipt.EntryHash.ToString(),
            ProofOf(receipt.Agreement, receipt.Position),
            warnings.Select(w => new ErrorPlace(w.Pointer, w.Code, w.Message, null, null)).ToImmutableArray()
                is { IsEmpty: false } odd
                ? odd
                : null
        );

    public static string ProofOf(string agreement, long position) =>
        string.Create(CultureInfo.InvariantCulture, $"/api/v1/agreements/{agreement}/entries/{position}/proof");
}

/// <summary>The one translation of a writer's outcome into HTTP.</summary>
public static class OutcomeAnswer
{
    /// <param name="warnings">What is odd about the entry.</param>
    public static IResult ToHttp(this WriteOutcome outcome, params IEnumerable<Problem> warnings) =>
        outcome switch
        {
            WriteOutcome.Recorded { Receipt: var receipt } => new JsonAnswer(ReceiptBody.Of(receipt, warnings))
            {
                Status = receipt.Repeated ? StatusCodes.Status200OK : StatusCodes.Status201Created,
                Location = $"/api/v1/agreements/{receipt.Agreement}/entries/{receipt.Position}",
            },
            _ => outcome.ToError(),
        };

    public static ErrorAnswer ToError(this WriteOutcome outcome) =>
        outcome switch
        {
            WriteOutcome.Refused { Code: "agreement/not-adopted" } refused => new ErrorAnswer(
                ErrorCodes.AgreementNotFound,
                refused.Message
            ),
            WriteOutcome.Refused refused => ErrorAnswer.Of([
                new Problem(refused.Code, refused.Pointer, refused.Message),
            ]),
            WriteOutcome.Unavailable unavailable => new ErrorAnswer(
                unavailable.Code ?? ErrorCodes.Unavailable,
                unavailable.Message
            ),
            _ => throw new System.Diagnostics.UnreachableException($"{outcome.GetType().Name} is no error."),
        };
}
