using System.Text.Json.Nodes;
using NodaTime;

namespace Ledger.Server.Entries;

/// <summary>What a recorded entry looks like; its bytes are passed on as they were hashed.</summary>
/// <param name="Data">The event, as <c>docs/events.md</c> has it for its type.</param>
/// <param name="Entry">Its id.</param>
/// <param name="Recorded">When this ledger recorded it.</param>
/// <param name="Type">The type of its event, such as <c>report_filed</c>.</param>
/// <param name="V">The version of this layout.</param>
public sealed record RecordedEntry(
    string Agreement,
    JsonObject Data,
    Guid Entry,
    long Position,
    Instant Recorded,
    string Type,
    int V
);
