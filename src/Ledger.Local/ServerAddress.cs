using System.Text.Json;
using Ledger.Local.Machine;

namespace Ledger.Local;

/// <summary>Where the commands find the server.</summary>
public static class ServerAddress
{
    public const string Variable = "LEDGER_URL";

    public const int DefaultPort = 5080;

    public static readonly Uri Default = On(DefaultPort);

    public static Uri On(int port) => new($"http://127.0.0.1:{port}");

    /// <summary>
    /// What the caller says, else LEDGER_URL, else the server that `up` started on this data, else the default.
    /// </summary>
    public static Uri Find(string? option, string? data = null, Func<string, string?>? variable = null) =>
        Given(option, "--server")
        ?? Given((variable ?? Environment.GetEnvironmentVariable)(Variable), Variable)
        ?? Written(data ?? Checkout.DefaultData)
        ?? Default;

    public static void Write(DataDirectory data, Uri address) =>
        Files.Replace(
            data.ServerFile,
            JsonSerializer.Serialize(new Dictionary<string, string> { ["url"] = address.ToString() })
        );

    private static Uri? Given(string? text, string name) =>
        text switch
        {
            null or "" => null,
            _ when Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" =>
                address,
            _ => throw new LocalProblemException($"{name} is \"{text}\", which is not an address such as {Default}"),
        };

    /// <summary>The address of the server that `up` started on this data; null where it started none.</summary>
    public static Uri? Written(string data)
    {
        try
        {
            return Uri.TryCreate(
                JsonSerializer
                    .Deserialize<Dictionary<string, string>>(File.ReadAllBytes(Path.Combine(data, "server.json")))
                    ?.GetValueOrDefault("url"),
                UriKind.Absolute,
                out var address
            )
                ? address
                : null;
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
