using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Ledger.Domain.Input;
using Ledger.Domain.Time;
using Ledger.Verdicts;
using NodaTime;

namespace Ledger.Server.Requests;

/// <summary>A question with its address for ever; or two, where a difference is asked for.</summary>
/// <param name="Question">Every choice made.</param>
/// <param name="From">The point to compare with; null where there is none.</param>
/// <param name="Pinned">Path and query of the same with absolute times and positions.</param>
/// <param name="IsPinned">Whether it was asked by that address, so that the answer cannot change any more.</param>
public sealed record PinnedQuestion(Question Question, Question? From, string Pinned, bool IsPinned)
{
    private static readonly ImmutableArray<string> Plain =
    [
        "asOf",
        "knownAt",
        "saidBy",
        "lens",
        "threshold",
        "match",
        "reading",
    ];
    private static readonly ImmutableArray<string> Kept =
    [
        "lens",
        "threshold",
        "match",
        "reading",
        "sourcesOnly",
        "sourcesNot",
        "without",
    ];

    /// <summary>Parts of the point to compare with; what is not given is as in the question.</summary>
    private static readonly ImmutableArray<(string Name, string Part)> Earlier =
    [
        ("fromAsOf", "asOf"),
        ("fromKnownAt", "knownAt"),
        ("fromSaidBy", "saidBy"),
        ("fromLens", "lens"),
    ];

    /// <param name="request">Its query is read.</param>
    /// <param name="book">What is known.</param>
    /// <param name="now">The valid time where none is given.</param>
    /// <param name="form">What belongs to the question.</param>
    public static Parsed<PinnedQuestion> Read(
        HttpRequest request,
        Book book,
        Instant now,
        QuestionForm form = QuestionForm.Point
    )
    {
        var query = new QueryReader(request.Query);
        var json = Json(query, now);
        var question = Read(query, json, book, name => name);
        var from = form is QuestionForm.TwoPoints ? ReadEarlier(query, json, book) : null;
        return question is null || query.IsWrong
            ? new Parsed<PinnedQuestion>.Bad(query.Problems)
            : new Parsed<PinnedQuestion>.Good(Pin(request, question, from, form));
    }

    private static JsonObject Json(QueryReader query, Instant now)
    {
        var json = new JsonObject();
        foreach (var name in Plain)
        {
            if (query.Value(name) is { } text)
                json[name] = text;
        }

        json["asOf"] ??= now.ToText();
        if (query.Sources() is { } sources)
            json["sources"] = sources;
        if (query.Texts("without") is { IsEmpty: false } without)
            json["without"] = new JsonArray([.. without.Select(id => JsonValue.Create(id))]);
        return json;
    }

    private static Question? ReadEarlier(QueryReader query, JsonObject later, Book book)
    {
        var json = later.DeepClone().AsObject();
        foreach (var (name, part) in Earlier)
        {
            if (query.Value(name) is { } text)
                json[part] = text;
        }

        if (JsonNode.DeepEquals(json, later))
            query.Wrong(
                "fromAsOf",
                "query/no-difference",
                $"Say what to compare with: give {string.Join(", ", Earlier.Select(part => part.Name))}, or several of them."
            );
        return Read(query, json, book, part => query.Value(Named(part)) is null ? part : Named(part));
        static string Named(string part) => Earlier.FirstOrDefault(earlier => earlier.Part == part).Name ?? part;
    }

    private static Question? Read(QueryReader query, JsonObject json, Book book, Func<string, string> nameOf)
    {
        var problems = new Problems();
        var question = QuestionReader.Read(new InputNode(json, "", problems), book);
        foreach (var problem in problems.ToImmutable())
            query.Wrong(nameOf(query.ParameterOf(problem.Pointer)), problem.Code, problem.Message);
        foreach (var id in (question?.Lens.Without ?? []).Where(id => book.Find(id) is null))
            query.Wrong(
                "without",
                "query/unknown-entry",
                $"There is no entry {id} in this ledger that could be left out."
            );
        return question;
    }

    private static PinnedQuestion Pin(HttpRequest request, Question question, Question? from, QuestionForm form)
    {
        var given = request.Query;
        var parts = new List<KeyValuePair<string, string?>>();
        void Add(string name, string? value, bool when = true)
        {
            if (when && value is not (null or ""))
                parts.Add(new(name, value));
        }

        Add("asOf", question.AsOf.ToText(), form is not QuestionForm.AllTime);
        Add("knownAt", Text(question.KnownAt));
        Add("saidBy", question.Lens.SaidBy?.ToText(), IsGiven("saidBy"));
        Add("fromAsOf", from?.AsOf.ToText(), IsGiven("fromAsOf"));
        Add("fromKnownAt", Text(from?.KnownAt), IsGiven("fromKnownAt"));
        Add("fromSaidBy", from?.Lens.SaidBy?.ToText(), IsGiven("fromSaidBy"));
        foreach (var name in form is QuestionForm.TwoPoints ? Kept.Add("fromLens") : Kept)
        {
            foreach (var value in given[name])
                Add(name, value);
        }

        var isPinned = parts.All(part => given[part.Key].Contains(part.Value, StringComparer.Ordinal));
        return new PinnedQuestion(
            question,
            from,
            request.Path + QueryString.Create(parts).Value!.Replace("%3A", ":", StringComparison.Ordinal),
            isPinned
        );
        bool IsGiven(string name) => given[name] is not [] and not [null or ""];
        static string? Text(long? position) => position?.ToString(CultureInfo.InvariantCulture);
    }
}

/// <summary>What belongs to a question.</summary>
public enum QuestionForm
{
    /// <summary>A valid time, a known time and a lens.</summary>
    Point,

    /// <summary>A known time and a lens.</summary>
    AllTime,

    /// <summary>Two points, to be compared.</summary>
    TwoPoints,
}
