using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;

namespace Ledger.Server.Authorization;

/// <summary>Every endpoint states what it asks of its caller.</summary>
public static class StatedPermissions
{
    /// <summary>For endpoints that are no method of ours to put <see cref="PermitAttribute"/> on.</summary>
    public static TBuilder Permit<TBuilder>(this TBuilder endpoints, params Permission[] any)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new PermitAttribute(any));

    /// <summary>Open to everybody, without asking who it is.</summary>
    public static TBuilder AskNobody<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.WithMetadata(new PermitAttribute(Permission.Everyone) { AsksNobody = true });

    public static PermitAttribute? PermitOf(this HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<PermitAttribute>();

    /// <summary>Method and address, as the documents name an endpoint.</summary>
    public static string NameOf(RouteEndpoint endpoint) =>
        $"{(endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is [var method, ..] ? method : "ANY")} /{endpoint.RoutePattern.RawText!.TrimStart('/')}";

    /// <summary>
    /// Endpoints that state no permission, or state it twice: what the framework calls anonymous or authorized would
    /// pass by ours, and may only be what asks nobody anyway.
    /// </summary>
    public static IEnumerable<string> Missing(IEndpointRouteBuilder routes) =>
        routes
            .DataSources.SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(endpoint =>
                endpoint.Metadata.GetOrderedMetadata<PermitAttribute>() is not [var stated]
                || (!stated.AsksNobody && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
                || endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null
            )
            .Select(NameOf);
}
