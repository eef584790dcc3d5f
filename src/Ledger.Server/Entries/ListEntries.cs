using System.Collections.Immutable;
using System.Text.Json;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Limits;
using Ledger.Server.Requests;
using Ledger.Store.Reading;
using Wolverine.Http;

namespace Ledger.Server.Entries;

/// <summary>The ledger itself, line by line, as it was hashed.</summary>
public sealed class ListEntries(LedgerReader reader)
{
    private const long UsualPage = 100;
    private const long LargestPage = 1000;

    /// <summary>Bytes of entries after which a page ends; an entry has 64 KiB at most.</summary>
    private const long LongestPage = 4 << 20;

    [WolverineGet("/api/v1/agreements/{id}/entries"), Takes("from", "limit", "type")]
    [Permit(Permission.Read)]
    [Describe(
        "listEntries",
        "The ledger, page by page",
        Also = [JsonLines.MediaType],
        Detail = "The entries as they were hashed. A page ends after at most 4 MiB, even if more entries were requested. With `Accept: application/jsonl`, or at `entries.jsonl`, one entry per line.",
        Gives = typeof(EntriesPage)
    )]
    public async Task<IResult> Get(string id, HttpRequest request)
    {
        if (request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType == JsonLines.MediaType))
            return await GetLines(id, request);

        var query = new QueryReader(request.Query);
        var (from, limit, type) = (
            query.Number("from", 1, long.MaxValue) ?? 1,
            query.Number("limit", 1, LargestPage) ?? UsualPage,
            Type(query)
        );
        if (query.IsWrong)
            return ErrorAnswer.OfQuery(query.Problems);

        var cancellation = request.HttpContext.RequestAborted;
        var size = await reader.SizeAsync(id, cancellation);
        if (size == 0)
            return ErrorAnswer.NoAgreement(id);

        // One line more than fits tells whether there is a next page.
        var (page, bytes, rest) = (new List<StoredEntry>(), 0L, (StoredEntry?)null);
        await foreach (var entry in reader.EntriesAsync(id, from, size, type, (int)limit + 1, cancellation))
        {
            if (page.Count == limit || (bytes += entry.Bytes.Length) > LongestPage)
            {
                rest = entry;
                break;
            }

            page.Add(entry);
        }

        var next = rest is null
            ? null
            : $"/api/v1/agreements/{id}/entries?from={rest.Position}&limit={limit}{(type is null ? "" : $"&type={type}")}";
        return new JsonAnswer(Page(id, size, page, next)) { Links = next is null ? null : $"<{next}>; rel=\"next\"" };
    }

    [WolverineGet("/api/v1/agreements/{id}/entries.jsonl"), TakesTime, Streams, Takes("from", "limit", "type")]
    [Permit(Permission.Read)]
    [Describe(
        "streamEntries",
        "The ledger, one entry per line",
        Detail = "Each line is the canonical JSON that was hashed, byte for byte.",
        Media = JsonLines.MediaType
    )]
    public async Task<IResult> GetLines(string id, HttpRequest request)
    {
        var query = new QueryReader(request.Query);
        var (from, limit, type) = (
            query.Number("from", 1, long.MaxValue) ?? 1,
            query.Number("limit", 1, int.MaxValue) ?? int.MaxValue,
            Type(query)
        );
        if (query.IsWrong)
            return ErrorAnswer.OfQuery(query.Problems);

        var cancellation = request.HttpContext.RequestAborted;
        var size = await reader.SizeAsync(id, cancellation);
        return size == 0
            ? ErrorAnswer.NoAgreement(id)
            : new JsonLines(
                reader
                    .EntriesAsync(id, from, size, type, (int)limit, cancellation)
                    .Select(line => (ReadOnlyMemory<byte>)line.Bytes)
            );
    }

    [WolverineGet("/api/v1/agreements/{id}/entries.csv"), TakesTime, Streams, Takes("from", "limit", "type", "bom")]
    [Permit(Permission.Read)]
    [Describe(
        "exportEntries",
        "The ledger, as a table",
        Detail = "For spreadsheets: text that could be mistaken for a formula begins with an apostrophe. Sealed values are not included.",
        Media = CsvAnswer.MediaType
    )]
    public async Task<IResult> GetTable(string id, HttpRequest request)
    {
        var query = new QueryReader(request.Query);
        var (from, limit, type, mark) = (
            query.Number("from", 1, long.MaxValue) ?? 1,
            query.Number("limit", 1, int.MaxValue) ?? int.MaxValue,
            Type(query),
            query.Mark()
        );
        if (query.IsWrong)
            return ErrorAnswer.OfQuery(query.Problems);

        var cancellation = request.HttpContext.RequestAborted;
        var size = await reader.SizeAsync(id, cancellation);
        return size == 0 || await reader.TextAsync(id, cancellation) is not { } agreement
            ? ErrorAnswer.NoAgreement(id)
            : new CsvStream(
                $"{id}-entries-{size}",
                EntryCsv.Table(agreement.TimeZone),
                reader.EntriesAsync(id, from, size, type, (int)limit, cancellation).Select(EntryCsv.Row),
                mark
            );
    }

    private static string? Type(QueryReader query)
    {
        var type = query.Text("type");
        if (type is not null && !EventTypes.ByName.ContainsKey(type))
            query.Wrong(
                "type",
                "query/unknown-type",
                $"'{type}' is not a type of entry.{Nearest.Hint(type, EventTypes.ByName.Keys)}"
            );
        return type;
    }

    private static byte[] Page(string id, long size, IEnumerable<StoredEntry> page, string? next)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = LedgerJson.Options.Encoder }))
        {
            json.WriteStartObject();
            json.WriteString("agreement", id);
            json.WriteNumber("size", size);
            json.WriteStartArray("entries");
            foreach (var line in page)
                json.WriteRawValue(line.Bytes, skipInputValidation: true);
            json.WriteEndArray();
            if (next is not null)
                json.WriteString("next", next);
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }
}

/// <summary>What a page of entries looks like; it is written without reading the entries.</summary>
/// <param name="Size">Entries in the whole ledger.</param>
/// <param name="Next">Path and query of the next page; null on the last.</param>
public sealed record EntriesPage(string Agreement, long Size, ImmutableArray<RecordedEntry> Entries, string? Next);
