using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Domain.Input;

namespace Ledger.Cli.Reports.Importing;

/// <summary>
/// A sentence with columns in braces: <c>{text: "{number} shells fell on {place}"}</c>. Braces stand for nothing else
/// and cannot be nested.
/// </summary>
/// <param name="Parts">Fixed text, or a column.</param>
public sealed record TextValue(ImmutableArray<(string Text, bool IsColumn)> Parts) : CellValue
{
    public override IReadOnlyCollection<string> Columns { get; } =
    [.. Parts.Where(part => part.IsColumn).Select(part => part.Text)];

    public override IEnumerable<ColumnValue> Cells => [];

    public static TextValue? ReadText(InputNode input)
    {
        input.Only("text");
        if (input["text"].Words("a sentence with columns in braces") is not { } text)
            return null;
        var parts = ImmutableArray.CreateBuilder<(string, bool)>();
        for (var at = 0; at < text.Length; )
        {
            var open = text.IndexOf('{', at);
            var close = open < 0 ? -1 : text.IndexOf('}', open);
            if (open < 0 || close <= open + 1)
            {
                if (open >= 0)
                    input["text"].Wrong("mapping/open-brace", "A brace is not closed: write columns as {name}.");
                parts.Add((text[at..], false));
                break;
            }

            if (open > at)
                parts.Add((text[at..open], false));
            parts.Add((text[(open + 1)..close].Trim(), true));
            at = close + 1;
        }

        return new TextValue(parts.ToImmutable());
    }

    public override JsonNode? Of(Reading reading, string pointer)
    {
        var (text, said) = (new StringBuilder(), Columns.Count == 0);
        foreach (var (part, isColumn) in Parts)
        {
            var cell = isColumn ? reading.Cell(part) : null;
            said |= cell is not null;
            text.Append(isColumn ? cell : part);
        }

        return said ? JsonValue.Create(text.ToString()) : null;
    }
}
