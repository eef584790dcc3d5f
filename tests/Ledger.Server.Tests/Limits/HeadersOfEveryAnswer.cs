using System.Text.RegularExpressions;
using Ledger.Server.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Ledger.Server.Tests.Limits;

/// <summary>
/// From the route table, so that no endpoint is forgotten: good answers, refusals, and what is not there.
/// </summary>
public sealed class HeadersOfEveryAnswer(ServerWithIdlib world) : IClassFixture<ServerWithIdlib>
{
    private static readonly (string Name, string Value)[] Expected =
    [
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ];

    [Fact]
    public async Task Keep_browsers_from_running_framing_and_telling()
    {
        var routes = world.Server.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToArray();
        routes.Should().HaveCountGreaterThan(50);
        foreach (var route in routes)
        {
            foreach (var method in route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                foreach (var value in (string[])[Idlib.Id, "p2", "nowhere"])
                {
                    var path =
                        "/"
                        + Regex.Replace(
                            route.RoutePattern.RawText!.TrimStart('/'),
                            @"\{[^}]+\}",
                            value,
                            RegexOptions.None,
                            TimeSpan.FromSeconds(1)
                        );
                    await CheckAsync(method, path);
                }
            }
        }

        foreach (
            var path in (string[])
                ["/nowhere", "/api/v1/nothing", "/assets/none.js", "/../etc/passwd", "/docs/", "/style.css"]
        )
            await CheckAsync("GET", path);
    }

    [Fact]
    public async Task Let_the_app_ask_for_place_and_camera_and_no_frame_for_anything()
    {
        using var answer = await world.Http.GetAsync($"{Idlib.Agreement}/verdicts");

        answer
            .Headers.GetValues("Permissions-Policy")
            .Single()
            .Should()
            .Contain("geolocation=(self)")
            .And.Contain("camera=(self)")
            .And.Contain("microphone=()");
        answer
            .Headers.GetValues("Content-Security-Policy")
            .Single()
            .Should()
            .Be("default-src 'none'; frame-ancestors 'none'");
        answer.Headers.Contains("Strict-Transport-Security").Should().BeFalse("over plain HTTP it says nothing");
        answer.Headers.Server.Should().BeEmpty();
    }

    [Fact]
    public async Task Let_no_cache_between_keep_what_somebody_was_told()
    {
        var (asked, report) = (new List<string>(), Idlib.Report("bombing", "2018-10-14"));
        (await world.Http.PostAsync($"{Idlib.Agreement}/reports", report)).Status.Should().Be(HttpStatusCode.Created);
        foreach (
            var route in world
                .Server.Get<EndpointDataSource>()
                .Endpoints.OfType<RouteEndpoint>()
                .Where(route => route.Metadata.GetMetadata<PermitAttribute>() is { AsksNobody: false })
        )
        {
            if (route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is not ["GET", ..])
                continue;
            var path =
                "/"
                + Regex.Replace(
                    route.RoutePattern.RawText!.TrimStart('/'),
                    @"\{(?<name>[^}]+)\}",
                    part =>
                        part.Groups["name"].Value switch
                        {
                            "provision" => "p5",
                            "position" => "1",
                            "report" or "entry" => report["entryId"]!.GetValue<string>(),
                            "**path" => "checkpoint",
                            _ => Idlib.Id,
                        },
                    RegexOptions.ExplicitCapture,
                    TimeSpan.FromSeconds(1)
                );
            using var answer = await world.Http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
            if (answer.StatusCode != HttpStatusCode.OK)
                continue;
            asked.Add(path);
            var cache = answer.Headers.CacheControl;
            (cache is { Private: true } or { NoStore: true }).Should().BeTrue($"{path} says {cache}");
        }

        asked.Should().HaveCountGreaterThan(30);
    }

    [Fact]
    public async Task Are_never_made_of_what_was_asked()
    {
        foreach (var hostile in (string[])["a%0d%0aSet-Cookie:%20x=1", "a%0aX-Injected:%201", "%E2%80%AE", "a%00b"])
        {
            foreach (
                var path in (string[])
                    [
                        $"/api/v1/agreements/{hostile}",
                        $"/log/{hostile}/checkpoint",
                        $"/log/{hostile}/bundle.zip",
                        $"{Idlib.Agreement}/entries?type={hostile}",
                        $"{Idlib.Agreement}/verdicts/{hostile}",
                        $"/plain/agreements/{hostile}",
                        $"{Idlib.Agreement}/verdicts?lens={hostile}",
                        $"/{hostile}",
                    ]
            )
            {
                using var answer = await world.Http.GetAsync(path);
                ((int)answer.StatusCode).Should().BeInRange(400, 499, path);
                answer.Headers.Contains("Set-Cookie").Should().BeFalse(path);
                answer.Headers.Contains("X-Injected").Should().BeFalse(path);
            }
        }
    }

    private async Task CheckAsync(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method is "POST" or "PUT")
            request.Content = Client.Body("{}");
        using var answer = await world.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var because = $"{method} {path} {(int)answer.StatusCode}";
        ((int)answer.StatusCode).Should().BeLessThan(500, because);
        foreach (var (name, value) in Expected)
            answer.Headers.GetValues(name).Should().Equal([value], because);
        answer
            .Headers.GetValues("Content-Security-Policy")
            .Single()
            .Should()
            .Contain("default-src")
            .And.Contain("frame-ancestors 'none'", because)
            .And.NotContain("http:")
            .And.NotContain("unsafe-eval");
        answer.Headers.Contains("Permissions-Policy").Should().BeTrue(because);
    }
}
