using System.IO.Compression;
using System.Text.Json.Nodes;
using Ledger.Proof;
using Ledger.Proof.Notes;
using Ledger.Proof.Witnesses;
using Ledger.Store.Signing;
using Ledger.Testing;

namespace Ledger.Server.Tests.Proofs;

/// <summary>The drill of docs/operating.md, and what whoever stole a key can do before and after it.</summary>
public sealed class ChangingTheKey
{
    private static readonly string[] Why = ["--reason", "It is time", "--authority", "The commission"];

    [Fact]
    public async Task Is_followed_by_who_knows_the_old_key_alone()
    {
        var log = await ChangedAsync();
        await using var server = await RunningServer.StartAsync(log.Connection);
        var (address, auditor) = (server.Http.BaseAddress!.ToString(), log.Auditor);
        var (before, newcomer) = (auditor.Twin(), new Auditor());
        var bySheet = new Auditor();
        await File.WriteAllTextAsync(Path.Combine(bySheet.Home, "policy"), $"log {log.Old}\nquorum none\n");

        var (exit, said) = await auditor.RunAsync("verify", address);
        exit.Should().Be(0, said);
        said.Should()
            .Contain($"signed    {log.New}")
            .And.Contain("key       changed at position 4")
            .And.NotContain("first time")
            .And.Contain("continues the checkpoint");
        File.Copy(log.Bundle, Path.Combine(before.Home, "all.zip"));
        ZipFile.ExtractToDirectory(log.Bundle, Path.Combine(before.Home, "unpacked"));
        foreach (
            var source in (string[][])
                [
                    [address],
                    ["all.zip"],
                    ["unpacked"],
                    ["--database", log.Connection],
                ]
        )
            await before.Twin().FindsAllGoodAsync(["verify", .. source]);

        await bySheet.FindsAllGoodAsync("verify", address, "--policy", "policy");
        await newcomer.FindsAllGoodAsync("verify", address);
        await newcomer.FindsAllGoodAsync("verify", "--database", log.Connection);
        (await newcomer.RunAsync("key", "--server", address)).Said.Trim().Should().Be(log.New.ToString());

        // A bundle from before the change is still what it was, also for who knows more.
        await auditor.FindsAllGoodAsync("verify", log.EarlyBundle);
        await auditor.FindsAllGoodAsync("verify", address);
        (
            await File.ReadAllLinesAsync(
                Directory.GetFiles(auditor.Kept, "key", SearchOption.AllDirectories).Single(),
                TestContext.Current.CancellationToken
            )
        )
            .Should()
            .Equal($"0 {log.Old}", $"4 {log.New}");
    }

    [Fact]
    public async Task Gives_receipts_under_the_key_of_their_size()
    {
        var log = await ChangedAsync();
        await using var server = await RunningServer.StartAsync(log.Connection);

        var leaf = new Hash(
            (await server.Http.GetByteArrayAsync($"/log/{Idlib.Id}/tile/0/000.p/6")).AsSpan(Hash.Length, Hash.Length)
        );
        foreach (var (size, key) in ((int, VerifierKey)[])[(3, log.Old), (4, log.Old), (4, log.New), (6, log.New)])
        {
            var receipt = TlogProof.Parse(
                (await server.Http.AskAsync($"/api/v1/agreements/{Idlib.Id}/entries/2/proof?size={size}")).Text
            );
            receipt.Verify(leaf, TlogPolicy.OfLog(key)).Holds.Should().BeTrue($"size {size}, {key}");
        }

        TlogProof
            .Parse((await server.Http.AskAsync($"/api/v1/agreements/{Idlib.Id}/entries/2/proof?size=6")).Text)
            .Verify(default, TlogPolicy.OfLog(log.Old))
            .Checkpoint.Fault.Should()
            .Be(PolicyFault.NotSignedByLog);
        (await server.Http.AskAsync($"/log/{Idlib.Id}/rotation/4"))
            .Text.Should()
            .Be(
                (await server.Http.AskAsync($"/api/v1/agreements/{Idlib.Id}/entries/4/proof?size=4")).Text.Split(
                    "\n\n",
                    2
                )[1]
            );
        (await server.Http.AskAsync($"/log/{Idlib.Id}/rotation/5")).Status.Should().Be(HttpStatusCode.NotFound);
        (await server.Http.AskAsync($"/log/{Idlib.Id}/policy")).Text.Should().StartWith($"log {log.New}\n");
    }

