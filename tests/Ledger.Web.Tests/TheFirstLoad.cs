namespace Ledger.Web.Tests;

public sealed class TheFirstLoad(AppServer server) : IClassFixture<AppServer>
{
    private const int Limit = 150_000;

    /// <summary>Bytes as they cross the network, compressed, of everything but the ledger's own data.</summary>
    [Theory]
    [InlineData("/")]
    [InlineData("/a/idlib-2018?asOf=2018-10-16")]
    [InlineData("/field")]
    public async Task Stays_small(string path)
    {
        var loaded = new List<(string Path, int Bytes)>();
        var profile = await Chromium.ProfileAsync(Screen.Phone, address: server.Address);
        var page = await profile.NewPageAsync();
        var sizes = new List<Task>();
        page.RequestFinished += (_, request) =>
        {
            if (!request.Url.Contains("/api/", StringComparison.Ordinal))
                sizes.Add(Measure(request));
        };
        await page.GotoAsync(path);
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await Task.WhenAll(sizes);
        await profile.CloseAsync();
        loaded.Should().NotBeEmpty();
        loaded.Sum(file => file.Bytes).Should().BeLessThan(Limit, string.Join(", ", loaded));

        async Task Measure(IRequest request)
        {
            var size = await request.SizesAsync();
            lock (loaded)
                loaded.Add((new Uri(request.Url).AbsolutePath, size.ResponseBodySize));
        }
    }
}
