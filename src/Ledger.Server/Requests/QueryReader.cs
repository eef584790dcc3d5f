using System.Collections.Immutable;
using System.Globalization;
using Ledger.Domain.Input;

namespace Ledger.Server.Requests;

/// <summary>Reads the parameters of a query and notes everything that is wrong with them, by their names.</summary>
public sealed class QueryReader(IQueryCollection query)
{
    private readonly Problems _problems = new();

    public bool IsWrong => _problems.Any;

    public ImmutableArray<Problem> Problems => _problems.ToImmutable();

    public void Wrong(string name, string code, string message) => _problems.Add(code, name, message);

    /// <summary>Null where it is not given or empty.</summary>
    public string? Text(string name)
    {
        if (query[name] is not { Count: > 0 } values || values is [null or ""])
            return null;
        if (values.Count == 1)
            return values[0];
        Wrong(name, "query/repeated", $"'{name}' was given {values.Count} times; give it once.");
        return null;
    }

    /// <summary>
    /// Of a parameter whose values hold no spaces: a plus sign in a query is a space to whoever follows the form
    /// encoding.
    /// </summary>
    public string? Value(string name) => Text(name)?.Replace(' ', '+');

    /// <summary>The parameter that a pointer into a question leads to.</summary>
    public string ParameterOf(string pointer) =>
        pointer.Split('/', 3) is [_, var name, ..]
            ? name == "sources"
                ? query.ContainsKey("sourcesOnly")
                    ? "sourcesOnly"
                    : "sourcesNot"
                : name
            : "";

    /// <summary>Of a parameter that may be repeated, or hold several values with commas between them.</summary>
    public ImmutableArray<string> Texts(string name) =>
        [
            .. query[name]
                .SelectMany(value =>
                    (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                ),
        ];

    /// <summary>Whether a table is to begin with a byte order mark.</summary>
    public bool Mark()
    {
        var word = Text("bom");
        if (word is not (null or "yes" or "no"))
            Wrong("bom", "query/unknown-word", $"'{word}' cannot be bom: write yes or no.");
        return word == "yes";
    }

    public long? Number(string name, long least, long most)
    {
        if (Text(name) is not { } text)
            return null;
        if (
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least
            && number <= most
        )
            return number;
        Wrong(name, "query/not-a-number", $"'{text}' cannot be {name}: write a whole number from {least} to {most}.");
        return null;
    }
}
