using System.Collections.Immutable;
using System.Text.Json;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;

namespace Ledger.Server.Answers;

/// <summary>How an error is shown to whoever asked for something else than its usual shape.</summary>
public delegate IResult ErrorShape(ErrorAnswer error);

/// <summary>
/// The one shape of every error (RFC 9457): a stable code, a sentence, and each thing that is wrong with its place.
/// </summary>
public sealed class ErrorAnswer(int status, string code, string detail, ImmutableArray<Problem> problems = default)
    : IResult
{
    public const string MediaType = "application/problem+json";

    /// <summary>Seconds after which trying again makes sense.</summary>
    private const string RetryAfter = "1";

    public int Status => status;

    public string Code => code;

    public string Detail => detail;

    public ErrorAnswer(string code, string detail)
        : this(ErrorCodes.StatusOf(code), code, detail) { }

    /// <summary>Everything wrong with a body; the first problem names the error.</summary>
    public static ErrorAnswer Of(ImmutableArray<Problem> problems) =>
        Of(ErrorCodes.StatusOf(problems[0].Code), problems);

    /// <summary>Everything wrong with a query: malformed, whatever it is, unless it names what is not there.</summary>
    public static ErrorAnswer OfQuery(ImmutableArray<Problem> problems) =>
        Of(
            problems[0].Code == ErrorCodes.UnknownProvision
                ? StatusCodes.Status404NotFound
                : StatusCodes.Status400BadRequest,
            [.. problems.Select(problem => problem with { Pointer = problem.Pointer.TrimStart('/') })]
        );

    public static ErrorAnswer NoAgreement(string id) =>
        new(ErrorCodes.AgreementNotFound, $"There is no agreement '{id}' here.");

    public static ErrorAnswer NoEntry(string what) =>
        new(StatusCodes.Status404NotFound, ErrorCodes.EntryNotFound, $"There is no {what} here.");

    public ErrorBody Body =>
        new(
            $"urn:ledger:error:{code}",
            ErrorCodes.TitleOf(status),
            status,
            code,
            detail,
            problems.IsDefaultOrEmpty
                ? null
                : [.. problems.Select(p => new ErrorPlace(p.Pointer, p.Code, p.Message, p.Line, p.Column))]
        );

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.Headers.CacheControl = "no-store";
        if (status == StatusCodes.Status401Unauthorized)
            response.Headers.WWWAuthenticate = "Bearer realm=\"ledger\"";
        if (status == StatusCodes.Status503ServiceUnavailable)
            response.Headers.RetryAfter = RetryAfter;
        if (httpContext.Features.Get<ErrorShape>() is { } shape)
        {
            await shape(this).ExecuteAsync(httpContext);
            return;
        }

        response.ContentType = MediaType;
        await JsonSerializer.SerializeAsync(response.Body, Body, LedgerJson.Options, httpContext.RequestAborted);
    }

    private static ErrorAnswer Of(int status, ImmutableArray<Problem> problems) =>
        new(
            status,
            problems[0].Code,
            problems.Length == 1 ? problems[0].Message : $"{problems[0].Message} ({problems.Length} problems in all.)",
            problems
        );
}

/// <param name="Code">Stable; clients may branch on it.</param>
/// <param name="Errors">Each thing that is wrong with what was sent.</param>
public sealed record ErrorBody(
    string Type,
    string Title,
    int Status,
    string Code,
    string Detail,
    ImmutableArray<ErrorPlace>? Errors
);

/// <param name="Pointer">RFC 6901 pointer into the body, or the name of a parameter; empty for the whole.</param>
/// <param name="Line">One-based, in text that has lines.</param>
public sealed record ErrorPlace(string Pointer, string Code, string Detail, int? Line, int? Column);
