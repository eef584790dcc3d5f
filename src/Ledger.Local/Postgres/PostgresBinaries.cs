using System.Text.RegularExpressions;
using Ledger.Local.Machine;

namespace Ledger.Local.Postgres;

/// <summary>A directory that holds initdb, pg_ctl and postgres of one version.</summary>
public sealed partial record PostgresBinaries(string Directory, Version Version)
{
    public const int OldestMajor = 15;

    private static readonly string[] Needed = ["initdb", "pg_ctl", "postgres"];

    public string Initdb => Path.Combine(Directory, "initdb");

    public string PgCtl => Path.Combine(Directory, "pg_ctl");

    /// <summary>
    /// The directories worth looking into: those of PATH in their order, then Debian's, newest first.
    /// </summary>
    public static IReadOnlyList<string> Places(string? path, IEnumerable<string> debianVersions) =>
        [
            .. (path ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Where(Path.IsPathRooted),
            .. debianVersions
                .OrderByDescending(directory =>
                    Version.TryParse(Path.GetFileName(directory) + ".0", out var version) ? version : new Version(0, 0)
                )
                .Select(directory => Path.Combine(directory, "bin")),
        ];

    /// <summary>
    /// The first that is new enough. A cluster that exists can only be opened by the major version that made it.
    /// </summary>
    public static PostgresBinaries? Choose(IEnumerable<PostgresBinaries> found, int? clusterMajor) =>
        found.FirstOrDefault(binaries =>
            binaries.Version.Major >= OldestMajor && (clusterMajor ?? binaries.Version.Major) == binaries.Version.Major
        );

    /// <summary>Everything installed on this machine, in the order of preference, whatever its version.</summary>
    public static async Task<IReadOnlyList<PostgresBinaries>> InstalledAsync(CancellationToken cancellationToken)
    {
        const string debian = "/usr/lib/postgresql";
        var places = Places(
            Environment.GetEnvironmentVariable("PATH"),
            System.IO.Directory.Exists(debian) ? System.IO.Directory.EnumerateDirectories(debian) : []
        );

        var found = new List<PostgresBinaries>();
        foreach (var place in places.Distinct(StringComparer.Ordinal))
        {
            if (await AtAsync(place, cancellationToken) is { } binaries)
                found.Add(binaries);
        }

        return found;
    }

    public static async Task<PostgresBinaries?> AtAsync(string directory, CancellationToken cancellationToken)
    {
        if (!Needed.All(name => File.Exists(Path.Combine(directory, name))))
            return null;
        var said = await ProcessRunner.RunAsync(
            Path.Combine(directory, "postgres"),
            ["--version"],
            cancellationToken: cancellationToken
        );
        return ParseVersion(said.Output) is { } version ? new(directory, version) : null;
    }

    /// <summary>Reads "postgres (PostgreSQL) 15.18 (Debian …)"; a beta says "19beta1" and counts as 19.0.</summary>
    public static Version? ParseVersion(string text) =>
        VersionText().Match(text) is { Success: true } match
            ? new(
                int.Parse(match.Groups["major"].Value),
                match.Groups["minor"].Success ? int.Parse(match.Groups["minor"].Value) : 0
            )
            : null;

    [GeneratedRegex(
        @"\(PostgreSQL\) (?<major>\d{1,4})(?:\.(?<minor>\d{1,4}))?",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex VersionText();
}
