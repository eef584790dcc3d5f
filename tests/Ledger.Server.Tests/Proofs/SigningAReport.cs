using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Proof.Disclosures;
using Ledger.Proof.Json;
using Ledger.Server.Tests.People;
using Ledger.Testing;

namespace Ledger.Server.Tests.Proofs;

/// <summary>A device that signs what is filed with it, written from docs/formats.md alone.</summary>
public sealed class SigningAReport
{
    [Fact]
    public async Task Is_checked_sealed_and_holds_for_an_auditor_even_after_the_source_is_erased()
    {
        await using var server = await Idlib.AdoptedAsync();
        using var device = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var source = Guid.NewGuid();
        var report = Secret();
        report["report"]!["handles"] = new JsonObject { ["source"] = source.ToString() };
        var answer = await server.Http.PostAsync($"{Idlib.Agreement}/reports", Signed(report, device));
        answer.Status.Should().Be(HttpStatusCode.Created, answer.ToString());

        var entry = (await server.Http.AskAsync($"{Idlib.Agreement}/entries/2")).Json["data"]!["report"]!;
        entry["sealed"]!
            .AsObject()
            .Select(pair => pair.Key)
            .Should()
            .Equal("narrative", "place.exact", "signature", "source.identity");
        entry
            .ToJsonString()
            .Should()
            .NotContain("\"salts\"")
            .And.NotContain("\"handles\"")
            .And.NotContain("ES256")
            .And.NotContain("35.81277");
        // The same again, with another signature over the same, is the same.
        (await server.Http.PostAsync($"{Idlib.Agreement}/reports", Signed(report, device)))
            .Status.Should()
            .Be(HttpStatusCode.OK);

        var auditor = new Auditor();
        await auditor.FindsAllGoodAsync(
            "bundle",
            Idlib.Id,
            "--server",
            server.Http.BaseAddress!.ToString(),
            "--disclosures",
            "--reason",
            "audit",
            "-o",
            "all.zip"
        );
        (await auditor.RunAsync("verify", "all.zip"))
            .Said.Should()
            .Contain("4 opened and matching")
            .And.Contain("1 signatures of devices are valid");

        var request = new JsonObject
        {
            ["entryId"] = Idlib.NewId(),
            ["handle"] = source.ToString(),
            ["authority"] = "A court",
        };
        await server.Http.PostAsync($"{Idlib.Agreement}/erasures", request);
        await server.Http.PostAsync(
            $"/api/v1/erasures/{request["entryId"]}/confirmations",
            new JsonObject { ["entryId"] = Idlib.NewId(), ["authority"] = "A court" }
        );
        await auditor.FindsAllGoodAsync(
            "bundle",
            Idlib.Id,
            "--server",
            server.Http.BaseAddress.ToString(),
            "--disclosures",
            "--reason",
            "audit",
            "-o",
            "after.zip"
        );
        (await auditor.RunAsync("verify", "after.zip"))
            .Said.Should()
            .Contain(
                "2 opened and matching, 0 withheld from you, 2 erased with authority; 1 signatures of devices are valid"
            );
    }

    [Fact]
    public async Task Is_refused_when_it_is_of_something_else()
    {
        await using var server = await Idlib.AdoptedAsync();
        using var device = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var changed = Signed(Secret(), device);
        changed["report"]!["kind"] = "shelling";
        var retold = Signed(Secret(), device);
        retold["report"]!["narrative"] = "Something else.";
        var renamed = Signed(Secret(), device);
        renamed["entryId"] = Idlib.NewId();
        var elsewhere = Signed(Secret(), device, "another-agreement");
        var moved = Signed(Secret(), device);
        moved["report"]!["place"]!["exact"]!["lat"] = "35.81278";

        foreach (var forged in (JsonObject[])[changed, retold, renamed, elsewhere, moved])
        {
            var answer = await server.Http.PostAsync($"{Idlib.Agreement}/reports", forged);
            (answer.Status, answer.Code).Should().Be((HttpStatusCode.UnprocessableEntity, "signature/does-not-hold"));
            answer.Problems.Should().Equal("/report/signature/value signature/does-not-hold");
        }

        var saltless = Signed(Secret(), device);
        saltless["report"]!.AsObject().Remove("salts");
        (await server.Http.PostAsync($"{Idlib.Agreement}/reports", saltless))
            .Code.Should()
            .Be("signature/salt-missing");
        var odd = Signed(Secret(), device);
        odd["report"]!["signature"]!["alg"] = "HS256";
        (await server.Http.PostAsync($"{Idlib.Agreement}/reports", odd))
            .Code.Should()
            .Be("signature/unknown-algorithm");
        var fraction = Secret();
        fraction["report"]!["place"] = new JsonObject
        {
            ["point"] = new JsonObject { ["lat"] = 35.5, ["lon"] = 36.5 },
        };
        fraction["report"]!["signature"] = new JsonObject
        {
            ["alg"] = "ES256",
            ["key"] = "AAAA",
            ["value"] = "AAAA",
        };
        fraction["report"]!["salts"] = new JsonObject { ["narrative"] = Salt(), ["source.identity"] = Salt() };
        ((int)(await server.Http.PostAsync($"{Idlib.Agreement}/reports", fraction)).Status).Should().Be(422);
    }

