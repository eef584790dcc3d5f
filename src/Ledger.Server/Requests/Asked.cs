using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Ledger.Domain.Input;
using Ledger.Domain.Time;
using Ledger.Verdicts;
using NodaTime;

namespace Ledger.Server.Requests;

/// <summary>A question with its address for ever.</summary>
/// <param name="Question">Every choice made.</param>
/// <param name="Pinned">Path and query of the same question with absolute time and position.</param>
/// <param name="IsPinned">Whether it was asked by that address, so that the answer cannot change any more.</param>
public sealed record Asked(Question Question, string Pinned, bool IsPinned)
{
    private static readonly ImmutableArray<string> Plain = ["asOf", "knownAt", "saidBy", "lens", "threshold", "match", "reading"];
    private static readonly ImmutableArray<string> Kept = ["lens", "threshold", "match", "reading", "sourcesOnly", "sourcesNot", "without"];

    /// <param name="request">Its query is read.</param>
    /// <param name="book">What is known.</param>
    /// <param name="now">The valid time where none is given.</param>
    /// <param name="timeless">Whether the question is about all valid time, so that <c>asOf</c> is no part of it.</param>
    public static Parsed<Asked> Read(HttpRequest request, Book book, Instant now, bool timeless = false)
    {
        var query = new QueryReader(request.Query);
        var json = new JsonObject();
        foreach (var name in Plain)
        {
            // A plus sign in a query is a space to whoever follows the form encoding; no value has a space otherwise.
            if (query.Text(name) is { } text)
                json[name] = text.Replace(' ', '+');
        }

        json["asOf"] ??= now.ToText();
        if (query.Sources() is { } sources)
            json["sources"] = sources;
        if (query.Texts("without") is { IsEmpty: false } without)
            json["without"] = new JsonArray([.. without.Select(id => JsonValue.Create(id))]);

        var problems = new Problems();
        var question = QuestionReader.Read(new InputNode(json, "", problems), book);
        foreach (var problem in problems.ToImmutable())
            query.Wrong(NameOf(problem.Pointer, request.Query), problem.Code, problem.Message);
        foreach (var id in question?.Lens.Without ?? [])
        {
            if (book.Find(id) is null)
                query.Wrong("without", "query/unknown-entry", $"There is no entry {id} in this ledger that could be left out.");
        }

        return question is null || query.IsWrong
            ? new Parsed<Asked>.Bad(query.Problems)
            : new Parsed<Asked>.Good(Pin(request, question, timeless));
    }

    private static Asked Pin(HttpRequest request, Question question, bool timeless)
    {
        var parts = new List<KeyValuePair<string, string?>>();
        if (!timeless)
            parts.Add(new("asOf", question.AsOf.ToText()));
        parts.Add(new("knownAt", question.KnownAt.ToString(CultureInfo.InvariantCulture)));
        if (request.Query["saidBy"] is not [] and not [""] && question.Lens.SaidBy is { } saidBy)
            parts.Add(new("saidBy", saidBy.ToText()));
        foreach (var name in Kept)
            parts.AddRange(request.Query[name].Where(value => value is not (null or "")).Select(value => new KeyValuePair<string, string?>(name, value)));

        var isPinned = parts.All(part => request.Query[part.Key].Contains(part.Value, StringComparer.Ordinal));
        return new Asked(question, request.Path + QueryString.Create(parts).Value!.Replace("%3A", ":", StringComparison.Ordinal), isPinned);
    }

    /// <summary>The parameter in which a problem lies.</summary>
    private static string NameOf(string pointer, IQueryCollection query) => pointer.Split('/', 3) is [_, var name, ..]
        ? name == "sources" ? query.ContainsKey("sourcesOnly") ? "sourcesOnly" : "sourcesNot" : name
        : "";
}
