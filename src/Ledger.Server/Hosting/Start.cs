using System.Net.Sockets;
using JasperFx;
using Ledger.Server.Settings;
using Ledger.Store.Keys;
using Ledger.Store.Schema;
using Npgsql;

namespace Ledger.Server.Hosting;

/// <summary>Runs the server, and says in one sentence why it does not run.</summary>
public static class Start
{
    /// <summary>The exit status of what cannot work however often it is tried.</summary>
    private const int CannotStart = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await using var server = LedgerServer.Build(args);
            if (
                args.Where(arg => !arg.StartsWith('-')).ToArray() is [LedgerSchema.Verb, .. var servers]
                && servers.Length < 2
            )
            {
                await server
                    .Services.GetRequiredService<LedgerSchema>()
                    .MigrateAsync(servers.SingleOrDefault(), CancellationToken.None);
                return 0;
            }

            // Any other verb is for the tools of Wolverine and Marten: codegen, db-patch, projections.
            if (args is [var verb, ..] && !verb.StartsWith('-'))
                return await server.RunJasperFxCommands(args);
            await server.RunAsync();
            return 0;
        }
        catch (Exception fault) when (Sentence(fault) is { } sentence)
        {
            await Console.Error.WriteLineAsync($"ledger: {sentence}");
            return CannotStart;
        }
    }

    private static string? Sentence(Exception fault) =>
        fault switch
        {
            CannotStartException cannot => cannot.Message,
            KeyException or SchemaException => fault.Message,
            IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException taken } =>
                $"{taken.Message.TrimEnd('.')}: another program listens there. Set LEDGER_URL to another port.",
            PostgresException postgres => $"The database refuses: {postgres.MessageText}.",
            NpgsqlException or SocketException => $"The database does not answer: {fault.Message}",
            _ => fault.InnerException is { } inner ? Sentence(inner) : null,
        };
}
