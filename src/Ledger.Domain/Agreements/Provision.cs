using System.Collections.Immutable;
using Ledger.Domain.Time;
using NodaTime;

namespace Ledger.Domain.Agreements;

/// <summary>Something the agreement demands: the article's words, and our rule for judging them, kept apart.</summary>
public sealed record Provision
{
    public required string Id { get; init; }

    /// <summary>The article or paragraph as the agreement numbers it.</summary>
    public string? Article { get; init; }

    public required Labels Title { get; init; }

    /// <summary>The article's words: a short quotation or a summary.</summary>
    public Labels? Words { get; init; }

    /// <summary>Our rule, in words a lawyer would dispute with us.</summary>
    public Labels? Reading { get; init; }

    /// <summary>Parties whose duty it is.</summary>
    public ImmutableArray<string> Duty { get; init; } = [];

    /// <summary>In force from the start of this day.</summary>
    public required LocalDate From { get; init; }

    /// <summary>In force until the start of this day; null is until terminated.</summary>
    public LocalDate? Until { get; init; }

    public DayEnds DayEnds { get; init; } = DayEnds.End;

    /// <summary>Unknown while this zone has never been delimited.</summary>
    public string? RequiresZone { get; init; }

    /// <summary>In force only from the breach of this provision on.</summary>
    public string? ActivatedBy { get; init; }

    /// <summary>Binds only while this is so of other provisions.</summary>
    public Proviso? When { get; init; }

    /// <summary>The provisions whose verdicts decide when this one binds, or when it begins.</summary>
    public IEnumerable<string> DependsOn =>
        Provisos
            .SelectMany(condition => condition.Provisions)
            .Select(stands => stands.Provision)
            .Concat(ActivatedBy is null ? [] : [ActivatedBy])
            .Distinct(StringComparer.Ordinal);

    /// <summary>Its conditions: while it binds, and after which its duty begins.</summary>
    public IEnumerable<Proviso> Provisos => new[] { When, Rule.BeginsOnce }.OfType<Proviso>();

    /// <summary>Holding counts only where somebody was watching.</summary>
    public bool CoverageRequired { get; init; }

    public required Rule Rule { get; init; }

    /// <summary>Every pattern of the rule, with the part it plays in it.</summary>
    public ImmutableArray<Pattern> Patterns => Rule.Patterns;
}

/// <summary>The kinds of provision.</summary>
public abstract record Rule
{
    private Rule() { }

    /// <summary>The word for the kind in the agreement file.</summary>
    public abstract string Kind { get; }

    /// <summary>Every pattern of the rule, in the order in which the file names them.</summary>
    public abstract ImmutableArray<Pattern> Patterns { get; }

    /// <summary>The act that keeps it, where an act does.</summary>
    public virtual Pattern? KeptBy => null;

    /// <summary>What must be so of other provisions for its duty to begin.</summary>
    public virtual Proviso? BeginsOnce => null;

    /// <summary>What it asks, in English sentences made from its data.</summary>
    public abstract IEnumerable<string> Sentences(RuleTerms terms);

    /// <summary>Whether its duties have deadlines, which may be extended and outlive the time in force.</summary>
    public virtual bool HasDeadlines => false;

    /// <summary>
    /// An act must happen by a deadline: either <see cref="By"/> a day, or <see cref="Within"/> a time of each fact
    /// that matches <see cref="Trigger"/>, or of the instant at which <see cref="After"/> comes to hold.
    /// </summary>
    public sealed record Achieve : Rule
    {
        public override string Kind => "achieve";

        public override ImmutableArray<Pattern> Patterns => Trigger is null ? [Act] : [Act, Trigger];

        public override Pattern? KeptBy => Act;

        public override Proviso? BeginsOnce => After;

