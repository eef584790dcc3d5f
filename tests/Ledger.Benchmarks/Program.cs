using Ledger.Benchmarks.Intake;
using Ledger.Benchmarks.Measuring;
using Ledger.Benchmarks.Projections;
using Ledger.Benchmarks.Proofs;
using Ledger.Benchmarks.Storage;
using Ledger.Benchmarks.Verdicts;
using Ledger.Benchmarks.Writing;

var parts = new Dictionary<string, Func<Effort, Task>>
{
    ["writer"] = WriterBenchmark.RunAsync,
    ["http"] = IntakeBenchmark.RunAsync,
    ["verdicts"] = VerdictBenchmark.RunAsync,
    ["questions"] = QuestionBenchmark.RunAsync,
    ["projections"] = ProjectionBenchmark.RunAsync,
    ["storage"] = StorageBenchmark.RunAsync,
    ["proof"] = ProofBenchmark.RunAsync,
    ["bundle"] = LargeBundle.RunAsync,
};
var effort = args.Contains("--quick") ? Effort.Quick : Effort.Full;
string[] asked = [.. args.Where(arg => arg != "--quick")];
if (asked.Length > 1 || !asked.All(part => part == "all" || parts.ContainsKey(part)))
{
    await Console.Error.WriteLineAsync(
        "Say what to measure: writer, http, verdicts, questions, projections, storage, proof, bundle or all (the default); --quick makes it short."
    );
    return 2;
}

await Machine.DescribeAsync();
foreach (var (name, run) in parts)
{
    if (asked is [] or ["all"] || asked[0] == name)
        await run(effort);
}

return 0;
