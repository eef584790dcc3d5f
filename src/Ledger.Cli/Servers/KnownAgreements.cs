using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Ledger.Cli.Terminals;
using Ledger.Domain.Agreements;
using Ledger.Domain.Input;

namespace Ledger.Cli.Servers;

/// <summary>What the server tells about the agreements it holds.</summary>
public sealed record AgreementsAnswer(ImmutableArray<AgreementLine> Agreements);

public sealed record AgreementLine
{
    public required string Id { get; init; }

    public JsonNode? Title { get; init; }

    public string? Version { get; init; }

    public NodaTime.LocalDate? Signed { get; init; }

    public long Position { get; init; }
}

/// <summary>One agreement and its file under the latest reading.</summary>
public sealed record AgreementAnswer
{
    public required string Id { get; init; }

    public long Position { get; init; }

    public required JsonObject File { get; init; }

    public Agreement Read() => AgreementFile.Read(File).Required();
}

public static class KnownAgreements
{
    public static string PathOf(string agreement) => $"agreements/{Uri.EscapeDataString(agreement)}";

    /// <summary>The agreement's file. An unknown name is answered with the one that was probably meant.</summary>
    public static async Task<Agreement> AgreementAsync(
        this ServerClient server,
        string agreement,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return (await server.GetAsync<AgreementAnswer>(PathOf(agreement), cancellationToken)).Read();
        }
        catch (RefusedException unknown) when (unknown.Problem is { Status: 404, Code: "agreement/not-found" })
        {
            var known = (await server.GetAsync<AgreementsAnswer>("agreements", cancellationToken))
                .Agreements.Select(a => a.Id)
                .ToList();
            throw CommandException.Refused(
                $"There is no agreement '{agreement}' on "
                    + $"{server.Address.Authority}.{Suggest(agreement, known)} (agreement/not-found)"
            );
        }
    }

    private static string Suggest(string agreement, List<string> known) =>
        Nearest.Hint(agreement, known) switch
        {
            { Length: > 0 } hint => hint,
            _ when known is [] => " It has none yet; adopt one with 'ledger agreement adopt FILE'.",
            _ => $" It has {string.Join(", ", known)}.",
        };
}
