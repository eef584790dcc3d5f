using System.Text.Json;
using Ledger.Cli.Sentences;
using Ledger.Cli.Terminals;
using Ledger.Domain.Agreements;
using Spectre.Console;

namespace Ledger.Cli.Entries;

/// <summary>Entries for people: position, when recorded, what it says, and its id.</summary>
public static class EntryLines
{
    /// <summary>A page of the server's list of entries.</summary>
    public sealed record Page(long Size, IReadOnlyList<JsonElement> Entries, string? Next);

    public static void Write(TextOutput output, EntryAnswer entry, Agreement agreement, string? remark = null)
    {
        var zone = agreement.TimeZone;
        var said = entry.Event.SaidAt is { } when ? $" {output.Symbols.Dot} said {Times.From(when, zone)}" : "";
        var grid = new Grid()
            .AddColumn(new GridColumn().NoWrap().Width(6).RightAligned().PadRight(2))
            .AddColumn(new GridColumn().PadRight(0));
        grid.AddRow(new Text($"{entry.Position}", Styles.Title), new Text(EntryText.Headline(entry.Event, agreement)));
        grid.AddRow(
            Text.Empty,
            new Text(
                $"{(remark is null ? "" : $"{remark} {output.Symbols.Dot} ")}{entry.Type} {output.Symbols.Dot} "
                    + $"recorded {Times.At(entry.Recorded, zone)}{said} {output.Symbols.Dot} {entry.Id}",
                Styles.Faint
            )
        );
        output.Write(grid);
    }
}
