namespace Ledger.Web.Tests;

/// <summary>What holds on every screen, whoever sees it.</summary>
public sealed class EveryScreen(AppServer server) : IClassFixture<AppServer>
{
    /// <summary>Name and address of each; a new screen is added here.</summary>
    private static readonly (string Name, string Path)[] Screens =
    [
        ("home", "/"),
        ("agreement", "/a/idlib-2018?asOf=2018-10-16"),
        ("why", "/a/idlib-2018/p/p2?asOf=2018-11-26"),
        ("today", "/field"),
        ("review", "/review"),
        ("inbox", "/review/idlib-2018"),
        ("conflicts", "/review/idlib-2018?show=conflicts"),
        ("side-by-side", "/review/idlib-2018/01674304-1400-7d16-9497-d3e608843727?with=01674304-1400-747f-8873-eec87b1b7c56"),
        ("admin", "/admin"),
    ];

    private static readonly string Folder = Directory.CreateDirectory(Checkout.PathOf(".ledger", "screens")).FullName;

    public static TheoryData<string, string> All => new(Screens);

    [Theory]
    [MemberData(nameof(All))]
    public async Task Has_no_serious_finding_in_light_and_dark(string name, string path)
    {
        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await using var visit = await Visit.OpenAsync(server, path, Screen.Desk, scheme: scheme);
            await SettledAsync(visit.Page);
            (await Axe.FindingsAsync(visit.Page)).Should().BeEmpty($"{name} in {scheme}");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Is_photographed_in_two_languages_and_two_widths_and_fits(string name, string path)
    {
        foreach (var (language, screen) in from language in (string[])["en-GB", "ar"] from screen in Enum.GetValues<Screen>() select (language, screen))
        {
            await using var visit = await Visit.OpenAsync(server, path, screen, language);
            await SettledAsync(visit.Page);
            await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"{name}-{language[..2]}-{screen}.png".ToLowerInvariant()) });
            (await visit.Page.EvaluateAsync<string>("() => document.documentElement.dir")).Should().Be(language == "ar" ? "rtl" : "ltr");
            (await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")).Should().BeLessThanOrEqualTo(0, $"{name} does not scroll sideways on a {screen} in {language}");
        }
    }

    private static Task SettledAsync(IPage page) => page.WaitForLoadStateAsync(LoadState.NetworkIdle);
}