    [Fact]
    public async Task Can_be_sent_by_a_device_with_an_Edwards_key_and_nothing_sealed()
    {
        await using var server = await Idlib.AdoptedAsync();
        using var device = Proof.Notes.Ed25519Key.FromSeed(new byte[32]);
        var report = Idlib.Report("bombing", "2018-10-03");
        var message = DeviceSignature.Message(
            Idlib.Id,
            "report_filed",
            Encoding.UTF8.GetString(CanonicalJson.Write(report))
        );
        report["report"]!["signature"] = new JsonObject
        {
            ["alg"] = "Ed25519",
            ["key"] = Base64Url.EncodeToString(device.PublicKey),
            ["value"] = Base64Url.EncodeToString(device.Sign(message)),
        };

        (await server.Http.PostAsync($"{Idlib.Agreement}/reports", report)).Status.Should().Be(HttpStatusCode.Created);

        var master = Path.Combine(Path.GetDirectoryName(RunningServer.KeyFileOf(server.Connection))!, "master.key");
        var auditor = new Auditor();
        await auditor.FindsAllGoodAsync("verify", server.Http.BaseAddress!.ToString());
        (await auditor.SweepAsync(server.Connection, master))
            .Said.Should()
            .Contain("1 signatures of devices are valid");
        (await TestDatabase.AskAsync<long>(server.Connection, "select count(*) from ledger.ledger_sealed"))
            .Should()
            .Be(1);
    }

    [Fact]
    public async Task Says_under_seal_whether_the_key_was_its_reporters_when_it_was_recorded()
    {
        await using var server = await Idlib.AdoptedAsync();
        using var device = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var strange = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var monitor = await InvitedAsync(server, "Amal");
        var enrolled = await monitor.Http.PostAsync("/api/v1/devices", KeyOf(device));
        enrolled.Status.Should().Be(HttpStatusCode.OK, enrolled.ToString());
        (await monitor.Http.PostAsync("/api/v1/devices", KeyOf(device))).Json["device"]!
            .GetValue<string>()
            .Should()
            .Be(enrolled.Json["device"]!.GetValue<string>(), "it is the same device");

        var (own, others, late, program) = (Secret(), Secret(), Secret(), Secret());
        await FiledAsync(monitor.Http, Signed(own, device));
        await FiledAsync(monitor.Http, Signed(others, strange));
        await FiledAsync(server.Http, Signed(program, device));
        await monitor.Http.PostAsync($"/api/v1/people/me/devices/{enrolled.Json["device"]}/revocation", "{}");
        using var again = await LinkedAsync(server, monitor, enrolled.Json["person"]!["id"]!.GetValue<string>());
        (await again.Http.PostAsync("/api/v1/devices", KeyOf(device)))
            .Problems.Should()
            .Equal("/publicKey device/key-revoked");
        await FiledAsync(again.Http, Signed(late, device));

        var standings = new List<string>();
        foreach (var report in (JsonObject[])[own, others, program, late])
            standings.Add(
                (await server.Http.OpenReportAsync(report["entryId"])).Json["filing"]!["signature"]![
                    "standing"
                ]!.GetValue<string>()
            );
        standings.Should().Equal("enrolled", "unknown", "unknown", "revoked");
        (await server.Http.AskAsync($"{Idlib.Agreement}/entries.jsonl"))
            .Text.Should()
            .NotContain("standing")
            .And.NotContain(Base64Url.EncodeToString(device.ExportParameters(includePrivateParameters: false).Q.X!));
        var auditor = new Auditor();
        await auditor.FindsAllGoodAsync(
            "bundle",
            Idlib.Id,
            "--server",
            server.Http.BaseAddress!.ToString(),
            "--disclosures",
            "--reason",
            "audit",
            "-o",
            "all.zip"
        );
        (await auditor.RunAsync("verify", "all.zip"))
            .Said.Should()
            .Contain("4 signatures of devices are valid, 1 by keys enrolled to the reporter");
    }

    [Fact]
    public async Task Is_as_good_when_the_invitation_enrolled_the_device()
    {
        await using var server = await Idlib.AdoptedAsync();
        using var device = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var monitor = await InvitedAsync(server, "Amal", KeyOf(device));
        var report = Secret();

        await FiledAsync(monitor.Http, Signed(report, device));

        (await server.Http.OpenReportAsync(report["entryId"])).Json["filing"]!["signature"]!["standing"]!
            .GetValue<string>()
            .Should()
            .Be("enrolled");
        (await server.Http.AskAsync($"/api/v1/reports/{report["entryId"]}")).Text.Should().NotContain("standing");
    }

