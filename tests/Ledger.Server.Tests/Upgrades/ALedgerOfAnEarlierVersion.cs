using System.Runtime.Versioning;
using Ledger.Server.Tests.Proofs;
using Ledger.Testing;

namespace Ledger.Server.Tests.Upgrades;

/// <summary>
/// A ledger is kept for years. Each folder beside this file holds one that a version wrote, as plain SQL with the keys
/// of its server, and the verdicts that this version gave: an entry of almost every type, values sealed and erased.
/// Nothing there is ever written anew.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class ALedgerOfAnEarlierVersion
{
    private const string Agreement = "/api/v1/agreements/example-truce";
    private const string WithSource = "01926d00-0000-7000-8000-000000000020";
    private const string Erased = "01926d00-0000-7000-8000-000000000004";

    private static readonly string Home = Repository.PathOf("tests", "Ledger.Server.Tests", "Upgrades");

    public static TheoryData<string> Versions { get; } =
        new(Directory.EnumerateDirectories(Home).Select(folder => Path.GetFileName(folder)));

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Is_opened_verified_judged_and_continued(string version)
    {
        var connection = await RestoreAsync(version);
        await using var server = await RunningServer.StartAsync(connection);
        var auditor = new Auditor();

        await auditor.FindsAllGoodAsync("verify", server.Http.BaseAddress!.ToString());
        var (exit, said) = await auditor.SweepAsync(connection, Beside(connection, "master.key"));
        exit.Should().Be(0, said);
        foreach (var (question, verdicts) in Asked(version))
            (await VerdictsAsync(server, question)).Should().Equal(verdicts, $"{question} was answered so");
        (await server.Http.OpenReportAsync(WithSource, "A check"))
            .Text.Should()
            .Contain("A baker", "what was sealed is opened by those who may");
        (await server.Http.OpenReportAsync(Erased, "A check"))
            .Text.Should()
            .NotContain("windows of the school", "what was erased stays erased");

        var size = (await server.Http.AskAsync($"{Agreement}/verdicts?asOf=2018-10-16")).Json[
            "position"
        ]!.GetValue<long>();
        var filed = await server.Http.PostAsync($"{Agreement}/reports", Idlib.Report("bombing", "2018-10-15"));
        filed.Status.Should().Be(HttpStatusCode.Created, filed.ToString());
        filed.Json["position"]!.GetValue<long>().Should().Be(size + 1);
        (await VerdictsAsync(server, "asOf=2018-10-16"))
            .Should()
            .ContainSingle(line => line.StartsWith("quiet in-force breached", StringComparison.Ordinal))
            .Which.Should()
            .EndWith($",{size + 1}", "the new report counts as well");
        // The log goes on from the checkpoint that the auditor kept.
        await auditor.FindsAllGoodAsync("verify", server.Http.BaseAddress!.ToString());
    }

    private static async Task<string> RestoreAsync(string version)
    {
        var connection = await TestDatabase.CreateAsync();
        await TestDatabase.ExecuteAsync(
            connection,
            await File.ReadAllTextAsync(Path.Combine(Home, version, "ledger.sql"))
        );
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Home, version), "*", SearchOption.AllDirectories))
        {
            var copy = Beside(connection, Path.GetRelativePath(Path.Combine(Home, version), file));
            Directory.CreateDirectory(
                Path.GetDirectoryName(copy)!,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
            File.Copy(file, copy);
            // A checkout forgets that keys are for one account alone.
            File.SetUnixFileMode(copy, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return connection;
    }

    private static string Beside(string connection, string name) =>
        Path.Combine(Path.GetDirectoryName(RunningServer.KeyFileOf(connection))!, name);

    /// <summary>Questions, and the lines of their verdicts.</summary>
    private static IEnumerable<(string Question, string[] Verdicts)> Asked(string version) =>
        File.ReadAllText(Path.Combine(Home, version, "verdicts.txt"))
            .Split("? ", StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .Select(lines => (lines[0], lines[1..]));

    /// <summary>Provision, life, verdict, since, bounds and the positions that decided, a line for each.</summary>
    private static async Task<string[]> VerdictsAsync(RunningServer server, string question)
    {
        var answer = await server.Http.AskAsync($"{Agreement}/verdicts?{question}");
        answer.Status.Should().Be(HttpStatusCode.OK, answer.ToString());
        return
        [
            .. answer.Json["verdicts"]!
                .AsArray()
                .Select(verdict =>
                {
                    var (bounds, decided) = (
                        verdict!["bounds"]!,
                        verdict["decidedBy"]!.AsArray().Select(entry => entry!["position"]!.ToString()).ToArray()
                    );
                    return string.Join(
                        ' ',
                        verdict["provision"],
                        verdict["life"],
                        verdict["verdict"],
                        verdict["since"]?.ToString() ?? "-",
                        bounds["best"],
                        bounds["worst"],
                        decided is [] ? "-" : string.Join(',', decided)
                    );
                }),
        ];
    }
}
