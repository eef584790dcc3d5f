namespace Ledger.Web.Tests.World;

/// <summary>One page that somebody has open, and everything that went wrong in it.</summary>
public sealed class Visit : IAsyncDisposable
{
    private readonly string _address;
    private readonly Traffic _traffic = new();

    private Visit(IBrowserContext profile, IPage page, string address) =>
        (Profile, Page, _address) = (profile, page, address);

    public IBrowserContext Profile { get; }

    public IPage Page { get; }

    /// <summary>Requests to anybody but our server.</summary>
    public List<string> Strangers { get; } = [];

    /// <summary>Uncaught exceptions and refusals of the content security policy.</summary>
    public List<string> Faults { get; } = [];

    /// <param name="server">What is visited.</param>
    /// <param name="path">Where first.</param>
    /// <param name="screen">How wide.</param>
    /// <param name="language">What the browser asks for.</param>
    /// <param name="scheme">Light or dark.</param>
    /// <param name="signedIn">Whether a link let somebody in before, who keeps the ledger; else a stranger reads what
    /// is public.</param>
    /// <param name="address">By which name the server is asked, if not by its number.</param>
    public static async Task<Visit> OpenAsync(
        AppServer server,
        string path,
        Screen screen = Screen.Desk,
        string language = "en-GB",
        ColorScheme scheme = ColorScheme.Light,
        bool signedIn = true,
        string? address = null
    )
    {
        address ??= server.Address;
        var profile = await Chromium.ProfileAsync(screen, language, scheme, address);
        if (signedIn)
            await SignInAsync(profile, await server.SecretAsync());
        var visit = new Visit(profile, await profile.NewPageAsync(), address);
        visit.Watch(visit.Page);
        profile.Page += (_, page) => visit.Watch(page);
        await visit.GoAsync(path);
        return visit;
    }

    /// <summary>Opens an address and waits until the view stands.</summary>
    public async Task GoAsync(string path)
    {
        await Page.GotoAsync(path);
        await Page.Locator("main h1").First.WaitForAsync();
    }

    /// <summary>
    /// Waits until what a page promises is true. The driver's own wait takes any promise for true, and waits for none.
    /// </summary>
    /// <param name="page">The page that is asked, again and again.</param>
    /// <param name="promised">A function of the page that gives a promise.</param>
    /// <param name="argument">What it is given.</param>
    public static Task PromisedAsync(IPage page, string promised, object? argument = null) =>
        page.EvaluateAsync(
                $"async argument => {{ while (!(await ({promised})(argument))) await new Promise(next => setTimeout(next, 50)) }}",
                argument
            )
            .WaitAsync(TimeSpan.FromMilliseconds(Chromium.Patience), TestContext.Current.CancellationToken);

    /// <summary>
    /// Waits until every request of the page is answered and the page has made of the answers what it makes of them,
    /// which may be further requests. How long a network is quiet says nothing on a busy machine, where a page asks late.
    /// </summary>
    public async Task SettledAsync()
    {
        var patience = TimeSpan.FromMilliseconds(Chromium.Patience);
        using var bounded = new CancellationTokenSource(patience);
        while (true)
        {
            var begun = _traffic.Begun;
            await _traffic.NoneWaitsAsync(bounded.Token);
            await Page.EvaluateAsync(
                    "() => new Promise(done => requestIdleCallback(() => requestAnimationFrame(() => requestIdleCallback(() => done()))))"
                )
                .WaitAsync(patience, bounded.Token);
            if (_traffic.Begun == begun)
                return;
        }
    }

    /// <summary>Waits for a text anywhere in the page.</summary>
    public Task SeesAsync(string text) => Page.GetByText(text).First.WaitForAsync();

    public async ValueTask DisposeAsync()
    {
        await Profile.CloseAsync();
        Strangers.Should().BeEmpty("no other host is ever contacted");
        Faults.Should().BeEmpty();
    }

    /// <summary>As the page behind a link does it; the session's cookie is then the profile's.</summary>
    private static async Task SignInAsync(IBrowserContext profile, string secret)
    {
        var answer = await profile.APIRequest.PostAsync("/api/v1/sign-in", new() { DataObject = new { secret } });
        answer.Status.Should().Be(200, await answer.TextAsync());
    }

    private void Watch(IPage page)
    {
        page.Request += (_, request) =>
        {
            if (
                !request.Url.StartsWith(_address + "/", StringComparison.Ordinal)
                && !request.Url.StartsWith("blob:", StringComparison.Ordinal)
                && !request.Url.StartsWith("data:", StringComparison.Ordinal)
            )
                Strangers.Add(request.Url);
        };
        _traffic.Watch(page);
        page.PageError += (_, fault) => Faults.Add(fault);
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
                Faults.Add(message.Text);
        };
    }
}
