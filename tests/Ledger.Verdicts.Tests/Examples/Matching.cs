using Ledger.Domain.Agreements;
using Ledger.Domain.Places;
using Ledger.Domain.Reports;
using Ledger.Verdicts.Analyses;
using Ledger.Verdicts.Answers;

namespace Ledger.Verdicts.Tests.Examples;

/// <summary>
/// Certain, possible or ruled out, read off a forbidden act: breached under both, under possible only, or under none.
/// </summary>
public sealed class Matching
{
    private static readonly GeoPoint Inside = new(35.5m, 36.5m);
    private static readonly GeoPoint BetweenTheLines = new(35.5m, 35.9m);
    private static readonly GeoPoint Outside = new(35.5m, 30m);

    private static Certainty Surely(string pattern, Action<Accord> record)
    {
        var accord = new Accord($"  - {{id: p, title: P, forbid: {{act: {pattern}}}}}");
        record(accord);
        bool Breached(Certainty match) => accord.Ask("p", "30", new Lens { Match = match }).Verdict == Verdict.Breached;
        return Breached(Certainty.Certain) ? Certainty.Certain
            : Breached(Certainty.Possible) ? Certainty.Possible
            : Certainty.No;
    }

    // verdicts.md 4.2, 4.3, 4.4
    [Theory]
    [InlineData("south", Certainty.Certain)]
    [InlineData("the south", Certainty.Certain)]
    [InlineData("brigade", Certainty.Certain)]
    [InlineData("north", Certainty.No)]
    [InlineData("Northerners", Certainty.No)]
    [InlineData("men in white cars", Certainty.Possible)]
    [InlineData("fighters", Certainty.Possible)]
    public void An_actor(string by, Certainty surely) =>
        Surely("{kinds: attack, actors: {by: south}}", a => a.Report("attack", "12", by: by)).Should().Be(surely);

    // verdicts.md 4.4
    [Fact]
    public void An_actor_that_is_not_stated_is_possible() =>
        Surely("{kinds: attack, actors: {by: south}}", a => a.Report("attack", "12")).Should().Be(Certainty.Possible);

    // verdicts.md 4.4
    [Fact]
    public void An_actor_in_another_role_says_nothing_about_this_one() =>
        Surely("{kinds: attack, actors: {against: south}}", a => a.Report("attack", "12", by: "south"))
            .Should()
            .Be(Certainty.Possible);

    // verdicts.md 4.3
    [Theory]
    [InlineData("9", Certainty.No)]
    [InlineData("10", Certainty.Certain)]
    [InlineData("19", Certainty.Certain)]
    [InlineData("20", Certainty.No)]
    public void A_member_belongs_on_its_days(string day, Certainty surely) =>
        Surely("{kinds: attack, actors: {by: south}}", a => a.Report("attack", day, by: "guard")).Should().Be(surely);

    // verdicts.md 4.13
    [Theory]
    [InlineData("8-9", Certainty.No)]
    [InlineData("8-11", Certainty.Possible)]
    [InlineData("10-19", Certainty.Certain)]
    [InlineData("10-20", Certainty.Possible)]
    [InlineData("8-25", Certainty.Possible)]
    [InlineData("20-25", Certainty.No)]
    public void A_membership_that_changes_while_something_lasts_is_possible(string days, Certainty surely) =>
        Surely("{kinds: attack, actors: {by: south}}", a => a.Report("attack", days, by: "guard")).Should().Be(surely);

    // verdicts.md 4.13
    [Theory]
    [InlineData("2-5", Certainty.Certain)]
    [InlineData("5-6", Certainty.Possible)]
    [InlineData("6-8", Certainty.No)]
    [InlineData("1-2", Certainty.Possible)]
    public void A_line_that_moves_while_something_lasts_leaves_it_possible(string days, Certainty surely) =>
        Surely(
                "{kinds: attack, zones: belt}",
                a =>
                {
                    a.Draw("belt", from: 2);
                    a.Draw("belt", from: 6, west: 40);
                    a.Report("attack", days, at: Inside);
                }
            )
            .Should()
            .Be(surely);

    // verdicts.md 4.5, 4.6, 4.8
    [Fact]
    public void A_place_by_its_uncertainty_circle()
    {
        const string InTown = "{kinds: attack, zones: town}";
        Surely(InTown, a => a.Report("attack", "5", at: Inside)).Should().Be(Certainty.Certain);
        Surely(InTown, a => a.Report("attack", "5", at: Inside, radius: 60_000)).Should().Be(Certainty.Possible);
        Surely(InTown, a => a.Report("attack", "5", at: BetweenTheLines)).Should().Be(Certainty.Possible);
        Surely(InTown, a => a.Report("attack", "5", at: Outside)).Should().Be(Certainty.No);
        Surely(InTown, a => a.Report("attack", "5", at: Outside, radius: 900_000))
            .Should()
            .Be(Certainty.Possible, "its circle meets the outer line");
        Surely(InTown, a => a.Report("attack", "5")).Should().Be(Certainty.Possible);
        Surely(InTown, a => a.Report("attack", "5", zone: "town")).Should().Be(Certainty.Certain);
        Surely(InTown, a => a.Report("attack", "5", at: Outside, zone: "town"))
            .Should()
            .Be(Certainty.Possible, "coordinates that contradict the named place leave both possible");
    }

