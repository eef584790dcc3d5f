using System.Globalization;

namespace Ledger.Domain.Places;

/// <summary>Decimal numbers as the text that is hashed: no exponent, no trailing zeros.</summary>
public static class DecimalText
{
    public static string Of(decimal value) => value.ToString("0.#######", CultureInfo.InvariantCulture);
}
