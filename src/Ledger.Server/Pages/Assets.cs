using Ledger.Server.Authorization;
using Microsoft.Net.Http.Headers;
using Wolverine.Http;

namespace Ledger.Server.Pages;

/// <summary>What pages load: from here, and from nowhere else.</summary>
public static class Assets
{
    [WolverineGet("/style.css")]
    [Permit(Permission.Everyone, AsksNobody = true)]
    public static IResult Style() => Asset("style.css", "text/css; charset=utf-8");

    [WolverineGet("/icon.svg")]
    [Permit(Permission.Everyone, AsksNobody = true)]
    public static IResult Icon() => Asset("icon.svg", "image/svg+xml");

    internal static IResult Asset(string name, string type)
    {
        using var content = typeof(Assets).Assembly.GetManifestResourceStream($"{typeof(Assets).Namespace}.{name}")!;
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return Results.Bytes(
            bytes.ToArray(),
            type,
            entityTag: new EntityTagHeaderValue($"\"{typeof(Assets).Assembly.ManifestModule.ModuleVersionId:N}\"")
        );
    }
}
