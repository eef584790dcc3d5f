namespace Ledger.Architecture.Tests;

/// <summary>
/// The walk of one report has no step back: from the endpoint down to the bytes and the tree, and what follows the
/// ledger hears of a new entry from the database and not from the writer. docs/architecture.md draws it.
/// </summary>
public sealed class TheReport
{
    private static readonly string Root = Path.Combine(Repository.Root, "src");

    private static readonly Walk Writing = new(
        Root,
        ("Ledger.Proof/Entries/Entry.cs", ["Entry"]),
        ("Ledger.Domain/Decisions/EntryDecider.cs", ["EntryDecider"]),
        ("Ledger.Store/Log/LogTree.cs", ["LogTree"]),
        ("Ledger.Store/Signing", ["LogSigner"]),
        ("Ledger.Store/Writing/EventRows.cs", ["EventRows"]),
        ("Ledger.Store/Writing/HeadRows.cs", ["HeadRows"]),
        ("Ledger.Store/Writing/WriteBatch.cs", ["WriteBatch"]),
        ("Ledger.Store/Writing/StreamTransaction.cs", ["StreamTransaction"]),
        ("Ledger.Store/Writing/LedgerWriter.cs", ["LedgerWriter"]),
        ("Ledger.Store/Writing/LedgerWriters.cs", ["LedgerWriters"]),
        ("Ledger.Server/Requests/Submission.cs", ["Submission"]),
        ("Ledger.Server/Reports/FileReport.cs", ["FileReport"])
    );

    private static readonly Walk Writers = new(
        Root,
        ("Ledger.Store/Writing", ["LedgerWriter", "LedgerWriters", "StreamTransaction", "WriteBatch"])
    );

    private static readonly Walk Followers = new(
        Root,
        ("Ledger.Store/Following/FollowedBooks.cs", ["FollowedBooks"]),
        ("Ledger.Store/Projections/Projector.cs", ["Projector"])
    );

    [Fact]
    public void Has_no_step_back() => Writing.StepsBack().Should().BeEmpty();

    [Fact]
    public void Is_followed_by_what_does_not_know_the_writer() =>
        new[] { "Ledger.Store/Following/FollowedBooks.cs", "Ledger.Store/Projections/Projector.cs" }
            .SelectMany(file => Writers.MentionedBy(file))
            .Should()
            .BeEmpty();

    [Fact]
    public void Is_followed_by_what_the_writer_does_not_know() =>
        Directory
            .EnumerateFiles(Path.Combine(Root, "Ledger.Store", "Writing"), "*.cs")
            .SelectMany(file => Followers.MentionedBy(file))
            .Should()
            .BeEmpty();

    [Fact]
    public void Has_every_name_of_this_test() =>
        Writing
            .NamesOfNothing()
            .Concat(Writers.NamesOfNothing())
            .Concat(Followers.NamesOfNothing())
            .Should()
            .BeEmpty("such a name holds nothing");

    [Fact]
    public void Is_drawn_with_the_names_of_its_files()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "architecture.md"));

        new[] { "FileReport.cs", "Submission.cs", "LedgerWriter.cs", "StreamTransaction.cs", "WriteBatch.cs" }
            .Concat(["EntryDecider.cs", "Entry.cs", "EventRows.cs", "LogTree.cs", "HeadRows.cs", "Projector.cs"])
            .Where(file => !page.Contains(file, StringComparison.Ordinal))
            .Should()
            .BeEmpty();
    }
}
