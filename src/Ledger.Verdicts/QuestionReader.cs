using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;
using Ledger.Domain.Time;
using NodaTime;

namespace Ledger.Verdicts;

/// <summary>
/// Reads a question from outside: a line of a file of queries, or the parameters of a request as a JSON object of the
/// same names.
/// </summary>
public static class QuestionReader
{
    /// <summary>The members a question may have.</summary>
    public static readonly ImmutableArray<string> Members =
    [
        "asOf",
        "knownAt",
        "lens",
        "threshold",
        "match",
        "reading",
        "saidBy",
        "sources",
        "without",
        "suppose",
    ];

    private static readonly ImmutableArray<string> LensMembers =
    [
        "threshold",
        "match",
        "reading",
        "saidBy",
        "sources",
        "without",
        "suppose",
    ];

    /// <summary>
    /// <c>asOf</c> is an instant or a day, which stands for its last microsecond; <c>knownAt</c> a position or an
    /// instant, absent all that is recorded;
    /// <c>lens</c> a name of the agreement's or an object; its parts may also stand alone, and then have the last word.
    /// </summary>
    public static Question? Read(InputNode input, Book book)
    {
        var knownAt = KnownAt(input["knownAt"], book);
        if (knownAt is null)
            return null;
        // Names and days mean what they meant then, so that the answer stays what it was.
        if (book.AgreementAt(Math.Min(knownAt.Value, book.Position)) is not { } agreement)
        {
            input["knownAt"]
                .Wrong("verdict/no-agreement-yet", $"At position {knownAt} no agreement had been adopted here.");
            return null;
        }

        var asOf = input["asOf"].Required("a day or an instant, such as \"2018-10-16\"")
            ? AsOf(input["asOf"], agreement.TimeZone)
            : null;
        var lens = ReadLens(input, agreement);
        if (asOf is null || lens is null)
            return null;
        var question = new Question(asOf.Value, knownAt.Value, lens);
        if (book.Objection(question) is not { } objection)
            return question;
        input[objection.Pointer[1..]].Wrong(objection.Code, objection.Message);
        return null;
    }

    /// <summary>An instant; or a day, which has happened whole by then.</summary>
    public static Instant? AsOf(InputNode input, DateTimeZone zone)
    {
        if (input.Text(60) is { Length: 10 })
            return input.Day() is { } day ? zone.StartOf(day.PlusDays(1)) - Instants.Microsecond : null;
        return input.Moment();
    }

    /// <summary>A position as a number or text, or an instant; absent is everything recorded.</summary>
    public static long? KnownAt(InputNode input, Book book)
    {
        if (!input.IsPresent)
            return book.Position;
        if (!input.IsText)
            return input.Integer(0, long.MaxValue);
        if (long.TryParse(input.Text(60), System.Globalization.NumberStyles.None, null, out var position))
            return position;
        return
            (
                input.Text(60) is { Length: 10 } && book.Agreement is { } agreement
                    ? AsOf(input, agreement.TimeZone)
                    : input.Moment()
            )
                is { } instant
            ? book.PositionAt(instant)
            : null;
    }

    /// <summary>The lens named, or given as an object, with every part that stands alone put in its place.</summary>
    public static Lens? ReadLens(InputNode input, Agreement agreement)
    {
        var lens = input["lens"].IsText
            ? Named(input["lens"], agreement)
            : LensReader.Read(input["lens"], agreement.TimeZone);
        if (lens is null)
            return null;
        var alone = new JsonObject();
        foreach (var part in LensMembers)
        {
            if (input[part].Node is { } value)
                alone[part] = value.DeepClone();
        }

        if (LensReader.Read(new InputNode(alone, input.Pointer, input.Problems), agreement.TimeZone) is not { } parts)
            return null;
        return new Lens
        {
            Threshold = parts.Threshold ?? lens.Threshold,
            Match = parts.Match ?? lens.Match,
            Reading = parts.Reading ?? lens.Reading,
            SaidBy = parts.SaidBy ?? lens.SaidBy,
            Sources = parts.Sources ?? lens.Sources,
            Without = parts.Without.IsEmpty ? lens.Without : parts.Without,
            Suppose = parts.Suppose.IsEmpty ? lens.Suppose : parts.Suppose,
        };
    }

    private static Lens? Named(InputNode input, Agreement agreement)
    {
        // What cannot be text was told already.
        if (input.Text(64) is not { } name)
            return null;
        var lenses = NamedLens.Of(agreement);
        if (lenses.TryGetValue(name, out var lens))
            return lens;
        input.Wrong(
            "lens/unknown",
            $"'{name}' is not a lens of this agreement; there are {string.Join(", ", lenses.Keys)}.{Nearest.Hint(name, lenses.Keys)}"
        );
        return null;
    }
}
