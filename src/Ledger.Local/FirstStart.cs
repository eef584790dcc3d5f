using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ledger.Local.Machine;

namespace Ledger.Local;

/// <summary>
/// What the first start on a data directory decided, for every later one: a ledger that began without the demonstration
/// never gets it by a forgotten option, and one in somebody's own database is not quietly replaced by a private one.
/// </summary>
/// <param name="LedgerName">The first part of the names of its logs; null for a ledger that is older than such names and
/// keeps the server's default.</param>
public sealed record FirstStart(DatabaseKind Database, DemonstrationState Demonstration, string? LedgerName = null)
{
    /// <summary>Letters and digits that nobody takes for one another when they read a name aloud.</summary>
    private const string NameCharacters = "abcdefghjkmnpqrstuvwxyz23456789";

    private static readonly JsonSerializerOptions Json = new()
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static FirstStart? Read(DataDirectory data) =>
        File.Exists(FileIn(data)) ? JsonSerializer.Deserialize<FirstStart>(File.ReadAllText(FileIn(data)), Json) : null;

    /// <summary>
    /// A name that no other ledger has. An auditor keeps checkpoints under it; two ledgers of one name would look to him
    /// like one whose history was rewritten.
    /// </summary>
    public static string NewName() => $"local-{RandomNumberGenerator.GetString(NameCharacters, 10)}";

    public void Write(DataDirectory data) => Files.Replace(FileIn(data), JsonSerializer.Serialize(this, Json));

    private static string FileIn(DataDirectory data) => data.In("first-start.json");
}

public enum DatabaseKind
{
    Private,
    Given,
}

public enum DemonstrationState
{
    None,
    Wanted,
    Loaded,
}
