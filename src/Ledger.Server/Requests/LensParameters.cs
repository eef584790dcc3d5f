using System.Text.Json.Nodes;
using Ledger.Domain.Agreements;
using Ledger.Domain.Input;
using Ledger.Domain.Time;
using Ledger.Verdicts;
using NodaTime;

namespace Ledger.Server.Requests;

/// <summary>The lens of a query: a name from the agreement file, and parts that override it.</summary>
public static class LensParameters
{
    private static readonly string[] Parts = ["threshold", "match", "reading"];

    /// <param name="query">Where it is written, and where problems are noted.</param>
    /// <param name="book">Entries to leave out must be in it.</param>
    /// <param name="agreement">Knows the names.</param>
    public static Lens Lens(this QueryReader query, Book book, Agreement agreement)
    {
        var named = Named(query, agreement);
        var json = new JsonObject();
        foreach (var part in Parts)
        {
            if (query.Text(part) is { } text)
                json[part] = text;
        }

        var problems = new Problems();
        var parts = LensReader.Read(new InputNode(json, "", problems), agreement.TimeZone);
        foreach (var problem in problems.ToImmutable())
            query.Wrong(problem.Pointer.TrimStart('/'), problem.Code, problem.Message);

        return named with
        {
            Threshold = parts?.Threshold ?? named.Threshold,
            Match = parts?.Match ?? named.Match,
            Reading = parts?.Reading ?? named.Reading,
            SaidBy = query.Time("saidBy", agreement.TimeZone) ?? named.SaidBy,
            Sources = Sources(query, agreement) ?? named.Sources,
            Without = [.. named.Without, .. query.Texts("without").Select(text => Entry(query, book, text)).OfType<Guid>()],
        };
    }

    private static Lens Named(QueryReader query, Agreement agreement)
    {
        if (query.Text("lens") is not { } name || name == "house")
            return agreement.Lenses.GetValueOrDefault("house") ?? Domain.Agreements.Lens.House;
        if (agreement.Lenses.TryGetValue(name, out var lens))
            return lens;
        query.Wrong("lens", "query/unknown-lens", $"'{agreement.Id}' has no lens '{name}'; it has {string.Join(", ", agreement.Lenses.Keys.Prepend("house"))}.{Nearest.Hint(name, agreement.Lenses.Keys)}");
        return Domain.Agreements.Lens.House;
    }

    private static Guid? Entry(QueryReader query, Book book, string text)
    {
        if (Guid.TryParseExact(text, "D", out var id) && book.Find(id) is not null)
            return id;
        query.Wrong("without", "query/unknown-entry", $"There is no entry '{text}' in this ledger that could be left out.");
        return null;
    }

    /// <summary><c>class:media,party:russia,reliability:A</c>.</summary>
    private static SourceFilter? Sources(QueryReader query, Agreement agreement)
    {
        var (only, not) = (query.Texts("sourcesOnly"), query.Texts("sourcesNot"));
        if (only.IsEmpty && not.IsEmpty)
            return null;
        var name = only.IsEmpty ? "sourcesNot" : "sourcesOnly";
        if (!only.IsEmpty && !not.IsEmpty)
            query.Wrong("sourcesNot", "lens/sources", "Give either sourcesOnly or sourcesNot.");

        var filter = new JsonObject { ["classes"] = new JsonArray(), ["parties"] = new JsonArray(), ["reliabilities"] = new JsonArray() };
        foreach (var text in only.AddRange(not))
        {
            switch (text.Split(':', 2))
            {
                case ["class", var source]:
                    filter["classes"]!.AsArray().Add(source);
                    break;
                case ["party", var party] when agreement.Party(party) is not null:
                    filter["parties"]!.AsArray().Add(party);
                    break;
                case ["reliability", "A" or "B" or "C" or "D" or "E" or "F"]:
                    filter["reliabilities"]!.AsArray().Add(text[^1..]);
                    break;
                default:
                    query.Wrong(name, "query/not-a-source", $"'{text}' names no sources: write class:media, party:{agreement.Parties[0].Id} or reliability:A, with commas between them.");
                    break;
            }
        }

        var problems = new Problems();
        var lens = LensReader.Read(new InputNode(new JsonObject { ["sources"] = new JsonObject { ["only"] = filter } }, "", problems), agreement.TimeZone);
        foreach (var problem in problems.ToImmutable())
            query.Wrong(name, "query/not-a-source", problem.Message);
        return lens?.Sources is { } sources ? sources with { Only = !only.IsEmpty } : null;
    }
}
