using System.Buffers.Text;
using System.Text.Json.Nodes;
using Ledger.Store.People;

namespace Ledger.Server.Tests.People;

public sealed class WhatIsOnesOwn : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await Idlib.AdoptedAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_monitor_corrects_and_withdraws_what_they_filed_and_nothing_else()
    {
        using var amal = await _server.ActorAsync(Role.Monitor.In(Idlib.Id));
        using var basil = await _server.ActorAsync(Role.Monitor.In(Idlib.Id));
        var report = Idlib.NewId();
        (await amal.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("bombing", "2018-10-14", report)))
            .Status.Should()
            .Be(HttpStatusCode.Created);

        (await basil.PostAsync($"/api/v1/reports/{report}/corrections", Correction()))
            .Code.Should()
            .Be("permission/not-own");
        (await basil.PostAsync($"/api/v1/reports/{report}/retractions", Retraction()))
            .Code.Should()
            .Be("permission/not-own");
        (await amal.PostAsync($"/api/v1/reports/{report}/corrections", Correction()))
            .Status.Should()
            .Be(HttpStatusCode.Created);
        (await amal.PostAsync($"/api/v1/reports/{report}/retractions", Retraction()))
            .Status.Should()
            .Be(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Nobody_learns_what_is_sealed_by_sending_guesses_under_the_same_id()
    {
        using var amal = await _server.ActorAsync(Role.Monitor.In(Idlib.Id));
        using var basil = await _server.ActorAsync(Role.Monitor.In(Idlib.Id));
        using var keeper = await _server.ActorAsync(Role.Administrator.In(Membership.Every));
        var report = Idlib.Report("bombing", "2018-10-14");
        report["report"]!["source"]!["identity"] = "Hassan the baker";
        (await amal.PostAsync($"{Idlib.Agreement}/reports", report.DeepClone()))
            .Status.Should()
            .Be(HttpStatusCode.Created);

        foreach (var other in (HttpClient[])[basil, keeper])
        {
            var right = await other.PostAsync($"{Idlib.Agreement}/reports", report.DeepClone());
            var line = await other.PostAsync(
                $"{Idlib.Agreement}/reports/batch",
                report.ToJsonString(),
                "application/jsonl"
            );
            var guess = report.DeepClone();
            guess["report"]!["source"]!["identity"] = "Somebody else";
            var wrong = await other.PostAsync($"{Idlib.Agreement}/reports", guess);

            right.Status.Should().NotBe(HttpStatusCode.OK);
            (right.Status, right.Text)
                .Should()
                .Be((wrong.Status, wrong.Text), "a right guess is answered like a wrong one");
            line.Text.Should().NotContain("receipt\":{");
        }

        (await amal.PostAsync($"{Idlib.Agreement}/reports", report))
            .Status.Should()
            .Be(HttpStatusCode.OK, "its own sender is told that it is recorded");
    }

    [Fact]
    public async Task What_somebody_else_brought_in_from_a_file_is_known_again_by_its_salts()
    {
        using var basil = await _server.ActorAsync(Role.Monitor.In(Idlib.Id));
        using var amal = await _server.ActorAsync(Role.Monitor.In(Idlib.Id));
        var report = Idlib.Report("bombing", "2018-10-14");
        report["report"]!["source"]!["identity"] = "Hassan the baker";
        report["report"]!["narrative"] = "A white truck.";
        JsonObject Salts(byte filling) =>
            new()
            {
                ["source.identity"] = Base64Url.EncodeToString([.. Enumerable.Repeat(filling, 16)]),
                ["narrative"] = Base64Url.EncodeToString([.. Enumerable.Repeat((byte)(filling + 1), 16)]),
            };
        report["report"]!["salts"] = Salts(1);
        (await basil.PostAsync($"{Idlib.Agreement}/reports", report.DeepClone()))
            .Status.Should()
            .Be(HttpStatusCode.Created);

        (await amal.PostAsync($"{Idlib.Agreement}/reports", report.DeepClone()))
            .Status.Should()
            .Be(HttpStatusCode.OK, "her phone made it, whoever carried it");

        var guessed = report.DeepClone();
        guessed["report"]!["salts"] = Salts(7);
        var partly = report.DeepClone();
        partly["report"]!["salts"]!.AsObject().Remove("narrative");
        var other = report.DeepClone();
        other["report"]!["narrative"] = "A red truck.";
        foreach (var wrong in (JsonNode[])[guessed, partly, other])
            (await amal.PostAsync($"{Idlib.Agreement}/reports", wrong)).Code.Should().Be("entry/id-reused");
    }

    [Fact]
    public async Task No_batch_is_a_way_around_it()
    {
        using var amal = await _server.ActorAsync(Role.Monitor.In(Idlib.Id));
        using var basil = await _server.ActorAsync(Role.Monitor.In(Idlib.Id));
        var (report, own) = (Idlib.NewId(), Idlib.NewId());
        await amal.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("bombing", "2018-10-14", report));
        JsonObject Typed(string type, JsonObject data) => new() { ["type"] = type, ["data"] = data };
        JsonObject About(JsonObject data, string target)
        {
            data["target"] = target;
            return data;
        }

        // The second line pretends that the report came in the same batch.
        var lines = string.Join(
            '\n',
            new[]
            {
                Typed("report_corrected", About(Correction(), report)),
                Typed("report_filed", Idlib.Report("bombing", "2018-10-15", report)),
                Typed("report_corrected", About(Correction(), report)),
                Typed("report_filed", Idlib.Report("bombing", "2018-10-15", own)),
                Typed("report_corrected", About(Correction(), own)),
            }.Select(line => line.ToJsonString())
        );
        var answers = (await basil.PostAsync($"{Idlib.Agreement}/entries/batch", lines, "application/jsonl"))
            .Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonNode.Parse(line)!["status"]!.GetValue<int>());

        answers.Should().Equal(403, 422, 403, 201, 201);
    }

    [Fact]
    public async Task A_party_responds_in_its_own_name()
    {
        using var turkey = await _server.ActorAsync(Role.Party.In(Idlib.Id));
        var report = Idlib.NewId();
        await _server.Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("bombing", "2018-10-14", report));
        JsonObject Response(string party) =>
            new()
            {
                ["entryId"] = Idlib.NewId(),
                ["party"] = party,
                ["stance"] = "denies",
                ["words"] = "It was not us.",
            };

        (await turkey.PostAsync($"/api/v1/reports/{report}/responses", Response("russia")))
            .Code.Should()
            .Be("permission/denied");
        (await turkey.PostAsync($"/api/v1/reports/{report}/responses", Response("turkey")))
            .Status.Should()
            .Be(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Who_filed_is_in_no_entry()
    {
        var (id, amal) = await _server.PersonAsync(Role.Monitor.In(Idlib.Id));
        var report = Idlib.NewId();
        await amal.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("bombing", "2018-10-14", report));

        (await _server.Get<PeopleRegister>().FilerOfAsync(Guid.Parse(report))).Should().Be(id);
        (await _server.Http.AskAsync($"{Idlib.Agreement}/entries.jsonl")).Text.Should().NotContain(id.ToString());
    }

    [Fact]
    public async Task An_administrator_of_one_agreement_gives_roles_in_no_other()
    {
        var (_, signedIn) = await _server.SignedInAsync(Role.Administrator.In(Idlib.Id));
        using var admin = signedIn.Http;
        JsonObject Invitation(string agreement, string role) =>
            new()
            {
                ["name"] = "Amal",
                ["memberships"] = new JsonArray(new JsonObject { ["agreement"] = agreement, ["role"] = role }),
            };

        (await admin.PostAsync("/api/v1/invitations", Invitation(Idlib.Id, "administrator")))
            .Status.Should()
            .Be(HttpStatusCode.Created);
        (await admin.PostAsync("/api/v1/invitations", Invitation("*", "monitor")))
            .Code.Should()
            .Be("permission/denied");
        (await admin.PostAsync("/api/v1/invitations", Invitation("elsewhere", "monitor")))
            .Code.Should()
            .Be("permission/denied");
        (await admin.AskAsync("/api/v1/people")).Text.Should().NotContain("Operator");
    }

    [Fact]
    public async Task An_administrator_of_one_agreement_withdraws_no_link_that_signs_somebody_else_in()
    {
        var (_, signedIn) = await _server.SignedInAsync(Role.Administrator.In(Idlib.Id));
        using var admin = signedIn.Http;
        var link = (await _server.Http.PostAsync("/api/v1/people/me/links", "{}")).Json;

        (await admin.PostAsync($"/api/v1/invitations/{link["id"]}/revocation", "{}"))
            .Code.Should()
            .Be("invitation/not-found");

        using var browser = new Browser(_server);
        (await browser.OpenAsync(link["link"]!.GetValue<string>().Split('#')[1])).Status.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_token_is_never_more_than_its_owner()
    {
        var (id, signedIn) = await _server.SignedInAsync(Role.Monitor.In(Idlib.Id));
        using var amal = signedIn.Http;
        (
            await amal.PostAsync(
                "/api/v1/tokens",
                $$"""{"name": "robot", "memberships": [{"agreement": "{{Idlib.Id}}", "role": "reviewer"}]}"""
            )
        )
            .Code.Should()
            .Be("permission/denied");
        (
            await amal.PostAsync(
                "/api/v1/tokens",
                $$"""{"name": "robot", "memberships": [{"agreement": "{{Idlib.Id}}", "role": "monitor", "opensSealed": true}]}"""
            )
        )
            .Code.Should()
            .Be("permission/denied");
        var secret = (await amal.PostAsync("/api/v1/tokens", """{"name": "robot"}""")).Json[
            "secret"
        ]!.GetValue<string>();
        using var robot = _server.Stranger();
        robot.DefaultRequestHeaders.Authorization = new("Bearer", secret);
        (await robot.AskAsync(Idlib.Agreement)).Status.Should().Be(HttpStatusCode.OK);

        await _server.Http.PostAsync(
            $"/api/v1/people/{id}/memberships/withdrawals",
            $$"""{"agreement": "{{Idlib.Id}}", "role": "monitor"}"""
        );

        (await robot.AskAsync(Idlib.Agreement)).Status.Should().Be(HttpStatusCode.NotFound, "its owner may no more");
    }

    private static JsonObject Correction() =>
        new()
        {
            ["entryId"] = Idlib.NewId(),
            ["reason"] = "A slip",
            ["report"] = Idlib.Report("bombing", "2018-10-13")["report"]!.DeepClone(),
        };

    private static JsonObject Retraction() => new() { ["entryId"] = Idlib.NewId(), ["reason"] = "It was thunder." };
}
