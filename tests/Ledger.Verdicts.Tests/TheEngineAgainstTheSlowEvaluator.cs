using Ledger.Domain.Agreements;
using Ledger.Domain.Places;
using Ledger.Verdicts.Tests.Random;
using Ledger.Verdicts.Tests.Slow;
using NodaTime;

namespace Ledger.Verdicts.Tests;

/// <summary>Random ledgers and random questions: both must give the same answer, down to every instant in it.</summary>
public sealed class TheEngineAgainstTheSlowEvaluator
{
    [Fact]
    public void Gives_the_same_verdicts() =>
        Trial.Run(
            5_000,
            (entries, question, _) =>
            {
                var instants = Calendar.Every(entries.Length);
                var facts = new SlowFacts(entries, question.KnownAt, question.Lens);
                var slow = new SlowJudge(
                    facts,
                    new SlowReadings(facts, entries, question).At(question.AsOf),
                    question.AsOf,
                    instants
                );
                var status = Judge.Status(RandomQuestion.Book(entries), question);
                if (status.Reading != slow.Reading.Version)
                    return $"reading {status.Reading}, not {slow.Reading.Version}";

                foreach (var provision in slow.Reading.Provisions)
                {
                    var expected = SlowAnswer.Of(slow, provision, SievesOf(question.Lens, slow.Reading), instants);
                    var actual = SlowAnswer.Of(status.Verdicts.Single(v => v.Provision == provision.Id));
                    if (expected != actual)
                        return $"{provision.Id} ({provision.Rule.Kind})\nslow:   {expected}\nengine: {actual}";
                }

                return null;
            }
        );

    // verdicts.md 13.1
    [Fact]
    public void Gives_the_same_timelines() =>
        Trial.Run(
            1_000,
            (entries, question, dice) =>
            {
                var facts = new SlowFacts(entries, question.KnownAt, question.Lens);
                var book = RandomQuestion.Book(entries);
                var id = $"p{1 + dice.Below(5)}";
                var timeline = Judge.Timeline(book, id, question.KnownAt, question.Lens);
                var instants = Calendar.Every(entries.Length);
                var readings = new SlowReadings(facts, entries, question);
                SlowJudge? slow = null;
                foreach (var t in instants)
                {
                    if (slow is null || slow.Reading != readings.At(t))
                        slow = new SlowJudge(facts, readings.At(t), Instant.MaxValue, instants);
                    var provision = slow.Reading.Provision(id);
                    var expected = provision is null
                        ? ""
                        : $"{slow.Force(provision, SievesOf(question.Lens, slow.Reading)).Life(t)} {slow.Verdict(provision, SievesOf(question.Lens, slow.Reading), t)}";
                    var actual = string.Join(
                        " and ",
                        (timeline?.Intervals ?? [])
                            .Where(i => !(i.From > t) && !(i.Until <= t))
                            .Select(i => $"{i.Life} {i.Verdict}")
                    );
                    if (expected != actual)
                        return $"{id} at {t}: slow {expected}, engine {actual}";
                }

                return null;
            }
        );

    private static SlowSieves SievesOf(Lens lens, Agreement reading)
    {
        var sieve = new SlowSieve(lens.Threshold ?? reading.Evidence.Threshold, lens.Match ?? Certainty.Certain);
        return new SlowSieves(sieve, sieve);
    }
}