    // verdicts.md 4.7, 4.8
    [Fact]
    public void A_zone_that_is_named_before_its_line_was_in_force_is_possible_wherever_it_is_asked()
    {
        const string InBelt = "{kinds: attack, zones: belt}";
        Surely(InBelt, a => a.Report("attack", "5", zone: "belt"))
            .Should()
            .Be(Certainty.Possible, "it was never drawn");
        Surely(InBelt, Early).Should().Be(Certainty.Possible, "its line came later");

        foreach (var record in (Action<Accord>[])[a => a.Report("attack", "5", zone: "belt"), Early])
        {
            var accord = new Accord($"  - {{id: p, title: P, forbid: {{act: {InBelt}}}}}");
            record(accord);
            var listed = IncidentList.At(accord.Book, accord.Question("20")).Should().ContainSingle().Subject;
            listed.Zones.Should().BeEmpty();
            listed.PerhapsZones.Should().Contain("belt");
        }

        static void Early(Accord accord)
        {
            accord.Draw("belt", from: 6);
            accord.Report("attack", "5", zone: "belt");
        }
    }

    [Fact]
    public void A_place_by_the_line_in_force_when_it_happened()
    {
        const string InBelt = "{kinds: attack, zones: belt}";
        Surely(InBelt, a => a.Report("attack", "5", at: Inside)).Should().Be(Certainty.Possible, "no line is known");
        Surely(
                InBelt,
                a =>
                {
                    a.Draw("belt", from: 5);
                    a.Report("attack", "5", at: Inside);
                }
            )
            .Should()
            .Be(Certainty.Certain);
        Surely(
                InBelt,
                a =>
                {
                    a.Draw("belt", from: 6);
                    a.Report("attack", "5", at: Inside);
                }
            )
            .Should()
            .Be(Certainty.Possible);
        Surely(
                InBelt,
                a =>
                {
                    a.Draw("belt", from: 2);
                    a.Draw("belt", from: 4, west: 40);
                    a.Report("attack", "5", at: Inside);
                }
            )
            .Should()
            .Be(Certainty.No, "the line was moved");
        Surely(
                InBelt,
                a =>
                {
                    a.Draw("belt", from: 2);
                    a.Draw("belt", from: 6, west: 40);
                    a.Report("attack", "5", at: Inside);
                }
            )
            .Should()
            .Be(Certainty.Certain);
    }

    // verdicts.md 4.1, 4.9, 4.10
    [Fact]
    public void Attributes_subjects_and_quantities()
    {
        Surely("{kinds: attack, attributes: {size: large}}", a => a.Report("attack", "5", size: "large"))
            .Should()
            .Be(Certainty.Certain);
        Surely("{kinds: attack, attributes: {size: large}}", a => a.Report("attack", "5", size: "small"))
            .Should()
            .Be(Certainty.No);
        Surely("{kinds: attack, attributes: {size: large}}", a => a.Report("attack", "5"))
            .Should()
            .Be(Certainty.Possible);
        Surely("{kinds: attack, subject: s}", a => a.Report("attack", "5", subject: "s"))
            .Should()
            .Be(Certainty.Certain);
        Surely("{kinds: attack, subject: s}", a => a.Report("attack", "5", subject: "t")).Should().Be(Certainty.No);
        Surely("{kinds: attack, subject: s}", a => a.Report("attack", "5")).Should().Be(Certainty.Possible);
        Surely("{kinds: attack, atLeast: {weapons: 5}}", a => a.Report("attack", "5", range: new Quantity(5, null, 9)))
            .Should()
            .Be(Certainty.Certain);
        Surely("{kinds: attack, atLeast: {weapons: 5}}", a => a.Report("attack", "5", range: new Quantity(4, null, 5)))
            .Should()
            .Be(Certainty.Possible);
        Surely("{kinds: attack, atLeast: {weapons: 5}}", a => a.Report("attack", "5", range: new Quantity(1, null, 4)))
            .Should()
            .Be(Certainty.No);
    }

    // verdicts.md 4.11
    [Fact]
    public void An_exception_excludes_as_surely_as_it_matches()
    {
        const string NotSmall =
            "{kinds: [attack, convoy], unless: [{kinds: [attack, convoy], attributes: {size: small}}]}";
        Surely(NotSmall, a => a.Report("convoy", "5", size: "small")).Should().Be(Certainty.No);
        Surely(NotSmall, a => a.Report("convoy", "5", size: "large")).Should().Be(Certainty.Certain);
        Surely(NotSmall, a => a.Report("convoy", "5")).Should().Be(Certainty.Possible);
    }
}
