using Ledger.Domain.Decisions;
using Ledger.Store.Reading;

namespace Ledger.Store.Writing;

/// <summary>What became of something that somebody wanted recorded.</summary>
public abstract record WriteOutcome
{
    private WriteOutcome() { }

    /// <summary>It is in the ledger, now or since it was first sent.</summary>
    public sealed record Recorded(Receipt Receipt) : WriteOutcome;

    /// <summary>It is not in the ledger, and sending it again unchanged will not help.</summary>
    /// <param name="Code">Stable, <c>area/what-is-wrong</c>.</param>
    /// <param name="Pointer">RFC 6901 pointer into the event's payload.</param>
    /// <param name="Message">A sentence with the offending value and the fix.</param>
    public sealed record Refused(string Code, string Pointer, string Message) : WriteOutcome
    {
        internal static Refused Of(Decision.Refused decision) => new(decision.Code, decision.Pointer, decision.Message);

        /// <summary>As everybody is answered who sends other content under an id that is taken.</summary>
        public static Refused Reused(Guid id) =>
            new(
                "entry/id-reused",
                "/entryId",
                $"The id {id} belongs to another entry of this ledger. Generate a new id for new content."
            );
    }

    /// <summary>
    /// Nobody knows yet: the database did not answer in time. Sending the same again, with the same id, is safe and
    /// gets one outcome.
    /// </summary>
    public sealed record Unavailable(string Message) : WriteOutcome
    {
        /// <summary>Why, where it is not just that nobody answers; stable, <c>area/what-is-wrong</c>.</summary>
        public string? Code { get; init; }
    }
}