        public override IEnumerable<string> Sentences(RuleTerms terms)
        {
            var total = Total is { } sum
                ? $", until {sum.AtLeast} {terms.Quantity(sum.Quantity)} are reached in all"
                : "";
            var within =
                $"Kept by: {terms.Act(Act)}{total}; due within {Within}{(Within is Span.Calendar && terms.DayEnds == DayEnds.Start ? ", a day that ends as it begins" : "")}.";
            yield return this switch
            {
                { After: { } after } => $"Once {after.Words}. {within}",
                { Trigger: { } trigger } => $"Each time of: {terms.Act(trigger)}. {within}",
                _ => $"Kept by: {terms.Act(Act)}{total}; due {terms.By(By!.Value)}.",
            };
            yield return LateCures
                ? "Done late, it is breached until then."
                : "Done late, it stays breached, and the lateness is told.";
        }

        public override bool HasDeadlines => true;

        public required Pattern Act { get; init; }

        public LocalDate? By { get; init; }

        public Pattern? Trigger { get; init; }

        /// <summary>The duty begins when this is so for the first time.</summary>
        public Proviso? After { get; init; }

        public Span? Within { get; init; }

        public Total? Total { get; init; }

        /// <summary>A first act after the deadline cures the breach.</summary>
        public bool LateCures { get; init; }
    }

    /// <summary>An act must not happen while the provision is in force.</summary>
    public sealed record Forbid : Rule
    {
        public override string Kind => "forbid";

        public override ImmutableArray<Pattern> Patterns => [Act];

        public override IEnumerable<string> Sentences(RuleTerms terms) =>
            [
                $"Broken by: {terms.Act(Act)}.",
                QuietPeriod is { } quiet
                    ? $"It holds again after {quiet} without another."
                    : "Once broken it stays broken.",
            ];

        public required Pattern Act { get; init; }

        /// <summary>Holding again once so long has passed since the last violation.</summary>
        public Span? QuietPeriod { get; init; }
    }

    /// <summary>A state must, or must not, hold while the provision is in force.</summary>
    public sealed record Maintain : Rule
    {
        public override string Kind => "maintain";

        public override ImmutableArray<Pattern> Patterns => [Enters, Leaves];

        public override IEnumerable<string> Sentences(RuleTerms terms) =>
            [
                $"In by: {terms.Act(Enters)}. Out by: {terms.Act(Leaves)}.",
                Required == Presence.Absent
                    ? "Broken while anybody or anything is in."
                    : $"Broken while anybody or anything that was in is out{(Subjects.IsEmpty ? "" : $"; from the start these must be in: {string.Join(", ", Subjects)}")}.",
            ];

        public required Pattern Enters { get; init; }

        public required Pattern Leaves { get; init; }

        public required Presence Required { get; init; }

        /// <summary>Subjects that must be present from the start, known before any report.</summary>
        public ImmutableArray<string> Subjects { get; init; } = [];
    }

    /// <summary>An act must happen at least once in every period while the provision is in force.</summary>
    public sealed record Recur : Rule
    {
        public override string Kind => "recur";

        public override ImmutableArray<Pattern> Patterns => [Act];

        public override Pattern? KeptBy => Act;

        public override IEnumerable<string> Sentences(RuleTerms terms) =>
            [$"Kept by: {terms.Act(Act)}; at least every {Every}, counted from the start of force."];

        public required Pattern Act { get; init; }

        public required Span.Calendar Every { get; init; }
    }

    /// <summary>An act, or so much of it, must happen in every calendar period that is wholly in force.</summary>
    public sealed record Periodic : Rule
    {
        public override string Kind => "recur";

        public override ImmutableArray<Pattern> Patterns => [Act];

        public override Pattern? KeptBy => Act;

        public override IEnumerable<string> Sentences(RuleTerms terms)
        {
            var totals = Totals.Select(total => $"{total.AtLeast} {terms.Quantity(total.Quantity)}").ToList();
            var (counted, sums) = (
                Each is { Months: 1 } or { Days: 1 } ? "" : ", counted from the first day",
                totals is [] ? "" : $", until {string.Join(" and ", totals)} are reached"
            );
            yield return $"Kept by: {terms.Act(Act)}{sums}; anew in each {Name}{counted}.";
            yield return CutIsOwed
                ? "A first or last period that is only partly in force is owed as a whole."
                : "A period that is only partly in force is excused.";
            yield return Heals
                ? "After a missed period it is breached until one is kept."
                : "Once a period is missed it stays breached.";
        }

