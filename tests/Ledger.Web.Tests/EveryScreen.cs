using Ledger.Testing;

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
        ("replay", "/a/idlib-2018/replay?asOf=2018-11-08&known=said"),
        ("incident", "/a/idlib-2018/incident/016719d1-3400-7734-b1f0-805709381e29"),
        ("what-if", "/a/idlib-2018/p/p6?asOf=2018-12-01&ifReading=announced"),
        ("compare", "/a/idlib-2018/compare?fromAsOf=2018-10-01&asOf=2018-12-01"),
        ("charts", "/a/idlib-2018/charts?asOf=2019-03-08"),
        ("ledger", "/a/idlib-2018/ledger"),
        ("entry", "/a/idlib-2018/ledger/39"),
        ("integrity", "/a/idlib-2018/integrity"),
        ("export", "/a/idlib-2018/export?asOf=2018-12-01"),
        ("record", "/a/idlib-2018/record?open=power"),
        ("today", "/field"),
        ("outbox", "/field/outbox"),
        ("map", "/field/map"),
        ("safety", "/field/safety"),
        ("review", "/review"),
        ("inbox", "/review/idlib-2018"),
        ("conflicts", "/review/idlib-2018?show=conflicts"),
        ("duplicates", "/review/idlib-2018?show=duplicates"),
        ("responses", "/review/idlib-2018?show=responses"),
        ("sent-back", "/review/idlib-2018?show=back"),
        (
            "side-by-side",
            "/review/idlib-2018/01674304-1400-7d16-9497-d3e608843727?with=01674304-1400-747f-8873-eec87b1b7c56"
        ),
        ("admin", "/admin"),
        ("zones", "/admin/zones"),
        ("people", "/admin/people"),
        ("health", "/admin/health"),
        ("account", "/account"),
        ("signed-in", "/sign-in"),
        ("link", "/sign-in#ledger_i_nothing"),
        ("sign-in", "/sign-in"),
        ("nobody", "/account"),
    ];

    /// <summary>What only somebody sees who has not come in.</summary>
    private static readonly string[] OfStrangers = ["sign-in", "nobody"];

    /// <summary>Where passkeys are offered, which an address without a name cannot have.</summary>
    private static readonly string[] ByName = ["sign-in", "account"];

    private static readonly string Folder = Directory.CreateDirectory(Checkout.PathOf(".ledger", "screens")).FullName;

    public static TheoryData<string, string> All => new(Screens);

    /// <summary>What somebody sees who has come in.</summary>
    internal static IEnumerable<(string Name, string Path)> Addresses =>
        Screens.Where(screen => !OfStrangers.Contains(screen.Name));

    /// <summary>Each language and each width; at night every one of these with every other.</summary>
    private static IEnumerable<(string Language, Screen Screen)> Views =>
        from language in (string[])["en-GB", "ar"]
        from screen in Enum.GetValues<Screen>()
        where Nightly.IsOn || language == "ar" == (screen == Screen.Phone)
        select (language, screen);

    [Theory]
    [MemberData(nameof(All))]
    public async Task Fits_and_has_no_serious_finding_in_light_and_dark(string name, string path)
    {
        foreach (var (language, screen) in Views)
        {
            await using var visit = await Visit.OpenAsync(
                server,
                path,
                screen,
                language,
                signedIn: !OfStrangers.Contains(name),
                address: ByName.Contains(name) ? server.Named : null
            );
            await visit.SettledAsync();
            await visit.Page.ScreenshotAsync(
                new() { Path = Path.Combine(Folder, $"{name}-{language[..2]}-{screen}.png".ToLowerInvariant()) }
            );
            (await visit.Page.EvaluateAsync<string>("() => document.documentElement.dir"))
                .Should()
                .Be(language == "ar" ? "rtl" : "ltr");
            await FitsAsync(visit.Page, $"{name} on a {screen} in {language}");
            if (screen == Screen.Phone)
                continue;
            foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
            {
                await visit.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
                (await Axe.FindingsAsync(visit.Page))
                    .Should()
                    .BeEmpty($"{name} on a {screen} in {language} and {scheme}");
            }
        }
    }

    /// <summary>Their words are longer than the English and the Arabic ones.</summary>
    [Theory]
    [InlineData("tr")]
    [InlineData("ru")]
    public async Task Fits_a_phone_in_the_other_languages_too(string language)
    {
        await using var visit = await Visit.OpenAsync(server, "/", Screen.Phone, language);
        foreach (var (name, path) in Addresses)
        {
            await visit.GoAsync(path);
            await visit.SettledAsync();
            (await visit.Page.EvaluateAsync<string>("() => document.documentElement.lang")).Should().Be(language);
            await FitsAsync(visit.Page, $"{name} in {language}");
        }
    }

    private static async Task FitsAsync(IPage page, string what) =>
        (
            await page.EvaluateAsync<int>(
                "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
        )
            .Should()
            .BeLessThanOrEqualTo(0, $"{what} does not scroll sideways");
}
