using System.Collections.Immutable;
using NodaTime;

namespace Ledger.Verdicts.Answers;

/// <summary>What lies ahead.</summary>
public sealed record NextAnswer(string Agreement, Point At, ImmutableArray<Ahead> Ahead);

/// <summary>A moment at which an answer changes by itself if nothing happens before.</summary>
public sealed record Ahead
{
    public required string Provision { get; init; }

    public required ImmutableSortedDictionary<string, string> Title { get; init; }

    /// <summary>The duty's subject, where a provision has several.</summary>
    public string? Key { get; init; }

    /// <summary>The first instant that is too late, or at which something begins or ends.</summary>
    public required Moment When { get; init; }

    /// <summary>What comes then.</summary>
    public required Coming Coming { get; init; }

    /// <summary>What is still needed, as a sentence.</summary>
    public required string Needs { get; init; }

    public Progress? Progress { get; init; }
}

public enum Coming
{
    /// <summary>A duty is breached unless it is done before.</summary>
    Deadline,

    /// <summary>A recurring act is overdue unless it happens before.</summary>
    Overdue,

    /// <summary>A violation is cured unless there is another before.</summary>
    Cured,

    InForce,

    Ended,
}

/// <summary>What everybody says about each provision, beside what the ledger finds.</summary>
public sealed record WhoSaysAnswer(string Agreement, Point At, ImmutableArray<Claims> Provisions);

/// <summary>Who says what about one provision.</summary>
/// <param name="Provision">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="House">How it stands by the reports.</param>
/// <param name="Statements">The latest statement of each asserter, newest first.</param>
/// <param name="Responses">What parties say about the reports that decide it.</param>
public sealed record Claims(
    string Provision,
    ImmutableSortedDictionary<string, string> Title,
    Standing House,
    ImmutableArray<Claim> Statements,
    ImmutableArray<Response> Responses
);

/// <summary>The latest thing that somebody said about a provision.</summary>
public sealed record Claim
{
    public required Guid Entry { get; init; }

    public long? Position { get; init; }

    public required string By { get; init; }

    public string? Party { get; init; }

    public required Domain.Entries.StatementStance Stance { get; init; }

    /// <summary>From when, in its author's view; null is from when it was said.</summary>
    public Instant? Since { get; init; }

    public required Instant SaidAt { get; init; }

    public string? Summary { get; init; }

    /// <summary>Whether it says what the ledger finds; null where the two cannot be compared.</summary>
    public bool? Agrees { get; init; }

    /// <summary>How many earlier statements of the same asserter there are.</summary>
    public required int Earlier { get; init; }
}

/// <summary>A party's answer to a report.</summary>
public sealed record Response(
    Guid Entry,
    long? Position,
    Guid Report,
    string Party,
    Domain.Entries.ResponseStance Stance,
    Instant SaidAt,
    string? Words
);
