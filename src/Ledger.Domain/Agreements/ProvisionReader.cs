using System.Collections.Frozen;
using System.Collections.Immutable;
using Ledger.Domain.Input;
using Ledger.Domain.Reports;
using Ledger.Domain.Time;
using NodaTime;

namespace Ledger.Domain.Agreements;

/// <summary>Reads one provision: the article's words, and the rule with its patterns.</summary>
internal sealed class ProvisionReader(AgreementReader.Names names, LocalDate inForce)
{
    private readonly ProvisoReader _provisos = new(names.Provisions);

    private static readonly FrozenDictionary<string, DayEnds> DayEnd = new Dictionary<string, DayEnds>
    {
        ["end"] = DayEnds.End,
        ["start"] = DayEnds.Start,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Presence> Presences = new Dictionary<string, Presence>
    {
        ["absent"] = Presence.Absent,
        ["present"] = Presence.Present,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, bool> Coverages = new Dictionary<string, bool>
    {
        ["required"] = true,
        ["not-required"] = false,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Span.Calendar> Periods = new Dictionary<string, Span.Calendar>
    {
        ["day"] = new(0, 0, 1),
        ["week"] = new(0, 0, 7),
        ["month"] = new(0, 1, 0),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, bool> Cuts = new Dictionary<string, bool>
    {
        ["excused"] = false,
        ["owed"] = true,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, bool> Misses = new Dictionary<string, bool>
    {
        ["stays"] = false,
        ["heals"] = true,
    }.ToFrozenDictionary();

    private static readonly (string Name, Func<ProvisionReader, InputNode, Rule?> Read)[] Kinds =
    [
        ("achieve", (reader, input) => reader.Achieve(input)),
        ("forbid", (reader, input) => reader.Forbid(input)),
        ("maintain", (reader, input) => reader.Maintain(input)),
        ("recur", (reader, input) => reader.Recur(input)),
        ("limit", (reader, input) => reader.Limit(input)),
        ("judged", (reader, input) => reader.Judged(input)),
    ];

    private static readonly string[] KindNames = [.. Kinds.Select(kind => kind.Name)];

    private static readonly string[] Members =
    [
        "id",
        "article",
        "title",
        "words",
        "reading",
        "duty",
        "from",
        "until",
        "dayEnds",
        "requiresZone",
        "activatedBy",
        "when",
        "coverage",
    ];

    public Provision? Read(InputNode input)
    {
        input.Only([.. Members, .. KindNames]);
        if (!input.IsObject)
            return null;

        var id = input["id"].RequiredCode("the provision's short name, such as p5");
        var title = input["title"].Required("the provision's title") ? Labels.Read(input["title"], 300) : null;
        foreach (var duty in input["duty"].OneOrMore())
            AgreementReader.Known(duty, names.Parties, "party");
        AgreementReader.Known(input["requiresZone"], names.Zones, "zone");
        AgreementReader.Known(input["activatedBy"], names.Provisions, "provision");

        var from = input["from"].Day() ?? inForce;
        var until = input["until"].Day();
        if (until <= from)
            input["until"]
                .Wrong(
                    "time/ends-before-it-starts",
                    $"'until' ({until}) must be after {from}, the first day in force; it is excluded."
                );

        var rule = ReadRule(input);
        return id is null || title is null || rule is null
            ? null
            : new Provision
            {
                Id = id,
                Article =
                    input["article"].IsPresent && !input["article"].IsText
                        ? input["article"].Integer()?.ToString()
                        : input["article"].Text(60),
                Title = title,
                Words = Labels.Read(input["words"], 3_000),
                Reading = Labels.Read(input["reading"], 3_000),
                Duty = [.. input["duty"].OneOrMore().Select(d => d.Code()).OfType<string>()],
                From = from,
                Until = until,
                DayEnds = input["dayEnds"].Choice(DayEnd) ?? DayEnds.End,
                RequiresZone = input["requiresZone"].Code(),
                ActivatedBy = input["activatedBy"].Code(),
                When = _provisos.Read(input["when"], "is", "became"),
                CoverageRequired = input["coverage"].Choice(Coverages) ?? false,
                Rule = rule,
            };
    }

    private Rule? ReadRule(InputNode input)
    {
        var given = Kinds.Where(kind => input[kind.Name].IsPresent).ToArray();
        if (given is not [var kind])
        {
            input.Wrong(
                given.Length == 0 ? "agreement/no-rule" : "agreement/two-rules",
                "A provision has exactly one of "
                    + $"{string.Join(", ", KindNames)}"
                    + $"{(given.Length == 0 ? "" : $"; here are {string.Join(" and ", given.Select(kind => kind.Name))}")}."
            );
            return null;
        }

        return kind.Read(this, input[kind.Name]);
    }

    private Rule.Achieve? Achieve(InputNode input)
    {
        input.Only("act", "by", "trigger", "within", "total", "lateCures");
        var act = RequiredPattern(input["act"], "what must be done");
        var isProviso = ProvisoReader.Reads(input["trigger"]);
        if (input["by"].IsPresent == input["trigger"].IsPresent)
            input.Wrong("agreement/deadline", "Give either 'by' with a day, or 'trigger' with 'within'.");
        if (input["trigger"].IsPresent)
            input["within"].Required("how long after the trigger, such as '5 days' or '48 hours'");
        else if (input["within"].IsPresent)
            input["within"].Wrong("agreement/deadline", "'within' needs a 'trigger' from which it counts.");

        return act is null
            ? null
            : new Rule.Achieve
            {
                Act = act,
                By = DeadlineOf(input["by"]),
                Trigger = isProviso ? null : OptionalPattern(input["trigger"]),
                After = isProviso ? _provisos.Read(input["trigger"], "becomes") : null,
                Within = Span.Read(input["within"]),
                Total = ReadTotal(input["total"]),
                LateCures = input["lateCures"].Flag() ?? false,
            };
    }

    /// <summary>Some write here who must act.</summary>
    private static LocalDate? DeadlineOf(InputNode input)
    {
        if (!input.IsText || InputNode.IsCode(input.Text(40) ?? "") is false || char.IsAsciiDigit(input.Text(40)![0]))
            return input.Day();
        input.Wrong(
            "time/not-a-day",
            $"'by' is the last day for the act, such as 2018-10-10. Who must act stands in the act: actors: {{by: {input.Text(40)}}}."
        );
        return null;
    }

    private Total? ReadTotal(InputNode input)
    {
        if (!input.IsPresent)
            return null;
        input.Only("quantity", "atLeast");
        AgreementReader.Known(input["quantity"], names.Codebook.Quantities.Keys.ToFrozenSet(), "quantity");
        var quantity = input["quantity"].RequiredCode("the quantity that is summed up");
        var atLeast = input["atLeast"].Required("the amount to be reached") ? input["atLeast"].Integer(1) : null;
        return quantity is null || atLeast is null ? null : new Total(quantity, atLeast.Value);
    }

    private Rule.Forbid? Forbid(InputNode input)
    {
        input.Only("act", "quietPeriod");
        var act = RequiredPattern(input["act"], "what must not be done");
        return act is null ? null : new Rule.Forbid { Act = act, QuietPeriod = Span.Read(input["quietPeriod"]) };
    }

    private Rule.Maintain? Maintain(InputNode input)
    {
        input.Only("enters", "leaves", "required", "subjects");
        var enters = RequiredPattern(input["enters"], "what moves a subject in");
        var leaves = RequiredPattern(input["leaves"], "what moves a subject out");
        var required = input["required"].Required("absent or present") ? input["required"].Choice(Presences) : null;
        if (required == Presence.Absent && input["subjects"].IsPresent)
            input["subjects"]
                .Wrong(
                    "agreement/subjects",
                    "'subjects' lists who must be present; with 'required: absent' leave it out."
                );
        return enters is null || leaves is null || required is null
            ? null
            : new Rule.Maintain
            {
                Enters = enters,
                Leaves = leaves,
                Required = required.Value,
                Subjects = [.. input["subjects"].OneOrMore().Select(s => s.Text(200)).OfType<string>()],
            };
    }

    private Rule? Recur(InputNode input)
    {
        input.Only("act", "every", "each", "total", "cut", "missed");
        var act = RequiredPattern(input["act"], "what must be done again and again");
        if (input["each"].IsPresent)
            return Periodic(input, act);
        foreach (var member in (ReadOnlySpan<string>)["total", "cut", "missed"])
        {
            if (input[member].IsPresent)
                input[member]
                    .Wrong(
                        "agreement/periods",
                        $"'{member}' needs calendar periods: write 'each: day', 'each: week' or 'each: month' in place of 'every'."
                    );
        }

        var every = input["every"].Required("a period such as '7 days', or 'each: day' for calendar periods")
            ? Span.ReadCalendar(input["every"])
            : null;
        return act is null || every is null ? null : new Rule.Recur { Act = act, Every = every };
    }

    private Rule.Periodic? Periodic(InputNode input, Pattern? act)
    {
        if (input["every"].IsPresent)
            input["every"]
                .Wrong(
                    "agreement/periods",
                    "Give either 'every', which counts from the last act, or 'each', which counts calendar periods."
                );
        var each = ReadEach(input["each"]);
        ImmutableArray<Total> totals = [.. input["total"].OneOrMore().Select(ReadTotal).OfType<Total>()];
        var (owed, heals) = (input["cut"].Choice(Cuts) ?? false, input["missed"].Choice(Misses) ?? false);
        return act is null || each is null
            ? null
            : new Rule.Periodic
            {
                Act = act,
                Each = each,
                Totals = totals,
                CutIsOwed = owed,
                Heals = heals,
            };
    }

    /// <summary>A day, week or month, or so many days or weeks.</summary>
    private static Span.Calendar? ReadEach(InputNode input)
    {
        if (input.IsText && Periods.TryGetValue(input.Text(40) ?? "", out var named))
            return named;
        if (Span.Read(input) is not { } span)
            return null;
        if (span is Span.Calendar { Years: 0, Months: 0, Days: > 0 } days)
            return days;
        input.Wrong(
            "agreement/periods",
            "Periods are 'day', 'week', 'month', or so many days or weeks, such as '10 days'."
        );
        return null;
    }

    private Rule.Limit? Limit(InputNode input)
    {
        input.Only("count", "adds", "takes", "quantity", "atMost", "atLeast", "staleAfter");
        var count = RequiredPattern(input["count"], "what says how much there is");
        AgreementReader.Known(input["quantity"], names.Codebook.Quantities.Keys.ToFrozenSet(), "quantity");
        var quantity = input["quantity"].RequiredCode("the quantity that is counted");
        var (most, least) = (input["atMost"].Integer(), input["atLeast"].Integer(1));
        if (!input["atMost"].IsPresent && !input["atLeast"].IsPresent)
            input.Wrong("agreement/no-bound", "A limit needs 'atMost' or 'atLeast', or both.");
        if (most < least)
            input["atMost"].Wrong("agreement/no-bound", $"Nothing is at most {most} and at least {least}.");
        var (adds, takes) = (OptionalPattern(input["adds"]), OptionalPattern(input["takes"]));
        var stale = Span.ReadCalendar(input["staleAfter"]);
        return count is null || quantity is null
            ? null
            : new Rule.Limit
            {
                Count = count,
                Adds = adds,
                Takes = takes,
                Quantity = quantity,
                AtMost = most,
                AtLeast = least,
                StaleAfter = stale,
            };
    }

    private Rule.Judged Judged(InputNode input)
    {
        if (
            input.Node is System.Text.Json.Nodes.JsonValue
            && input.Node.GetValueKind() == System.Text.Json.JsonValueKind.True
        )
            return new Rule.Judged();
        input.Only("adjudicator");
        AgreementReader.Known(input["adjudicator"], names.Adjudicators, "adjudicator");
        return new Rule.Judged { Adjudicator = input["adjudicator"].Code() };
    }

    private Pattern? RequiredPattern(InputNode input, string what) => input.Required(what) ? ReadPattern(input) : null;

    private Pattern? OptionalPattern(InputNode input) => input.IsPresent ? ReadPattern(input) : null;

    /// <summary>An object; or one kind, or a list of kinds, when nothing else matters.</summary>
    private Pattern? ReadPattern(InputNode input, bool inside = false)
    {
        if (input.IsText || input.IsList)
            return new Pattern { Kinds = ReadKinds(input) };

        if (ReportWords.Roles.Keys.FirstOrDefault(role => input[role].IsPresent) is { } misplaced)
        {
            input[misplaced]
                .Wrong(
                    "input/unknown-member",
                    $"'{misplaced}' stands under 'actors': write actors: {{{misplaced}: …}}."
                );
            return null;
        }

        input.Only("kinds", "actors", "zones", "subject", "attributes", "atLeast", "unless");
        if (!input.IsObject)
            return null;
        if (!inside)
            input["kinds"].Required("the kinds that count");
        if (inside && input["unless"].IsPresent)
            input["unless"]
                .Wrong("agreement/unless-in-unless", "An exception has no exceptions; say what is excluded.");

        return new Pattern
        {
            Kinds = ReadKinds(input["kinds"]),
            Actors = ReadActors(input["actors"]),
            Zones = [.. input["zones"].OneOrMore().Select(z => Name(z, names.Zones, "zone")).OfType<string>()],
            Subject = input["subject"].Text(200),
            Attributes = input["attributes"]
                .Members()
                .ToImmutableSortedDictionary(a => a.Name, a => ReadValues(a.Name, a.Value)),
            AtLeast = input["atLeast"]
                .Members()
                .ToImmutableSortedDictionary(q => q.Name, q => ReadLeast(q.Name, q.Value)),
            Unless = inside
                ? []
                : [.. input["unless"].OneOrMore().Select(u => ReadPattern(u, inside: true)).OfType<Pattern>()],
        };
    }

    private ImmutableArray<string> ReadKinds(InputNode input) =>
        [.. input.OneOrMore().Select(k => Name(k, names.Codebook.Kinds.Keys.ToFrozenSet(), "kind")).OfType<string>()];

    /// <summary>By role: <c>{by: [turkey], against: rebels}</c>; the role <c>any</c> takes every one.</summary>
    private ImmutableArray<ActorPattern> ReadActors(InputNode input)
    {
        var actors = ImmutableArray.CreateBuilder<ActorPattern>();
        foreach (var (role, parties) in input.Members())
        {
            ImmutableArray<string> anyOf =
            [
                .. parties.OneOrMore().Select(p => Name(p, names.Parties, "party")).OfType<string>(),
            ];
            if (role == "any")
                actors.Add(new ActorPattern(null, anyOf));
            else if (ReportWords.Roles.TryGetValue(role, out var known))
                actors.Add(new ActorPattern(known, anyOf));
            else
                parties.Wrong("input/unknown-word", $"'{role}' is not a role: write by, against, observed or any.");
        }

        return actors.ToImmutable();
    }

    private ImmutableArray<string> ReadValues(string attribute, InputNode input)
    {
        if (names.Codebook.Attributes.GetValueOrDefault(attribute) is { } code)
            return
            [
                .. input.OneOrMore().Select(v => Name(v, code.Values.Keys.ToFrozenSet(), "value")).OfType<string>(),
            ];
        input.Wrong(
            "agreement/unknown-attribute",
            $"There is no attribute '{attribute}' in this "
                + $"file.{Nearest.Hint(attribute, names.Codebook.Attributes.Keys)}"
        );
        return [];
    }

    private long ReadLeast(string quantity, InputNode input)
    {
        if (!names.Codebook.Quantities.ContainsKey(quantity))
            input.Wrong(
                "agreement/unknown-quantity",
                $"There is no quantity '{quantity}' in this "
                    + $"file.{Nearest.Hint(quantity, names.Codebook.Quantities.Keys)}"
            );
        return input.Required("the least amount") ? input.Integer(1) ?? 1 : 1;
    }

    private static string? Name(InputNode input, IReadOnlySet<string> known, string what)
    {
        var name = input.RequiredCode($"the name of a {what}");
        if (name is not null)
            AgreementReader.Known(input, known, what);
        return name;
    }
}
