using System.Collections.Frozen;
using System.Collections.Immutable;
using Ledger.Store.People;

namespace Ledger.Server.Authorization;

/// <summary>What somebody may do.</summary>
public enum Permission
{
    /// <summary>Open to whoever reaches the server, and says nothing of any agreement.</summary>
    Everyone,

    /// <summary>Needs somebody who is signed in, whatever their roles.</summary>
    SignedIn,

    Read,

    /// <summary>File reports and coverage; correct, withdraw and document one's own.</summary>
    File,

    /// <summary>Assess, link, retract; record statements.</summary>
    Review,

    /// <summary>Respond for one's own party.</summary>
    Respond,

    /// <summary>See who opened which sealed value.</summary>
    Audit,

    /// <summary>Keep an agreement: its text, zones, powers, erasures and people.</summary>
    Administer,

    /// <summary>Keep the ledger: adopt agreements, bring in whole ledgers, revoke people.</summary>
    Keep,
}

/// <summary>
/// Who may do what, as data. docs/permissions.md says the same, and a test compares both with what the server does.
/// </summary>
public static class Permissions
{
    /// <summary>What a role gives in its agreement.</summary>
    public static readonly FrozenDictionary<Role, ImmutableArray<Permission>> OfRole = new Dictionary<
        Role,
        ImmutableArray<Permission>
    >
    {
        [Role.Monitor] = [Permission.Read, Permission.File],
        [Role.Reviewer] = [Permission.Read, Permission.Review],
        [Role.Party] = [Permission.Read, Permission.Respond],
        [Role.Auditor] = [Permission.Read, Permission.Audit],
        [Role.Administrator] = [Permission.Read, Permission.Audit, Permission.Administer],
    }.ToFrozenDictionary();

    /// <summary>
    /// What must be had, any one of them, to read files of evidence. A photo may show more than an entry says: public
    /// reading does not open it.
    /// </summary>
    public static readonly ImmutableArray<Permission> OfEvidence =
    [
        Permission.File,
        Permission.Review,
        Permission.Respond,
        Permission.Audit,
        Permission.Administer,
    ];

    /// <summary>
    /// What must be had to record an entry, any one of them; whose own it must be is told by <see cref="SubmissionPolicy"/>.
    /// </summary>
    public static readonly FrozenDictionary<string, ImmutableArray<Permission>> OfEntry = new Dictionary<
        string,
        ImmutableArray<Permission>
    >
    {
        ["agreement_adopted"] = [Permission.Keep],
        ["log_resumed"] = [Permission.Keep],
        ["key_rotated"] = [Permission.Keep],
        ["clock_corrected"] = [Permission.Keep],
        ["agreement_revised"] = [Permission.Administer],
        ["zone_delimited"] = [Permission.Administer],
        ["provision_suspended"] = [Permission.Administer],
        ["provision_resumed"] = [Permission.Administer],
        ["provision_discharged"] = [Permission.Administer],
        ["deadline_extended"] = [Permission.Administer],
        ["agreement_terminated"] = [Permission.Administer],
        ["report_filed"] = [Permission.File],
        ["report_corrected"] = [Permission.File],
        ["assessment_proposed"] = [Permission.Review],
        ["report_assessed"] = [Permission.Review],
        ["report_sent_back"] = [Permission.Review],
        ["question_answered"] = [Permission.File],
        ["reports_linked"] = [Permission.Review],
        ["party_responded"] = [Permission.Respond],
        ["statement_recorded"] = [Permission.Review, Permission.Administer],
        ["coverage_recorded"] = [Permission.File, Permission.Review, Permission.Administer],
        ["evidence_attached"] = [Permission.File, Permission.Review],
        ["entry_retracted"] = [Permission.File, Permission.Review, Permission.Respond, Permission.Administer],
        ["erasure_requested"] = [Permission.Administer],
        ["erasure_confirmed"] = [Permission.Administer],
    }.ToFrozenDictionary();

    /// <summary>Entries that a reviewer may retract whoever sent them.</summary>
    public static readonly FrozenSet<string> Reviewable = new[]
    {
        "report_filed",
        "report_corrected",
        "assessment_proposed",
        "report_assessed",
        "report_sent_back",
        "question_answered",
        "reports_linked",
        "statement_recorded",
        "coverage_recorded",
        "evidence_attached",
        "entry_retracted",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static bool May(this Caller? caller, Permission permission, string agreement) =>
        permission switch
        {
            Permission.Everyone => true,
            Permission.SignedIn => caller is not null,
            Permission.Keep => caller.Keeps(),
            _ => caller is not null
                && caller.Memberships.Any(m => m.Concerns(agreement) && OfRole[m.Role].Contains(permission)),
        };

    /// <summary>An administrator of every agreement, those to come too.</summary>
    public static bool Keeps(this Caller? caller) =>
        caller is not null
        && caller.Memberships.Any(m => m is { Role: Role.Administrator, Agreement: Membership.Every });

    public static bool OpensSealed(this Caller? caller, string agreement) =>
        caller is not null && caller.Memberships.Any(m => m.OpensSealed && m.Concerns(agreement));
}
