using System.Text.Json.Nodes;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;
using NodaTime;

namespace Ledger.Verdicts.Tests;

/// <summary>The demonstration's entries, as the ledger records them.</summary>
public static class IdlibLedger
{
    public static readonly DateTimeZone Damascus = DateTimeZoneProviders.Tzdb["Asia/Damascus"];

    public static Book Load()
    {
        var book = new Book();
        var folder = Path.Combine(Root(), "agreements", "idlib-2018");
        foreach (
            var line in File.ReadLines(Path.Combine(folder, "entries.jsonl"))
                .Select(text => JsonInput.Parse(text).Required())
        )
        {
            var data = line["data"]!.DeepClone().AsObject();
            if (data["file"] is JsonValue name)
            {
                var file = AgreementFile
                    .Parse(
                        File.ReadAllText(Path.Combine(folder, name.GetValue<string>())),
                        beside => File.ReadAllText(Path.Combine(folder, beside))
                    )
                    .Required();
                data["file"] = file.Json.DeepClone();
                data["sourceSha256"] = file.SourceSha256;
            }

            var read = EventReader.Read(line["type"]!.GetValue<string>(), data, Damascus).Required();
            book.Append(new Entry(book.Position + 1, Instant.FromUtc(2026, 1, 1, 0, 0), read));
        }

        return book;
    }

    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Ledger.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }
}