    [Fact]
    public async Task Keeps_its_place_in_a_batch_before_what_speaks_of_it()
    {
        await using var server = await Idlib.AdoptedAsync();
        using var device = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var lines = new StringBuilder();
        for (var i = 0; i < 50; i++)
        {
            var report = Secret();
            lines.AppendLine(
                new JsonObject { ["type"] = "report_filed", ["data"] = Signed(report, device) }.ToJsonString()
            );
            lines.AppendLine(
                new JsonObject
                {
                    ["type"] = "report_assessed",
                    ["data"] = new JsonObject
                    {
                        ["entryId"] = Idlib.NewId(),
                        ["target"] = report["entryId"]!.DeepClone(),
                        ["level"] = "corroborated",
                        ["grounds"] = "Two sources.",
                    },
                }.ToJsonString()
            );
        }

        var answer = await server.Http.PostAsync(
            $"{Idlib.Agreement}/entries/batch",
            lines.ToString(),
            "application/jsonl"
        );

        answer.Text.Should().NotContain("\"error\"");
        (await server.Http.AskAsync($"{Idlib.Agreement}/entries?limit=1")).Json["size"]!
            .GetValue<long>()
            .Should()
            .Be(101);
    }

    private static async Task FiledAsync(HttpClient http, JsonObject report)
    {
        var answer = await http.PostAsync($"{Idlib.Agreement}/reports", report);
        answer.Status.Should().Be(HttpStatusCode.Created, answer.ToString());
    }

    private static async Task<Browser> InvitedAsync(RunningServer server, string name, JsonObject? device = null)
    {
        var browser = new Browser(server);
        var invited = await server.Http.PostAsync(
            "/api/v1/invitations",
            new JsonObject
            {
                ["name"] = name,
                ["memberships"] = new JsonArray(new JsonObject { ["agreement"] = Idlib.Id, ["role"] = "monitor" }),
            }
        );
        (await browser.OpenAsync(Browser.SecretOf(invited), device)).Status.Should().Be(HttpStatusCode.OK);
        return browser;
    }

    private static async Task<Browser> LinkedAsync(RunningServer server, Browser before, string person)
    {
        (await before.MeAsync())["person"].Should().BeNull("the session was that of the device");
        var browser = new Browser(server);
        (await browser.OpenAsync(Browser.SecretOf(await server.Http.PostAsync($"/api/v1/people/{person}/links", "{}"))))
            .Status.Should()
            .Be(HttpStatusCode.OK);
        return browser;
    }

    private static JsonObject KeyOf(ECDsa device)
    {
        var point = device.ExportParameters(includePrivateParameters: false).Q;
        return new JsonObject
        {
            ["name"] = "Phone",
            ["publicKey"] = new JsonObject
            {
                ["kty"] = "EC",
                ["crv"] = "P-256",
                ["x"] = Base64Url.EncodeToString(point.X!),
                ["y"] = Base64Url.EncodeToString(point.Y!),
            },
        };
    }

    private static JsonObject Secret()
    {
        var secret = Idlib.Report("bombing", "2018-10-03");
        secret["report"]!["narrative"] = "Two shells fell near the crossing.";
        secret["report"]!["source"]!["identity"] = "A shepherd";
        secret["report"]!["place"] = new JsonObject
        {
            ["name"] = "Jisr al-Shughur",
            ["precision"] = "district",
            ["exact"] = new JsonObject { ["lat"] = "35.81277", ["lon"] = "36.3174" },
        };
        return secret;
    }

    private static JsonObject Signed(JsonObject report, ECDsa device, string agreement = Idlib.Id)
    {
        var sent = report.DeepClone().AsObject();
        var inside = sent["report"]!.AsObject();
        var salts = new JsonObject
        {
            ["narrative"] = Salt(),
            ["source.identity"] = Salt(),
            ["place.exact"] = Salt(),
        };
        var payload = sent.DeepClone().AsObject();
        var signed = payload["report"]!.AsObject();
        signed.Remove("handles");
        signed.Remove("narrative");
        signed["source"]!.AsObject().Remove("identity");
        signed["place"]!.AsObject().Remove("exact");
        signed["sealed"] = new JsonObject
        {
            ["narrative"] = Digest(salts["narrative"]!.GetValue<string>(), "narrative", inside["narrative"]!),
            ["source.identity"] = Digest(
                salts["source.identity"]!.GetValue<string>(),
                "source.identity",
                inside["source"]!["identity"]!
            ),
            ["place.exact"] = Digest(
                salts["place.exact"]!.GetValue<string>(),
                "place.exact",
                inside["place"]!["exact"]!
            ),
        };
        var message = Encoding.UTF8.GetBytes(
            $"ledger/signed-report/v1\n{agreement}\nreport_filed\n{Encoding.UTF8.GetString(CanonicalJson.Write(payload))}"
        );
        var point = device.ExportParameters(includePrivateParameters: false).Q;
        inside["salts"] = salts;
        inside["signature"] = new JsonObject
        {
            ["alg"] = "ES256",
            ["key"] = Base64Url.EncodeToString([0x04, .. point.X!, .. point.Y!]),
            ["value"] = Base64Url.EncodeToString(
                device.SignData(message, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation)
            ),
        };
        return sent;
    }

    private static string Salt() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    private static string Digest(string salt, string name, JsonNode value)
    {
        var disclosure = Base64Url.EncodeToString(
            Encoding.UTF8.GetBytes(new JsonArray(salt, name, value.DeepClone()).ToJsonString())
        );
        return Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(disclosure)));
    }
}
