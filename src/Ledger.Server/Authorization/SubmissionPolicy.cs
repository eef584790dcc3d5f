using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Identities;
using Ledger.Domain.Reports;
using Ledger.Server.Answers;
using Ledger.Store.People;
using Ledger.Store.Reading;
using Ledger.Store.Reports;
using Ledger.Store.Writing;

namespace Ledger.Server.Authorization;

/// <summary>
/// Whether a sender may record an entry: by its kind, and where it must be about an entry of their own, by that.
/// </summary>
public sealed class SubmissionPolicy(PeopleRegister people, LedgerReader reader, Proposals proposals)
{
    internal static Report? ReportOf(LedgerEvent proposed) =>
        proposed is ReportFiled filed ? filed.Report : (proposed as ReportCorrected)?.Report;

    private static bool HoldsWhatIsSealed(LedgerEvent proposed) =>
        ReportOf(proposed) is { } report
        && (report.Narrative ?? report.Source.Identity ?? (object?)report.Place?.Exact) is not null;

    /// <summary>Null where it may be recorded.</summary>
    /// <param name="agreement">Where.</param>
    /// <param name="proposed">What.</param>
    /// <param name="caller">By whom.</param>
    /// <param name="sent">Entries that came earlier in the same request, and so from the same sender.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    public async Task<ErrorAnswer?> RefusalAsync(
        AgreementId agreement,
        LedgerEvent proposed,
        Caller? caller,
        IReadOnlySet<Guid>? sent,
        CancellationToken cancellationToken
    )
    {
        // What is sent again is held against what is sealed, and who guesses would learn of it, as nobody's opening:
        // only its own sender may, and whoever sends the salts with it. A report that a phone saved to a file and
        // somebody else brought in is still that phone's.
        if (
            HoldsWhatIsSealed(proposed)
            && await people.FilerOfAsync(proposed.EntryId, cancellationToken) is { } filer
            && filer != caller?.Person
            && (await reader.EntryAsync(proposed.EntryId, cancellationToken))?.WasSealedBy(proposed) != true
        )
            return WriteOutcome.Refused.Reused(proposed.EntryId).ToError();

        if (proposed is ErasureConfirmed erasure && await AloneAsync(erasure))
            return new ErrorAnswer(
                ErrorCodes.TwoPeople,
                $"'{agreement}' wants two people for erasures: whoever requested it cannot confirm it, and it must be known who did."
            );

        // Whoever keeps the ledger could give themselves any role, and brings in whole ledgers with entries of every
        // kind.
        if (caller.Keeps())
            return null;
        var type = EventTypes.NameOf(proposed);
        bool Has(Permission permission) => caller.May(permission, agreement);
        if (caller is null || !Permissions.OfEntry.TryGetValue(type, out var any) || !any.Any(Has))
            return new ErrorAnswer(
                ErrorCodes.NotPermitted,
                $"Your roles in '{agreement}' do not allow an entry '{type}'."
            );

        return proposed switch
        {
            ReportCorrected corrected => await OwnAsync(corrected.Target),
            QuestionAnswered answered => await reader.EntryAsync(answered.Target, cancellationToken)
                is { Entry.Event: ReportSentBack question }
                ? await OwnAsync(question.Target)
                : await OwnAsync(answered.Target),
            EvidenceAttached attached => Has(Permission.Review) ? null : await OwnAsync(attached.Target),
            EntryRetracted retracted => Has(Permission.Administer)
            || (Has(Permission.Review) && await IsReviewableAsync(retracted.Target))
                ? null
                : await OwnAsync(retracted.Target),
            PartyResponded responded => caller.Memberships.Any(m =>
                m.Concerns(agreement) && m.SpeaksFor(responded.Party)
            )
                ? null
                : new ErrorAnswer(
                    ErrorCodes.NotPermitted,
                    $"You do not represent '{responded.Party}', so you cannot respond in its name."
                ),
            ReportAssessed assessed => await SecondAsync(assessed),
            _ => null,
        };

        // It cannot be undone, so that no role makes an exception; only the token of the machine, whose holder could delete
        // the key without asking.
        async Task<bool> AloneAsync(ErasureConfirmed confirmed)
        {
            if (
                caller is { IsOperators: true }
                || await reader.AgreementAsync(agreement, cancellationToken) is not { Agreement: var text }
                || !text.TwoPeople.Contains(SharedAct.Erasures)
                || await reader.EntryAsync(confirmed.EntryId, cancellationToken) is not null
            )
                return false;
            var first = await people.FilerOfAsync(confirmed.Target, cancellationToken);
            return first is null || first == caller?.Person;
        }

        // Who they are stands in no entry, so that this cannot be asked of the log; what one agreed with stands there,
        // for everybody to see.
        async Task<ErrorAnswer?> SecondAsync(ReportAssessed assessed)
        {
            // What was recorded already is answered with its receipt.
            if (await reader.EntryAsync(assessed.EntryId, cancellationToken) is not null)
                return null;
            if (assessed.Proposal is { } proposal)
            {
                var first =
                    sent?.Contains(proposal) == true
                        ? caller.Person
                        : await people.FilerOfAsync(proposal, cancellationToken);
                return first is null || first == caller.Person
                        ? new ErrorAnswer(
                            ErrorCodes.TwoPeople,
                            first is null
                                ? $"It is not known who proposed {proposal}, so the server cannot tell that you are two people. Propose your assessment again."
                                : $"You proposed {proposal} yourself; a second person must agree."
                        )
                    : await proposals.IsOpenAsync(proposal, cancellationToken) is false
                        ? new ErrorAnswer(
                            ErrorCodes.TwoPeople,
                            $"The proposal {proposal} is no longer open: it was withdrawn, or the report has been assessed since. Propose your assessment again."
                        )
                    : null;
            }

            return
                await reader.AgreementAsync(agreement, cancellationToken) is { Agreement: var text }
                && text.Evidence.TwoPeople.Contains(assessed.Level)
                ? new ErrorAnswer(
                    ErrorCodes.TwoPeople,
                    $"'{agreement}' wants two people for '{Levels.All.First(known => known.Value == assessed.Level).Key}': propose it (proposed-assessments), and a second person assesses with your entry as 'proposal'."
                )
                : null;
        }

        async Task<ErrorAnswer?> OwnAsync(Guid target) =>
            await people.FilerOfAsync(target, cancellationToken) == caller.Person
            || (sent?.Contains(target) == true && await reader.EntryAsync(target, cancellationToken) is null)
                ? null
                : new ErrorAnswer(
                    ErrorCodes.NotOwn,
                    $"The entry {target} is not yours. You may correct, document or withdraw only what you filed yourself."
                );

        async Task<bool> IsReviewableAsync(Guid target) =>
            await reader.EntryAsync(target, cancellationToken) is { } entry
            && Permissions.Reviewable.Contains(entry.Type);
    }
}
