using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Store.People;
using Ledger.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Ledger.Server.Tests.People;

/// <summary>
/// Every endpoint of the route table, asked by nobody and by somebody of every role, in their own agreement and in
/// another's. What the server does is compared with the tables of docs/permissions.md, which a person can read;
/// UPDATE_SNAPSHOTS=1 writes what the server does into them, for a person to read again.
/// </summary>
public sealed partial class WhoMayDoWhat : IAsyncLifetime
{
    private const string Other = "example-truce";
    private const string Unstated = "/unstated";

    private static readonly string[] Columns =
    [
        "anybody",
        "anybody, where reading is public",
        "monitor",
        "reviewer",
        "party",
        "auditor",
        "administrator",
        "keeper of the ledger",
    ];

    private AProvider _provider = null!;
    private RunningServer _server = null!;
    private string _report = "";
    private string _report2 = "";

    public async ValueTask InitializeAsync()
    {
        // With everything that a server may have, so that the document names it wherever the test runs.
        var web = Scratch.Folder("web");
        await File.WriteAllTextAsync(Path.Combine(web, "index.html"), "<!doctype html><title>Ledger</title>");
        _provider = await AProvider.StartAsync();
        _server = await RunningServer.StartAsync(
            also:
            [
                $"--LEDGER_WEB={web}",
                $"--LEDGER_OPENID_AUTHORITY={_provider.Address}",
                // The provider knows no such client: there the redirects end.
                "--LEDGER_OPENID_CLIENT=unknown",
            ],
            more: server => server.MapGet(Unstated, () => "What nobody may have.")
        );
        (await _server.Http.PostAsync("/api/v1/agreements", Idlib.Adoption()))
            .Status.Should()
            .Be(HttpStatusCode.Created);
        (await _server.Http.PostAsync("/api/v1/agreements", Examples.Of("agreement_adopted")))
            .Status.Should()
            .Be(HttpStatusCode.Created);
        (_report, _report2) = (Idlib.NewId(), Idlib.NewId());
        (await _server.Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("bombing", "2018-10-14", _report)))
            .Status.Should()
            .Be(HttpStatusCode.Created);
        var elsewhere = Examples.Of("report_filed");
        elsewhere["entryId"] = _report2;
        (await _server.Http.PostAsync($"/api/v1/agreements/{Other}/reports", elsewhere))
            .Status.Should()
            .Be(HttpStatusCode.Created);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _provider.DisposeAsync();
    }

    private IEnumerable<RouteEndpoint> Routes =>
        _server
            .Get<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(route => StatedPermissions.NameOf(route) != $"GET {Unstated}");

    private IEnumerable<string> Names => Routes.Select(StatedPermissions.NameOf).Distinct(StringComparer.Ordinal);

    [Fact]
    public void Is_stated_by_every_endpoint()
    {
        Names.Should().HaveCountGreaterThan(100);
        Routes.Should().OnlyContain(route => route.Metadata.GetOrderedMetadata<PermitAttribute>().Count == 1);
    }

    [Fact]
    public async Task Is_nothing_where_an_endpoint_does_not_state_it()
    {
        var builder = WebApplication.CreateSlimBuilder();
        await using var other = builder.Build();
        other.MapGet("/stated", () => "").Permit(Permission.Read);
        other.MapGet("/open", () => "");
        other.MapGet("/anonymous", () => "").Permit(Permission.Read).AllowAnonymous();
        other.MapGet("/twice", () => "").Permit(Permission.Read).Permit(Permission.Everyone);

        StatedPermissions
            .Missing(other)
            .Should()
            .BeEquivalentTo(["GET /open", "GET /anonymous", "GET /twice"], "with these a server does not start");
        foreach (var http in (HttpClient[])[_server.Stranger(), _server.Http])
        {
            var answer = await http.AskAsync(Unstated);
            (answer.Status, answer.Code)
                .Should()
                .Be((HttpStatusCode.Forbidden, "permission/denied"), "it was mapped after the start");
        }
    }

    [Fact]
    public void Is_the_same_for_a_file_of_evidence_alone_and_in_a_bundle() =>
        Routes
            .Single(route => StatedPermissions.NameOf(route) == "GET /api/v1/reports/{report}/evidence/{sha256}")
            .Metadata.GetRequiredMetadata<PermitAttribute>()
            .Any.Should()
            .BeEquivalentTo(Permissions.OfEvidence);

    [Fact]
    public void Is_said_of_every_entry_and_of_nothing_else() =>
        Permissions.OfEntry.Keys.Should().BeEquivalentTo(EventTypes.ByName.Keys);

    [Fact]
    public async Task At_every_endpoint_is_what_the_document_says()
    {
        var table = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var actors = new List<(HttpClient Http, bool Public)>
        {
            (_server.Stranger(), false),
            (_server.Stranger(), true),
        };
        foreach (var role in Enum.GetValues<Role>())
            actors.Add((await _server.ActorAsync(role.In(Idlib.Id)), false));
        actors.Add((await _server.ActorAsync(new Membership(Membership.Every, Role.Administrator)), false));

        foreach (var name in Names)
        {
            var cells = new List<string>();
            foreach (var (http, isPublic) in actors)
            {
                await _server.Get<PeopleRegister>().SetPublicAsync(Idlib.Id, isPublic, Guid.Empty);
                cells.Add(await CellAsync(http, name, Idlib.Id, _report));
            }

            table.Add(name, string.Join(" | ", cells));
        }

        Document.Check(
            "permissions.md",
            "endpoints",
            ["endpoint", .. Columns],
            table
                .OrderBy(row => row.Key.Split(' ')[1], StringComparer.Ordinal)
                .ThenBy(row => row.Key, StringComparer.Ordinal)
                .Select(row => $"| `{row.Key}` | {row.Value} |")
        );
    }

    [Fact]
    public async Task In_anothers_agreement_is_nothing_more_than_a_stranger_may()
    {
        var stranger = await _server.ActorAsync();
        foreach (var role in Enum.GetValues<Role>())
        {
            var http = await _server.ActorAsync(role.In(Idlib.Id));
            foreach (
                var name in Names.Where(name =>
                    name.Contains("{id}", StringComparison.Ordinal)
                    || name.Contains("{agreement}", StringComparison.Ordinal)
                    || name.Contains("{report}", StringComparison.Ordinal)
                    || name.Contains("{entry}", StringComparison.Ordinal)
                )
            )
            {
                (await MayAsync(http, name, Other, _report2))
                    .Should()
                    .BeFalse($"a {role} of another agreement, {name}");
                (await MayAsync(stranger, name, Other, _report2)).Should().BeFalse($"somebody without a role, {name}");
            }
        }
    }

    [Fact]
    public async Task What_is_anothers_looks_like_what_is_not_there()
    {
        var http = await _server.ActorAsync(Role.Monitor.In(Idlib.Id));

        (await http.AskAsync($"/api/v1/agreements/{Other}"))
            .Text.Should()
            .Be(
                (await http.AskAsync("/api/v1/agreements/atlantis")).Text.Replace(
                    "atlantis",
                    Other,
                    StringComparison.Ordinal
                )
            );
        var nobodys = Idlib.NewId();
        (await http.AskAsync($"/api/v1/reports/{_report2}"))
            .Text.Should()
            .Be(
                (await http.AskAsync($"/api/v1/reports/{nobodys}")).Text.Replace(
                    nobodys,
                    _report2,
                    StringComparison.Ordinal
                )
            );
        (await http.AskAsync("/api/v1/agreements")).Json["agreements"]!
            .AsArray()
            .Select(a => a!["id"]!.GetValue<string>())
            .Should()
            .Equal(Idlib.Id);
        (await http.AskAsync("/plain")).Text.Should().NotContain(Other);
    }

    [Fact]
    public async Task With_every_kind_of_entry_is_what_the_document_says()
    {
        var policy = _server.Get<SubmissionPolicy>();
        var rows = new List<string>();
        foreach (var type in EventTypes.ByName.Keys.Order(StringComparer.Ordinal))
        {
            var cells = new List<string>();
            foreach (
                var membership in Enum.GetValues<Role>()
                    .Select(role => role.In(Other))
                    .Append(new Membership(Membership.Every, Role.Administrator))
            )
            {
                var caller = new Caller(
                    Guid.CreateVersion7(),
                    "Somebody",
                    [membership with { Party = membership.Role == Role.Party ? Party(type) : "" }],
                    AccessKind.Token,
                    Guid.Empty,
                    "token",
                    null,
                    Instant.MaxValue
                );
                var anothers = await policy.RefusalAsync(Other, Event(type, _report2), caller, null, default) is null;
                var fresh = Guid.CreateVersion7();
                var own =
                    await policy.RefusalAsync(
                        Other,
                        Event(type, fresh.ToString()),
                        caller,
                        new HashSet<Guid> { fresh },
                        default
                    )
                    is null;
                cells.Add(
                    membership.Role == Role.Party && own && type == "party_responded" ? "own party"
                    : anothers ? "yes"
                    : own ? "own"
                    : ""
                );
            }

            rows.Add($"| `{type}` | {string.Join(" | ", cells)} |");
        }

        Document.Check("permissions.md", "entries", ["entry", .. Columns.Skip(2)], rows);
    }

    private static string Party(string type) =>
        type == "party_responded" ? Examples.Of(type)["party"]!.GetValue<string>() : "north";

    private static LedgerEvent Event(string type, string target)
    {
        var data = Examples.Of(type).AsObject();
        if (data.ContainsKey("target"))
            data["target"] = target;
        return EventReader
            .Read(type, data, DateTimeZone.Utc)!
            .Should()
            .BeOfType<Parsed<LedgerEvent>.Good>(type)
            .Subject.Value;
    }

    private static async Task<bool> MayAsync(HttpClient http, string endpoint, string agreement, string report) =>
        await CellAsync(http, endpoint, agreement, report) is not "";

    private static async Task<string> CellAsync(HttpClient http, string endpoint, string agreement, string report)
    {
        var (method, path) = (
            endpoint.Split(' ')[0].Replace("ANY", "GET", StringComparison.Ordinal),
            endpoint.Split(' ', 2)[1]
        );
        using var request = new HttpRequestMessage(
            new HttpMethod(method),
            Parameter()
                .Replace(
                    path,
                    match =>
                        match.Value switch
                        {
                            "{id}" or "{agreement}" => agreement,
                            "{report}" or "{entry}" => report,
                            "{provision}" => agreement == Idlib.Id ? "p5" : "p1",
                            "{position}" => "1",
                            "{**path}" => "checkpoint",
                            "{documentName}" or "{documentName?}" => "v1",
                            _ => "01922b7e-4a00-7c3e-9f10-2b6d1c7a9e55",
                        }
                )
        );
        if (method != "GET")
            request.Content = Client.Body(
                path.EndsWith("/batch", StringComparison.Ordinal) ? "{}\n" : "{}",
                path.EndsWith("/batch", StringComparison.Ordinal) ? "application/jsonl" : "application/json"
            );
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        // It led on to the provider, and so was not refused here.
        if (response.RequestMessage!.RequestUri!.Authority != http.BaseAddress!.Authority)
            return "yes";
        ((int)response.StatusCode).Should().BeLessThan(500, endpoint);
        var refused =
            response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
        return (
            response.StatusCode,
            refused ? JsonNode.Parse(await response.Content.ReadAsStringAsync())!["code"]!.GetValue<string>() : ""
        ) switch
        {
            // These actors have tokens, whose roles would do.
            (_, "permission/no-session") => "with a proof",
            (HttpStatusCode.NotFound, "agreement/not-found" or "entry/not-found") => "",
            (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, _) => "",
            _ => "yes",
        };
    }

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.None, 1000)]
    private static partial Regex Parameter();
}
