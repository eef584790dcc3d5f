using System.Collections.Immutable;
using System.Text.Json;

namespace Ledger.Cli.Servers;

/// <summary>What the server answers when it does not do what it was asked (RFC 9457).</summary>
public sealed record ServerProblem
{
    public string? Title { get; init; }

    public int Status { get; init; }

    /// <summary>Stable, <c>area/what-is-wrong</c>.</summary>
    public string? Code { get; init; }

    public string? Detail { get; init; }

    public ImmutableArray<FieldProblem> Errors { get; init; } = [];

    public static ServerProblem Read(int status, ReadOnlySpan<byte> body)
    {
        try
        {
            var read = JsonSerializer.Deserialize<ServerProblem>(body, Web);
            if (read is not null)
                return read with { Status = status, Errors = read.Errors.IsDefault ? [] : read.Errors };
        }
        catch (JsonException)
        {
            // Something between us and the server answered; its page would tell the person nothing.
        }

        return new ServerProblem { Status = status };
    }

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);
}

/// <param name="Pointer">RFC 6901 pointer into what was sent, or the name of a query parameter.</param>
public sealed record FieldProblem(string? Pointer, string? Code, string? Detail, int? Line = null, int? Column = null);
