using System.Text;
using System.Text.Json;
using Ledger.Domain.Entries;

namespace Ledger.Cli.Servers;

/// <summary>What became of one line of a batch.</summary>
public sealed record BatchLine(long Line, int Status, ServerProblem? Error)
{
    /// <summary>Times that a batch is sent, when it breaks off or the server asks to send again.</summary>
    private const int MostAttempts = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public bool Recorded => Status is 200 or 201;

    public override string ToString() => $"line {Line}: {Error?.Detail ?? $"status {Status}"} ({Error?.Code})";

    /// <summary>
    /// Sends lines whose entries carry their ids, so that the whole may be sent again until every line has its answer.
    /// </summary>
    public static async Task<IReadOnlyList<BatchLine>> SendAsync(
        ServerClient server,
        string path,
        string lines,
        CancellationToken cancellationToken
    )
    {
        var sent = lines.Split('\n').Count(line => !string.IsNullOrWhiteSpace(line));
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var results = Read(
                    await server.PostAsync(path, Encoding.UTF8.GetBytes(lines), "application/jsonl", cancellationToken)
                );
                if (results.Count == sent && results.All(result => result.Status != 503))
                    return results;
                if (attempt == MostAttempts)
                    throw new UnreachableException(
                        server.Address,
                        $"it answered {results.Count(r => r.Recorded)} of {sent} lines."
                    );
            }
            catch (UnreachableException) when (attempt < MostAttempts)
            {
                // Sent again below; what was recorded is not recorded twice.
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    private static List<BatchLine> Read(Reply reply)
    {
        var results = new List<BatchLine>();
        foreach (var line in Encoding.UTF8.GetString(reply.Body).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var result = JsonSerializer.Deserialize<Answer>(line, LedgerJson.Options)!;
            results.Add(
                new BatchLine(
                    result.Number,
                    result.Status,
                    result.Error is { } error
                        ? ServerProblem.Read(result.Status, Encoding.UTF8.GetBytes(error.GetRawText()))
                        : null
                )
            );
        }

        return results;
    }

    private sealed record Answer(
        [property: System.Text.Json.Serialization.JsonPropertyName("line")] long Number,
        int Status,
        JsonElement? Error
    );
}
