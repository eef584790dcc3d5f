using System.Text.Json.Nodes;
using Ledger.Domain.Entries;
using Ledger.Server.Description;

namespace Ledger.Web.Tests.HostileText;

/// <summary>
/// The demonstration with an attack in every text, an entry of every other type, and people, tokens, webhooks and
/// openings of that kind.
/// </summary>
public sealed class PlantedServer : IAsyncLifetime
{
    private const string Report = "016719d1-3400-7734-b1f0-805709381e29";

    /// <summary>
    /// What somebody cannot record, or would end the agreement for what follows; their texts are those of other powers
    /// and requests.
    /// </summary>
    private static readonly string[] NotPlanted =
    [
        "agreement_terminated",
        "erasure_requested",
        "erasure_confirmed",
        "log_resumed",
        "key_rotated",
        "clock_corrected",
    ];

    private readonly List<(string Type, JsonNode Data)> _recorded = [];

    public AppServer App { get; } = new() { Rewrite = Line };

    /// <summary>A good entry of each type, with attacks in it.</summary>
    public IReadOnlyList<(string Type, JsonNode Data)> OfEachType => _recorded;

    public async ValueTask InitializeAsync()
    {
        await App.InitializeAsync();
        foreach (var (type, data) in Others())
        {
            Plants.In(data, Plants.IsEvent(type));
            await RecordAsync(type, data);
            _recorded.Add((type, data));
        }

        _recorded.Add(("report_filed", FiledByHand()));
        await RecordAsync("report_filed", _recorded[^1].Data);
        var demonstrated = await App.GetAsync($"/api/v1/agreements/{AppServer.Agreement}/entries?limit=1000");
        demonstrated["entries"]!
            .AsArray()
            .Select(entry => entry!["type"]!.GetValue<string>())
            .Distinct(StringComparer.Ordinal)
            .Should()
            .BeEquivalentTo(
                EventTypes.ByName.Keys.Except(NotPlanted),
                "a type that is added is planted as well, or listed with the reason"
            );

        foreach (
            var (path, body) in ((string, JsonObject)[])
                [
                    (
                        "/api/v1/invitations",
                        new()
                        {
                            ["name"] = Plants.Attack,
                            ["email"] = "amal@example.org",
                            ["memberships"] = Everything(),
                        }
                    ),
                    ("/api/v1/tokens", new() { ["name"] = Plants.Attack, ["days"] = 1 }),
                    (
                        $"/api/v1/agreements/{AppServer.Agreement}/webhooks",
                        new()
                        {
                            ["url"] = $"https://example.org/hooks?x=\"><script>window.{Plants.Canary}=1</script>",
                            ["events"] = new JsonArray("report_filed"),
                        }
                    ),
                ]
        )
            await App.PostAsync(path, body.ToJsonString());

        // Somebody comes in under that name, with a device of that name, and somebody opens what is sealed for that
        // reason.
        var invited = JsonNode.Parse(
            await App.PostAsync(
                "/api/v1/invitations",
                new JsonObject { ["name"] = Plants.Attack, ["memberships"] = Everything() }.ToJsonString()
            )
        )!;
        var device = Examples.Of("sign_in")["device"]!.DeepClone();
        device["name"] = Plants.Attack;
        await App.PostAsync(
            "/api/v1/sign-in",
            new JsonObject
            {
                ["secret"] = invited["link"]!.GetValue<string>().Split('#')[1],
                ["name"] = Plants.Attack,
                ["device"] = device,
            }.ToJsonString()
        );
        await App.OpenAsync(_recorded[^1].Data["entryId"], Plants.Attack);
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();

    public Task RecordAsync(string type, JsonNode data) =>
        App.PostAsync(
            $"/api/v1/agreements/{AppServer.Agreement}/entries",
            new JsonObject { ["type"] = type, ["data"] = data.DeepClone() }.ToJsonString()
        );

    private static JsonArray Everything() =>
        [new JsonObject { ["agreement"] = AppServer.Agreement, ["role"] = "monitor" }];

    /// <summary>
    /// Names of parties stay in most entries: without them nothing would be judged, and the screens would be empty.
    /// </summary>
    private static JsonNode Line(JsonNode entry, int number)
    {
        var (type, data) = (entry["type"]!.GetValue<string>(), entry["data"]!);
        if (data["file"] is { } file)
            Plants.In(file, Plants.IsAgreement, OfOtherLanguages);
        else
            Plants.In(
                data,
                Plants.IsEvent(type),
                pointer => number % 3 != 0 && pointer.Contains("/actors/", StringComparison.Ordinal)
            );
        return entry;
    }

    /// <summary>
    /// Of the languages that the screens are not looked at in: with an attack in each, the file would not fit an entry.
    /// </summary>
    private static bool OfOtherLanguages(string pointer) =>
        pointer.EndsWith("/tr", StringComparison.Ordinal) || pointer.EndsWith("/ru", StringComparison.Ordinal);

    private static JsonObject FiledByHand()
    {
        var data = Plants.In(Examples.Of("report_filed"), Plants.IsEvent("report_filed")).AsObject();
        data["entryId"] = NewId();
        data["report"]!.AsObject().Remove("handles");
        data["report"]!["source"]!["identity"] = Plants.Attack;
        data["report"]!["subject"] = Plants.Attack;
        data["report"]!["origin"] = new JsonObject
        {
            ["dataSet"] = Plants.Attack,
            ["record"] = Plants.Attack,
            ["url"] = $"https://example.org/\"><script>window.{Plants.Canary}=1</script>",
        };
        return data;
    }

    /// <summary>The examples of the interface, about this agreement.</summary>
    private static IEnumerable<(string Type, JsonNode Data)> Others()
    {
        var asked = NewId();
        foreach (
            var type in EventTypes
                .ByName.Keys.Except([
                    .. NotPlanted,
                    "agreement_adopted",
                    "agreement_revised",
                    "report_filed",
                    "key_rotated",
                ])
                .OrderBy(type => type is "question_answered")
                .ThenBy(type => type, StringComparer.Ordinal)
        )
        {
            var data = Examples.Of(type).AsObject();
            data["entryId"] = type is "report_sent_back" ? asked : NewId();
            data.Remove("saidAt");
            Replace("target", type is "question_answered" ? asked : Report);
            Replace("party", "turkey");
            Replace("provision", "p6");
            Replace("subject", null);
            Replace("zone", "dmz");
            if (data.ContainsKey("reports"))
                data["reports"] = new JsonArray(
                    "01674304-1400-7d16-9497-d3e608843727",
                    "01674304-1400-747f-8873-eec87b1b7c56"
                );
            if (data.ContainsKey("zones"))
                data["zones"] = new JsonArray("dmz");
            if (data.ContainsKey("provisions"))
                data["provisions"] = new JsonArray("p5");
            if (data["report"] is JsonObject report)
            {
                report.Remove("handles");
                report.Remove("quantities");
                report.Remove("attributes");
            }

            yield return (type, data);

            void Replace(string name, string? value)
            {
                if (!data.ContainsKey(name))
                    return;
                data.Remove(name);
                if (value is not null)
                    data[name] = value;
            }
        }
    }

    internal static string NewId() => Guid.CreateVersion7().ToString();
}
