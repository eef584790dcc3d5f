using System.Buffers.Text;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Proof.Json;
using Monitor = Ledger.Web.Tests.World.Monitor;

namespace Ledger.Web.Tests.Stories;

/// <summary>A monitor stood somewhere, and only those who may open it learn where exactly.</summary>
public sealed class FieldSealing(AppServer server) : IClassFixture<AppServer>
{
    private const string Lat = "35.81277";
    private const string Lon = "36.31742";
    private const string Agreement = $"/api/v1/agreements/{AppServer.Agreement}";

    [Fact]
    public async Task The_spot_is_signed_and_sealed_and_the_town_is_public()
    {
        await using var visit = await Monitor.OnAPhoneAsync(server);
        await StandAndTellAsync(visit);
        var page = visit.Page;
        (await page.Locator(".seal input").IsCheckedAsync()).Should().BeTrue("where somebody stood gives them away");
        await page.Locator(".seal").GetByText("Everybody reads:").WaitForAsync();
        var sent = await page.RunAndWaitForRequestAsync(
            () => Monitor.FinishAsync(page),
            request =>
                request.Method == "POST" && request.Url.EndsWith($"{Agreement}/reports", StringComparison.Ordinal)
        );
        await Monitor.ReceivedAsync(page);
        await page.Locator("dl.said").GetByText(Lat).WaitForAsync();

        var (id, body) = (Monitor.EntryOf(page), JsonNode.Parse(sent.PostData!)!);
        using var stranger = new HttpClient { BaseAddress = new Uri(server.Address) };
        var entry = (await PublicEntryAsync(stranger, id))["data"]!["report"]!;
        entry["place"]!["precision"]!.GetValue<string>().Should().Be("near");
        entry["place"]!["name"]!.GetValue<string>().Should().StartWith("Jisr");
        entry["place"]!.AsObject().ContainsKey("exact").Should().BeFalse();
        SignatureHolds(body, entry["sealed"]!["place.exact"]!.GetValue<string>()).Should().BeTrue();
        body["report"]!["handles"]!["source"]!
            .GetValue<string>()
            .Should()
            .Be(body["report"]!["handles"]!["reporter"]!.GetValue<string>(), "who stood there is the source");

        foreach (
            var address in (string[])
                [
                    $"{Agreement}/entries",
                    $"{Agreement}/entries.jsonl",
                    $"{Agreement}/entries.csv",
                    $"{Agreement}/reports",
                    $"{Agreement}/reports.csv",
                    $"{Agreement}/incidents",
                    $"{Agreement}/incidents.csv",
                    $"{Agreement}/incidents.geojson",
                    $"{Agreement}/incidents?versions=recorded",
                    $"/api/v1/reports/{id}",
                    $"/log/{AppServer.Agreement}/bundle.zip",
                ]
        )
            (await TextOfAsync(stranger, address)).Should().NotContain(Lat, address).And.NotContain(Lon, address);
        (await server.OpenAsync(id)).ToJsonString().Should().Contain(Lat).And.Contain(Lon);
    }

    [Fact]
    public async Task What_a_phone_under_a_PIN_keeps_of_it_is_encrypted()
    {
        await using var visit = await Monitor.OnAPhoneAsync(server);
        var page = visit.Page;
        await visit.GoAsync("/field/safety");
        await page.GetByLabel("New PIN").FillAsync("471147");
        await page.GetByLabel("Once more").FillAsync("471147");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set the PIN" }).ClickAsync();
        await page.GetByText("A PIN is set").WaitForAsync(new() { Timeout = Chromium.Patience });
        await page.Locator("nav.tabs a").First.ClickAsync();
        await visit.Profile.SetOfflineAsync(true);
        await StandAndTellAsync(visit);
        await Monitor.KeptAsync(page);
        (await KeptAsync(page)).Should().NotContain(Lat).And.NotContain(Lon);
        await Monitor.FinishAsync(page);
        await page.Locator("dl.said").WaitForAsync();
        (await KeptAsync(page)).Should().NotContain(Lat).And.NotContain(Lon);
    }

