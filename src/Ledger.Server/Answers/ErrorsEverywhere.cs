using System.Net.Sockets;
using Ledger.Store.Log;
using Ledger.Store.Writing;
using Npgsql;

namespace Ledger.Server.Answers;

/// <summary>
/// Gives every failure the one shape: what the web server refuses by itself, and what nobody foresaw.
/// </summary>
public sealed class ErrorsEverywhere(RequestDelegate next, ILogger<ErrorsEverywhere> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null })
                await Silent(context).ExecuteAsync(context);
        }
        catch (Exception gone)
            when (gone is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to hear an answer.
        }
        catch (Exception fault) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            await Translate(fault, context).ExecuteAsync(context);
        }
    }

    public static ErrorAnswer Of(BadHttpRequestException bad) =>
        new(
            bad.StatusCode,
            ErrorCodes.OfStatus(bad.StatusCode),
            bad.StatusCode switch
            {
                413 => "The body is larger than 64 MB. Send it in parts.",
                408 => "The body arrived too slowly.",
                _ => "The request is not well-formed HTTP.",
            }
        );

    private static ErrorAnswer Silent(HttpContext context)
    {
        var status = context.Response.StatusCode;
        return new ErrorAnswer(
            status,
            ErrorCodes.OfStatus(status),
            status switch
            {
                404 => $"There is no {context.Request.Path}. All addresses are listed at /docs.",
                405 =>
                    $"{context.Request.Path} does not accept {context.Request.Method}; it accepts {context.Response.Headers.Allow}.",
                _ => ErrorCodes.TitleOf(status) + ".",
            }
        );
    }

    private ErrorAnswer Translate(Exception fault, HttpContext context)
    {
        if (fault is BadHttpRequestException bad)
            return Of(bad);
        // The size of a chunk is so large that the web server fails on it in its own way.
        if (fault is IOException { InnerException: OverflowException })
            return new ErrorAnswer(ErrorCodes.Malformed, "The request is not well-formed HTTP.");

        if (DiskSpace.IsFull(fault))
        {
            log.LogCritical(
                fault,
                "A disk is full: {Method} {Path} was refused.",
                context.Request.Method,
                PathOf(context)
            );
            return new ErrorAnswer(
                NotRecordingException.DiskFull,
                "A disk of the server is full. Send the same request again later; an entry with the same id is recorded only once."
            );
        }

        if (IsDatabaseAway(fault))
        {
            log.LogWarning(
                fault,
                "The database did not answer {Method} {Path}.",
                context.Request.Method,
                PathOf(context)
            );
            return new ErrorAnswer(
                ErrorCodes.Unavailable,
                "The database does not answer. Send the same request again in a moment; an entry with the same id is recorded only once."
            );
        }

        log.LogError(
            fault,
            "{Method} {Path} failed, request {RequestId}.",
            context.Request.Method,
            PathOf(context),
            context.TraceIdentifier
        );
        return new ErrorAnswer(
            ErrorCodes.Fault,
            $"The server failed. Its log has the details under request {context.TraceIdentifier}."
        );
    }

    /// <summary>Escaped, so that nobody writes lines of his own into the log.</summary>
    private static string PathOf(HttpContext context) => context.Request.Path.ToUriComponent();

    /// <summary>Broken or refused connections and sessions that the database ended, at any depth.</summary>
    internal static bool IsDatabaseAway(Exception fault) =>
        fault switch
        {
            PostgresException postgres => postgres.IsTransient
                || postgres.SqlState
                    is PostgresErrorCodes.AdminShutdown
                        or PostgresErrorCodes.CrashShutdown
                        or PostgresErrorCodes.CannotConnectNow
                        or PostgresErrorCodes.InvalidCatalogName,
            NpgsqlException or SocketException or TimeoutException => true,
            _ => fault.InnerException is { } inner && IsDatabaseAway(inner),
        };
}
