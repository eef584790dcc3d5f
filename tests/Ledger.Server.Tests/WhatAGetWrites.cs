using System.Text.RegularExpressions;
using Ledger.Server.Authorization;
using Ledger.Server.Tests.People;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Npgsql;

namespace Ledger.Server.Tests;

/// <summary>
/// A page of any site makes a browser GET any address with its cookies. So no GET may do anything in its caller's name:
/// each one that there is is sent by whoever may do everything, while triggers watch every table but those that follow
/// the ledger by themselves, whoever asks. The one thing that may change is when a session, a token and a device were
/// last used.
/// </summary>
public sealed partial class WhatAGetWrites : IAsyncLifetime
{
    private RunningServer _server = null!;
    private Browser _browser = null!;
    private string _report = "";

    public async ValueTask InitializeAsync()
    {
        _server = await Idlib.AdoptedAsync();
        var report = Idlib.Report("bombing", "2018-10-14");
        report["report"]!["narrative"] = "The baker heard it.";
        _report = report["entryId"]!.GetValue<string>();
        (await _server.Http.PostAsync($"{Idlib.Agreement}/reports", report)).Status.Should().Be(HttpStatusCode.Created);
        _browser = new Browser(_server);
        await _browser.OpenAsync(Browser.SecretOf(await _server.Http.PostAsync("/api/v1/people/me/links", "{}")));
        (await _browser.MeAsync())["person"]!["name"]!.GetValue<string>().Should().Be("Operator");
        await WatchAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Is_nothing_whoever_sends_it()
    {
        var addresses = _server
            .Get<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") != false)
            .Select(route => Filled("/" + route.RoutePattern.RawText!.TrimStart('/')))
            .Append($"/log/{Idlib.Id}/disclosures/000.p/2")
            .Distinct(StringComparer.Ordinal)
            .ToList();
        addresses.Should().HaveCountGreaterThan(50);

        foreach (var http in (HttpClient[])[_browser.Http, _server.Http])
        {
            foreach (var address in addresses)
            {
                foreach (var query in (string[])["", "?reason=curious", "?disclosures=opened&reason=curious"])
                {
                    foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head])
                        await SendAsync(http, method, address + query);
                    (await WrittenAsync()).Should().BeEmpty(address + query);
                }
            }
        }

        await _browser.Http.OpenReportAsync(_report);
        (await WrittenAsync()).Should().Contain("opening INSERT", "the triggers watch");
    }

    [Fact]
    public async Task Is_refused_with_a_word_for_what_takes_a_post()
    {
        foreach (var path in (string[])[$"/log/{Idlib.Id}/bundle.zip", $"/log/{Idlib.Id}/disclosures/000.p/2"])
        {
            var answer = await _server.Http.AskAsync($"{path}?disclosures=opened&reason=curious");
            (answer.Status, answer.Code).Should().Be((HttpStatusCode.BadRequest, "query/unknown-parameter"));
            (await _server.Http.OpenAsync(path, "checked")).Text.Should().NotContain("\"code\"");
        }
    }

    [Fact]
    public async Task Cannot_be_had_by_a_post_from_another_site()
    {
        using var elsewhere = new Browser(_server);
        elsewhere.Cookies.Add(_browser.Cookies.GetAllCookies());
        elsewhere.Http.DefaultRequestHeaders.Remove("Sec-Fetch-Site");
        elsewhere.Http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");

        foreach (
            var path in (string[])
                [
                    $"/api/v1/reports/{_report}/openings",
                    $"/log/{Idlib.Id}/bundle.zip",
                    $"/log/{Idlib.Id}/disclosures/000.p/2",
                ]
        )
            (await elsewhere.Http.OpenAsync(path, "curious")).Code.Should().Be("permission/cross-site", path);
        (await WrittenAsync()).Should().BeEmpty();
    }

    private async Task SendAsync(HttpClient http, HttpMethod method, string address)
    {
        using var request = new HttpRequestMessage(method, address);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        // Changes go on for ever; what else there is is written while it is read.
        if (response.Content.Headers.ContentType?.MediaType != "text/event-stream")
            await response.Content.ReadAsByteArrayAsync();
    }

    private string Filled(string path) =>
        Parameter()
            .Replace(
                path,
                match =>
                    match.Value switch
                    {
                        "{id}" or "{agreement}" => Idlib.Id,
                        "{report}" or "{entry}" or "{feature}" => _report,
                        "{file}" => "reports.csv",
                        "{collection}" => "reports",
                        "{provision}" => "p5",
                        "{position}" => "2",
                        "{person}" => "me",
                        "{**path}" => "checkpoint",
                        "{documentName}" or "{documentName?}" => "v1",
                        _ => "01922b7e-4a00-7c3e-9f10-2b6d1c7a9e55",
                    }
            );

    private async Task WatchAsync()
    {
        await using var database = NpgsqlDataSource.Create(_server.Connection);
        await using var command = database.CreateCommand(
            """
            create table public.written (what text);
            create function public.tell() returns trigger language plpgsql security definer as $$
            begin
                if tg_op = 'UPDATE' and to_jsonb(old) - array['last_seen_at', 'last_used_at'] = to_jsonb(new) - array['last_seen_at', 'last_used_at'] then
                    return null;
                end if;
                insert into public.written values (tg_table_name || ' ' || tg_op);
                return null;
            end $$;
            do $$
            declare watched text;
            begin
                for watched in select format('%I.%I', schemaname, tablename) from pg_tables where schemaname = 'ledger' and tablename <> all (array['mt_event_progression', 'incident', 'party_conduct', 'zone_day', 'provision_standing', 'verdict_change', 'projection_progress', 'verdict_progress']) loop
                    execute 'create trigger tell after insert or update or delete on ' || watched || ' for each row execute function public.tell()';
                end loop;
            end $$;
            """
        );
        await command.ExecuteNonQueryAsync();
    }

    private async Task<IReadOnlyList<string>> WrittenAsync()
    {
        await using var database = NpgsqlDataSource.Create(_server.Connection);
        await using var command = database.CreateCommand("delete from public.written returning what");
        await using var rows = await command.ExecuteReaderAsync();
        var written = new List<string>();
        while (await rows.ReadAsync())
            written.Add(rows.GetString(0));
        return written;
    }

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.None, 1000)]
    private static partial Regex Parameter();
}
