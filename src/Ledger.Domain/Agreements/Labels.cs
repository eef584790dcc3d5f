using System.Collections.Immutable;
using Ledger.Domain.Input;

namespace Ledger.Domain.Agreements;

/// <summary>One text in several languages, by BCP 47 tag. Never empty.</summary>
public sealed record Labels(ImmutableSortedDictionary<string, string> ByLanguage)
{
    /// <summary>
    /// The text in <paramref name="language"/>, else in English, else in the first language there is.
    /// </summary>
    public string In(string language) =>
        ByLanguage.GetValueOrDefault(language) ?? ByLanguage.GetValueOrDefault("en") ?? ByLanguage.Values.First();

    public override string ToString() => In("en");

    /// <summary>Plain text (taken as English), or an object of texts by language.</summary>
    public static Labels? Read(InputNode input, int longest = 2_000)
    {
        if (!input.IsPresent)
            return null;
        if (!input.IsObject && !input.IsText)
        {
            input.Wrong(
                "input/not-text",
                $"A text is expected, or texts by language, such as {{en: …, tr: …}}. Put {input.Node!.ToJsonString()} in quotes if it is the text."
            );
            return null;
        }

        if (input.IsText)
            return input.Words("a text", longest) is { } text
                ? new Labels(ImmutableSortedDictionary<string, string>.Empty.Add("en", text))
                : null;

        var texts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (language, value) in input.Members())
        {
            if (language.Length is < 2 or > 12 || !language.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
                value.Wrong("agreement/not-a-language", $"'{language}' is not a language tag: write en, ar, tr, ru.");
            else if (value.Words($"the text in {language}", longest) is { } text)
                texts[language] = text;
        }

        if (texts.Count > 0)
            return new Labels(texts.ToImmutable());
        if (input.IsObject && !input.Members().Any())
            input.Wrong("input/blank", "Give the text in at least one language.");
        return null;
    }
}
