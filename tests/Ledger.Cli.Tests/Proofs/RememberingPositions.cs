using Ledger.Cli.Proofs;

namespace Ledger.Cli.Tests.Proofs;

public sealed class RememberingPositions
{
    public static TheoryData<int> Places { get; } = new(1_000, 10);

    [Theory]
    [MemberData(nameof(Places))]
    public void Finds_an_id_that_is_used_twice(int inMemory)
    {
        using var positions = new EntryPositions(inMemory);
        var ids = Fill(positions, 100);

        FluentActions
            .Invoking(() =>
            {
                positions.Add(ids[40], 101);
                positions.End();
            })
            .Should()
            .Throw<TamperedException>()
            .Which.Finding.Should()
            .Match<Finding>(found =>
                found.Code == "entry/id-used-twice"
                && found.Position == 101
                && found.Message.Contains("already used at position 41", StringComparison.Ordinal)
            );
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Finds_a_reference_forward(int inMemory)
    {
        using var positions = new EntryPositions(inMemory);
        var later = Guid.CreateVersion7();
        Fill(positions, 100);

        FluentActions
            .Invoking(() =>
            {
                positions.Refer(later, 100);
                positions.Add(later, 101);
                positions.End();
            })
            .Should()
            .Throw<TamperedException>()
            .Which.Finding.Should()
            .Match<Finding>(found => found.Code == "entry/refers-forward" && found.Position == 100);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Finds_nothing_where_nothing_is_wrong(int inMemory)
    {
        using var positions = new EntryPositions(inMemory);
        var ids = Fill(positions, 100);
        positions.Refer(ids[3], 100);
        positions.Refer(ids[98], 100);

        positions.Invoking(all => all.End()).Should().NotThrow();
    }

    private static List<Guid> Fill(EntryPositions positions, int count)
    {
        var ids = Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7()).ToList();
        for (var i = 0; i < count; i++)
            positions.Add(ids[i], i + 1);
        return ids;
    }
}
