using System.Text;

namespace Ledger.Server.Tests.World;

/// <summary>RFC 4180, read as its grammar says.</summary>
internal static class Csv
{
    public static List<List<string>> Read(string text)
    {
        var (rows, row, cell, quoted) = (new List<List<string>>(), new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            if (quoted && text[i] == '"' && i + 1 < text.Length && text[i + 1] == '"')
                cell.Append(text[i++]);
            else if (text[i] == '"')
                quoted = !quoted;
            else if (!quoted && text[i] == ',')
                row.Add(Take());
            else if (!quoted && text[i] == '\r')
            {
                row.Add(Take());
                rows.Add(row);
                (row, i) = ([], i + 1);
            }
            else
                cell.Append(text[i]);
        }

        return rows;
        string Take()
        {
            var taken = cell.ToString();
            cell.Clear();
            return taken;
        }
    }
}
