using System.Globalization;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Store.Reading;
using Wolverine.Http;

namespace Ledger.Server.Entries;

/// <summary>One entry: the very bytes that were hashed, which never change.</summary>
public sealed class ShowEntry(LedgerReader reader)
{
    [WolverineGet("/api/v1/agreements/{id}/entries/{position}")]
    [Permit(Permission.Read)]
    [Describe(
        "showEntryAt",
        "The entry at a position",
        Detail = "The canonical JSON that was hashed. Never changes.",
        Gives = typeof(RecordedEntry)
    )]
    public async Task<IResult> Get(string id, string position, CancellationToken cancellationToken) =>
        long.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
        && await reader.EntryAsync(id, at, cancellationToken) is { } line
            ? Answer(line)
            : ErrorAnswer.NoEntry($"entry at position {position} of '{id}'");

    [WolverineGet("/api/v1/entries/{entry}")]
    [Permit(Permission.Read)]
    [Describe(
        "showEntry",
        "An entry by its id",
        Detail = "The canonical JSON that was hashed. Never changes.",
        Gives = typeof(RecordedEntry)
    )]
    public async Task<IResult> GetById(string entry, CancellationToken cancellationToken) =>
        Guid.TryParseExact(entry, "D", out var id) && await reader.EntryAsync(id, cancellationToken) is { } line
            ? Answer(line)
            : ErrorAnswer.NoEntry($"entry {entry}");

    private static JsonAnswer Answer(StoredEntry line) => new(line.Bytes) { Immutable = true };
}
