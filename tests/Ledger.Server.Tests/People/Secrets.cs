using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Store.People;
using Npgsql;

namespace Ledger.Server.Tests.People;

/// <summary>
/// Marked secrets are planted, everything that can be done is done with them, and then they are looked for wherever
/// they must not be.
/// </summary>
public sealed class Secrets
{
    [Fact]
    public async Task Are_in_no_log_no_answer_no_export_and_in_no_table()
    {
        using var log = new EveryLine();
        await using var server = await RunningServer.StartAsync(services: log.Listen);
        using var traces = new EverySpan();
        var said = new StringBuilder();
        (await server.Http.PostAsync("/api/v1/agreements", Idlib.Adoption()))
            .Status.Should()
            .Be(HttpStatusCode.Created);
        var report = Idlib.Report("bombing", "2018-10-14");
        report["report"]!["narrative"] = "CANARY-narrative";
        report["report"]!["source"]!["identity"] = "CANARY-identity";
        said.Append(await server.Http.PostAsync($"{Idlib.Agreement}/reports", report));

        var operatorToken = await File.ReadAllTextAsync(RunningServer.OperatorFileOf(server.Connection));
        var invited = await server.Http.PostAsync(
            "/api/v1/invitations",
            $$"""{"name": "Amal", "memberships": [{"agreement": "{{Idlib.Id}}", "role": "administrator"}]}"""
        );
        var link = Browser.SecretOf(invited);
        using var browser = new Browser(server);
        said.Append(await browser.OpenAsync(link)).Append(await browser.OpenAsync(link));
        var session = browser.Cookies.GetCookies(new Uri(browser.Address)).Single().Value;
        var token = (await browser.Http.PostAsync("/api/v1/tokens", """{"name": "robot"}""")).Json[
            "secret"
        ]!.GetValue<string>();
        using var named = new Browser(server, "localhost");
        said.Append(await named.Http.PostAsync("/api/v1/sign-in/challenges", "{}"));
        var challenge = named.Cookies.GetCookies(new Uri(named.Address)).Single().Value;
        said.Append(
            await named.Http.PostAsync("/api/v1/sign-in/passkey", """{"credential": {"id": "CANARY-credential"}}""")
        );
        var hook = (
            await server.Http.PostAsync(
                $"{Idlib.Agreement}/webhooks",
                """{"url": "https://127.0.0.1.invalid/CANARY-hook", "events": ["report_filed"]}"""
            )
        ).Json["secret"]!.GetValue<string>();
        said.Append(await server.Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("patrol", "2018-12-01")))
            .Append(await server.Http.AskAsync($"{Idlib.Agreement}/webhooks"));
        using var robot = server.Stranger();
        robot.DefaultRequestHeaders.Authorization = new("Bearer", token);

        foreach (var http in (HttpClient[])[robot, browser.Http, server.Http])
        {
            foreach (
                var path in (string[])
                    [
                        "/api/v1/me",
                        "/api/v1/people",
                        "/api/v1/tokens",
                        "/api/v1/invitations",
                        Idlib.Agreement,
                        $"{Idlib.Agreement}/entries",
                        $"{Idlib.Agreement}/entries.jsonl",
                        $"{Idlib.Agreement}/reports",
                        $"/api/v1/reports/{report["entryId"]}",
                        $"{Idlib.Agreement}/openings",
                        $"/log/{Idlib.Id}/checkpoint",
                        $"/log/{Idlib.Id}/disclosures/000.p/2",
                        $"/plain/{Idlib.Id}",
                        "/api/v1/nowhere",
                        "/metrics",
                        $"{Idlib.Agreement}/reports.csv",
                        $"{Idlib.Agreement}/incidents.csv",
                        $"{Idlib.Agreement}/entries.csv",
                        $"{Idlib.Agreement}/verdicts.csv",
                        $"{Idlib.Agreement}/incidents.geojson",
                        $"{Idlib.Agreement}/undelivered",
                    ]
            )
                said.Append(await http.AskAsync(path));
            said.Append(await http.PostAsync($"/log/{Idlib.Id}/disclosures/000.p/2", "{}"));
            said.Append(await http.PostAsync($"{Idlib.Agreement}/reports", "{"))
                .Append(await http.PostAsync("/api/v1/tokens", """{"name": 5}"""));
            var bundle = await http.GetByteArrayAsync($"/log/{Idlib.Id}/bundle.zip");
            using var zip = new ZipArchive(new MemoryStream(bundle));
            foreach (var entry in zip.Entries)
                said.Append(await new StreamReader(await entry.OpenAsync()).ReadToEndAsync());
        }

        using var forged = server.Stranger();
        forged.DefaultRequestHeaders.Authorization = new("Bearer", "ledger_t_CANARY-forged");
        said.Append(await forged.AskAsync("/api/v1/me"))
            .Append(await forged.PostAsync("/api/v1/sign-in", new JsonObject { ["secret"] = "ledger_i_CANARY-link" }));

        var keys = Path.GetDirectoryName(RunningServer.KeyFileOf(server.Connection))!;
        var files = Directory.GetFiles(keys, "*.key").Select(file => File.ReadAllText(file).Trim()).ToArray();
        files.Should().HaveCount(3, "these are the keys of the log, of what is sealed and of webhooks");
        var password = new NpgsqlConnectionStringBuilder(server.Connection).Password!;

