using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Tests.People;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ledger.Server.Tests;

/// <summary>
/// docs/api.md lists every operation by what stands at its endpoint: UPDATE_SNAPSHOTS=1 writes the table.
/// </summary>
public sealed class TheTableOfEndpoints(ServerWithIdlib world) : IClassFixture<ServerWithIdlib>
{
    [Fact]
    public void Says_what_stands_at_each_endpoint() =>
        Document.Check(
            "api.md",
            "endpoints",
            ["method", "address", "what it does", "takes", "open to"],
            world
                .Server.Get<EndpointDataSource>()
                .Endpoints.OfType<RouteEndpoint>()
                .Where(route => route.Metadata.GetMetadata<DescribeAttribute>() is not null)
                .Select(route => (Name: StatedPermissions.NameOf(route).Split(' '), route.Metadata))
                .OrderBy(row => row.Name[1], StringComparer.Ordinal)
                .ThenBy(row => row.Name[0], StringComparer.Ordinal)
                .Select(row =>
                    $"| {row.Name[0]} | `{row.Name[1]}` | {row.Metadata.GetRequiredMetadata<DescribeAttribute>().Summary} | {Takes(row.Metadata)} | {string.Join(", ", row.Metadata.GetRequiredMetadata<PermitAttribute>().Any.Select(Words))} |"
                )
        );

    private static string Takes(EndpointMetadataCollection metadata)
    {
        var described = metadata.GetRequiredMetadata<DescribeAttribute>();
        return string.Join(
            "; ",
            new[]
            {
                metadata.GetMetadata<TakesAttribute>() switch
                {
                    null => "",
                    TakesQuestionForTableAttribute => "a question, `?bom=`",
                    TakesQuestionAttribute => "a question",
                    TakesTwoPointsAttribute => "two points",
                    TakesTimelessQuestionAttribute => "a question without `asOf`",
                    var taken => string.Join(", ", taken.Names.Select(name => $"`?{name}=`")),
                },
                described.Form switch
                {
                    BodyForm.File => "the file",
                    BodyForm.Question => "a lens",
                    BodyForm.Webhook => "`url`, `events`",
                    BodyForm.Plain => Members(described.Example!),
                    BodyForm.Typed => $"`type`, `data`, such as {Events(described)}",
                    BodyForm.TypedLines => "lines of `type`, `data`",
                    BodyForm.PayloadLines => $"lines of {Events(described)}",
                    BodyForm.PayloadOrYaml => $"{Events(described)}, or the file as YAML",
                    _ => Events(described),
                },
            }.Where(part => part.Length > 0)
        );
    }

    private static string Members(string example) =>
        string.Join(", ", Examples.Of(example).AsObject().Select(member => $"`{member.Key}`"));

    private static string Events(DescribeAttribute described) =>
        string.Join(", ", described.Takes.Select(type => $"`{type}`"));

    private static string Words(Permission permission) =>
        permission switch
        {
            Permission.Everyone => "everybody",
            Permission.SignedIn => "who is signed in",
            Permission.Read => "readers",
            Permission.File => "monitors",
            Permission.Review => "reviewers",
            Permission.Respond => "parties",
            Permission.Audit => "auditors, administrators",
            Permission.Administer => "administrators",
            Permission.Keep => "keepers of the ledger",
            _ => throw new ArgumentOutOfRangeException(nameof(permission), permission, null),
        };
}
