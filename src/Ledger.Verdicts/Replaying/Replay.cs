using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;
using Ledger.Domain.Time;
using Ledger.Verdicts.Analyses;
using NodaTime;

namespace Ledger.Verdicts.Replaying;

/// <summary>
/// Judges entries without a server or a database: one entry a line in the wire form, positions by the order of lines,
/// one query a line, one answer a line.
/// </summary>
public static class Replay
{
    /// <summary>What a query may ask.</summary>
    private static readonly FrozenDictionary<string, About> Questions = new Dictionary<string, About>
    {
        ["status"] = About.All,
        ["verdict"] = About.One,
        ["timeline"] = About.Timeline,
        ["history"] = About.History,
        ["why"] = About.Why,
        ["flips"] = About.Flips,
        ["next"] = About.Next,
        ["who-says"] = About.WhoSays,
    }.ToFrozenDictionary();

    private enum About
    {
        All,
        One,
        Timeline,
        History,
        Why,
        Flips,
        Next,
        WhoSays,
    }

    private static readonly string[] EntryMembers = ["type", "data", "entry", "position", "recorded", "recordedAt"];

    /// <summary>
    /// Reads entries into a book. The given agreement is judged by in place of the one in an <c>agreement_adopted</c>
    /// line, if there is one, so that a changed file can be tried on recorded entries.
    /// </summary>
    public static Parsed<Book> Load(AgreementFile agreement, IEnumerable<string> lines) =>
        Load(
            agreement,
            lines
                .Select((line, index) => (index + 1, line))
                .Where(l => !string.IsNullOrWhiteSpace(l.line))
                .Select(l => (l.Item1, JsonInput.Parse(l.line)))
        );

    /// <summary>
    /// The same from lines that are read as JSON already, each with its number in the file. They are taken one at a
    /// time, and none is kept.
    /// </summary>
    public static Parsed<Book> Load(AgreementFile agreement, IEnumerable<(int Number, Parsed<JsonNode> Json)> lines)
    {
        var book = new Book(agreement);
        var recordedAt = Instants.Earliest;
        foreach (var (number, json) in lines)
        {
            switch (json.Then(entry => ReadEntry(entry, agreement, book.Position + 1, recordedAt)))
            {
                case Parsed<Entry>.Good { Value: var entry } when book.Find(entry.Id) is { } before:
                    return Bad(
                        number,
                        [
                            new Problem(
                                "entry/id-used-twice",
                                "/data/entryId",
                                $"The id {entry.Id} was used before, at position {before.Position}."
                            ),
                        ]
                    );
                case Parsed<Entry>.Good { Value: var entry }:
                    book.Append(entry);
                    recordedAt = entry.RecordedAt;
                    break;
                case Parsed<Entry>.Bad bad:
                    return Bad(number, bad.Problems);
            }
        }

        return new Parsed<Book>.Good(book);
    }

    /// <summary>
    /// Answers one query in the form of <c>/verdicts</c>, or says what is wrong with it under <c>problems</c>. With
    /// <c>provision</c> the answer is that provision's, without it all of them. With <c>question</c> it answers another
    /// of the <see cref="Questions"/> than that for the verdict.
    /// </summary>
    public static JsonNode Answer(Book book, string line)
    {
        var problems = new Problems();
        if (JsonInput.Parse(line) is not Parsed<JsonNode>.Good { Value: var json })
            return ProblemsAsJson(((Parsed<JsonNode>.Bad)JsonInput.Parse(line)).Problems);

        if (json is JsonObject parameters)
            QueryParameters.Unfold(parameters, problems);
        var input = new InputNode(json, "", problems);
        input.Only([.. QuestionReader.Members, "provision", "id", "question"]);
        var provision = input["provision"].Code();
        var asked = input["question"].Choice(Questions) ?? (provision is null ? About.All : About.One);
        if (asked == About.All && provision is not null)
            asked = About.One;
        if (asked is not (About.All or About.Next or About.WhoSays))
            input["provision"]
                .Required("the id of a provision; without one only status, next and who-says can be asked");
        if (problems.Any || QuestionReader.Read(input, book) is not { } question)
            return ProblemsAsJson(problems.ToImmutable());
        object? answer = asked switch
        {
            About.All => Judge.Status(book, question),
            About.One => Judge.Verdict(book, provision!, question),
            About.Timeline => Judge.Timeline(book, provision!, question.KnownAt, question.Lens),
            About.History => History.Of(book, provision!, question.AsOf, question.KnownAt, question.Lens),
            About.Why => Why.Explain(book, provision!, question),
            About.Flips => Flips.Of(book, provision!, question),
            About.Next => Next.Of(book, question),
            About.WhoSays => provision is null || book.Reading(question).Provision(provision) is not null
                ? WhoSays.Of(book, question, provision)
                : null,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        if (answer is not null)
            return JsonSerializer.SerializeToNode(answer, answer.GetType(), LedgerJson.Options)!;
        var ids = book.Reading(question).Provisions.Select(p => p.Id).ToList();
        input["provision"]
            .Wrong(
                "verdict/unknown-provision",
                $"'{provision}' is not a provision of this reading; there are {string.Join(", ", ids)}.{Nearest.Hint(provision!, ids)}"
            );
        return ProblemsAsJson(problems.ToImmutable());
    }

    private static JsonObject ProblemsAsJson(IEnumerable<Problem> problems) =>
        new() { ["problems"] = JsonSerializer.SerializeToNode(problems, LedgerJson.Options) };

    private static Parsed<Book>.Bad Bad(int line, IEnumerable<Problem> problems) =>
        new([.. problems.Select(problem => problem with { Line = line, Column = 1 })]);

    private static Parsed<Entry> ReadEntry(JsonNode json, AgreementFile agreement, long position, Instant previous)
    {
        var problems = new Problems();
        var input = new InputNode(json, "", problems);
        if (!input.IsObject)
            input.Wrong(
                "entry/not-an-object",
                $"An entry is an object with members {string.Join(", ", EntryMembers)}."
            );
        var (data, type) = (
            input["data"].Node as JsonObject,
            input["type"].Required("the type of the entry, such as report_filed") ? input["type"].Text(60) : null
        );
        if (data is not null && data["entryId"] is null && input["entry"].Node is { } id)
            data["entryId"] = id.DeepClone();
        if (data is not null && type == "agreement_adopted")
            (data["file"], data["sourceSha256"]) = (agreement.Json.DeepClone(), agreement.SourceSha256);
        var read = type is null
            ? null
            : EventReader.Read(type, input["data"], agreement.Agreement.TimeZone, recorded: true);
        var recordedAt = (input["recorded"].IsPresent ? input["recorded"] : input["recordedAt"]).Moment();
        if (read is null || problems.Any)
            return new Parsed<Entry>.Bad(problems.ToImmutable());
        // Lines without a recording time were recorded no earlier than the line before, nor than they were said.
        var notBefore = read.SaidAt > previous ? read.SaidAt.Value : previous;
        return new Parsed<Entry>.Good(new Entry(position, recordedAt ?? notBefore, read));
    }
}
