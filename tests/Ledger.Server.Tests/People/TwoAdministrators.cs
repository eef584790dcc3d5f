using System.Text.Json.Nodes;
using Ledger.Server.Description;
using Ledger.Store.People;

namespace Ledger.Server.Tests.People;

/// <summary>The agreement wants two people to give the right to open what is sealed, and to erase.</summary>
public sealed class TwoAdministrators : IAsyncLifetime
{
    private RunningServer _server = null!;
    private Guid _amal;
    private HttpClient _amals = null!;
    private HttpClient _basils = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        var adoption = Idlib.Adoption();
        adoption["file"]!["twoPeople"] = new JsonArray("opens-sealed", "erasures");
        (await _server.Http.PostAsync("/api/v1/agreements", adoption)).Status.Should().Be(HttpStatusCode.Created);
        (_amal, var amal) = await _server.SignedInAsync(Role.Administrator.In(Idlib.Id));
        (_, var basil) = await _server.SignedInAsync(Role.Administrator.In(Idlib.Id));
        (_amals, _basils) = (amal.Http, basil.Http);
    }

    public async ValueTask DisposeAsync()
    {
        _amals.Dispose();
        _basils.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Give_the_right_to_open_where_one_cannot()
    {
        (await GrantAsync(_amals, _amal)).Status.Should().Be(HttpStatusCode.Accepted);
        (await GrantAsync(_amals, _amal)).Status.Should().Be(HttpStatusCode.Accepted, "asking twice is not two people");
        (await OpensAsync()).Should().BeFalse();
        var waiting = (await _basils.AskAsync("/api/v1/people")).Json["people"]!
            .AsArray()
            .Single(person => person!["id"]!.GetValue<string>() == _amal.ToString())!["proposed"]![0]!;
        (waiting["membership"]!["opensSealed"]!.GetValue<bool>(), waiting["mine"]!.GetValue<bool>())
            .Should()
            .Be((true, false));

        (await GrantAsync(_basils, _amal)).Status.Should().Be(HttpStatusCode.OK);

        (await OpensAsync()).Should().BeTrue();
        var held = (await _amals.AskAsync($"{Idlib.Agreement}/roles")).Json["roles"]!
            .AsArray()
            .Single(role =>
                role!["opensSealed"]!.GetValue<bool>() && role["agreement"]!.GetValue<string>() == Idlib.Id
            )!;
        (held["proposedBy"]!.GetValue<string>(), held["givenBy"]!.GetValue<string>())
            .Should()
            .Be(("Somebody", "Somebody"), "both stand in the history");
        (await _basils.AskAsync("/api/v1/people")).Json["people"]!
            .AsArray()
            .Should()
            .OnlyContain(person => person!["proposed"]!.AsArray().Count == 0);
    }

    [Fact]
    public async Task Make_another_administrator_who_would_agree_to_everything()
    {
        var (id, _) = await _server.PersonAsync(Role.Auditor.In(Idlib.Id));
        (await GrantAsync(_amals, id, "administrator", opensSealed: false)).Status.Should().Be(HttpStatusCode.Accepted);
        foreach (
            var membership in (string[])
                [
                    """{"agreement": "idlib-2018", "role": "administrator"}""",
                    """{"agreement": "idlib-2018", "role": "auditor", "opensSealed": true}""",
                ]
        )
            (await _amals.PostAsync("/api/v1/invitations", $$"""{"name": "Nobody", "memberships": [{{membership}}]}"""))
                .Code.Should()
                .Be("permission/two-people");
        (await GrantAsync(_amals, id, "reviewer", opensSealed: false)).Status.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Are_asked_for_as_well_where_a_right_is_for_every_agreement()
    {
        var (id, http) = await _server.PersonAsync(new Membership(Membership.Every, Role.Administrator));

        (await GrantAsync(http, id, "auditor", agreement: Membership.Every))
            .Status.Should()
            .Be(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Are_not_asked_for_where_the_agreement_does_not_want_it()
    {
        (await _server.Http.PostAsync("/api/v1/agreements", Examples.Of("agreement_adopted")))
            .Status.Should()
            .Be(HttpStatusCode.Created);
        var (id, http) = await _server.PersonAsync(Role.Administrator.In("example-truce"));

        (await GrantAsync(http, id, "auditor", agreement: "example-truce")).Status.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Erase_where_one_cannot()
    {
        var report = Idlib.Report("bombing", "2018-10-14");
        report["report"]!["narrative"] = "The baker heard it.";
        report["report"]!["handles"] = new JsonObject { ["source"] = Guid.NewGuid().ToString() };
        report["report"]!["source"]!["identity"] = "A baker";
        (await _server.Http.PostAsync($"{Idlib.Agreement}/reports", report)).Status.Should().Be(HttpStatusCode.Created);
        var handle = report["report"]!["handles"]!["source"]!.GetValue<string>();
        var request = Idlib.NewId();
        var requested = await _amals.PostAsync(
            $"{Idlib.Agreement}/erasures",
            new JsonObject
            {
                ["entryId"] = request,
                ["handle"] = handle,
                ["authority"] = "The commission",
            }
        );
        requested.Status.Should().Be(HttpStatusCode.Created, requested.ToString());
        Task<Answer> ConfirmAsync(HttpClient http) =>
            http.PostAsync(
                $"/api/v1/erasures/{request}/confirmations",
                new JsonObject { ["entryId"] = Idlib.NewId(), ["authority"] = "The commission" }
            );

        (await ConfirmAsync(_amals)).Code.Should().Be("permission/two-people");

        var confirmed = await ConfirmAsync(_basils);
        confirmed.Status.Should().Be(HttpStatusCode.Created, confirmed.ToString());
    }

    [Fact]
    public async Task See_no_devices_of_people_who_have_roles_elsewhere()
    {
        var (here, both) = (
            await EnrolledAsync(Role.Monitor.In(Idlib.Id)),
            await EnrolledAsync(Role.Monitor.In(Idlib.Id), Role.Monitor.In("elsewhere"))
        );

        var people = (await _amals.AskAsync("/api/v1/people")).Json["people"]!.AsArray();

        int Devices(Guid of) =>
            people.Single(p => p!["id"]!.GetValue<string>() == of.ToString())!["devices"]!.AsArray().Count;
        Devices(here).Should().Be(1);
        Devices(both).Should().Be(0, "when it was last seen tells of the other agreement");
        people = (await _server.Http.AskAsync("/api/v1/people")).Json["people"]!.AsArray();
        Devices(both).Should().Be(1, "who keeps the ledger sees it");

        async Task<Guid> EnrolledAsync(params Membership[] memberships)
        {
            var (id, browser) = await _server.SignedInAsync(memberships);
            using (browser)
                (await browser.Http.PostAsync("/api/v1/devices", Examples.Of("device").ToJsonString()))
                    .Status.Should()
                    .Be(HttpStatusCode.OK);
            return id;
        }
    }

    private async Task<bool> OpensAsync() =>
        (await _amals.AskAsync("/api/v1/me")).Json["memberships"]!
            .AsArray()
            .Any(held => held!["opensSealed"]!.GetValue<bool>());

    private static Task<Answer> GrantAsync(
        HttpClient http,
        Guid to,
        string role = "auditor",
        bool opensSealed = true,
        string agreement = Idlib.Id
    ) =>
        http.PostAsync(
            $"/api/v1/people/{to}/memberships",
            new JsonObject
            {
                ["agreement"] = agreement,
                ["role"] = role,
                ["opensSealed"] = opensSealed,
            }
        );
}
