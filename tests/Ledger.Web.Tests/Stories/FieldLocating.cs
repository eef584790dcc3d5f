using Monitor = Ledger.Web.Tests.World.Monitor;

namespace Ledger.Web.Tests.Stories;

/// <summary>A phone says where it is, does not know it well, or may not say.</summary>
public sealed class FieldLocating(AppServer server) : IClassFixture<AppServer>
{
    [Theory]
    [InlineData(12, "exact", "12")]
    [InlineData(800, "near", "800")]
    [InlineData(7_000.4, "district", "7001")]
    [InlineData(60_000, "region", "60000")]
    public async Task The_place_is_stated_as_exactly_as_the_phone_knows_it(
        double accuracy,
        string precision,
        string radius
    )
    {
        await using var visit = await Monitor.OnAPhoneAsync(server);
        await visit.Profile.GrantPermissionsAsync(["geolocation"]);
        await visit.Profile.SetGeolocationAsync(
            new()
            {
                Latitude = 35.81418f,
                Longitude = 36.31983f,
                Accuracy = (float)accuracy,
            }
        );
        await Monitor.BeginAsync(visit.Page);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Where I am" }).ClickAsync();
        await visit.Page.WaitForFunctionAsync(
            "() => [...document.querySelectorAll('#part-where input')].some(input => input.value.startsWith('35.81'))"
        );
        (await visit.Page.Locator("#part-where select").InputValueAsync()).Should().Be(precision);
        (await visit.Page.GetByLabel("Within metres").InputValueAsync()).Should().Be(radius);
        (await visit.Page.GetByText("only to within").CountAsync()).Should().Be(accuracy > 1_000 ? 1 : 0);
        await visit.SeesAsync("Demilitarised zone");
    }

    [Fact]
    public async Task What_is_written_while_the_phone_looks_for_its_place_stays()
    {
        await using var visit = await Monitor.OnAPhoneAsync(server);
        await visit.Profile.GrantPermissionsAsync(["geolocation"]);
        await visit.Profile.SetGeolocationAsync(new() { Latitude = 35.81418f, Longitude = 36.31983f });
        await Monitor.BeginAsync(visit.Page);
        // A receiver that was off takes its time.
        await visit.Page.EvaluateAsync(
            """
            () => {
              const at = navigator.geolocation.getCurrentPosition.bind(navigator.geolocation)
              navigator.geolocation.getCurrentPosition = (found, ...others) =>
                at(place => { window.foundAtLast = () => found(place) }, ...others)
            }
            """
        );
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Where I am" }).ClickAsync();
        await visit.Page.GetByLabel("Name of the place").FillAsync("A farm that no map names");
        await visit.Page.WaitForFunctionAsync("() => window.foundAtLast !== undefined");
        await visit.Page.EvaluateAsync("() => window.foundAtLast()");
        await visit.Page.WaitForFunctionAsync(
            "() => [...document.querySelectorAll('#part-where input')].some(input => input.value.startsWith('35.81'))"
        );
        (await visit.Page.GetByLabel("Name of the place").InputValueAsync()).Should().Be("A farm that no map names");
    }

    [Fact]
    public async Task The_zones_are_asked_for_again_when_nobody_answered()
    {
        await using var visit = await Monitor.OnAPhoneAsync(server);
        var failed = 0;
        await visit.Profile.RouteAsync(
            "**/zones",
            route => Interlocked.Increment(ref failed) == 1 ? route.AbortAsync() : route.ContinueAsync()
        );
        await visit.Profile.GrantPermissionsAsync(["geolocation"]);
        await visit.Profile.SetGeolocationAsync(new() { Latitude = 35.81418f, Longitude = 36.31983f });
        await Monitor.BeginAsync(visit.Page);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Where I am" }).ClickAsync();
        await visit.SeesAsync("Demilitarised zone");
        failed.Should().BePositive();
    }

    [Fact]
    public async Task A_phone_that_may_not_tell_says_so_and_a_name_still_works()
    {
        await using var visit = await Monitor.OnAPhoneAsync(server);
        await visit.Profile.ClearPermissionsAsync();
        await Monitor.BeginAsync(visit.Page);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Where I am" }).ClickAsync();
        await visit.SeesAsync("This phone may not tell its place");
        await Monitor.FillAsync(visit.Page);
        await Monitor.FinishAsync(visit.Page);
        await Monitor.ReceivedAsync(visit.Page);
    }
}
