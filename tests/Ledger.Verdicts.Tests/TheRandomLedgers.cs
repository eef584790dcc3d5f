using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Places;
using Ledger.Domain.Reports;
using Ledger.Verdicts.Answers;
using Ledger.Verdicts.Tests.Random;

namespace Ledger.Verdicts.Tests;

/// <summary>Guards the generator: what it never makes, no law is tried on.</summary>
public sealed class TheRandomLedgers
{
    private static readonly List<(IReadOnlyList<Entry> Entries, Question Question)> Sample =
    [
        .. Enumerable
            .Range(0, 1_500)
            .Select(i => Trial.Make((ulong)i))
            .Select(t => ((IReadOnlyList<Entry>)t.Entries, t.Question)),
    ];

    private static readonly List<Provision> Provisions =
    [
        .. Sample.SelectMany(s =>
            AgreementFile.Read(((AgreementAdopted)s.Entries[0].Event).File).Required().Provisions
        ),
    ];

    private static readonly List<VerdictAnswer> Answers =
    [
        .. Sample.SelectMany(s =>
            RandomQuestion.Book(s.Entries) is var book && book.Objection(s.Question) is null
                ? Judge.Status(book, s.Question).Verdicts
                : []
        ),
    ];

    [Fact]
    public void Hold_every_type_of_entry() =>
        Sample
            .SelectMany(s => s.Entries)
            .Select(e => e.Type)
            .Distinct()
            .Should()
            .BeEquivalentTo(EventTypes.ByName.Keys);

    // verdicts.md 1.7
    [Fact]
    public void Retract_every_type_of_entry_that_counts_and_retractions_of_retractions()
    {
        var retracted = Sample
            .SelectMany(s =>
                s.Entries.Where(e =>
                    s.Entries.Any(r => r.Event is EntryRetracted retraction && retraction.Target == e.Id)
                )
            )
            .Select(e => e.Type)
            .Distinct();
        retracted
            .Should()
            .Contain([
                "report_filed",
                "report_corrected",
                "report_assessed",
                "reports_linked",
                "entry_retracted",
                "agreement_revised",
                "zone_delimited",
                "provision_suspended",
                "deadline_extended",
                "coverage_recorded",
                "statement_recorded",
                "party_responded",
            ]);
        var thrice = Sample.Count(s => Chain(s.Entries) >= 3);
        thrice.Should().BePositive("a retraction of a retraction of a retraction must occur");
    }

    [Fact]
    public void Hold_every_kind_of_provision_with_every_option()
    {
        Provisions
            .Select(p => p.Rule.Kind)
            .Distinct()
            .Should()
            .BeEquivalentTo("achieve", "forbid", "maintain", "recur", "limit", "judged");
        Func<Provision, bool>[] options =
        [
            p => p.Rule is Rule.Achieve { By: not null },
            p => p.Rule is Rule.Achieve { Trigger: not null },
            p => p.Rule is Rule.Achieve { Total: not null },
            p => p.Rule is Rule.Achieve { LateCures: true },
            p => p.Rule is Rule.Achieve { Within: Domain.Time.Span.Elapsed },
            p => p.Rule is Rule.Forbid { QuietPeriod: not null },
            p => p.Rule is Rule.Forbid { QuietPeriod: null },
            p => p.Rule is Rule.Maintain { Required: Presence.Absent },
            p => p.Rule is Rule.Maintain { Required: Presence.Present },
            p => p.Rule is Rule.Maintain { Subjects.Length: > 0 },
            p => p.Rule is Rule.Recur,
            p => p.Rule is Rule.Periodic { Totals.Length: 0 },
            p => p.Rule is Rule.Periodic { Totals.Length: > 1 },
            p => p.Rule is Rule.Periodic { Each.Months: 1 },
            p => p.Rule is Rule.Periodic { CutIsOwed: true },
            p => p.Rule is Rule.Periodic { Heals: true },
            p => p.Rule is Rule.Limit { AtMost: not null, AtLeast: null },
            p => p.Rule is Rule.Limit { AtMost: null, AtLeast: not null },
            p => p.Rule is Rule.Limit { AtMost: not null, AtLeast: not null },
            p => p.Rule is Rule.Limit { Adds: not null, Takes: not null, StaleAfter: not null },
            p => p.Rule is Rule.Judged { Adjudicator: null },
            p => p.Rule is Rule.Judged { Adjudicator: not null },
            p => p.ActivatedBy is not null,
            p => p.When is Proviso.Stands { Lasts: false },
            p => p.When is Proviso.Stands { Lasts: true },
            p => p.When is Proviso.Any,
            p => p.When is Proviso.All,
            p => p.Rule is Rule.Achieve { After: not null },
            p => p.RequiresZone is not null,
            p => p.CoverageRequired,
            p => p.Until is not null,
            p => p.DayEnds == Domain.Time.DayEnds.Start,
            p => p.Patterns.Any(x => x.Unless.Length > 0),
            p => p.Patterns.Any(x => x.Zones.Length > 1),
            p => p.Patterns.Any(x => x.Subject is not null),
            p => p.Patterns.Any(x => x.Attributes.Count > 0),
            p => p.Patterns.Any(x => x.AtLeast.Count > 0),
            p => p.Patterns.Any(x => x.Actors.Any(a => a.Role is null)),
        ];
        options.Should().OnlyContain(option => Provisions.Any(option));
    }

