using System.CommandLine;
using System.Text.Json.Nodes;
using Ledger.Cli.Servers;
using Ledger.Cli.Terminals;

namespace Ledger.Cli.Recording;

/// <summary>
/// A command that records something about an earlier entry, or beside the reports: each option fills one member of what
/// is sent, in a table rather than in code.
/// </summary>
/// <param name="Name">Of the command.</param>
/// <param name="Arguments">Members of the entry, or of the path, that are not optional.</param>
/// <param name="Path">Where it is sent, from the arguments' values.</param>
/// <param name="Done">The sentence that says what was done, from the arguments' values.</param>
public sealed record RecordCommand(
    string Name,
    string Description,
    Argument<string>[] Arguments,
    RecordPart[] Parts,
    Func<string[], string> Path,
    Func<string[], JsonObject, string> Done
)
{
    public Command Create(Terminal terminal)
    {
        var command = new Command(Name, Description);
        foreach (var argument in Arguments)
            command.Add(argument);
        foreach (var part in Parts)
            command.Add(part.Option);
        var filing = new FilingOptions();
        filing.AddTo(command);
        return command.OnServer(
            terminal,
            filing.Names([.. Parts.Select(part => (part.Pointer, part.Option.Name)), ("/target", Arguments[0].Name)]),
            context =>
            {
                var values = Arguments.Select(context.Get).ToArray();
                var data = new JsonObject();
                foreach (var part in Parts)
                    part.Put(data, context.Get(part.Option) ?? []);
                return filing.SendAsync(context, Path(values), data, _ => Done(values, data));
            }
        );
    }

    /// <summary>Part of a path.</summary>
    public static string Of(string value) => Uri.EscapeDataString(value);
}

/// <summary>One option and the member that it fills.</summary>
public sealed record RecordPart(Option<string[]> Option, string Pointer, bool List)
{
    public static RecordPart One(string name, string member, string value, string description, bool required = false) =>
        new(Create(name, value, description, required, many: false), $"/{member}", List: false);

    public static RecordPart Many(
        string name,
        string member,
        string value,
        string description,
        bool required = false
    ) => new(Create(name, value, description, required, many: true), $"/{member}", List: true);

    public void Put(JsonObject data, string[] values)
    {
        if (values is [])
            return;
        var names = Pointer.Split('/')[1..];
        var at = data;
        foreach (var name in names[..^1])
            at = at[name] as JsonObject ?? (at[name] = new JsonObject()).AsObject();
        at[names[^1]] = List
            ? new JsonArray([.. values.Select(v => JsonValue.Create(v))])
            : JsonValue.Create(values[0]);
    }

    private static Option<string[]> Create(string name, string value, string description, bool required, bool many)
    {
        var option = new Option<string[]>(name)
        {
            Description = many ? $"{description} May be repeated." : description,
            HelpName = value,
            Required = required,
            Arity = ArgumentArity.OneOrMore,
        };
        if (!many)
            option.Validators.Add(result =>
            {
                if (result.IdentifierTokenCount > 1)
                    result.AddError($"{name} was given {result.IdentifierTokenCount} times; give it once.");
            });
        return option;
    }
}
