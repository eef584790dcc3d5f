using System.Runtime.InteropServices;

namespace Ledger.Local.Machine;

/// <summary>The few system calls that .NET does not offer.</summary>
public static class Posix
{
    public const int Interrupt = 2;
    public const int Quit = 3;
    public const int Kill = 9;
    public const int Terminate = 15;

    private const int SetDescriptorFlags = 2;
    private const int CloseOnExec = 1;
    private const int WriteAccess = 2;
    private const int ExecuteAccess = 1;

    /// <summary>A process that is gone already needs no signal, so a failure is no news.</summary>
    public static void Signal(int processId, int signal) => _ = SendSignal(processId, signal);

    /// <summary>
    /// Keeps descriptors above 2 from the processes started later. A caller's pipe or lock that leaked into
    /// a server would stay open for as long as the server runs.
    /// </summary>
    public static void KeepDescriptorsToOurselves()
    {
        if (!Directory.Exists("/proc/self/fd"))
            return;
        foreach (var path in Directory.EnumerateFileSystemEntries("/proc/self/fd"))
        {
            if (int.TryParse(Path.GetFileName(path), out var descriptor) && descriptor > 2)
                _ = ChangeDescriptor(descriptor, SetDescriptorFlags, CloseOnExec);
        }
    }

    /// <summary>The path without symbolic links; it must exist.</summary>
    public static string RealPath(string path)
    {
        var resolved = Resolve(path, buffer: 0);
        if (resolved == 0)
            throw new IOException($"{path} cannot be resolved: {Marshal.GetLastPInvokeErrorMessage()}");
        try
        {
            return Marshal.PtrToStringUTF8(resolved)!;
        }
        finally
        {
            Marshal.FreeHGlobal(resolved);
        }
    }

    public static bool CanWrite(string directory) => Access(directory, WriteAccess | ExecuteAccess) == 0;

    [DllImport("libc", EntryPoint = "access", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Access([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int mode);

    [DllImport("libc", EntryPoint = "realpath", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Resolve([MarshalAs(UnmanagedType.LPUTF8Str)] string path, nint buffer);

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int processId, int signal);

    [DllImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ChangeDescriptor(int descriptor, int command, int argument);
}
