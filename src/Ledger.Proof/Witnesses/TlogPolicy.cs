using System.Collections.Immutable;
using Ledger.Proof.Notes;

namespace Ledger.Proof.Witnesses;

/// <summary>Whom an auditor believes: logs, witnesses and how many of them (C2SP tlog-policy).</summary>
/// <param name="Logs">A checkpoint of any of them is accepted.</param>
/// <param name="Witnesses">In the order of the file.</param>
/// <param name="Quorum">Null for <c>quorum none</c>: the log's own signature is enough, so that the log can lie to each
/// of us differently.</param>
public sealed record TlogPolicy(
    ImmutableArray<PolicyLog> Logs,
    ImmutableArray<PolicyWitness> Witnesses,
    PolicyMember? Quorum
)
{
    /// <summary>The policy of somebody who knows a log's key and no witness.</summary>
    public static TlogPolicy OfLog(VerifierKey log) => new([new(log, null)], [], null);

    /// <inheritdoc cref="PolicyText.Parse"/>
    public static TlogPolicy Parse(ReadOnlySpan<byte> file) => PolicyText.Parse(file);

    /// <summary>
    /// tlog-policy, "What is a policy?": signed by a listed log whose name is the origin, and cosigned by a quorum.
    /// </summary>
    public PolicyVerdict Verify(SignedCheckpoint checkpoint)
    {
        var logs = Logs.Select(static log => log.Key)
            .Where(key => string.Equals(key.Name, checkpoint.Checkpoint.Origin, StringComparison.Ordinal))
            .ToList();
        if (logs.Count == 0)
            return new(PolicyFault.UnknownLog, checkpoint.Checkpoint.Origin, []);
        var note = checkpoint.Note.Verify(logs);
        return note.Fault switch
        {
            NoteFault.BadSignature => new(PolicyFault.BadSignature, note.KeyName, []),
            NoteFault.NoKnownKey when VerifyWitnesses(checkpoint) is { Fault: PolicyFault.BadSignature } bad => bad,
            NoteFault.NoKnownKey => new(PolicyFault.NotSignedByLog, checkpoint.Checkpoint.Origin, []),
            _ => VerifyWitnesses(checkpoint),
        };
    }

    /// <summary>
    /// Whether a quorum cosigned, whoever signed: what a cosignature says of a log holds by itself, whatever key the log
    /// used.
    /// </summary>
    public PolicyVerdict VerifyWitnesses(SignedCheckpoint checkpoint)
    {
        var note = checkpoint.Note.Verify([.. Witnesses.Select(static witness => witness.Key)]);
        if (note.Fault == NoteFault.BadSignature)
            return new(PolicyFault.BadSignature, note.KeyName, []);
        var seen = note
            .Verified.Join(
                Witnesses,
                static signature => signature.Key,
                static witness => witness.Key,
                static (signature, witness) => new WitnessedAt(witness, Cosignature.TryRead(signature.Signature)!.Time)
            )
            .ToImmutableArray();
        return Quorum?.IsMetBy([.. seen.Select(static witnessed => witnessed.Witness)]) == false
            ? new(PolicyFault.QuorumNotMet, Quorum.Name, seen)
            : new(PolicyFault.None, null, seen);
    }

    /// <summary>
    /// When the quorum cosigned, so that no witness alone can move either time. Null where the quorum is not met, and
    /// where the policy asks for none.
    /// </summary>
    public QuorumTimes? TimesOf(PolicyVerdict verdict)
    {
        if (Quorum is null || !verdict.Holds)
            return null;
        var times = verdict.Witnessed.Select(static seen => seen.Time).Order().ToList();
        return new(
            times.FindLast(time => IsMet(verdict.Witnessed.Where(seen => seen.Time >= time))),
            times.Find(time => IsMet(verdict.Witnessed.Where(seen => seen.Time <= time)))
        );

        bool IsMet(IEnumerable<WitnessedAt> seen) =>
            Quorum.IsMetBy([.. seen.Select(static witnessed => witnessed.Witness)]);
    }
}

/// <param name="Url">For those who speak to the log; verification needs none.</param>
public sealed record PolicyLog(VerifierKey Key, string? Url);

/// <summary>What a quorum is made of: a witness, or a group of members of which a number must have witnessed.</summary>
/// <param name="Name">To be shown. Unique in the octets of the file, which need not be UTF-8.</param>
public abstract record PolicyMember(string Name)
{
    /// <summary>Whether these witnesses' cosignatures are enough.</summary>
    public abstract bool IsMetBy(ImmutableHashSet<PolicyWitness> witnesses);
}

/// <param name="Name">The policy's own name for the witness, not that of its key.</param>
/// <param name="Url">The witness's submission prefix (tlog-witness).</param>
public sealed record PolicyWitness(string Name, VerifierKey Key, string? Url) : PolicyMember(Name)
{
    public override bool IsMetBy(ImmutableHashSet<PolicyWitness> witnesses) => witnesses.Contains(this);
}

/// <param name="Threshold">From 1 to the number of members.</param>
public sealed record PolicyGroup(string Name, int Threshold, ImmutableArray<PolicyMember> Members) : PolicyMember(Name)
{
    public override bool IsMetBy(ImmutableHashSet<PolicyWitness> witnesses) =>
        Members.Count(member => member.IsMetBy(witnesses)) >= Threshold;
}

/// <summary>Why a checkpoint does not satisfy a policy.</summary>
public enum PolicyFault
{
    /// <summary>It does.</summary>
    None,

    /// <summary>No listed log has this origin.</summary>
    UnknownLog,

    /// <summary>The log of this origin has not signed it.</summary>
    NotSignedByLog,

    /// <summary>The signature of a listed log or witness does not hold.</summary>
    BadSignature,

    /// <summary>Too few witnesses have cosigned it.</summary>
    QuorumNotMet,
}

/// <param name="Time">POSIX seconds, by the witness's own clock.</param>
public sealed record WitnessedAt(PolicyWitness Witness, long Time);

/// <summary>POSIX seconds, by the clocks of the witnesses.</summary>
/// <param name="From">A quorum cosigned at this time or later: it had been shown no larger tree before.</param>
/// <param name="By">A quorum cosigned at this time or earlier: what the tree holds existed by then.</param>
public sealed record QuorumTimes(long From, long By);

/// <param name="Fault">Whether the checkpoint satisfies the policy.</param>
/// <param name="Culprit">The origin, key name or group that the fault is about.</param>
/// <param name="Witnessed">The listed witnesses whose cosignatures hold.</param>
public sealed record PolicyVerdict(PolicyFault Fault, string? Culprit, ImmutableArray<WitnessedAt> Witnessed)
{
    public bool Holds => Fault == PolicyFault.None;
}