    /// <summary>What is done to the files, and what whoever kept the old key is told.</summary>
    public static TheoryData<string, string> Forgeries { get; } =
        new()
        {
            { "the old key's signature of the change is dropped", "position 4: the key changes here" },
            { "the new key's signature of the change is dropped", "key/not-signed-by-new" },
            { "the checkpoint of the change is missing", "key/missing-handover" },
            { "the latest checkpoint is signed with the old key alone", "key/not-the-current" },
            { "the latest checkpoint is signed with a key that no entry names", "key/not-the-current" },
            { "a history without the change is signed with a key that no entry names", "key/not-followed" },
        };

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task Is_not_believed_when(string forgery, string finding)
    {
        var log = await ChangedAsync();
        var auditor = log.Auditor.Twin();
        var folder = Path.Combine(auditor.Home, "forged");
        ZipFile.ExtractToDirectory(
            forgery.Contains("without", StringComparison.Ordinal) ? log.EarlyBundle : log.Bundle,
            folder
        );
        var (rotation, checkpoint) = (Path.Combine(folder, "rotation", "4"), Path.Combine(folder, "checkpoint"));
        using var old = LogKey.Open(log.OldFile, "ledger.local", () => []);
        using var stranger = LogKey.Open(
            Path.Combine(auditor.Home, "stranger.key"),
            "ledger.local",
            () => new byte[32]
        );
        var latest = SignedCheckpoint
            .Parse(await File.ReadAllBytesAsync(checkpoint, TestContext.Current.CancellationToken))
            .Checkpoint;
        void Sign(LogKey key) => File.WriteAllText(checkpoint, key.Sign(Idlib.Id, latest.Size, latest.Root).ToString());
        void Keep(int line)
        {
            var note = SignedCheckpoint.Parse(File.ReadAllBytes(rotation));
            File.WriteAllText(rotation, (note.Note with { Signatures = [note.Note.Signatures[line]] }).ToString());
        }

        switch (forgery)
        {
            case var what when what.StartsWith("the old key's", StringComparison.Ordinal):
                Keep(1);
                break;
            case var what when what.StartsWith("the new key's", StringComparison.Ordinal):
                Keep(0);
                break;
            case var what when what.EndsWith("missing", StringComparison.Ordinal):
                File.Delete(rotation);
                break;
            case var what when what.Contains("old key alone", StringComparison.Ordinal):
                Sign(old);
                break;
            default:
                Sign(stranger);
                await File.WriteAllTextAsync(
                    Path.Combine(folder, "policy"),
                    $"log {stranger.For(Idlib.Id)}\nquorum none\n",
                    TestContext.Current.CancellationToken
                );
                break;
        }

        var (exit, said) = await auditor.RunAsync("verify", "forged");

        exit.Should().Be(2, said);
        said.Should().Contain(finding);
    }

    /// <summary>What is done to the tables, as a superuser.</summary>
    public static TheoryData<string, string, string> Tamperings { get; } =
        new()
        {
            {
                "the old key's signature of the change is dropped",
                "update ledger.ledger_checkpoint set note = regexp_replace(note, E'\\n— [^\\n]+\\n—', E'\\n—') where size = 4",
                "(key/not-signed-by-old"
            },
            {
                "the new key's signature of the change is dropped",
                "update ledger.ledger_checkpoint set note = regexp_replace(note, E'— [^\\n]+\\n$', '') where size = 4",
                "position 4: the checkpoint of 4 entries"
            },
            {
                "the checkpoint of the change is deleted",
                "delete from ledger.ledger_checkpoint where size = 4",
                "(key/missing-handover"
            },
            {
                "the entry of the change is called something else",
                "update ledger.ledger_entry set type = 'log_resumed' where position = 4",
                "TAMPERED at"
            },
            {
                "the entry of the change is deleted",
                "delete from ledger.ledger_entry where position = 4; delete from ledger.mt_events where version = 4",
                "TAMPERED at position"
            },
            {
                "the entry names another key",
                "update ledger.ledger_entry set bytes = convert_to(replace(convert_from(bytes, 'UTF8'), 'It is time', 'It was time'), 'UTF8') where position = 4",
                "position 4"
            },
        };

