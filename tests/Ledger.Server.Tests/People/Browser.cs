using System.Text.Json.Nodes;
using Ledger.Server.Authorization;

namespace Ledger.Server.Tests.People;

/// <summary>What a browser does about cookies and where requests come from.</summary>
internal sealed class Browser : IDisposable
{
    /// <param name="server">Whose pages it shows.</param>
    /// <param name="host">By which name the server is asked; passkeys need one.</param>
    public Browser(RunningServer server, string host = "127.0.0.1")
    {
        Address = server.Address.Replace("127.0.0.1", host, StringComparison.Ordinal);
        Http = new HttpClient(
            new Conforming(
                new SocketsHttpHandler
                {
                    UseProxy = false,
                    CookieContainer = Cookies,
                    AllowAutoRedirect = false,
                }
            )
        )
        {
            BaseAddress = new Uri(Address),
        };
        Http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        Http.DefaultRequestHeaders.Add(CrossSite.Header, "1");
    }

    public string Address { get; }

    public CookieContainer Cookies { get; } = new();

    public HttpClient Http { get; }

    public static string SecretOf(Answer invited) => invited.Json["link"]!.GetValue<string>().Split('#')[1];

    public Task<Answer> OpenAsync(string secret, JsonObject? device = null)
    {
        var body = new JsonObject { ["secret"] = secret };
        if (device is not null)
            body["device"] = device;
        return Http.PostAsync("/api/v1/sign-in", body);
    }

    public async Task<JsonNode> MeAsync() => (await Http.AskAsync("/api/v1/me")).Json;

    public void Dispose() => Http.Dispose();
}