        string[] secrets =
        [
            .. files,
            operatorToken,
            link,
            session,
            token,
            challenge,
            hook,
            hook["whsec_".Length..],
            "CANARY-credential",
            "CANARY-narrative",
            "CANARY-identity",
            "CANARY-forged",
            "CANARY-link",
        ];
        var tables = await TablesAsync(server.Connection);
        // Not looked for in traces: the statement that makes a role of it for the tests is among them.
        foreach (var text in (string[])[said.ToString(), log.Text, tables])
            text.Contains(password, StringComparison.Ordinal)
                .Should()
                .BeFalse("the password of the database is nowhere");
        foreach (var secret in secrets)
        {
            said.ToString()
                .Contains(secret, StringComparison.Ordinal)
                .Should()
                .BeFalse($"answers hold no {secret[..10]}");
            log.Text.Contains(secret, StringComparison.Ordinal).Should().BeFalse($"logs hold no {secret[..10]}");
            traces.Text.Contains(secret, StringComparison.Ordinal).Should().BeFalse($"traces hold no {secret[..10]}");
            tables.Contains(secret, StringComparison.Ordinal).Should().BeFalse($"tables hold no {secret[..10]}");
            tables
                .Contains(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(secret)), StringComparison.Ordinal)
                .Should()
                .BeFalse($"tables hold no {secret[..10]} as bytes");
        }

        tables
            .Contains(
                Convert.ToHexStringLower(Convert.FromBase64String(hook["whsec_".Length..])),
                StringComparison.Ordinal
            )
            .Should()
            .BeFalse("tables hold the key of no webhook");

        traces
            .Text.Should()
            .Contain("/api/v1/sign-in")
            .And.Contain("insert into", "statements are traced, without their values");
        log.Text.Should()
            .Contain(
                "/api/v1/sign-in",
                "at this level everything is logged, so that what is missing was left out on purpose"
            );
        var opened = await server.Http.OpenReportAsync(report["entryId"], "checked");
        opened.Text.Should().Contain("CANARY-narrative", "whoever may open it and says why still finds it");
    }

    [Fact]
    public async Task That_are_opened_are_written_down_with_who_and_why()
    {
        await using var server = await Idlib.AdoptedAsync();
        var report = Idlib.Report("bombing", "2018-10-14");
        report["report"]!["narrative"] = "The baker heard it.";
        await server.Http.PostAsync($"{Idlib.Agreement}/reports", report);
        var (id, opener) = await server.PersonAsync(Role.Auditor.In(Idlib.Id) with { OpensSealed = true });
        using var auditor = await server.ActorAsync(Role.Auditor.In(Idlib.Id));
        var path = $"/api/v1/reports/{report["entryId"]}";

        (await auditor.OpenAsync($"{path}/openings", "curious")).Code.Should().Be("permission/sealed");
        (await auditor.OpenAsync($"/log/{Idlib.Id}/bundle.zip", "curious")).Code.Should().Be("permission/sealed");
        (await opener.OpenAsync($"{path}/openings", "")).Problems.Should().Equal("/reason input/blank");
        (await opener.AskAsync(path)).Text.Should().NotContain("The baker");
        var opened = await opener.OpenAsync($"{path}/openings", "Compared with the hospital");
        opened.Text.Should().Contain("The baker");
        opened
            .Response.Headers.CacheControl!.ToString()
            .Should()
            .Be("no-store", "it is written down each time that it is looked at");

        var openings = (await auditor.AskAsync($"{Idlib.Agreement}/openings")).Json["openings"]!.AsArray();
        openings.Should().ContainSingle();
        (
            openings[0]!["person"]!.GetValue<string>(),
            openings[0]!["name"]!.GetValue<string>(),
            openings[0]!["reason"]!.GetValue<string>(),
            openings[0]!["entry"]!.GetValue<string>()
        )
            .Should()
            .Be((id.ToString(), "narrative", "Compared with the hospital", report["entryId"]!.GetValue<string>()));
    }

    /// <summary>Every table of the ledger as text, bytes in hexadecimal.</summary>
    private static async Task<string> TablesAsync(string connection)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        var (names, text) = (new List<string>(), new StringBuilder());
        await using (
            var command = database.CreateCommand(
                "select quote_ident(schemaname) || '.' || quote_ident(tablename) from pg_tables where schemaname not in ('pg_catalog', 'information_schema')"
            )
        )
        await using (var rows = await command.ExecuteReaderAsync())
        {
            while (await rows.ReadAsync())
                names.Add(rows.GetString(0));
        }

        names.Should().Contain("ledger.session").And.Contain("ledger.ledger_sealed");
        foreach (var name in names)
        {
            await using var command = database.CreateCommand(
                $"select coalesce(string_agg(t::text, E'\\n'), '') from {name} t"
            );
            text.Append((string)(await command.ExecuteScalarAsync())!);
        }

        return text.ToString();
    }

    /// <summary>Everything that a collector of traces would be sent, whoever traces it.</summary>
    private sealed class EverySpan : IDisposable
    {
        private readonly StringBuilder _spans = new();
        private readonly ActivityListener _listener;

        public EverySpan()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = _ => true,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = span =>
                {
                    lock (_spans)
                        _spans
                            .AppendJoin(
                                ' ',
                                [
                                    span.DisplayName,
                                    span.StatusDescription,
                                    .. span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"),
                                    .. span.Events.SelectMany(happened =>
                                        happened.Tags.Select(tag => $"{tag.Key}={tag.Value}")
                                    ),
                                    .. span.Baggage.Select(item => $"{item.Key}={item.Value}"),
                                ]
                            )
                            .Append('\n');
                },
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public string Text
        {
            get
            {
                lock (_spans)
                    return _spans.ToString();
            }
        }

        public void Dispose() => _listener.Dispose();
    }
}
