using Ledger.Store.Tests.World;
using Marten;
using Weasel.Core.Migrations;
using Wolverine.Persistence.Durability;

namespace Ledger.Store.Tests;

/// <summary>
/// A minor version of Marten or Wolverine may change its tables; whoever runs a ledger wants to see that in a diff.
/// </summary>
public sealed class TheSchemaFiles
{
    [Fact]
    public async Task Say_what_the_code_would_create()
    {
        await using var ledger = await LedgerHost.StartAsync();

        Check("ledger.sql", ledger.Get<IDocumentStore>().Storage.ToDatabaseScript());
        Check("wolverine.sql", ((IDatabase)ledger.Get<IMessageStore>()).ToDatabaseScript());
    }

    private static void Check(string name, string script)
    {
        var file = Path.Combine(Root(), "tests", "Ledger.Store.Tests", "Schema", name);
        var lines =
            string.Join('\n', script.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())).Trim() + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
            File.WriteAllText(file, lines);
        File.ReadAllText(file).Should().Be(lines, $"{name} is kept fresh with UPDATE_SNAPSHOTS=1");
    }

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Ledger.sln")))
            directory = directory.Parent!;
        return directory.FullName;
    }
}
