namespace Ledger.Web.Tests.World;

/// <summary>The one real browser of a run.</summary>
public static class Chromium
{
    /// <summary>
    /// Milliseconds that a page has for anything. Generous: on a busy machine it may wait long for its turn, and what
    /// never comes is still told.
    /// </summary>
    public const int Patience = 180_000;

    private static readonly Lazy<Task<IBrowser>> Running = new(StartAsync);

    private static readonly string[] Places =
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
    ];

    /// <summary>A browser profile of its own, as on a phone or a desk.</summary>
    public static async Task<IBrowserContext> ProfileAsync(
        Screen screen,
        string language = "en-GB",
        ColorScheme scheme = ColorScheme.Light,
        string? address = null
    )
    {
        var browser = await Running.Value;
        var context = await browser.NewContextAsync(
            new()
            {
                BaseURL = address,
                Locale = language,
                ColorScheme = scheme,
                ViewportSize =
                    screen == Screen.Phone ? new() { Width = 390, Height = 844 } : new() { Width = 1280, Height = 900 },
                HasTouch = screen == Screen.Phone,
            }
        );
        context.SetDefaultTimeout(Patience);
        return context;
    }

    /// <summary>
    /// Another browser, which finds a name at this machine, as after a rebinding of that name. What newer ones do by
    /// themselves against pages that ask for something on this machine is switched off: others do not do it, and where
    /// somebody opened the server to a network it does not help.
    /// </summary>
    public static Task<IBrowser> MappingAsync(string name) =>
        StartAsync(
            $"--host-resolver-rules=MAP {name} 127.0.0.1",
            "--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebRTC,PrivateNetworkAccessSendPreflights,BlockInsecurePrivateNetworkRequests,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable"
        );

    private static Task<IBrowser> StartAsync() => StartAsync([]);

    private static async Task<IBrowser> StartAsync(params string[] also)
    {
        var path =
            Places.FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("There is no Chromium: apt-get install chromium");
        var playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = path,
                Args =
                [
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    .. also,
                ],
            }
        );
    }
}

public enum Screen
{
    Phone,
    Desk,
}
