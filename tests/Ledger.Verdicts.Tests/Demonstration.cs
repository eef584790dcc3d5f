using Ledger.Domain.Agreements;
using Ledger.Verdicts.Replaying;
using NodaTime;

namespace Ledger.Verdicts.Tests;

public sealed class Demonstration(ITestOutputHelper output)
{
    [Fact]
    public void Smoke()
    {
        var dir = Path.Combine(AppContext.BaseDirectory, "../../../../../agreements/idlib-2018");
        var file = AgreementFile.Parse(File.ReadAllText(dir + "/signed.yaml"), n => File.ReadAllText(dir + "/" + n)).Required();
        var book = Replay.Load(file, File.ReadAllLines(dir + "/entries.jsonl").Where(l => !l.Contains("agreement_revised"))).Required();
        foreach (var day in new[] { Instant.FromUtc(2018, 10, 16, 20, 0), Instant.FromUtc(2019, 3, 8, 20, 0) })
        {
            var q = new Question(day, book.Position, Lens.House);
            foreach (var v in Judge.Status(book, q).Verdicts)
            {
                var why = Why.Explain(book, v.Provision, q)!;
                output.WriteLine($"{v.Provision} {v.Verdict} {v.Reason} [{v.Bounds.Best}..{v.Bounds.Worst}] {why.Conclusion}");
                foreach (var d in why.Deadlines) output.WriteLine("   D " + d.Arithmetic);
                foreach (var n in why.NearMisses.Take(5)) output.WriteLine($"   N {n.Role} {n.Failed} {n.Words}: {n.Entry.Summary}");
            }
        }
    }
}
