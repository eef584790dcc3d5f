using System.Text.Json.Nodes;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Verdicts.Replaying;

namespace Ledger.Verdicts.Tests;

public sealed class Demonstration(ITestOutputHelper output)
{
    [Fact]
    public void Smoke()
    {
        var dir = Path.Combine(AppContext.BaseDirectory, "../../../../../agreements/idlib-2018");
        var file = AgreementFile.Parse(File.ReadAllText(dir + "/signed.yaml"), n => File.ReadAllText(dir + "/" + n)).Required();
        var book = Replay.Load(file, File.ReadAllLines(dir + "/entries.jsonl").Where(l => !l.Contains("agreement_revised"))).Required();
        var a = Replay.Answer(book, """{"asOf":"2018-10-16"}""");
        output.WriteLine(a.ToJsonString(new System.Text.Json.JsonSerializerOptions(LedgerJson.Options) { WriteIndented = true }));
    }
}
