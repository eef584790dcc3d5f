namespace Ledger.Architecture.Tests;

public sealed class TheMutants
{
    /// <summary>A change whose text has moved tries nothing, and running them all to find out takes half an hour.</summary>
    [Fact]
    public void Apply_to_the_code_exactly_once_each()
    {
        var (file, name, changes, broken) = ("", "", 0, new List<string>());
        foreach (var line in Repository.Read("tests", "mutants", "mutants.txt").Split('\n'))
        {
            var rest = line.Length > 2 ? line[2..] : "";
            switch (line.Split(' ')[0])
            {
                case "=":
                    name = rest;
                    break;
                case "@":
                    file = rest;
                    break;
                case "-":
                    changes++;
                    var path = Path.Combine(Repository.Root, file);
                    var found = File.Exists(path) ? File.ReadAllText(path).Split(rest).Length - 1 : 0;
                    if (found != 1)
                        broken.Add($"{name}: stands {found} times in {file}: {rest}");
                    break;
            }
        }

        broken.Should().BeEmpty();
        changes.Should().BeGreaterThanOrEqualTo(55);
    }
}
