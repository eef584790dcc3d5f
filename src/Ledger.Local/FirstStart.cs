using System.Text.Json;
using System.Text.Json.Serialization;
using Ledger.Cli.Local.Machine;

namespace Ledger.Cli.Local;

/// <summary>
/// What the first start on a data directory decided, for every later one: a ledger that began without the demonstration
/// never gets it by a forgotten option, and one in somebody's own database is not quietly replaced by a private one.
/// </summary>
public sealed record FirstStart(DatabaseKind Database, DemonstrationState Demonstration)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static FirstStart? Read(DataDirectory data) =>
        File.Exists(FileIn(data)) ? JsonSerializer.Deserialize<FirstStart>(File.ReadAllText(FileIn(data)), Json) : null;

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
