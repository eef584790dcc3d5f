using System.Text;

namespace Ledger.Store.Keys;

/// <summary>A file that holds a key in base64 and belongs to nobody else.</summary>
internal static class KeyFile
{
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// Makes the file, whole and on the disk. Where another server of this ledger was first, its key is ours.
    /// </summary>
    public static void Make(string file, byte[] key)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var next = $"{file}.{Environment.ProcessId}";
        var creation = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            creation.UnixCreateMode = OwnerOnly;
        using (var stream = new FileStream(next, creation))
        {
            stream.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(key) + "\n"));
            stream.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(next, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(next);
        }
    }
}
