using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Ledger.Web.Tests.HostileText;

/// <summary>
/// Whatever is written into any text of the interface, it is text on every screen, and it turns nothing around but
/// itself.
/// </summary>
public sealed partial class WhatPeopleWrite(PlantedServer planted) : IClassFixture<PlantedServer>
{
    private static readonly string[] Pages =
    [
        "/plain",
        $"/plain/{AppServer.Agreement}?asOf=2018-12-01",
        $"/plain/{AppServer.Agreement}/p2?asOf=2018-12-01",
        $"/plain/{AppServer.Agreement}/p6?asOf=2018-12-01",
        "/docs",
    ];

    /// <summary>
    /// Text with a sign that turns directions, beside which other text stands in the same paragraph, and which nothing
    /// isolates. A block begins a paragraph of its own, and so does a cell, an item of a list, and what a style sheet
    /// isolates.
    /// </summary>
    private const string Turned = """
        () => {
          const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
          for (let node = walk.nextNode(); node; node = walk.nextNode()) {
            // What begins an isolate and ends it turns nothing else around.
            if (!/[\u202a-\u202e\u2066-\u2069]/.test(node.data.replace(/[\u2066-\u2068][^\u202a-\u202e\u2066-\u2069]*\u2069/g, '')) || ['SCRIPT', 'STYLE', 'TITLE'].includes(node.parentElement.tagName)) continue
            let at = node.parentElement, isolated = false
            while (at && getComputedStyle(at).display === 'inline' && !(at instanceof SVGElement)) {
              isolated ||= /isolate|plaintext/.test(getComputedStyle(at).unicodeBidi)
              at = at.parentElement
            }
            if (isolated || !at || getComputedStyle(at).display === 'none' || at instanceof SVGElement) continue
            const rest = document.createRange()
            rest.setStartAfter(node)
            rest.setEndAfter(at.lastChild)
            const beside = [...rest.cloneContents().childNodes].filter(one => !(one instanceof Element) || /^(SPAN|A|B|I|EM|STRONG|CODE|SMALL|TIME|BDI|Q|ABBR|LABEL)$/.test(one.tagName)).map(one => one.textContent).join('')
            if (beside.trim()) found.push(`${at.tagName}.${at.className}: ...${node.data.slice(-12)} | ${beside.trim().slice(0, 40)} in ${at.outerHTML.replace(/=1\+1[^]*?\u2066/g, '*').slice(0, 300)}`)
          }
          return [...new Set(found)]
        }
        """;

    [Fact]
    public async Task Is_text_on_every_screen()
    {
        await LookAtAllAsync(Screen.Desk, "en-GB");
        await LookAtAllAsync(Screen.Phone, "ar");
    }

