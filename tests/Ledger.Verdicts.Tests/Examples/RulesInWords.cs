using Ledger.Verdicts.Answers;

namespace Ledger.Verdicts.Tests.Examples;

/// <summary>The rule is told from its data, so that a reading that says something else is seen beside it.</summary>
public sealed class RulesInWords
{
    // verdicts.md 14.2
    [Theory]
    [InlineData(
        "forbid: {act: {kinds: attack, zones: belt, actors: {by: north}, unless: {actors: {against: south}}}, quietPeriod: 7 days}",
        "Broken by: Attack, by The North, in The belt (except any happening, against The South). It holds again after 7 days without another. In force from 1 October 2018."
    )]
    [InlineData(
        "until: 2018-11-01, dayEnds: start, achieve: {act: handover, by: 2018-10-10, lateCures: true}",
        "Kept by: Handover; due before 10 October 2018 begins. Done late, it is breached until then. In force from 1 October 2018 to 1 November 2018, that day excluded."
    )]
    [InlineData(
        "coverage: required, requiresZone: belt, recur: {act: handover, every: 7 days}",
        "Kept by: Handover; at least every 7 days, counted from the start of force. In force from 1 October 2018. Unknown while The belt has no line. It holds only while somebody is recorded as watching."
    )]
    [InlineData(
        "recur: {act: convoy, each: month, total: [{quantity: weapons, atLeast: 600}, {quantity: killed, atLeast: 5}], missed: heals, cut: owed}",
        "Kept by: Convoy, until 600 Weapons and 5 Killed are reached; anew in each calendar month. A first or last period that is only partly in force is owed as a whole. After a missed period it is breached until one is kept. In force from 1 October 2018."
    )]
    [InlineData(
        "recur: {act: convoy, each: 10 days}",
        "Kept by: Convoy; anew in each 10 days, counted from the first day. A period that is only partly in force is excused. Once a period is missed it stays breached. In force from 1 October 2018."
    )]
    [InlineData(
        "limit: {count: handover, adds: arrival, quantity: weapons, atMost: 700, staleAfter: 1 year}",
        "There are at most 700 Weapons. Counted by: Handover. More by: Arrival. Unknown before the first count, and once the last is older than 1 year. In force from 1 October 2018."
    )]
    [InlineData(
        "when: {any: [{provision: q, is: [holding, fulfilled]}, {provision: q, became: breached}]}, forbid: {act: attack}",
        "Broken by: Attack. Once broken it stays broken. In force from 1 October 2018. It binds only while (q is fulfilled or holding or q has become breached)."
    )]
    [InlineData(
        "achieve: {act: handover, trigger: {provision: q, becomes: fulfilled}, within: 5 days}",
        "Once q has become fulfilled. Kept by: Handover; due within 5 days. Done late, it stays breached, and the lateness is told. In force from 1 October 2018."
    )]
    [InlineData(
        "judged: true",
        "Not judged from reports, and nobody is named to judge it: it is unknown. In force from 1 October 2018."
    )]
    public void Say_every_part(string rule, string words)
    {
        var accord = new Accord(
            $"  - {{id: p, title: P, {rule}}}\n  - {{id: q, title: Q, achieve: {{act: patrol, by: 2018-10-20}}}}"
        );
        var reading = accord.Book.Agreement!;
        string.Join(' ', RuleInWords.Of(reading, reading.Provision("p")!)).Should().Be(words);
    }
}
