using System.Collections.Immutable;
using Ledger.Domain.Agreements;
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
    private static readonly ImmutableArray<string> LensParts = ["lens", "threshold", "match", "reading", "sourcesOnly", "sourcesNot", "without"];

    /// <param name="request">Its query is read.</param>
    /// <param name="book">What is known.</param>
    /// <param name="now">The valid time where none is given.</param>
    /// <param name="timeless">Whether the question is about all valid time, so that <c>asOf</c> is no part of it.</param>
    public static Parsed<Asked> Read(HttpRequest request, Book book, Instant now, bool timeless = false)
    {
        var query = new QueryReader(request.Query);
        var zone = book.Agreement!.TimeZone;
        var knownAt = query.Position("knownAt", book, zone) ?? book.Position;
        if (!query.IsWrong && book.Objection(new Question(now, knownAt, Lens.House)) is { } early)
            query.Wrong("knownAt", early.Code, early.Message);
        if (query.IsWrong)
            return new Parsed<Asked>.Bad(query.Problems);

        // The words of a question are read by the text as it was known at its position, so that later versions change no old answer.
        var agreement = book.Versions(knownAt).Last();
        var asOf = timeless ? null : query.Time("asOf", agreement.TimeZone);
        var question = new Question(asOf ?? now, knownAt, query.Lens(book, agreement));
        if (!query.IsWrong && book.Objection(question) is { } objection)
            query.Wrong(objection.Pointer.TrimStart('/'), objection.Code, objection.Message);
        return query.IsWrong
            ? new Parsed<Asked>.Bad(query.Problems)
            : new Parsed<Asked>.Good(Pin(request, question, timeless));
    }

    private static Asked Pin(HttpRequest request, Question question, bool timeless)
    {
        var parts = new List<KeyValuePair<string, string?>>();
        if (!timeless)
            parts.Add(new("asOf", question.AsOf.ToText()));
        parts.Add(new("knownAt", question.KnownAt.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        if (request.Query["saidBy"] is { Count: > 0 } && question.Lens.SaidBy is { } saidBy)
            parts.Add(new("saidBy", saidBy.ToText()));
        foreach (var name in LensParts)
            parts.AddRange(request.Query[name].Where(value => value is not (null or "")).Select(value => new KeyValuePair<string, string?>(name, value)));

        var isPinned = parts.All(part => request.Query[part.Key].Contains(part.Value, StringComparer.Ordinal));
        return new Asked(question, request.Path + QueryString.Create(parts).Value!.Replace("%3A", ":", StringComparison.Ordinal), isPinned);
    }
}
