using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;
using Ledger.Verdicts;
using Ledger.Verdicts.Answers;
using NodaTime;
using NodaTime.Text;

namespace Ledger.Cli.Proofs;

/// <summary>The verdicts that somebody states, held against those that follow from the entries.</summary>
internal static class VerdictCheck
{
    public const string File = "verdicts.json";

    public static async Task<JsonObject?> InFileAsync(ILogFiles files, CancellationToken cancellationToken)
    {
        if (await files.ReadAsync(File, cancellationToken) is not { } bytes)
            return null;
        return Read(bytes) as JsonObject
            ?? throw new TamperedException(null, "verdict/malformed", $"{File} cannot be read: it is not an object.");
    }

    /// <summary>
    /// Strictly, and all at once: what is read lazily may turn out to be no text in the middle of a comparison.
    /// </summary>
    public static JsonNode Read(byte[] bytes) =>
        JsonInput.Parse(bytes) switch
        {
            Parsed<JsonNode>.Good good => good.Value,
            Parsed<JsonNode>.Bad bad => throw new TamperedException(
                null,
                "verdict/malformed",
                $"the stated verdicts cannot be read: {bad.Problems[0].Message}"
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <returns>How many provisions were judged again; null when none were stated.</returns>
    public static async Task<int?> CompareAsync(ILogFiles files, Book book, CancellationToken cancellationToken)
    {
        var asOf = book.Entries[(int)book.Position - 1].RecordedAt;
        var (status, timelines) = Of(book, asOf);
        var provisions = timelines.Select(timeline => timeline.Provision).ToList();
        if (
            await files.VerdictsAsync(
                book.Position,
                InstantPattern.ExtendedIso.Format(asOf),
                provisions,
                cancellationToken
            )
            is not { } stated
        )
            return null;

        Compare("status", stated["status"], Json(status), book.Position);
        foreach (var (i, (provision, timeline)) in timelines.Index())
            Compare(
                $"the timeline of {provision}",
                (stated["timelines"] as JsonArray)?.ElementAtOrDefault(i),
                Json(timeline),
                book.Position
            );
        return provisions.Count;
    }

    /// <summary>The verdicts at an instant, by everything that the book holds, and how each came about.</summary>
    public static (StatusAnswer Status, IReadOnlyList<(string Provision, TimelineAnswer? Answer)> Timelines) Of(
        Book book,
        Instant asOf
    )
    {
        var status = Judge.Status(book, new Question(asOf, book.Position, Lens.House));
        return (
            status,
            [
                .. status.Verdicts.Select(verdict =>
                    (verdict.Provision, Judge.Timeline(book, verdict.Provision, book.Position, Lens.House))
                ),
            ]
        );
    }

    private static JsonNode? Json(object? answer) =>
        answer is null ? null : JsonSerializer.SerializeToNode(answer, answer.GetType(), LedgerJson.Options);

    private static void Compare(string what, JsonNode? stated, JsonNode? computed, long size)
    {
        if (JsonNode.DeepEquals(stated, computed))
            return;
        var (pointer, says, follows) = Difference("", stated, computed);
        throw new TamperedException(
            null,
            "verdict/other",
            $"At size {size} the stated verdicts do not follow from the entries: "
                + $"in {what}, {(pointer.Length == 0 ? "the whole" : pointer)} says {Short(says)}, but the "
                + $"entries give {Short(follows)}."
        );
    }

    private static (string Pointer, JsonNode? Stated, JsonNode? Computed) Difference(
        string pointer,
        JsonNode? stated,
        JsonNode? computed
    )
    {
        switch (stated, computed)
        {
            case (JsonObject one, JsonObject other):
                var name = one.Select(p => p.Key)
                    .Union(other.Select(p => p.Key), StringComparer.Ordinal)
                    .First(key => !JsonNode.DeepEquals(one[key], other[key]));
                return Difference($"{pointer}/{name}", one[name], other[name]);
            case (JsonArray one, JsonArray other) when one.Count == other.Count:
                var index = Enumerable.Range(0, one.Count).First(i => !JsonNode.DeepEquals(one[i], other[i]));
                return Difference($"{pointer}/{index}", one[index], other[index]);
            default:
                return (pointer, stated, computed);
        }
    }

    private static string Short(JsonNode? node) =>
        node?.ToJsonString(LedgerJson.Options) is not { } text ? "nothing"
        : text.Length <= 80 ? text
        : $"{text[..80]}...";
}