    [Theory]
    [MemberData(nameof(Tamperings))]
    public async Task Is_swept_for(string what, string sql, string finding)
    {
        var log = await ChangedAsync();
        await TamperedLedger.TamperAsync(log.Connection, sql);

        foreach (var auditor in (Auditor[])[log.Auditor.Twin(), log.Late.Twin()])
        {
            var (exit, said) = await auditor.SweepAsync(log.Connection);
            exit.Should().Be(2, $"{what}: {said}");
            said.Should().Contain(finding, what);
        }
    }

    [Fact]
    public async Task Takes_from_a_thief_of_the_old_key_whoever_has_seen_the_change()
    {
        // The thief has the database of before the change and the old key, and goes on from there.
        var log = await ChangedAsync();
        var stolen = await log.BackupAsync();
        Directory.CreateDirectory(Path.GetDirectoryName(RunningServer.KeyFileOf(stolen))!);
        File.Copy(log.OldFile, RunningServer.KeyFileOf(stolen));
        await using var thief = await RunningServer.StartAsync(stolen);
        for (var i = 0; i < 5; i++)
            (await thief.Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("shelling", "2018-10-05")))
                .Status.Should()
                .Be(HttpStatusCode.Created);
        var address = thief.Http.BaseAddress!.ToString();

        // Whoever saw the change, kept what came after it, or knows the new key is not deceived.
        (await log.Late.Twin().RunAsync("verify", address))
            .Should()
            .Match<(int Exit, string Said)>(found => found.Exit == 2);
        var newcomer = new Auditor();
        await File.WriteAllTextAsync(Path.Combine(newcomer.Home, "policy"), $"log {log.New}\nquorum none\n");
        (await newcomer.RunAsync("verify", address, "--policy", "policy"))
            .Should()
            .Match<(int Exit, string Said)>(found =>
                found.Exit == 2 && found.Said.Contains("key/not-followed", StringComparison.Ordinal)
            );

