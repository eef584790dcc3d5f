using System.Text.Json;

namespace Ledger.Web.Tests;

/// <summary>
/// Axe measures the contrast of text; that of bands is computed here, by the formula of WCAG 2.2 (relative luminance;
/// 1.4.11 asks for 3 to 1 of what is no text).
/// </summary>
public sealed class TheStrips(AppServer server) : IClassFixture<AppServer>
{
    private const double Least = 3;

    /// <summary>
    /// The bands of every verdict, in force and not, on the page and on a card: what each is painted with against what
    /// it is painted on.
    /// </summary>
    private const string Contrasts = """
        () => {
          const rgba = text => { const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number); return { r, g, b, a } }
          const over = (top, under) => Object.fromEntries(['r', 'g', 'b'].map(part => [part, top[part] * top.a + under[part] * (1 - top.a)]))
          const luminance = colour => ['r', 'g', 'b'].map(part => colour[part] / 255).map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4).reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0)
          const contrast = (one, other) => { const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b); return (light + 0.05) / (dark + 0.05) }
          const groundOf = element => { const own = rgba(getComputedStyle(element).backgroundColor); return own.a === 1 ? own : over(own, element.parentElement ? groundOf(element.parentElement) : { r: 255, g: 255, b: 255 }) }
          const make = (name, classes, parent) => { const made = document.createElementNS('http://www.w3.org/2000/svg', name); made.setAttribute('class', classes); parent.append(made); return made }
          const found = []
          for (const parent of [document.querySelector('main'), document.querySelector('main .card')]) {
            const strip = make('svg', 'strip', parent)
            for (const verdict of ['fulfilled', 'holding', 'pending', 'breached', 'unknown'])
              for (const life of ['', ' idle']) {
                const style = getComputedStyle(make('rect', `band ${verdict}${life}`, strip))
                const drawn = rgba(style.fill === 'none' ? style.stroke : style.fill)
                const ground = groundOf(parent)
                found.push({ name: `${verdict}${life} on ${parent.className || 'page'}`, contrast: contrast(over({ ...drawn, a: drawn.a * style.opacity * (style.fill === 'none' ? style.strokeOpacity : style.fillOpacity) }, ground), ground) })
              }
            const now = getComputedStyle(make('rect', 'now', strip))
            found.push({ name: 'the mark of the day against its rim', contrast: contrast(rgba(now.fill), rgba(now.stroke)) })
            strip.remove()
          }
          return found
        }
        """;

    public static TheoryData<ColorScheme, Media> Views =>
        new([
            .. from scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark]
            from media in (Media[])[Media.Screen, Media.Print]
            select (scheme, media),
        ]);

    [Theory]
    [MemberData(nameof(Views))]
    public async Task Stand_out_from_what_they_are_drawn_on(ColorScheme scheme, Media media)
    {
        await using var visit = await Visit.OpenAsync(
            server,
            $"/a/{AppServer.Agreement}?asOf=2018-10-16",
            scheme: scheme
        );
        await visit.Page.Locator("main .card svg.strip .band").First.WaitForAsync();
        await visit.Page.EmulateMediaAsync(new() { Media = media, ColorScheme = scheme });

        var found = (await visit.Page.EvaluateAsync<JsonElement>(Contrasts))
            .EnumerateArray()
            .Select(one =>
                (Name: one.GetProperty("name").GetString(), Contrast: one.GetProperty("contrast").GetDouble())
            )
            .ToList();

        found.Should().HaveCount(22);
        found.Where(one => one.Contrast < Least).Should().BeEmpty($"in {scheme}, {media}");
    }
}
