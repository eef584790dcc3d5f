using System.Collections.Immutable;
using Ledger.Domain.Input;
using Ledger.Server.Answers;
using Ledger.Server.Authorization;
using Ledger.Server.Description;
using Ledger.Server.Requests;
using Ledger.Verdicts;
using Ledger.Verdicts.Answers;
using Wolverine.Http;

namespace Ledger.Server.Pages;

/// <summary>Why one provision stands as it does: from its words to the people who said so.</summary>
public sealed class WhyPage(CurrentBooks books, QuestionEndpoint questions)
{
    [WolverineGet("/plain/{id}/{provision}"), TakesQuestion]
    [Permit(Permission.Read)]
    public async Task<IResult> Get(string id, string provision, HttpRequest request) =>
        await books.OpenAsync(id, request) is { } open
            ? open.Read(book => Answer(book, provision, request))
            : ErrorAnswer.NoAgreement(id);

    private IResult Answer(Book book, string provision, HttpRequest request) =>
        PinnedQuestion.Read(request, book, questions.Now) switch
        {
            Parsed<PinnedQuestion>.Good { Value: var asked } => Why.Explain(book, provision, asked.Question) is { } why
                ? Page(why, asked)
                : QuestionEndpoint.NoProvision(provision, book, asked.Question),
            Parsed<PinnedQuestion>.Bad bad => ErrorAnswer.OfQuery(bad.Problems),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static HtmlPage Page(WhyAnswer why, PinnedQuestion asked)
    {
        var (answer, clause) = (why.Answer, why.Clause);
        var query = asked.Pinned[asked.Pinned.IndexOf('?', StringComparison.Ordinal)..];
        var title = In(clause.Title);
        return new HtmlPage(
            title,
            Html.Of(
                $"""
                <p class="small"><a href="/plain/{answer.Agreement}{query}">All provisions</a></p>
                <h1>{(clause.Article is { } article ? $"Article {article}: " : "")}{title}</h1>
                <p>{PageText.Of(answer.Verdict)} <span class="faint">({PageText.Of(answer.Reason)})</span></p>
                <p>{why.Conclusion}</p>
                <h2>The words, and how they are read</h2>
                {(
                    clause.Words is { } words
                        ? Html.Of($"""<blockquote dir="auto">{In(words)}</blockquote>""")
                        : Html.Nothing
                )}
                {(
                    clause.Reading is { } reading
                        ? Html.Of(
                            $"""<p dir="auto"><span class="faint">Reading “{clause.Version}”:</span> {In(reading)}</p>"""
                        )
                        : Html.Nothing
                )}
                <p class="small"><span class="faint">The rule, from its data:</span> {string.Join(' ', clause.Rule)}</p>
                <p class="small faint">Whose obligation: {string.Join(", ", clause.Duty)}</p>
                {List("Deadlines", why.Deadlines, deadline => Html.Of($"""<li>{deadline.Arithmetic}</li>"""))}
                {List("What decided it", why.Entries, Cited)}
                {List("What separates the best case from the worst", why.SeparatedBy, Cited)}
                {(
                    answer.Bounds.SeparatedByOmitted is { } between
                        ? Html.Of($"<p>And {between} more between the first and the last of them.</p>")
                        : Html.Nothing
                )}
                {List("Who says what", why.Statements, Said)}
                {List("What parties say about these reports", why.Responses, Answered)}
                {List(
                    "Near misses",
                    why.NearMisses,
                    miss => Html.Of($"""<li>{miss.Words}<ul>{Cited(miss.Entry)}</ul></li>""")
                )}
                <p class="small faint">Known at position {asked.Question.KnownAt}. <a href="/api/v1/agreements/{answer.Agreement}/verdicts/{answer.Provision}/why{query}">The same as JSON</a></p>
                """
            )
        );
    }

    private static Html List<T>(string title, ImmutableArray<T> items, Func<T, Html> item) =>
        items.IsEmpty ? Html.Nothing : Html.Of($"<h2>{title}</h2><ul>{Html.Join(items.Select(item))}</ul>");

    private static Html Cited(Cited cited) =>
        Html.Of(
            $"""
            <li dir="auto">{(cited.Summary ?? cited.Kind ?? cited.Grounds ?? cited.Type)}
            <span class="faint small">— {(cited.Author ?? "unnamed")}{(
                cited.From is { } from ? $"; {from.Local}" : ""
            )}{(cited.Place is { } place ? $"; {place}" : "")}{(
                cited.Level is { } level ? $"; {PageText.Of(level)}" : ""
            )};
            {(
                cited.Position is { } position
                    ? Html.Of($"""<a href="/api/v1/entries/{cited.Entry.ToString()}">entry {position}</a>""")
                    : Html.Of($"supposed")
            )}</span></li>
            """
        );

    private static Html Said(Claim claim) =>
        Html.Of(
            $"""
            <li dir="auto"><b>{PageText.Of(claim.Stance)}</b>, says {claim.By}{(
                claim.Summary is { } summary ? $": “{summary}”" : ""
            )}
            <span class="faint small">— {(
                claim.Agrees switch
                {
                    true => "agrees with the ledger",
                    false => "differs from the ledger",
                    null => "cannot be compared with the ledger",
                }
            )};
            {(
                claim.Position is { } position
                    ? Html.Of($"""<a href="/api/v1/entries/{claim.Entry.ToString()}">entry {position}</a>""")
                    : Html.Of($"supposed")
            )}</span></li>
            """
        );

    private static Html Answered(Response response) =>
        Html.Of(
            $"""
            <li dir="auto">{response.Party} {PageText.Of(
                response.Stance
            )} <a href="/api/v1/entries/{response.Report.ToString()}">a report</a>{(
                response.Words is { } words ? $": “{words}”" : ""
            )}</li>
            """
        );

    private static string In(ImmutableSortedDictionary<string, string> labels) =>
        labels.GetValueOrDefault("en") ?? labels.Values.First();
}
