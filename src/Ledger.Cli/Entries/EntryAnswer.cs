using System.Text.Json;
using Ledger.Domain.Entries;
using NodaTime;
using NodaTime.Text;

namespace Ledger.Cli.Entries;

/// <summary>An entry of the ledger as it was hashed, read.</summary>
public sealed record EntryAnswer(
    string Agreement,
    Guid Id,
    long Position,
    Instant Recorded,
    string Type,
    LedgerEvent Event
)
{
    public static EntryAnswer Read(JsonElement json)
    {
        var type = json.GetProperty("type").GetString()!;
        return new EntryAnswer(
            json.GetProperty("agreement").GetString()!,
            json.GetProperty("entry").GetGuid(),
            json.GetProperty("position").GetInt64(),
            InstantPattern.ExtendedIso.Parse(json.GetProperty("recorded").GetString()!).GetValueOrThrow(),
            type,
            (LedgerEvent)json.GetProperty("data").Deserialize(EventTypes.ByName[type], LedgerJson.Options)!
        );
    }

    /// <summary>When its author said it; by default, when it was recorded.</summary>
    public Instant Said => Event.SaidAt ?? Recorded;
}
