using Ledger.Domain.Input;
using Ledger.Server.Answers;
using Ledger.Server.Description;
using Wolverine.Http;

namespace Ledger.Server.Requests;

/// <summary>Refuses parameters that the endpoint does not take, and says what was probably meant.</summary>
public sealed class QueryGuard(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (
            context.Request.Query.Count == 0
            || context.GetEndpoint()?.Metadata is not { } metadata
            || metadata.GetMetadata<HttpChain>() is null
        )
            return next(context);

        var taken = metadata.GetMetadata<TakesAttribute>()?.Names ?? [];
        var unknown = context.Request.Query.Keys.Where(name => !taken.Contains(name, StringComparer.Ordinal)).ToArray();
        return unknown is []
            ? next(context)
            : ErrorAnswer
                .OfQuery([
                    .. unknown.Select(name => new Problem(
                        "query/unknown-parameter",
                        name,
                        $"'{name}' is not accepted here{(taken.Count == 0 ? "; no parameter is" : "")}.{Nearest.Hint(name, taken)}"
                    )),
                ])
                .ExecuteAsync(context);
    }
}
