using System.Globalization;

namespace Ledger.Store.Following;

/// <summary>What the database tells everybody who listens when a batch commits.</summary>
internal readonly record struct Appended(string Agreement, long Size)
{
    public static string Channel(string schema) => $"{schema}_appended";

    public string ToPayload() => $"{Agreement}:{Size}";

    public static Appended Parse(string payload) =>
        payload.Split(':') is [var agreement, var size]
            ? new Appended(agreement, long.Parse(size, CultureInfo.InvariantCulture))
            : throw new FormatException($"'{payload}' is not agreement:size.");
}