    [Fact]
    public async Task Who_wants_everybody_to_know_it_says_so()
    {
        await using var visit = await Monitor.OnAPhoneAsync(server);
        // Elsewhere than in the other tests, which look for their spot in everything that is public.
        await StandAndTellAsync(visit, 35.81634f, 36.31608f);
        await visit.Page.Locator(".seal input").UncheckAsync();
        await visit.SeesAsync("Everybody will read these coordinates.");
        await Monitor.KeptAsync(visit.Page);
        await Monitor.FinishAsync(visit.Page);
        await Monitor.ReceivedAsync(visit.Page);
        var place = (await server.GetAsync($"/api/v1/reports/{Monitor.EntryOf(visit.Page)}"))["content"]!["place"]!;
        place["point"]!["lat"]!.GetValue<string>().Should().Be("35.81634");
        place["precision"]!.GetValue<string>().Should().Be("exact");
    }

    private static async Task StandAndTellAsync(Visit visit, float latitude = 35.81277f, float longitude = 36.31742f)
    {
        var page = visit.Page;
        await visit.Profile.GrantPermissionsAsync(["geolocation"]);
        await visit.Profile.SetGeolocationAsync(
            new()
            {
                Latitude = latitude,
                Longitude = longitude,
                Accuracy = 12,
            }
        );
        await Monitor.BeginAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Yesterday" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Where I am" }).ClickAsync();
        await page.Locator(".seal").WaitForAsync();
    }

    private static async Task<JsonNode> PublicEntryAsync(HttpClient stranger, string id) =>
        (await stranger.GetStringAsync($"{Agreement}/entries.jsonl"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonNode.Parse(line)!)
            .Single(entry => entry.ToJsonString().Contains($"\"{id}\"", StringComparison.Ordinal));

    /// <summary>As docs/formats.md has it: over what is public and the digests of what is not.</summary>
    private static bool SignatureHolds(JsonNode body, string recorded)
    {
        var payload = body.DeepClone();
        var report = payload["report"]!.AsObject();
        var (signature, salt, exact) = (
            report["signature"]!.DeepClone(),
            report["salts"]!["place.exact"]!.GetValue<string>(),
            report["place"]!["exact"]!.DeepClone()
        );
        var disclosure = Base64Url.EncodeToString(CanonicalJson.Write(new JsonArray(salt, "place.exact", exact)));
        var digest = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(disclosure)));
        digest.Should().Be(recorded);
        foreach (var secret in (string[])["handles", "salts", "signature"])
            report.Remove(secret);
        report["place"]!.AsObject().Remove("exact");
        report["sealed"] = new JsonObject { ["place.exact"] = digest };
        var key = Base64Url.DecodeFromChars(signature["key"]!.GetValue<string>());
        using var device = ECDsa.Create(
            new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new() { X = key[1..33], Y = key[33..] },
            }
        );
        var message =
            $"ledger/signed-report/v1\n{AppServer.Agreement}\nreport_filed\n{Encoding.UTF8.GetString(CanonicalJson.Write(payload))}";
        return device.VerifyData(
            Encoding.UTF8.GetBytes(message),
            Base64Url.DecodeFromChars(signature["value"]!.GetValue<string>()),
            HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation
        );
    }

    private static async Task<string> TextOfAsync(HttpClient stranger, string address)
    {
        var bytes = await stranger.GetByteArrayAsync(address);
        if (!address.EndsWith(".zip", StringComparison.Ordinal))
            return Encoding.UTF8.GetString(bytes);
        using var archive = new ZipArchive(new MemoryStream(bytes));
        var text = new StringBuilder();
        foreach (var file in archive.Entries)
        {
            using var reader = new StreamReader(file.Open(), Encoding.Latin1);
            text.Append(await reader.ReadToEndAsync());
        }

        return text.ToString();
    }

    private static Task<string> KeptAsync(IPage page) =>
        page.EvaluateAsync<string>(
            """
            async () => {
                const db = await new Promise(done => { const open = indexedDB.open('ledger-field'); open.onsuccess = () => done(open.result) })
                const all = await Promise.all(['drafts', 'outbox'].map(shelf => new Promise(done => {
                    const read = db.transaction(shelf).objectStore(shelf).getAll()
                    read.onsuccess = () => done(read.result)
                })))
                db.close()
                return all.flat().map(kept => kept.about.bytes instanceof ArrayBuffer ? new TextDecoder('latin1').decode(kept.about.bytes) : JSON.stringify(kept)).join('')
            }
            """
        );
}
