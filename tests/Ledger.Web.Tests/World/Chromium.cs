namespace Ledger.Web.Tests.World;

/// <summary>The one real browser of a run.</summary>
public static class Chromium
{
    private static readonly Lazy<Task<IBrowser>> Running = new(StartAsync);

    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    /// <summary>A browser profile of its own, as on a phone or a desk.</summary>
    public static async Task<IBrowserContext> ProfileAsync(Screen screen, string language = "en-GB", ColorScheme scheme = ColorScheme.Light, string? address = null)
    {
        var browser = await Running.Value;
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = address,
            Locale = language,
            ColorScheme = scheme,
            ViewportSize = screen == Screen.Phone ? new() { Width = 390, Height = 844 } : new() { Width = 1280, Height = 900 },
            HasTouch = screen == Screen.Phone,
        });
        // Generous: on a busy machine a page may wait long for its turn, and what never comes is still told.
        context.SetDefaultTimeout(60_000);
        return context;
    }

    private static async Task<IBrowser> StartAsync()
    {
        var path = Places.FirstOrDefault(File.Exists) ?? throw new InvalidOperationException("There is no Chromium: apt-get install chromium");
        var playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = path,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }
}

public enum Screen
{
    Phone,
    Desk,
}
