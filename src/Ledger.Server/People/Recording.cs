using Ledger.Domain.Entries;
using Ledger.Server.Answers;
using Ledger.Store.People;
using Ledger.Store.Reading;
using Ledger.Store.Writing;

namespace Ledger.Server.People;

/// <summary>Records what its sender may record: the right kind of entry, and where it must be their own, their own.</summary>
public sealed class Recording(LedgerWriters writers, PeopleRegister people, Devices devices, LedgerReader reader)
{
    public async Task<IResult> RecordAsync(string agreement, LedgerEvent proposed, HttpContext context) =>
        await RefusalAsync(agreement, proposed, context.Caller(), null, context.RequestAborted) is { } refusal
            ? refusal
            : (await writers.WriteAsync(agreement, proposed, await FilerAsync(context), context.RequestAborted)).ToHttp();

    public async Task<Filer?> FilerAsync(HttpContext context) =>
        context.Caller() is { } caller ? new Filer(caller.Person, caller.Device, await devices.KeysOfAsync(caller.Person, context.RequestAborted)) : null;

    /// <summary>Null where it may be recorded.</summary>
    /// <param name="agreement">Where.</param>
    /// <param name="proposed">What.</param>
    /// <param name="caller">By whom.</param>
    /// <param name="sent">Entries that came earlier in the same request, and so from the same sender.</param>
    /// <param name="cancellation">Stops asking.</param>
    public async Task<ErrorAnswer?> RefusalAsync(string agreement, LedgerEvent proposed, Caller? caller, IReadOnlySet<Guid>? sent, CancellationToken cancellation)
    {
        // Whoever keeps the ledger could give themselves any role, and brings in whole ledgers with entries of every kind.
        if (caller.Keeps())
            return null;
        var type = EventTypes.NameOf(proposed);
        bool Has(Permission permission) => caller.May(permission, agreement);
        if (caller is null || !Permissions.OfEntry.TryGetValue(type, out var any) || !any.Any(Has))
            return new ErrorAnswer(ErrorCodes.NotPermitted, $"Your roles in '{agreement}' do not allow an entry '{type}'.");

        return proposed switch
        {
            ReportCorrected corrected => await OwnAsync(corrected.Target),
            EvidenceAttached attached => Has(Permission.Review) ? null : await OwnAsync(attached.Target),
            EntryRetracted retracted => Has(Permission.Administer) || (Has(Permission.Review) && await IsReviewableAsync(retracted.Target)) ? null : await OwnAsync(retracted.Target),
            PartyResponded responded => caller.Memberships.Any(m => m.Concerns(agreement) && m.SpeaksFor(responded.Party))
                ? null
                : new ErrorAnswer(ErrorCodes.NotPermitted, $"You do not speak for '{responded.Party}', so you cannot respond in its name."),
            _ => null,
        };

        async Task<ErrorAnswer?> OwnAsync(Guid target) => await people.FilerOfAsync(target, cancellation) == caller.Person || (sent?.Contains(target) == true && await reader.EntryAsync(target, cancellation) is null)
            ? null
            : new ErrorAnswer(ErrorCodes.NotOwn, $"The entry {target} is not yours; only what you filed yourself may you correct, document or withdraw.");

        async Task<bool> IsReviewableAsync(Guid target) => await reader.EntryAsync(target, cancellation) is { } entry && Permissions.Reviewable.Contains(entry.Type);
    }
}
