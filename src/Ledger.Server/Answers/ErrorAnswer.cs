using System.Collections.Immutable;
using System.Text.Json;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;

namespace Ledger.Server.Answers;

/// <summary>The one shape of every error (RFC 9457): a stable code, a sentence, and each thing that is wrong with its place.</summary>
public sealed class ErrorAnswer(int status, string code, string detail, ImmutableArray<Problem> problems = default) : IResult
{
    public const string MediaType = "application/problem+json";

    /// <summary>Seconds after which trying again makes sense.</summary>
    private const string RetryAfter = "1";

    public int Status => status;

    public string Code => code;

    public ErrorAnswer(string code, string detail)
        : this(ErrorCodes.StatusOf(code), code, detail)
    {
    }

    /// <summary>Everything wrong with a body; the first problem names the error.</summary>
    public static ErrorAnswer Of(ImmutableArray<Problem> problems) => Of(ErrorCodes.StatusOf(problems[0].Code), problems);

    /// <summary>Everything wrong with a query: malformed, whatever it is, unless it names what is not there.</summary>
    public static ErrorAnswer OfQuery(ImmutableArray<Problem> problems) => Of(
        problems[0].Code == ErrorCodes.UnknownProvision ? StatusCodes.Status404NotFound : StatusCodes.Status400BadRequest,
        [.. problems.Select(problem => problem with { Pointer = problem.Pointer.TrimStart('/') })]);

    public static ErrorAnswer NoAgreement(string id) => new(ErrorCodes.AgreementNotFound, $"There is no agreement '{id}' here.");

    public static ErrorAnswer NoEntry(string what) => new(StatusCodes.Status404NotFound, ErrorCodes.EntryNotFound, $"There is no {what} here.");

    public object Body => new
    {
        Type = $"urn:ledger:error:{code}",
        Title = ErrorCodes.TitleOf(status),
        Status = status,
        Code = code,
        Detail = detail,
        Errors = problems.IsDefaultOrEmpty ? null : problems.Select(p => new { p.Pointer, p.Code, Detail = p.Message, p.Line, p.Column }).ToArray(),
    };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = MediaType;
        response.Headers.CacheControl = "no-store";
        if (status == StatusCodes.Status503ServiceUnavailable)
            response.Headers.RetryAfter = RetryAfter;
        await JsonSerializer.SerializeAsync(response.Body, Body, LedgerJson.Options, httpContext.RequestAborted);
    }

    private static ErrorAnswer Of(int status, ImmutableArray<Problem> problems) => new(
        status,
        problems[0].Code,
        problems.Length == 1 ? problems[0].Message : $"{problems[0].Message} ({problems.Length} problems in all.)",
        problems);
}
