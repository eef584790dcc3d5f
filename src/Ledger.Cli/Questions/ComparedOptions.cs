using System.CommandLine;
using Ledger.Cli.Servers;

namespace Ledger.Cli.Questions;

/// <summary>The point that a question is compared with. What is not given of it is as in the question.</summary>
public sealed class ComparedOptions
{
    private static readonly (string Name, string Parameter, string Value, string Description)[] Parts =
    [
        ("--from-as-of", "fromAsOf", "WHEN", "The day or instant (valid time) to compare with."),
        ("--from-known-at", "fromKnownAt", "WHEN", "The position, day or instant (known time) to compare with."),
        (
            "--from-said-by",
            "fromSaidBy",
            "WHEN",
            "Compare with only what had been said by the end of this day, or by this instant."
        ),
        ("--from-lens", "fromLens", "NAME", "The lens to compare with."),
    ];

    private readonly (Option<string?> Option, string Parameter)[] _parts =
    [
        .. Parts.Select(part =>
            (new Option<string?>(part.Name) { Description = part.Description, HelpName = part.Value }, part.Parameter)
        ),
    ];

    public void AddTo(Command command)
    {
        foreach (var (option, _) in _parts)
            command.Add(option);
        command.Validators.Add(result =>
        {
            if (_parts.All(part => result.GetValue(part.Option) is null))
                result.AddError(
                    "Say what to compare with: give "
                        + $"{string.Join(", ", _parts.Select(part => part.Option.Name))}, or several of them."
                );
        });
    }

    public IEnumerable<string> Query(ParseResult parse) =>
        _parts
            .Where(part => parse.GetValue(part.Option) is not null)
            .Select(part => $"{part.Parameter}={Uri.EscapeDataString(parse.GetValue(part.Option)!)}");

    public PointerNames With(QuestionOptions question) =>
        question.Names.And(_parts.Select(part => ($"/{part.Parameter}", part.Option.Name)));
}