        public required Pattern Act { get; init; }

        /// <summary>A calendar month, or so many days, counted from the provision's first day.</summary>
        public required Span.Calendar Each { get; init; }

        /// <summary>Sums to be reached in every period, all of them; where there is none, one act is enough.</summary>
        public ImmutableArray<Total> Totals { get; init; } = [];

        /// <summary>Whether a first or last period that is only partly in force is owed.</summary>
        public bool CutIsOwed { get; init; }

        /// <summary>Whether a later period that is kept ends the breach.</summary>
        public bool Heals { get; init; }

        private string Name =>
            Each switch
            {
                { Months: 1 } => "calendar month",
                { Days: 1 } => "day",
                { Days: 7 } => "week",
                _ => Each.ToString(),
            };
    }

    /// <summary>A stock, counted and moved since, stays within bounds while the provision is in force.</summary>
    public sealed record Limit : Rule
    {
        public override string Kind => "limit";

        public override ImmutableArray<Pattern> Patterns => [Count, .. new[] { Adds, Takes }.OfType<Pattern>()];

        public override IEnumerable<string> Sentences(RuleTerms terms)
        {
            var bounds = new[]
            {
                AtMost is { } most ? $"at most {most}" : null,
                AtLeast is { } least ? $"at least {least}" : null,
            };
            yield return $"There are {string.Join(" and ", bounds.OfType<string>())} {terms.Quantity(Quantity)}.";
            yield return $"Counted by: {terms.Act(Count)}.{(Adds is null ? "" : $" More by: {terms.Act(Adds)}.")}{(Takes is null ? "" : $" Fewer by: {terms.Act(Takes)}.")}";
            yield return StaleAfter is { } span
                ? $"Unknown before the first count, and once the last is older than {span}."
                : "Unknown before the first count.";
        }

        /// <summary>Says how much there is of its subject.</summary>
        public required Pattern Count { get; init; }

        public Pattern? Adds { get; init; }

        public Pattern? Takes { get; init; }

        public required string Quantity { get; init; }

        public long? AtMost { get; init; }

        public long? AtLeast { get; init; }

        /// <summary>How long a count is good for.</summary>
        public Span.Calendar? StaleAfter { get; init; }
    }

    /// <summary>No observable test: unknown, or what the adjudicator found.</summary>
    public sealed record Judged : Rule
    {
        public override string Kind => "judged";

        public override ImmutableArray<Pattern> Patterns => [];

        public override IEnumerable<string> Sentences(RuleTerms terms) =>
            [
                Adjudicator is { } id
                    ? $"Not judged from reports: it is what {terms.Adjudicator(id)} finds, and unknown until then."
                    : "Not judged from reports, and nobody is named to judge it: it is unknown.",
            ];

        public string? Adjudicator { get; init; }
    }
}

public enum Presence
{
    Absent,
    Present,
}

/// <summary>The act is done when the sum of a quantity over all matching facts reaches an amount.</summary>
public sealed record Total(string Quantity, long AtLeast);

/// <summary>How the parts of a rule are put into words.</summary>
/// <param name="Act">A pattern.</param>
/// <param name="By">A last day, with whether it counts.</param>
/// <param name="Quantity">What a quantity is called.</param>
/// <param name="Adjudicator">What an adjudicator is called.</param>
/// <param name="DayEnds">Which midnight ends a day.</param>
public sealed record RuleTerms(
    Func<Pattern, string> Act,
    Func<LocalDate, string> By,
    Func<string, string> Quantity,
    Func<string, string> Adjudicator,
    DayEnds DayEnds
);