    [Fact]
    public void Ask_with_every_part_of_a_lens()
    {
        Func<Lens, bool>[] parts =
        [
            l => l == Lens.House,
            l => l.Threshold == Level.Alleged,
            l => l.Threshold == Level.Confirmed,
            l => l.Match == Certainty.Possible,
            l => l.Match == Certainty.Certain,
            l => l.Reading is not null,
            l => l.SaidBy is not null,
            l => l.Sources is { Only: true },
            l => l.Sources is { Only: false },
            l => l.Sources is { Classes.Length: > 0 },
            l => l.Sources is { Parties.Length: > 0 },
            l => l.Sources is { Reliabilities.Length: > 0 },
            l => l.Without.Length > 1,
            l => l.Suppose.Length > 0,
        ];
        parts.Should().OnlyContain(part => Sample.Any(s => part(s.Question.Lens)));
        Sample.Should().Contain(s => s.Question.KnownAt < s.Entries.Count);
    }

    // verdicts.md 12.1
    [Fact]
    public void Reach_every_answer_there_is()
    {
        Answers.Select(a => a.Verdict).Distinct().Should().BeEquivalentTo(Enum.GetValues<Verdict>());
        Answers.Select(a => a.Life).Distinct().Should().BeEquivalentTo(Enum.GetValues<Life>());
        Answers.Select(a => a.Reason).Distinct().Should().BeEquivalentTo(Enum.GetValues<Reason>());
        Answers
            .SelectMany(a => a.DecidedBy)
            .Select(d => d.Role)
            .Distinct()
            .Should()
            .BeEquivalentTo(Enum.GetValues<Role>());
        Answers.Count(a => !a.Bounds.Settled).Should().BeGreaterThan(Answers.Count / 20, "doubt must be common");
        Answers.Count(a => a.DecidedBy.Length > 0).Should().BeGreaterThan(Answers.Count / 7, "facts must matter often");
    }

    [Fact]
    public void Let_acts_fall_exactly_on_deadlines_and_one_step_after_and_at_equal_times()
    {
        var duties = Answers.Where(a => a.Kind == "achieve").SelectMany(a => a.Instances.Select(i => (a, i))).ToList();
        duties
            .Should()
            .Contain(
                d => d.i.FulfilledAt + Domain.Time.Instants.Microsecond == d.i.Deadline,
                "the last microsecond in time must occur, or"
            );
        duties.Should().Contain(d => d.i.LateAt == d.i.Deadline, "the first instant too late must occur");
        duties.Should().Contain(d => d.i.FulfilledAt == d.i.TriggeredAt, "an act at its trigger's time must occur");
        Answers.Should().Contain(a => a.AsOf == a.Deadline, "a question at the deadline must occur");
        Answers
            .Where(a => a.Kind == "forbid")
            .SelectMany(a => a.Instances.Select(i => i.Violations!.Value.GroupBy(v => v.At).Any(g => g.Count() > 1)))
            .Should()
            .Contain(true);
    }

    private static int Chain(IReadOnlyList<Entry> entries)
    {
        var depth = new Dictionary<Guid, int>();
        foreach (var entry in entries)
            depth[entry.Id] = entry.Event is EntryRetracted retraction
                ? 1 + depth.GetValueOrDefault(retraction.Target)
                : 0;
        return depth.Values.Max();
    }
}
