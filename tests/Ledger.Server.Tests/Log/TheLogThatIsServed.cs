using System.Text;
using Ledger.Proof;
using Ledger.Proof.Entries;
using Ledger.Proof.Notes;
using Ledger.Proof.Trees;
using Ledger.Proof.Witnesses;

namespace Ledger.Server.Tests.Log;

public sealed class TheLogThatIsServed
{
    private const string Log = $"/log/{Idlib.Id}";

    [Fact]
    public async Task Proves_every_entry_to_who_has_only_the_key_and_the_entry()
    {
        await using var server = await Idlib.AdoptedAsync();
        for (var day = 1; day <= 6; day++)
            (await server.Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("bombing", $"2018-10-0{day}")))
                .Status.Should()
                .Be(HttpStatusCode.Created);

        var policy = TlogPolicy.Parse(await server.Http.GetByteArrayAsync($"{Log}/policy"));
        for (var position = 1; position <= 7; position++)
        {
            var entry = await server.Http.GetByteArrayAsync($"{Idlib.Agreement}/entries/{position}");
            var proof = TlogProof.Parse(
                await server.Http.GetByteArrayAsync($"{Idlib.Agreement}/entries/{position}/proof")
            );
            proof.Index.Should().Be(position - 1);
            proof.Verify(MerkleHash.Leaf(entry), policy).Holds.Should().BeTrue();
            entry[^3] ^= 1;
            proof.Verify(MerkleHash.Leaf(entry), policy).Holds.Should().BeFalse();
        }
    }

    [Fact]
    public async Task Is_the_one_of_the_receipts()
    {
        await using var server = await Idlib.AdoptedAsync();
        var report = Idlib.Report("bombing", "2018-10-03");

        var receipt = await server.Http.PostAsync($"{Idlib.Agreement}/reports", report);
        var again = await server.Http.PostAsync($"{Idlib.Agreement}/reports", report);

        again.Text.Should().Be(receipt.Text);
        var proof = TlogProof.Parse(await server.Http.GetByteArrayAsync(receipt.Json["proof"]!.GetValue<string>()));
        InclusionProof
            .Verify(
                new Hash(Convert.FromHexString(receipt.Json["hash"]!.GetValue<string>())),
                proof.Index,
                proof.Checkpoint.Checkpoint.Size,
                proof.Hashes,
                proof.Checkpoint.Checkpoint.Root
            )
            .Should()
            .Be(ProofFault.None);
        (await server.Http.AskAsync($"/api/v1/entries/{receipt.Json["entryId"]}/proof"))
            .Text.Should()
            .Be(proof.ToString());
        TlogProof
            .Parse(await server.Http.GetByteArrayAsync($"{receipt.Json["proof"]}?size=2"))
            .Checkpoint.Checkpoint.Size.Should()
            .Be(2);
    }

    [Theory]
    [InlineData($"{Log}/checkpoint")]
    [InlineData($"{Log}/tile/entries/000.p/1")]
    [InlineData($"{Log}/tile/0/001")]
    [InlineData($"{Idlib.Agreement}/entries.jsonl")]
    [InlineData("/api/v1/agreements/elsewhere")]
    public async Task Tells_the_headers_alone_as_it_tells_the_whole(string address)
    {
        await using var server = await Idlib.AdoptedAsync();
        using var whole = await server.Http.GetAsync(address);
        using var head = await server.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, address));

        head.StatusCode.Should().Be(whole.StatusCode);
        head.Content.Headers.ContentType.Should().Be(whole.Content.Headers.ContentType);
        head.Headers.CacheControl.Should().Be(whole.Headers.CacheControl);
        (await head.Content.ReadAsByteArrayAsync()).Should().BeEmpty();
        (await server.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, $"{Idlib.Agreement}/changes")))
            .StatusCode.Should()
            .Be(HttpStatusCode.MethodNotAllowed, "a stream has no end to wait for");
    }

    [Fact]
    public async Task Comes_in_tiles_of_the_standard()
    {
        await using var server = await Idlib.AdoptedAsync();
        await server.Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("bombing", "2018-10-03"));

        var note = await server.Http.AskAsync($"{Log}/checkpoint");
        note.Type.Should().Be("text/plain");
        note.Response.Headers.CacheControl!.NoCache.Should().BeTrue();
        var checkpoint = SignedCheckpoint.Parse(note.Text).Checkpoint;
        (checkpoint.Origin, checkpoint.Size).Should().Be(($"ledger.local/{Idlib.Id}", 2));

        var tile = await server.Http.GetAsync($"{Log}/tile/0/000.p/2");
        tile.Content.Headers.ContentType!.MediaType.Should().Be("application/octet-stream");
        var hashes = await tile.Content.ReadAsByteArrayAsync();
        var entries = new EntryBundle(0, 2).Read(await server.Http.GetByteArrayAsync($"{Log}/tile/entries/000.p/2"));
        hashes.Should().Equal(entries.SelectMany(entry => MerkleHash.Leaf(entry.Span).ToArray()));
        new TileTree(2, _ => hashes).Root.Should().Be(checkpoint.Root);
        // A narrower tile is a beginning of the wider one, and remains to be had.
        (await server.Http.GetByteArrayAsync($"{Log}/tile/0/000.p/1"))
            .Should()
            .Equal(hashes[..32]);
    }

    [Fact]
    public async Task Shows_that_it_continues_what_it_was()
    {
        await using var server = await Idlib.AdoptedAsync();
        var before = SignedCheckpoint.Parse((await server.Http.AskAsync($"{Log}/checkpoint")).Text).Checkpoint;
        for (var day = 1; day <= 4; day++)
            await server.Http.PostAsync($"{Idlib.Agreement}/reports", Idlib.Report("bombing", $"2018-10-0{day}"));

        var addition = AddCheckpoint.Parse((await server.Http.AskAsync($"{Log}/consistency?from=1")).Text);

        var key = TlogPolicy.Parse(await server.Http.GetByteArrayAsync($"{Log}/policy")).Logs[0].Key;
        addition.Judge([key], before).Should().Be(WitnessAnswer.Cosign);
        addition.Judge([key], before with { Root = MerkleHash.EmptyRoot }).Should().Be(WitnessAnswer.Inconsistent);
        (await server.Http.AskAsync($"{Log}/consistency?from=9")).Code.Should().Be("log/not-found");
        (await server.Http.AskAsync($"{Log}/consistency")).Status.Should().Be(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("/log/idlib-2018/tile/0/000", "log/not-found")]
    [InlineData("/log/idlib-2018/tile/0/000.p/3", "log/not-found")]
    [InlineData("/log/idlib-2018/tile/0/0", "log/not-found")]
    [InlineData("/log/idlib-2018/tile/entries/000.p/0", "log/not-found")]
    [InlineData("/log/idlib-2018/tile/64/000", "log/not-found")]
    [InlineData("/log/idlib-2018/nothing", "log/not-found")]
    [InlineData("/log/nowhere/checkpoint", "agreement/not-found")]
    [InlineData("/api/v1/agreements/idlib-2018/entries/2/proof", "log/not-found")]
    [InlineData("/api/v1/agreements/idlib-2018/entries/1/proof?size=9", "log/not-found")]
    [InlineData("/api/v1/agreements/idlib-2018/entries/one/proof", "entry/not-found")]
    [InlineData("/api/v1/entries/01664a3e-0001-7000-8000-000000000001/proof", "entry/not-found")]
    public async Task Has_nothing_else(string path, string code)
    {
        await using var server = await Idlib.AdoptedAsync();

        var answer = await server.Http.AskAsync(path);

        (answer.Status, answer.Code).Should().Be((HttpStatusCode.NotFound, code));
    }

    [Fact]
    public async Task Is_kept_with_full_tiles_for_ever()
    {
        await using var server = await Idlib.AdoptedAsync();
        var lines = string.Join(
            '\n',
            Enumerable.Range(0, 300).Select(_ => Idlib.Report("bombing", "2018-10-03").ToJsonString())
        );
        await server.Http.PostAsync($"{Idlib.Agreement}/reports/batch", lines, "application/jsonl");

        var full = await server.Http.AskAsync($"{Log}/tile/0/000");

        full.Response.Headers.CacheControl!.ToString().Should().Contain("immutable");
        var proof = TlogProof.Parse(await server.Http.GetByteArrayAsync($"{Idlib.Agreement}/entries/257/proof"));
        var entry = Encoding.UTF8.GetBytes((await server.Http.AskAsync($"{Idlib.Agreement}/entries/257")).Text);
        proof
            .Verify(MerkleHash.Leaf(entry), TlogPolicy.Parse(await server.Http.GetByteArrayAsync($"{Log}/policy")))
            .Holds.Should()
            .BeTrue();
    }
}
