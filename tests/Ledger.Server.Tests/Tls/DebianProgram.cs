using System.Diagnostics;

namespace Ledger.Server.Tests.Tls;

/// <summary>
/// A program of this machine, or else of Debian's package, unpacked into a folder of its own: nothing is installed, and
/// nothing is started as a service.
/// </summary>
internal static class DebianProgram
{
    private static readonly SemaphoreSlim OneAtATime = new(1, 1);

    public static async Task<string> FindAsync(string name)
    {
        await OneAtATime.WaitAsync();
        try
        {
            var home = Directory.CreateDirectory(Repository.PathOf(".ledger", "tests", name)).FullName;
            string[] places =
            [
                $"/usr/sbin/{name}",
                $"/usr/bin/{name}",
                Path.Combine(home, "usr", "sbin", name),
                Path.Combine(home, "usr", "bin", name),
            ];
            if (places.FirstOrDefault(File.Exists) is { } found)
                return found;
            if (
                !await DownloadsAsync(name, home)
                && Environment.IsPrivilegedProcess
                && await RunsAsync(home, "apt-get", "update")
            )
                await DownloadsAsync(name, home);
            foreach (var package in Directory.GetFiles(home, "*.deb"))
                await RunsAsync(home, "dpkg", "-x", package, home);
            return places.FirstOrDefault(File.Exists)
                ?? throw new InvalidOperationException(
                    $"There is no {name}, and Debian's package could not be had: apt-get install {name}"
                );
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    private static Task<bool> DownloadsAsync(string name, string home) => RunsAsync(home, "apt-get", "download", name);

    private static async Task<bool> RunsAsync(string folder, string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, arguments)
                {
                    WorkingDirectory = folder,
                    UseShellExecute = false,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                }
            )!;
            _ = process.StandardOutput.ReadToEndAsync();
            _ = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // There is no such program, as where packages are no Debian packages.
            return false;
        }
    }
}
