using Ledger.Local.Machine;
using Ledger.Local.Postgres;

namespace Ledger.Local;

/// <summary>What the tests need beyond the SDK; root gets it installed, anybody else is told.</summary>
public sealed class TestPrerequisites(string root, TextWriter output)
{
    public async Task InstallAsync(CancellationToken cancellationToken)
    {
        var missing = new List<string>();
        if (
            PostgresBinaries.Choose(await PostgresBinaries.InstalledAsync(cancellationToken), clusterMajor: null)
            is null
        )
            missing.Add("postgresql");
        if (
            Directory.Exists(Path.Combine(root, "tests", "Ledger.Web.Tests"))
            && Programs.Find("chromium", "chromium-browser", "google-chrome") is null
        )
            missing.Add("chromium");
        // Another tool than ours verifies our logs.
        if (Programs.Find("go") is null || !Directory.Exists("/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog"))
            missing.AddRange(["golang-go", "golang-golang-x-mod-dev"]);
        // And another reads our maps.
        if (Programs.Find("ogr2ogr") is null)
            missing.Add("gdal-bin");
        if (missing.Count == 0)
            return;

        if (!Environment.IsPrivilegedProcess || Programs.Find("apt-get") is null)
        {
            await output.WriteLineAsync(
                $"Not on this machine: {string.Join(", ", missing)}. As root: "
                    + $"apt-get install {string.Join(' ', missing)}"
            );
            return;
        }

        await output.WriteLineAsync($"Installing {string.Join(", ", missing)}.");
        await AptAsync(["update"], cancellationToken);
        await AptAsync(["install", "--yes", "--no-install-recommends", .. missing], cancellationToken);
    }

    private async Task AptAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var said = await ProcessRunner.RunAsync(
            "env",
            ["DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet", .. arguments],
            cancellationToken: cancellationToken
        );
        // Not fatal: npm may have a PostgreSQL, and a test without its browser says so itself.
        if (!said.Succeeded)
            await output.WriteLineAsync($"apt-get {arguments[0]} failed: {said.Output}");
    }
}