        // Whoever knows the old key alone and asks no witness is. docs/guarantees.md says so.
        await log.Auditor.Twin().FindsAllGoodAsync("verify", address);
    }

    [Fact]
    public async Task Is_cosigned_by_witnesses_that_were_given_the_new_key()
    {
        var connection = await ServersRole.DatabaseAsync();
        var (old, next) = Keys(connection);
        await using var told = await RunningWitness.StartAsync("told", old, also: next);
        await using var untold = await RunningWitness.StartAsync("untold", old);
        var auditor = new Auditor();
        var policy = Path.Combine(auditor.Home, "policy");
        await File.WriteAllTextAsync(
            policy,
            $"log {old}\nwitness told {told.Key} {told.Url}\nwitness untold {untold.Key} {untold.Url}\ngroup seen any told untold\nquorum seen\n"
        );
        await using var server = await RunningServer.StartAsync(connection, also: $"--LEDGER_POLICY={policy}");
        var address = server.Http.BaseAddress!.ToString();
        (await server.Http.PostAsync("/api/v1/agreements", Idlib.Adoption()))
            .Status.Should()
            .Be(HttpStatusCode.Created);
        Prepare(connection);
        await new Auditor().FindsAllGoodAsync([
            "key",
            "rotate",
            "--to",
            Convert.ToBase64String(next.PublicKey),
            .. Why,
            "--server",
            address,
        ]);
        await WitnessedAsync(2);
        (await server.Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("bombing", "2018-10-03")))
            .Status.Should()
            .Be(HttpStatusCode.Created);
        await WitnessedAsync(3);

        var (exit, said) = await auditor.RunAsync("verify", address, "--policy", "policy");

        exit.Should().Be(0, said);
        said.Should().Contain("witnessed told").And.NotContain("told, untold").And.Contain("changed at position 2");
        var seen = (await server.Http.AskAsync($"/log/{Idlib.Id}/witnesses")).Json["witnesses"]!.AsArray();
        seen.Select(witness => witness!["size"]?.GetValue<long>()).Should().Equal(3, 2);

        async Task WitnessedAsync(long size)
        {
            await Eventually.Async(async () =>
            {
                await server.Get<Ledger.Server.Log.WitnessRounds>().RoundAsync(TestContext.Current.CancellationToken);
                return await server.Http.AskAsync($"/log/{Idlib.Id}/checkpoint.witnessed")
                        is { Status: HttpStatusCode.OK } answer
                    && SignedCheckpoint.Parse(answer.Text).Checkpoint.Size == size;
            });
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Survives_a_crash_at_any_moment(int seed)
    {
        var connection = await ServersRole.DatabaseAsync();
        var (old, next) = Keys(connection);
        var random = new Random(seed);
        var change = new JsonObject
        {
            ["type"] = "key_rotated",
            ["data"] = new JsonObject
            {
                ["entryId"] = Idlib.NewId(),
                ["oldKey"] = old.ToString(),
                ["newKey"] = next.ToString(),
                ["reason"] = "It is time",
                ["authority"] = "The commission",
            },
        };
        using (var doomed = await ServerProcess.StartAsync(connection))
        {
            (await doomed.Http.PostAsync("/api/v1/agreements", Idlib.Adoption()))
                .Status.Should()
                .Be(HttpStatusCode.Created);
            Prepare(connection);
            var (answered, most) = (0, random.Next(5, 40));
            var enough = new TaskCompletionSource();
            var sending = Enumerable
                .Range(0, 4)
                .Select(sender =>
                    Task.Run(async () =>
                    {
                        while (!enough.Task.IsCompleted)
                        {
                            if (sender == 0 && answered >= most / 2)
                                await doomed.Http.PostAsync($"{Idlib.Agreement}/entries", change.DeepClone());
                            else
                                await doomed.Http.PostAsync(
                                    $"{Idlib.Agreement}/reports",
                                    Idlib.Report("bombing", "2018-10-14")
                                );
                            if (Interlocked.Increment(ref answered) >= most)
                                enough.TrySetResult();
                        }
                    })
                )
                .ToArray();
            await enough.Task;
            await doomed.KillAsync();
            await Task.WhenAll(sending).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        using var again = await ServerProcess.StartAsync(connection);
        (await again.Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("bombing", "2018-10-14")))
            .Status.Should()
            .Be(HttpStatusCode.Created);
        (await again.Http.PostAsync($"{Idlib.Agreement}/entries", change))
            .Status.Should()
            .BeOneOf(HttpStatusCode.Created, HttpStatusCode.OK);
        var auditor = new Auditor();
        await File.WriteAllTextAsync(Path.Combine(auditor.Home, "policy"), $"log {old}\nquorum none\n");
        await auditor.FindsAllGoodAsync("verify", again.Http.BaseAddress!.ToString(), "--policy", "policy");
        (await auditor.SweepAsync(connection))
            .Should()
            .Match<(int Exit, string Said)>(swept =>
                swept.Exit == 0 && swept.Said.Contains("key       changed", StringComparison.Ordinal)
            );
    }

    [Fact]
    public async Task Is_asked_for_by_name_and_done_once()
    {
        var log = await ChangedAsync();
        await using var server = await RunningServer.StartAsync(log.Connection);
        string[] rotate =
        [
            "key",
            "rotate",
            "--to",
            Convert.ToBase64String(log.New.PublicKey),
            .. Why,
            "--server",
            server.Http.BaseAddress!.ToString(),
        ];

        (await new Auditor().RunAsync(rotate))
            .Should()
            .Match<(int Exit, string Said)>(again =>
                again.Exit == 0 && again.Said.Contains("already", StringComparison.Ordinal)
            );
        (await new Auditor().RunAsync(["key", "rotate", Idlib.Id, "--to", "AAAA", .. rotate[4..]]))
            .Exit.Should()
            .NotBe(0);
        (
            await new Auditor().RunAsync([
                "key",
                "rotate",
                Idlib.Id,
                "--to",
                Convert.ToBase64String(new byte[32]),
                .. rotate[4..],
            ])
        )
            .Said.Should()
            .MatchRegex("does not have this key|not an Ed25519 key");
        var retraction = new JsonObject
        {
            ["entryId"] = Idlib.NewId(),
            ["target"] = (await server.Http.AskAsync($"{Idlib.Agreement}/entries/4")).Json["entry"]!.GetValue<string>(),
            ["reason"] = "No",
        };
        (
            await server.Http.PostAsync(
                $"{Idlib.Agreement}/entries",
                new JsonObject { ["type"] = "entry_retracted", ["data"] = retraction }
            )
        )
            .Code.Should()
            .Be("entry/not-retractable");
    }

    /// <param name="Auditor">Verified the first three entries and nothing since.</param>
    /// <param name="Late">Verified all six.</param>
    private sealed record Changed(
        string Connection,
        Auditor Auditor,
        Auditor Late,
        VerifierKey Old,
        VerifierKey New,
        string OldFile,
        string EarlyBundle,
        string Bundle
    )
    {
        public async Task<string> BackupAsync()
        {
            var connection = new Npgsql.NpgsqlConnectionStringBuilder(await TestDatabase.CopyAsync(Connection))
            {
                Pooling = false,
            }.ConnectionString;
            await TamperedLedger.TamperAsync(
                connection,
                """
                delete from ledger.ledger_entry where position > 3; delete from ledger.mt_events where version > 3; delete from ledger.ledger_checkpoint where size > 3;
                update ledger.mt_streams set version = 3; update ledger.ledger_head set size = 3, root = (select root from ledger.ledger_checkpoint where size = 3);
                update ledger.ledger_tile set hashes = substring(hashes from 1 for 96)
                """
            );
            return connection;
        }
    }

    /// <summary>
    /// A ledger of six entries; the key was changed with the fourth, and the old one is gone from the server.
    /// </summary>
    private static async Task<Changed> ChangedAsync()
    {
        var connection = await ServersRole.DatabaseAsync();
        var (old, next) = Keys(connection);
        var (file, auditor, late) = (RunningServer.KeyFileOf(connection), new Auditor(), new Auditor());
        await using (var server = await Idlib.AdoptedAsync(connection))
        {
            var address = server.Http.BaseAddress!.ToString();
            Prepare(connection);
            await FileAsync(server, 2);
            await auditor.FindsAllGoodAsync("verify", address);
            await auditor.FindsAllGoodAsync("bundle", Idlib.Id, "--server", address, "-o", "early.zip");
            await auditor.FindsAllGoodAsync([
                "key",
                "rotate",
                "--to",
                Convert.ToBase64String(next.PublicKey),
                .. Why,
                "--server",
                address,
            ]);
            await FileAsync(server, 2);
            await late.FindsAllGoodAsync("verify", address);
            await late.FindsAllGoodAsync("bundle", Idlib.Id, "--server", address, "-o", "all.zip");
        }

        var oldFile = file + ".old";
        File.Move(file, oldFile);
        File.Move(file + LogKeys.NextSuffix, file);
        return new Changed(
            connection,
            auditor,
            late,
            old,
            next,
            oldFile,
            Path.Combine(auditor.Home, "early.zip"),
            Path.Combine(late.Home, "all.zip")
        );
    }

    /// <summary>
    /// A log that begins now would begin with the key that is to follow, so it comes after the adoption.
    /// </summary>
    private static void Prepare(string connection) =>
        File.Copy(
            RunningServer.KeyFileOf(connection) + ".made",
            RunningServer.KeyFileOf(connection) + LogKeys.NextSuffix
        );

    /// <summary>The key in use, and one that can follow it.</summary>
    private static (VerifierKey Old, VerifierKey New) Keys(string connection)
    {
        var file = RunningServer.KeyFileOf(connection);
        return (RunningServer.LogKeyIn(file), RunningServer.LogKeyIn(file + ".made"));
    }

    private static async Task FileAsync(RunningServer server, int reports)
    {
        for (var i = 0; i < reports; i++)
            (await server.Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("bombing", "2018-10-03")))
                .Status.Should()
                .Be(HttpStatusCode.Created);
    }
}
