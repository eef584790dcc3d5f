using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Ledger.Domain.Input;
using Ledger.Server.Settings;
using Ledger.Store.Webhooks;

namespace Ledger.Server.Webhooks;

/// <summary>Where somebody wants to be told of what.</summary>
public sealed record WebhookBody(string Url, ImmutableArray<string> Events)
{
    public static Parsed<WebhookBody> Read(JsonNode body, ServerSettings settings)
    {
        var problems = new Problems();
        var input = new InputNode(body, "", problems);
        input.Only("url", "events");
        var url = input["url"].Words("the address to notify, such as https://example.org/hooks/ledger", 2_000);
        if (url is not null && Objection(url, settings) is { } objection)
            input["url"].Wrong("webhook/not-an-address", objection);
        input["events"].Required($"the types to be notified of: {string.Join(", ", Webhook.AllEvents)}");
        ImmutableArray<string> events =
        [
            .. input["events"]
                .Items(Webhook.AllEvents.Length)
                .Select(Event)
                .OfType<string>()
                .Distinct(StringComparer.Ordinal),
        ];
        if (input["events"].IsList && events.IsEmpty)
            input["events"].Wrong("input/blank", "Name at least one type of entry, or verdict_changed.");
        return problems.Any
            ? new Parsed<WebhookBody>.Bad(problems.ToImmutable())
            : new Parsed<WebhookBody>.Good(new WebhookBody(url!, events));
    }

    private static string? Event(InputNode input)
    {
        var name = input.Text(60);
        if (name is not null && !Webhook.AllEvents.Contains(name))
            input.Wrong(
                "webhook/unknown-event",
                $"'{name}' is not a type of notification.{Nearest.Hint(name, Webhook.AllEvents)}"
            );
        return name;
    }

    private static string? Objection(string url, ServerSettings settings)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
            return $"'{url}' is not a web address: write https://...";
        if (address.UserInfo.Length > 0 || address.Fragment.Length > 0)
            return "Leave user, password and fragment out of the address.";
        if (address.Scheme == "http" && !settings.WebhookHosts.Contains(address.Host))
            return "Write https://: over plain HTTP anybody between could read and change it.";
        // A name is looked at when it is connected to, and again each time.
        return
            address.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6
            && !settings.WebhookHosts.Contains(address.Host)
            && !PublicAddress.Is(System.Net.IPAddress.Parse(address.Host.Trim('[', ']')))
            ? $"{address.Host} is not on the public internet. LEDGER_WEBHOOK_HOSTS lists other hosts that are allowed."
            : null;
    }
}