    private async Task LookAtAllAsync(Screen screen, string language)
    {
        var (wrong, seen) = (new List<string>(), 0);
        await using var visit = await Visit.OpenAsync(planted.App, "/", screen, language);
        visit.Page.Dialog += (_, dialog) =>
        {
            wrong.Add($"a dialog: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
        foreach (var (name, path) in EveryScreen.Addresses.Concat(Pages.Select(page => (page, page))))
        {
            await visit.Page.GotoAsync(path);
            await visit.Page.Locator("h1").First.WaitForAsync();
            await visit.SettledAsync();
            await visit.Page.EvaluateAsync(
                "() => document.querySelectorAll('details').forEach(one => one.open = true)"
            );
            if (await visit.Page.EvaluateAsync<bool>($"() => '{Plants.Canary}' in window"))
                wrong.Add($"{name}: a script ran");
            if (
                await visit.Page.EvaluateAsync<int>(
                    $"() => [...document.querySelectorAll('script, img, svg, a, iframe')].filter(one => [...one.attributes].some(a => a.name.startsWith('on') || /^\\s*javascript:/i.test(a.value)) || (one.tagName === 'SCRIPT' && one.textContent.includes('{Plants.Canary}')) || one.getAttribute('src') === 'x').length"
                )
                is > 0
                    and var elements
            )
                wrong.Add($"{name}: {elements} elements were made of text");
            foreach (var turned in await visit.Page.EvaluateAsync<string[]>(Turned))
                wrong.Add($"{name}: {turned}");
            if (
                await visit.Page.EvaluateAsync<bool>(
                    $"() => document.body.innerText.includes('window.{Plants.Canary}=1')"
                )
            )
                seen++;
        }

        wrong.AddRange(visit.Faults);
        visit.Faults.Clear();
        wrong.Should().BeEmpty($"on a {screen} in {language}");
        seen.Should().BeGreaterThan(12, "the attacks were there to be seen");
    }

    [Fact]
    public async Task Is_refused_where_it_holds_what_is_no_text()
    {
        var tried = 0;
        foreach (var (type, data) in planted.OfEachType)
        {
            foreach (var pointer in Plants.Planted(data).Where(pointer => pointer != "/report/origin/url"))
            {
                foreach (
                    var (no, code) in ((string, string)[])
                        [
                            ("\\u0000", "input/control-character"),
                            ("\\ud800", "input/lone-surrogate"),
                            ("\\udc00 \\ud800", "input/lone-surrogate"),
                        ]
                )
                {
                    var fresh = Plants.With(data, pointer, "MARK");
                    fresh["entryId"] = PlantedServer.NewId();
                    var body = new JsonObject { ["type"] = type, ["data"] = fresh }
                        .ToJsonString()
                        .Replace("MARK", $"a{no}b", StringComparison.Ordinal);
                    var (status, text) = await Send($"/api/v1/agreements/{AppServer.Agreement}/entries", body);
                    ((int)status).Should().BeInRange(400, 499, $"{type} {pointer} {no}: {text}");
                    text.Should().Contain(code, $"{type} {pointer}");
                    tried++;
                }
            }
        }

        tried.Should().BeGreaterThan(20);
    }

    [Theory]
    [InlineData(
        "/api/v1/invitations",
        """{"name": "MARK", "memberships": [{"agreement": "idlib-2018", "role": "monitor"}]}"""
    )]
    [InlineData("/api/v1/tokens", """{"name": "MARK"}""")]
    [InlineData(
        "/api/v1/agreements/idlib-2018/webhooks",
        """{"url": "https://example.org/MARK", "events": ["report_filed"]}"""
    )]
    public async Task Is_refused_in_names_as_well(string path, string body)
    {
        foreach (var no in (string[])["\\u0000", "\\ud800"])
        {
            var (status, text) = await Send(path, body.Replace("MARK", $"a{no}b", StringComparison.Ordinal));

            ((int)status).Should().BeInRange(400, 499, text);
        }
    }

    [Fact]
    public async Task Is_no_formula_in_any_table()
    {
        foreach (var table in (string[])["reports.csv", "incidents.csv", "entries.csv", "verdicts.csv"])
        {
            var text = await planted.App.Http.GetStringAsync($"/api/v1/agreements/{AppServer.Agreement}/{table}");

            text.Should().Contain("'=1+1", table);
            CellThatIsAFormula().Matches(text).Select(match => match.Value).Should().BeEmpty(table);
        }
    }

    [Fact]
    public async Task Is_no_address_that_runs()
    {
        var data = planted.OfEachType[^1].Data.DeepClone();
        data["entryId"] = PlantedServer.NewId();
        foreach (
            var address in (string[])
                [
                    "javascript:window.__hit=1",
                    "data:text/html,<script>window.__hit=1</script>",
                    "JaVaScRiPt:alert(1)",
                    "\u0001javascript:alert(1)",
                    "//evil.example",
                ]
        )
        {
            data["report"]!["origin"]!["url"] = address;
            var (status, text) = await Send(
                $"/api/v1/agreements/{AppServer.Agreement}/entries",
                new JsonObject { ["type"] = "report_filed", ["data"] = data.DeepClone() }.ToJsonString()
            );
            status.Should().Be(HttpStatusCode.UnprocessableEntity, text);
        }
    }

    private async Task<(HttpStatusCode Status, string Text)> Send(string path, string body)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body))
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
        };
        using var response = await planted.App.Http.PostAsync(path, content);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>At the beginning of a cell; within a quoted one, a comma is no beginning.</summary>
    [GeneratedRegex("(?:^|\\n)\"?[=+@][^\\r\\n]{0,40}|,\"[=+@][^\\r\\n]{0,40}", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex CellThatIsAFormula();
}
