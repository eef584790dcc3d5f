using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;

namespace Ledger.Server.Pages;

/// <summary>Markup. Whatever is put into it from outside is encoded; only markup goes in as it is.</summary>
public sealed class Html
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All);

    private static readonly System.Buffers.SearchValues<char> Overrides = System.Buffers.SearchValues.Create(
        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    );

    private readonly string _markup;

    private Html(string markup) => _markup = markup;

    public static Html Nothing { get; } = new("");

    public static Html Of(Builder markup) => new(markup.ToString());

    public static Html Join(IEnumerable<Html> parts) => new(string.Concat(parts.Select(part => part._markup)));

    public override string ToString() => _markup;

    /// <summary>
    /// Text of people may turn the direction of what follows it, so that a page seems to say something else. The record
    /// keeps those characters; a page leaves them out. Marks that Arabic and Hebrew need stay.
    /// </summary>
    private static string WithoutOverrides(string words) =>
        words.AsSpan().ContainsAny(Overrides) ? string.Concat(words.Where(c => !Overrides.Contains(c))) : words;

    /// <summary>Makes <c>Html.Of($"...{text}...")</c> safe: the compiler hands over every hole.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Builder(int literalLength, int formattedCount)
    {
        private readonly StringBuilder _text = new(literalLength + (formattedCount * 16));

        public void AppendLiteral(string literal) => _text.Append(literal);

        public void AppendFormatted(Html html) => _text.Append(html._markup);

        public void AppendFormatted(ImmutableArray<Html> list) => _text.Append(Join(list)._markup);

        public void AppendFormatted(string? words) => _text.Append(Encoder.Encode(WithoutOverrides(words ?? "")));

        public void AppendFormatted(long number) => _text.Append(number);

        public override string ToString() => _text.ToString();
    }
}
