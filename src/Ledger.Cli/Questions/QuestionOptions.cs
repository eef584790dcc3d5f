using System.CommandLine;
using Ledger.Cli.Servers;

namespace Ledger.Cli.Questions;

/// <summary>The parts of a full question that every command about verdicts takes: valid time, known time and the lens.</summary>
public sealed class QuestionOptions
{
    private readonly (Option<string[]> Option, string Parameter)[] parts =
    [
        (One("--as-of", "WHEN", "What had happened by then: a day (its end, in the agreement's zone) or an instant. Now, if not given."), "asOf"),
        (One("--known-at", "WHEN", "What this ledger held then: a position, a day or an instant. Everything, if not given."), "knownAt"),
        (One("--said-by", "WHEN", "Only what had been said by then: a day, whole, or an instant."), "saidBy"),
        (One("--lens", "NAME", "A lens of the agreement file, such as strict."), "lens"),
        (One("--threshold", "LEVEL", "Reports count from this level on: alleged, corroborated or confirmed."), "threshold"),
        (One("--match", "SURENESS", "How surely a report must match: certain or possible."), "match"),
        (One("--reading", "VERSION", "Judge by this version of the agreement file."), "reading"),
        (One("--sources-only", "LIST", "Only these sources: class:media,party:russia,reliability:A."), "sourcesOnly"),
        (One("--sources-not", "LIST", "All sources but these."), "sourcesNot"),
        (Many("--without", "ENTRY", "As if this entry were retracted. May be repeated."), "without"),
    ];

    public void AddTo(Command command)
    {
        foreach (var (option, _) in parts)
            command.Add(option);
    }

    /// <summary>The question as a query string, empty or starting with <c>?</c>.</summary>
    public string Query(ParseResult parse, params ReadOnlySpan<(string Name, string? Value)> more)
    {
        var query = new List<string>();
        foreach (var (option, parameter) in parts)
        {
            foreach (var value in parse.GetValue(option) ?? [])
                query.Add($"{parameter}={Uri.EscapeDataString(value)}");
        }

        foreach (var (name, value) in more)
        {
            if (value is not null)
                query.Add($"{name}={Uri.EscapeDataString(value)}");
        }

        return query.Count == 0 ? "" : $"?{string.Join('&', query)}";
    }

    public PointerNames Names => new(parts.ToDictionary(part => $"/{part.Parameter}", part => part.Option.Name));

    private static Option<string[]> One(string name, string value, string description)
    {
        var option = Many(name, value, description);
        // Given twice, a question would be ambiguous.
        option.Validators.Add(result =>
        {
            if (result.IdentifierTokenCount > 1)
                result.AddError($"{name} is given {result.IdentifierTokenCount} times; give it once.");
        });
        return option;
    }

    private static Option<string[]> Many(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value, Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };
}
