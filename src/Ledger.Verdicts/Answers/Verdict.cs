namespace Ledger.Verdicts.Answers;

/// <summary>
/// How a provision stands, in order of badness: an answer over several instances is the last of these among them.
/// </summary>
public enum Verdict
{
    Fulfilled,
    Holding,
    Pending,
    Unknown,
    Breached,
}

/// <summary>Whether a provision binds at all; says nothing about whether it is kept.</summary>
public enum Life
{
    NotYetInForce,
    InForce,
    Suspended,
    Discharged,
    Ended,
}

/// <summary>Why a verdict is what it is, in one word that a program can branch on.</summary>
public enum Reason
{
    /// <summary>The provision is not in force yet, so that nothing can have happened to it.</summary>
    NotYetInForce,

    /// <summary>Nothing has triggered the duty.</summary>
    NoTrigger,

    /// <summary>The deadline lies ahead.</summary>
    BeforeDeadline,

    /// <summary>The duty ended before its deadline, by discharge or termination.</summary>
    Released,

    /// <summary>Every duty was met in time.</summary>
    ActInTime,

    /// <summary>The deadline passed without the act.</summary>
    DeadlinePassed,

    /// <summary>No forbidden act counts.</summary>
    NoViolation,

    /// <summary>A forbidden act, or a forbidden state, counts.</summary>
    Violation,

    /// <summary>It was violated, and is no longer.</summary>
    Cured,

    /// <summary>The last occurrence is recent enough.</summary>
    Recurring,

    /// <summary>The last occurrence is too long ago.</summary>
    Overdue,

    /// <summary>A calendar period ended short of what it asks for.</summary>
    PeriodMissed,

    /// <summary>The zone has never been delimited.</summary>
    NoLine,

    /// <summary>Nobody was watching.</summary>
    NotObserved,

    /// <summary>Nobody has counted, or too long ago.</summary>
    NoCount,

    /// <summary>There is no observable test and no finding of an adjudicator.</summary>
    NoFinding,

    /// <summary>An adjudicator found it.</summary>
    Finding,
}

/// <summary>What a deciding entry did.</summary>
public enum Role
{
    Trigger,
    Act,
    LateAct,
    Violation,
    Enters,
    Leaves,
    Counted,
    Finding,
    Power,
}
