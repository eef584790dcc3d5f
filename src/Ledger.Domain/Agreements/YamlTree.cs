using System.Globalization;
using System.Text.Json.Nodes;
using Ledger.Domain.Input;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Ledger.Domain.Agreements;

/// <summary>
/// YAML as a JSON tree that knows where each value stands in the text. The subset is what a lawyer reads without a
/// manual: no anchors, aliases, tags or second documents. Unquoted whole numbers, true, false and null are what they
/// look like; everything else, decimals included, is text.
/// </summary>
public sealed class YamlTree
{
    /// <summary>
    /// Characters. The file has to fit into one entry of the ledger, whose canonical JSON is at most 65,535 bytes.
    /// </summary>
    public const int LongestText = 400_000;

    private const int DeepestNesting = 40;

    private readonly Dictionary<string, (int Line, int Column)> _places = [];

    private readonly Problems _problems;

    private YamlTree() => _problems = new Problems(PlaceOf);

    public JsonNode? Root { get; private set; }

    /// <summary>Line and column of a pointer, or of the nearest value around it.</summary>
    public (int Line, int Column)? PlaceOf(string pointer)
    {
        while (true)
        {
            if (_places.TryGetValue(pointer, out var place))
                return place;
            var slash = pointer.LastIndexOf('/');
            if (slash < 0)
                return null;
            pointer = pointer[..slash];
        }
    }

    public static Parsed<YamlTree> Parse(string text)
    {
        var tree = new YamlTree();
        if (text.Length > LongestText)
            tree._problems.Add(
                "agreement/too-large",
                "",
                $"The file has {text.Length} characters; at most {LongestText} are read."
            );
        else
            tree.Read(text);
        return tree._problems.Any
            ? new Parsed<YamlTree>.Bad(tree._problems.ToImmutable())
            : new Parsed<YamlTree>.Good(tree);
    }

    private void Read(string text)
    {
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            if (parser.TryConsume<StreamEnd>(out _))
            {
                _problems.Add("agreement/empty", "", "The file is empty.");
                return;
            }

            parser.Consume<DocumentStart>();
            Root = Node(parser, "", 0);
            parser.Consume<DocumentEnd>();
            if (!parser.TryConsume<StreamEnd>(out _))
                _problems.Add(
                    "agreement/second-document",
                    "",
                    "The file contains more than one document; remove what follows the line '---'."
                );
        }
        catch (YamlException wrong)
        {
            _places[""] = LineWithTab(text, wrong) is { } line
                ? (line, 1)
                : ((int)wrong.Start.Line, (int)wrong.Start.Column);
            _problems.Add(
                "agreement/not-yaml",
                "",
                $"This is not YAML: {Likely(text, wrong) ?? wrong.InnerException?.Message ?? wrong.Message}"
            );
        }
        catch (Exception wrong)
            when (wrong is InvalidOperationException or ArgumentException or IndexOutOfRangeException or FormatException
            )
        {
            // The scanner has inputs, such as a carriage return in a plain scalar, on which it fails without a place.
            _problems.Add(
                "agreement/not-yaml",
                "",
                "This is not YAML: it contains characters that are not allowed at their place."
            );
        }
        catch (Stop)
        {
            // The problem was noted where it was found.
        }
    }

    /// <summary>What people do who write YAML for the first time; the parser's own words would lead them astray.</summary>
    private static string? Likely(string text, YamlException wrong)
    {
        var said = wrong.InnerException?.Message ?? wrong.Message;
        if (said.Contains("tab character", StringComparison.Ordinal) || LineWithTab(text, wrong) is not null)
            return "a line begins with a tab; indent with spaces.";
        return
            said.Contains("invalid mapping", StringComparison.Ordinal)
            || said.Contains("apping values are not allowed", StringComparison.Ordinal)
            ? "a text with a colon and a space in it must stand in quotes: title: \"Article 5: withdrawal\"."
            : null;
    }

    /// <summary>
    /// The line, from 1, that begins with a tab: the one at which the parser stopped, or the next, as it tells the value
    /// before the tab.
    /// </summary>
    private static int? LineWithTab(string text, YamlException wrong)
    {
        var lines = text.Split('\n');
        foreach (var line in (ReadOnlySpan<int>)[(int)wrong.Start.Line, (int)wrong.Start.Line + 1])
        {
            if (lines.ElementAtOrDefault(line - 1)?.TakeWhile(char.IsWhiteSpace).Contains('\t') == true)
                return line;
        }

        return null;
    }

    private JsonNode? Node(IParser parser, string pointer, int depth)
    {
        var start = parser.Current!.Start;
        _places[pointer] = ((int)start.Line, (int)start.Column);
        if (depth > DeepestNesting)
            throw Refuse("agreement/too-deep", pointer, $"The file is nested more than {DeepestNesting} levels deep.");
        if (parser.Current is AnchorAlias || (parser.Current as NodeEvent)?.Anchor.IsEmpty == false)
            throw Refuse(
                "agreement/no-anchors",
                pointer,
                "Anchors and aliases (& and *) are not allowed: write the value out, so that it reads the same aloud."
            );
        if (
            parser.Current is NodeEvent { Tag.IsEmpty: false } tagged
            && !(tagged is Scalar { Style: not ScalarStyle.Plain } && tagged.Tag.IsNonSpecific)
        )
            throw Refuse("agreement/no-tags", pointer, $"The tag {tagged.Tag} is not allowed: remove it.");

        if (parser.TryConsume<Scalar>(out var scalar))
            return Value(scalar);
        return parser.TryConsume<SequenceStart>(out _) ? List(parser, pointer, depth) : Object(parser, pointer, depth);
    }

    private JsonArray List(IParser parser, string pointer, int depth)
    {
        var list = new JsonArray();
        while (!parser.TryConsume<SequenceEnd>(out _))
            list.Add(Node(parser, $"{pointer}/{list.Count}", depth + 1));
        return list;
    }

    private JsonObject Object(IParser parser, string pointer, int depth)
    {
        parser.Consume<MappingStart>();
        var members = new JsonObject();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var start = parser.Current!.Start;
            if (!parser.TryConsume<Scalar>(out var key))
            {
                _places[pointer] = ((int)start.Line, (int)start.Column);
                throw Refuse("agreement/not-a-name", pointer, "A name on the left of a colon must be text.");
            }

            var child =
                $"{pointer}/{key.Value.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
            if (members.ContainsKey(key.Value))
            {
                _places[child] = ((int)start.Line, (int)start.Column);
                throw Refuse("agreement/named-twice", child, $"'{key.Value}' is given twice; keep one.");
            }

            members[key.Value] = Node(parser, child, depth + 1);
        }

        return members;
    }

    private static JsonValue? Value(Scalar scalar)
    {
        if (scalar.Style != ScalarStyle.Plain)
            return JsonValue.Create(scalar.Value);
        return scalar.Value switch
        {
            "" or "null" or "~" => null,
            "true" => JsonValue.Create(true),
            "false" => JsonValue.Create(false),
            var text when IsInteger(text, out var number) => JsonValue.Create(number),
            var text => JsonValue.Create(text),
        };
    }

    /// <summary>Whole numbers without leading zeros, within what every JSON reader keeps exactly.</summary>
    private static bool IsInteger(string text, out long number) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)
        && Math.Abs((decimal)number) <= 9_007_199_254_740_991
        && number.ToString(CultureInfo.InvariantCulture) == text;

    private Stop Refuse(string code, string pointer, string message)
    {
        _problems.Add(code, pointer, message);
        return new Stop();
    }

    private sealed class Stop : Exception;
}
