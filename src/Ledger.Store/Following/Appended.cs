using System.Globalization;
using Ledger.Domain.Identities;

namespace Ledger.Store.Following;

/// <summary>What the database tells everybody who listens when a batch commits.</summary>
internal readonly record struct Appended(AgreementId Agreement, long Size)
{
    public static string Channel(string schema) => $"{schema}_appended";

    public string ToPayload() => $"{Agreement}:{Size}";

    public static Appended Parse(string payload) =>
        payload.Split(':') is [var agreement, var size]
            ? new Appended(AgreementId.Parse(agreement), long.Parse(size, CultureInfo.InvariantCulture))
            : throw new FormatException($"'{payload}' is not agreement:size.");
}
