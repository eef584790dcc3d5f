using Ledger.Domain.Entries;

namespace Ledger.Architecture.Tests;

public sealed class TheCode
{
    /// <summary>Words of the shipped agreements. An agreement is data; nothing in the code may know it.</summary>
    private static readonly string[] WordsOfAgreements =
    [
        "idlib",
        "sochi",
        "turkey",
        "syria",
        "jisr",
        "hodeidah",
        "colombia",
        "radical",
        "m4",
    ];

    [Theory]
    [InlineData("Ledger.Domain")]
    [InlineData("Ledger.Verdicts")]
    [InlineData("Ledger.Proof")]
    [InlineData("Ledger.Store")]
    [InlineData("Ledger.Server")]
    public void Knows_no_agreement(string project)
    {
        var found =
            from file in Repository.SourceFiles(Path.Combine("src", project))
            where !file.Contains("Generated", StringComparison.Ordinal)
            // Examples in the description of the interface are there to be copied and tried on the demonstration.
            where !file.Contains(Path.Combine("Ledger.Server", "Description"), StringComparison.Ordinal)
            from line in File.ReadLines(file)
            // Comments and examples in messages may name a real place; code may not.
            let code = Code(line)
            from word in WordsOfAgreements
            where
                code.Split(Separators, StringSplitOptions.RemoveEmptyEntries)
                    .Contains(word, StringComparer.OrdinalIgnoreCase)
            select $"{Path.GetFileName(file)}: {line.Trim()}";

        found.Should().BeEmpty();
    }

    [Fact]
    public void Keeps_events_sealed_and_immutable()
    {
        var events = EventTypes.ByName.Values;

        events.Should().OnlyContain(type => type.IsSealed);
        events
            .SelectMany(type => type.GetProperties())
            .Where(p =>
                p.SetMethod is { } set
                && !set
                    .ReturnParameter.GetRequiredCustomModifiers()
                    .Contains(typeof(System.Runtime.CompilerServices.IsExternalInit))
            )
            .Should()
            .BeEmpty("what was recorded never changes");
    }

    [Fact]
    public void Has_no_room_without_a_noun()
    {
        string[] names = ["Common", "Contracts", "Helpers", "Managers", "Infrastructure", "Utils", "Misc"];

        Directory
            .EnumerateDirectories(Path.Combine(Repository.Root, "src"), "*", SearchOption.AllDirectories)
            .Select(Path.GetFileName)
            .Should()
            .NotContain(name => names.Contains(name));
    }

    [Fact]
    public void Leaves_nothing_unfinished()
    {
        // Written apart, so that this file does not find itself.
        string[] marks = ["TO" + "DO", "FIX" + "ME", "NotImplemented" + "Exception", "Thread." + "Sleep"];

        Lines(["src", "tests"], marks).Should().BeEmpty();
    }

    [Fact]
    public void Waits_in_tests_for_conditions_and_never_for_a_time() =>
        Lines(["tests"], ["Task." + "Delay("]).Should().BeEmpty();

    private static IEnumerable<string> Lines(string[] folders, string[] marks)
    {
        return from folder in folders
            from file in Repository.SourceFiles(folder)
            from line in File.ReadLines(file)
            where marks.Any(mark => line.Contains(mark, StringComparison.Ordinal))
            select $"{Path.GetFileName(file)}: {line.Trim()}";
    }

    private static readonly char[] Separators = [.. " \t\"'()[]{}.,;:<>=+-*/!?&|_0123456789"];

    private static string Code(string line)
    {
        var comment = line.IndexOf("//", StringComparison.Ordinal);
        return comment < 0 ? line : line[..comment];
    }
}
