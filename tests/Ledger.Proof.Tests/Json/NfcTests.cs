using CsCheck;
using Ledger.Proof.Json;

namespace Ledger.Proof.Tests.Json;

/// <summary>Examples from Unicode Standard Annex 15 and from the scripts our users write.</summary>
public class NormalizingText
{
    [Theory]
    [InlineData("\u212B", "\u00C5")] // Angstrom sign: a singleton.
    [InlineData("A\u030A", "\u00C5")]
    [InlineData("q\u0307\u0323", "q\u0323\u0307")] // Marks are put in order even where nothing composes.
    [InlineData("d\u0323\u0307", "\u1E0D\u0307")]
    [InlineData("d\u0307\u0323", "\u1E0D\u0307")]
    [InlineData("\u1E0B\u0323", "\u1E0D\u0307")]
    [InlineData("\u0627\u0654", "\u0623")] // Alef and hamza above.
    [InlineData("\u0627\u064B\u0654", "\u0623\u064B")] // ... with fathatan between them, which does not block.
    [InlineData("\u0439", "\u0439")]
    [InlineData("\u0438\u0306", "\u0439")] // Cyrillic short i.
    [InlineData("s\u0327", "\u015F")] // Turkish s with cedilla.
    [InlineData("I\u0307", "\u0130")] // Turkish capital dotted i.
    [InlineData("\u0958", "\u0915\u093C")] // A composition exclusion stays apart.
    [InlineData("\u1100\u1161\u11A8", "\uAC01")] // Hangul by arithmetic.
    [InlineData("\uAC00\u11A8", "\uAC01")]
    [InlineData("\uAC00\u11A7", "\uAC00\u11A7")] // U+11A7 is no trailing consonant.
    [InlineData("a\u0315\u0300\u05AE\u0300b", "\u00E0\u05AE\u0300\u0315b")]
    [InlineData("\u0344", "\u0308\u0301")]
    [InlineData("\u1100\u0301\u1161", "\u1100\u0301\u1161")] // A mark between two starters blocks them.
    [InlineData("\U00011131\U00011127", "\U0001112E")] // Outside the basic plane.
    [InlineData("\U000105D2\u0307", "\U000105C9")] // New in Unicode 16.
    public void Gives_form_C(string text, string normalized)
    {
        Nfc.Normalize(text).Should().Be(normalized);
        Nfc.IsNormalized(text).Should().Be(text == normalized);
        Nfc.IsNormalized(normalized).Should().BeTrue();
    }

    [Fact]
    public void The_base_class_library_cannot_be_asked_in_this_configuration() =>
        "e\u0301".IsNormalized().Should().BeTrue("this is why the tables are our own; if it fails, they can go");

    [Fact]
    public void Twice_is_once() => Text.Sample(text => Nfc.Normalize(Nfc.Normalize(text)) == Nfc.Normalize(text));

    [Fact]
    public void Asking_agrees_with_doing() =>
        Text.Sample(text => Nfc.IsNormalized(text) == (Nfc.Normalize(text) == text));

    private static readonly Gen<string> Text = Gen.OneOf(
            "a",
            "A",
            "s",
            "\u0300",
            "\u0323",
            "\u0327",
            "\u030A",
            "\u0344",
            "\u0345",
            "\u0627",
            "\u064B",
            "\u0654",
            "\u0651",
            "\u0438",
            "\u0306",
            "\u1100",
            "\u1161",
            "\u11A8",
            "\uAC00",
            "\u212B",
            "\u0958",
            "\u0915",
            "\u093C",
            "\u1E0D",
            "\u0340",
            "\U00011131",
            "\U00011127",
            "\U0001D15E"
        )
        .Array[0, 7]
        .Select(string.Concat);
}
