using System.Globalization;

namespace Ledger.Proof.Texts;

/// <summary>
/// Sizes, indexes and times in signed texts: ASCII digits, no leading zero but in 0 itself, at most 2^63-1.
/// </summary>
internal static class Decimals
{
    public static bool TryParse(ReadOnlySpan<char> text, out long value)
    {
        value = 0;

        // Without the look at each character a NUL at the end would be read over.
        return (text is ['0'] || text is [>= '1' and <= '9', ..])
            && !text.ContainsAnyExceptInRange('0', '9')
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    /// <exception cref="MalformedException"><see cref="Malformation.Number"/></exception>
    public static long Parse(ReadOnlySpan<char> text, string what) =>
        TryParse(text, out var value)
            ? value
            : throw new MalformedException(
                Malformation.Number,
                $"The {what} \"{text}\" is not a decimal number without leading zeros up to {long.MaxValue}."
            );
}
