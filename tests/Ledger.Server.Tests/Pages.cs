using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Ledger.Server.Tests;

public sealed partial class Pages(ServerWithIdlib world) : IClassFixture<ServerWithIdlib>
{
    public static TheoryData<string> All =>
        [
            "/plain",
            $"/plain/{Idlib.Id}",
            $"/plain/{Idlib.Id}?asOf=2018-10-16&lens=strict&saidBy=2018-10-20",
            $"/plain/{Idlib.Id}/p2?asOf=2018-10-16",
        ];

    [Theory, MemberData(nameof(All))]
    public async Task Need_no_script_and_load_nothing_from_elsewhere(string path)
    {
        var page = await world.Http.AskAsync(path);

        page.Status.Should().Be(HttpStatusCode.OK, page.ToString());
        page.Type.Should().Be("text/html");
        page.Text.Should().NotContain("<script").And.NotContain("style=");
        Loaded(page.Text).Should().BeEquivalentTo(["/style.css", "/icon.svg"]);
        page.Response.Headers.GetValues("Content-Security-Policy").Single().Should().StartWith("default-src 'none'");
    }

    [Theory, MemberData(nameof(All))]
    public async Task Lead_only_to_addresses_that_are_there(string path)
    {
        var page = await world.Http.AskAsync(path);

        foreach (
            var link in Links()
                .Matches(page.Text)
                .Select(match => WebUtility.HtmlDecode(match.Groups["to"].Value))
                .Distinct(StringComparer.Ordinal)
        )
        {
            var to = link.StartsWith('?') ? path.Split('?')[0] + link : link;
            (await world.Http.AskAsync(to)).Status.Should().Be(HttpStatusCode.OK, to);
        }
    }

    [Fact]
    public async Task Show_every_provision_with_its_verdict_and_why()
    {
        var page = (await world.Http.AskAsync($"/plain/{Idlib.Id}?asOf=2018-10-16")).Text;
        var verdicts = (await world.Http.AskAsync($"{Idlib.Agreement}/verdicts?asOf=2018-10-16")).Json[
            "verdicts"
        ]!.AsArray();

        foreach (var verdict in verdicts)
        {
            var card = page.Split($"id=\"{verdict!["provision"]}\"")[1].Split("</section>")[0];
            card.Should().Contain(verdict["verdict"]!.GetValue<string>()).And.Contain("Why?");
        }
    }

    [Fact]
    public async Task Show_what_people_wrote_as_text_and_never_as_markup()
    {
        await using var server = await RunningServer.StartAsync();
        const string Hostile = "<script>alert('x')</script>\"'><img src=x onerror=alert(1)>";
        var adoption = Ledger.Server.Description.Examples.Of("agreement_adopted");
        adoption["file"]!["title"]!["en"] = Hostile;
        foreach (var provision in adoption["file"]!["provisions"]!.AsArray())
        {
            provision!["title"]!["en"] = Hostile;
            provision["words"] = Hostile;
            provision["reading"] = Hostile;
        }

        (await server.Http.PostAsync("/api/v1/agreements", adoption)).Status.Should().Be(HttpStatusCode.Created);
        var report = Idlib.Report("bombing", "2018-10-14");
        report["report"]!["summary"] = Hostile;
        report["report"]!["source"]!["name"] = Hostile;
        report["report"]!["place"] = new JsonObject { ["name"] = Hostile };
        (await server.Http.PostAsync("/api/v1/agreements/example-truce/reports", report))
            .Status.Should()
            .Be(HttpStatusCode.Created);

        foreach (
            var path in (string[])
                ["/plain", "/plain/example-truce?asOf=2018-10-16", "/plain/example-truce/quiet?asOf=2018-10-16"]
        )
        {
            var page = (await server.Http.AskAsync(path)).Text;
            page.Should().Contain("&lt;script&gt;").And.NotContain("<script").And.NotContain("<img");
        }
    }

    [Theory]
    [InlineData("de, en;q=0.5", "en", "ltr", "There is nothing here")]
    [InlineData("fr, ar;q=0.9, en;q=0.1", "ar", "rtl", "لا شيء هنا")]
    [InlineData("tr-TR", "tr", "ltr", "Burada bir şey yok")]
    [InlineData("en;q=0.2, ru-RU", "ru", "ltr", "Здесь ничего нет")]
    [InlineData("?;q=x,,", "en", "ltr", "There is nothing here")]
    public async Task Say_what_went_wrong_in_the_readers_language(
        string languages,
        string language,
        string direction,
        string words
    )
    {
        foreach (
            var path in (string[])
                ["/plain/no-such-agreement", "/plain/<b>", $"/plain/{Idlib.Id}/nothing", "/nothing/at/all"]
        )
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
            request.Headers.TryAddWithoutValidation("Accept-Language", languages);

            var answer = await world.Http.SendAsync(request).ReadAsync();

            answer.Status.Should().Be(HttpStatusCode.NotFound, path);
            answer.Response.Content.Headers.ContentType!.MediaType.Should().Be("text/html");
            answer.Response.Headers.CacheControl!.NoStore.Should().BeTrue();
            answer
                .Text.Should()
                .Contain($"<html lang=\"{language}\" dir=\"{direction}\">")
                .And.Contain($"<h1>{words}")
                .And.NotContain("<b>");
            (await world.Http.AskAsync(path)).Should().BeAProblem();
        }
    }

    [Fact]
    public async Task The_reference_comes_whole_from_this_server()
    {
        var page = await world.Http.AskAsync("/docs/");

        page.Text.Should().NotContainAny("http://", "https://", "//cdn", "@import");
        page.Text.Should()
            .Contain("\"withDefaultFonts\":false")
            .And.Contain("\"telemetry\":false")
            .And.Contain("\"agent\":{\"disabled\":true}")
            .And.NotContain("proxy");
        page.Response.Headers.GetValues("Content-Security-Policy")
            .Single()
            .Should()
            .StartWith("default-src 'self'")
            .And.NotContain("http");
        foreach (var script in Loaded(page.Text).Where(script => !script.StartsWith('/')))
            (await world.Http.AskAsync($"/docs/{script}")).Status.Should().Be(HttpStatusCode.OK, script);
        (await world.Http.AskAsync("/openapi/v1.json")).Json["openapi"]!.GetValue<string>().Should().StartWith("3.1");
    }

    private static IEnumerable<string> Loaded(string page) =>
        Loads().Matches(page).Select(match => match.Groups["what"].Value);

    [GeneratedRegex(
        """<(?:link|script|img|iframe)[^>]*?(?:href|src)="(?<what>[^"]*)"|url\((?<what>[^)]*)\)""",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Loads();

    [GeneratedRegex("""<a [^>]*?href="(?<to>[^"]*)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Links();
}
