namespace Ledger.Web.Tests.World;

/// <summary>Files of the checkout that these tests were built from.</summary>
public static class Checkout
{
    private static readonly string Root = Find(AppContext.BaseDirectory);

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Ledger.sln"))
            ? folder
            : Find(
                Path.GetDirectoryName(folder)
                    ?? throw new InvalidOperationException("The tests do not run in a checkout.")
            );
}
