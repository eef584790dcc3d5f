using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Ledger.Domain.Agreements;
using Ledger.Domain.Input;

namespace Ledger.Verdicts.Scenarios;

/// <summary>
/// A file of scenarios beside an agreement file. Everything wrong with it is told with line and column, like the
/// agreement file's own mistakes.
/// </summary>
public sealed class ScenarioFile
{
    private readonly AgreementFile _agreement;

    private readonly YamlTree _tree;

    private readonly Problems _problems;

    private readonly Func<string, IEnumerable<WrittenEntry>?> _entriesBeside;

    private readonly Allowance _allowance;

    private ScenarioFile(
        AgreementFile agreement,
        YamlTree tree,
        Func<string, IEnumerable<WrittenEntry>?> entriesBeside,
        int mostEntries
    )
    {
        (_agreement, _tree, _entriesBeside, _problems) = (agreement, tree, entriesBeside, new Problems(tree.PlaceOf));
        _allowance = new Allowance(mostEntries, _problems);
    }

    /// <param name="text">YAML.</param>
    /// <param name="agreement">The file under test.</param>
    /// <param name="entriesBeside">Gives the lines of a file of entries in the same folder; null where there is none of
    /// that name.</param>
    /// <param name="mostEntries">So many entries are taken in by all scenarios together.</param>
    public static Parsed<ImmutableArray<Scenario>> Parse(
        string text,
        AgreementFile agreement,
        Func<string, IEnumerable<WrittenEntry>?> entriesBeside,
        int mostEntries = int.MaxValue
    ) => YamlTree.Parse(text).Then(tree => new ScenarioFile(agreement, tree, entriesBeside, mostEntries).Read());

    /// <summary>
    /// What is wrong with one scenario fails that scenario alone; what is wrong with all of them, such as an entry under
    /// the common 'given', with the file.
    /// </summary>
    private Parsed<ImmutableArray<Scenario>> Read()
    {
        var file = new InputNode(_tree.Root, "", _problems);
        file.Only("given", "scenarios");
        file["scenarios"].Required("a list of scenarios, each with name, given, when and then");
        var scenarios = ImmutableArray.CreateBuilder<Scenario>();
        foreach (var item in file["scenarios"].Items())
        {
            var own = new Problems(_tree.PlaceOf);
            scenarios.Add(Read(new InputNode(item.Node, item.Pointer, own), file["given"]));
            if (_problems.Any)
                break;
        }

        return _problems.Any
            ? new Parsed<ImmutableArray<Scenario>>.Bad(_problems.ToImmutable())
            : new Parsed<ImmutableArray<Scenario>>.Good(scenarios.ToImmutable());
    }

    private Scenario Read(InputNode input, InputNode common)
    {
        var (line, name) = (LineOf(input), input["name"].Words("what the scenario shows, in a sentence"));
        var content = Content(input, common);
        var problems = input.Problems.ToImmutable().OrderBy(p => (p.Line, p.Column)).ToImmutableArray();
        return new Scenario(name ?? $"Without a name, line {line}", line, problems.IsEmpty ? content : null, problems);
    }

    private ScenarioContent? Content(InputNode input, InputNode common)
    {
        input.Only("name", "given", "when", "then");
        var given = new GivenEntries(_agreement, _entriesBeside, _allowance);
        foreach (var item in common.Items().Concat(input["given"].Items()))
            given.Add(item);
        var question = input["when"].Required("what is asked, such as {asOf: 2018-10-16}")
            ? Question(input["when"], given)
            : null;
        if (!input["then"].Required("the verdicts that must come of it, such as {p5: breached}") || question is null)
            return null;
        return new ScenarioContent(
            given.Book,
            question,
            [
                .. input["then"]
                    .Members()
                    .SelectMany(member => Expected(member.Name, member.Value, given.Book.Reading(question))),
            ]
        );
    }

    private static Question? Question(InputNode input, GivenEntries given)
    {
        input.Only([.. QuestionReader.Members]);
        if (input.Node is not JsonObject json)
            return null;
        var asked = json.DeepClone().AsObject();
        given.PutPosition(asked);
        given.PutIds(asked, new InputNode(asked, input.Pointer, input.Problems));
        return QuestionReader.Read(new InputNode(asked, input.Pointer, input.Problems), given.Book);
    }

    /// <summary>A verdict alone, or an object of fields.</summary>
    private IEnumerable<Expectation> Expected(string provision, InputNode input, Agreement reading)
    {
        if (reading.Provision(provision) is null)
        {
            input.Wrong(
                "scenario/unknown-provision",
                $"This reading has no provision '{provision}'.{Nearest.Hint(provision, reading.Provisions.Select(p => p.Id))}"
            );
            return [];
        }

        if (!input.IsObject)
            return Expected(provision, VerdictField.Verdict, input, reading);
        input.Only([.. VerdictField.All.Keys]);
        return
        [
            .. input
                .Members()
                .Where(member => VerdictField.All.ContainsKey(member.Name))
                .SelectMany(member => Expected(provision, VerdictField.All[member.Name], member.Value, reading)),
        ];
    }

    private Expectation[] Expected(string provision, VerdictField field, InputNode input, Agreement reading) =>
        input.Required($"what {field.Name} must be") && field.Read(input, reading.TimeZone) is { } expected
            ? [new Expectation(provision, field, expected, LineOf(input))]
            : [];

    private int LineOf(InputNode input) => _tree.PlaceOf(input.Pointer)?.Line ?? 1;
}
