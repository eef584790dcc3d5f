using Ledger.Local;

namespace Ledger.Cli.Tests;

public static class Repository
{
    public static string PathOf(params string[] parts) => Path.Combine([Checkout.Root!, .. parts]);
}
