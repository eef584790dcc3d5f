using System.Text.Json.Nodes;
using NodaTime.Text;

namespace Ledger.Verdicts.Tests.Random;

/// <summary>Agreement files with provisions of every kind and every option, as JSON.</summary>
public static class RandomAgreement
{
    public static readonly string[] Kinds = ["act-a", "act-b", "act-c"];

    public static readonly string[] Subjects = ["s1", "s2", "s3"];

    public static readonly string[] Parties = ["north", "south", "militia", "cell"];

    public static readonly string[] Zones = ["belt", "road"];

    public static JsonObject File(Dice dice, string version)
    {
        var provisions = Enumerable.Range(1, 4 + dice.Below(3)).Select(i => Provision(dice, $"p{i}", i)).ToArray();
        return new JsonObject
        {
            ["id"] = "random",
            ["version"] = version,
            ["title"] = "A random agreement",
            ["signed"] = "2018-09-30",
            ["inForce"] = Text(Calendar.InForce),
            ["timeZone"] = Calendar.Zone.Id,
            ["parties"] = new JsonArray(
                new JsonObject
                {
                    ["id"] = "north",
                    ["name"] = "The North",
                    ["signatory"] = true,
                    ["aliases"] = new JsonArray("Northerners"),
                    ["members"] = Members(dice),
                },
                new JsonObject
                {
                    ["id"] = "south",
                    ["name"] = "The South",
                    ["signatory"] = true,
                    ["boundBy"] = Bound(dice, "militia"),
                },
                new JsonObject
                {
                    ["id"] = "militia",
                    ["name"] = "Militia",
                    ["boundBy"] = Bound(dice, "north"),
                    ["members"] = new JsonArray("cell"),
                    ["aliases"] = new JsonArray("irregulars"),
                },
                new JsonObject
                {
                    ["id"] = "cell",
                    ["name"] = "Cell",
                    ["boundBy"] = Bound(dice, "north"),
                    ["aliases"] = new JsonArray("irregulars"),
                }
            ),
            ["zones"] = new JsonArray(Zones.Select(zone => (JsonNode)Zone(dice, zone)).ToArray()),
            ["codebook"] = new JsonObject
            {
                ["kinds"] = new JsonObject
                {
                    ["act-a"] = "A",
                    ["act-b"] = "B",
                    ["act-c"] = "C",
                },
                ["attributes"] = new JsonObject
                {
                    ["colour"] = new JsonObject
                    {
                        ["label"] = "Colour",
                        ["values"] = new JsonObject { ["red"] = "Red", ["blue"] = "Blue" },
                    },
                },
                ["quantities"] = new JsonObject { ["weapons"] = "Weapons", ["killed"] = "Killed" },
            },
            ["evidence"] = Evidence(dice),
            ["adjudicators"] = new JsonArray(
                new JsonObject { ["id"] = "court", ["name"] = "Court" },
                new JsonObject { ["id"] = "envoy", ["name"] = "Envoy" }
            ),
            ["provisions"] = new JsonArray(provisions),
        };
    }

    public static JsonObject Square(double west, double south, double size)
    {
        string[][] corners =
        [
            At(west, south),
            At(west + size, south),
            At(west + size, south + size),
            At(west, south + size),
            At(west, south),
        ];
        return new JsonObject
        {
            ["type"] = "Polygon",
            ["coordinates"] = new JsonArray(
                new JsonArray(corners.Select(c => (JsonNode)new JsonArray(c[0], c[1])).ToArray())
            ),
        };
        static string[] At(double lon, double lat) => [lon.ToString("0.##"), lat.ToString("0.##")];
    }

    private static JsonObject Evidence(Dice dice)
    {
        var evidence = new JsonObject
        {
            ["threshold"] = dice.Of("alleged", "alleged", "alleged", "corroborated", "confirmed"),
        };
        if (dice.Chance(50))
            evidence["corroboratedBy"] = 2 + dice.Below(2);
        return evidence;
    }

    private static JsonArray Bound(Dice dice, string by) => dice.Chance(30) ? new JsonArray(by) : [];

    private static JsonArray Members(Dice dice) =>
        dice.Below(3) switch
        {
            0 => [],
            1 => new JsonArray("militia"),
            _ => new JsonArray(
                new JsonObject
                {
                    ["party"] = "militia",
                    ["from"] = Text(Calendar.Day(dice, 8)),
                    ["until"] = Text(Calendar.Day(dice, 20).PlusDays(8)),
                }
            ),
        };

    private static JsonObject Zone(Dice dice, string id)
    {
        var zone = new JsonObject { ["id"] = id, ["name"] = id };
        if (dice.Chance(50))
            return zone;
        (zone["inner"], zone["outer"], zone["source"]) = (
            Square(36, 35, 1),
            Square(35.8, 34.8, 1.4),
            "drawn for a test"
        );
        if (dice.Chance(40))
            zone["from"] = Text(Calendar.Day(dice, 10));
        return zone;
    }

    private static JsonObject Provision(Dice dice, string id, int number)
    {
        var provision = new JsonObject { ["id"] = id, ["title"] = $"Provision {id}" };
        if (dice.Chance(30))
            provision["from"] = Text(Calendar.InForce.PlusDays(dice.Below(6)));
        if (dice.Chance(30))
            provision["until"] = Text(Calendar.InForce.PlusDays(7 + dice.Below(18)));
        if (dice.Chance(25))
            provision["dayEnds"] = "start";
        if (dice.Chance(10))
            provision["requiresZone"] = dice.Of(Zones);
        if (number > 1 && dice.Chance(15))
            provision["activatedBy"] = $"p{1 + dice.Below(number - 1)}";
        if (number > 1 && dice.Chance(15))
            provision["when"] = Condition(dice, number, dice.Of("is", "is", "became"));
        if (dice.Chance(20))
            provision["coverage"] = "required";
        switch (dice.Below(12))
        {
            case 0 or 1 or 2:
                provision["achieve"] = Achieve(dice, number);
                break;
            case 3 or 4 or 5:
                provision["forbid"] = Forbid(dice);
                break;
            case 6 or 7:
                provision["maintain"] = Maintain(dice);
                break;
            case 8 or 9:
                provision["recur"] = dice.Chance(50)
                    ? new JsonObject
                    {
                        ["act"] = Pattern(dice),
                        ["every"] = dice.Of("1 day", "3 days", "1 week", "7 days"),
                    }
                    : Periodic(dice);
                break;
            case 10:
                provision["limit"] = Limit(dice);
                break;
            default:
                provision["judged"] = dice.Chance(30)
                    ? JsonValue.Create(true)
                    : new JsonObject { ["adjudicator"] = "court" };
                break;
        }

        return provision;
    }

    /// <summary>A condition on provisions before the one that has it, so that none waits for itself.</summary>
    private static JsonObject Condition(Dice dice, int number, string verb, int depth = 0)
    {
        if (depth < 2 && dice.Chance(25))
            return new JsonObject
            {
                [dice.Of("any", "all")] = new JsonArray(
                    Condition(dice, number, verb, depth + 1),
                    Condition(dice, number, verb, depth + 1)
                ),
            };
        return new JsonObject
        {
            ["provision"] = $"p{1 + dice.Below(number - 1)}",
            [verb] = dice.Below(5) switch
            {
                0 => "breached",
                1 => new JsonArray("holding", "fulfilled"),
                2 => new JsonArray("fulfilled", "breached"),
                3 => "holding",
                _ => new JsonArray("pending", "unknown", "breached"),
            },
        };
    }

    private static JsonObject Achieve(Dice dice, int number)
    {
        var rule = new JsonObject { ["act"] = Pattern(dice), ["lateCures"] = dice.Chance(50) };
        if (dice.Chance(40))
            rule["by"] = Text(Calendar.InForce.PlusDays(2 + dice.Below(16)));
        else
            (rule["trigger"], rule["within"]) = (
                number > 1 && dice.Chance(25) ? Condition(dice, number, "becomes") : Pattern(dice),
                dice.Of("1 day", "2 days", "5 days", "48 hours", "6 hours", "1 week")
            );
        if (dice.Chance(30))
            rule["total"] = new JsonObject { ["quantity"] = "weapons", ["atLeast"] = 3 + dice.Below(10) };
        return rule;
    }

    private static JsonObject Periodic(Dice dice)
    {
        var rule = new JsonObject { ["act"] = Pattern(dice), ["each"] = dice.Of("day", "week", "month", "3 days") };
        JsonObject Total(string quantity) => new() { ["quantity"] = quantity, ["atLeast"] = 1 + dice.Below(4) };
        if (dice.Chance(60))
            rule["total"] = dice.Chance(60) ? Total("weapons") : new JsonArray(Total("weapons"), Total("killed"));
        if (dice.Chance(40))
            rule["cut"] = dice.Of("owed", "excused");
        if (dice.Chance(60))
            rule["missed"] = dice.Of("heals", "heals", "stays");
        return rule;
    }

    private static JsonObject Limit(Dice dice)
    {
        var rule = new JsonObject { ["count"] = Pattern(dice), ["quantity"] = "weapons" };
        if (dice.Chance(75))
            rule["adds"] = Pattern(dice);
        if (dice.Chance(75))
            rule["takes"] = Pattern(dice);
        var which = dice.Below(3);
        if (which != 1)
            rule["atMost"] = 2 + dice.Below(6);
        if (which != 0)
            rule["atLeast"] = 1 + dice.Below(2);
        if (dice.Chance(50))
            rule["staleAfter"] = dice.Of("3 days", "1 week");
        return rule;
    }

    private static JsonObject Forbid(Dice dice)
    {
        var rule = new JsonObject { ["act"] = Pattern(dice) };
        if (dice.Chance(60))
            rule["quietPeriod"] = dice.Of("1 day", "3 days", "48 hours", "1 week");
        return rule;
    }

    private static JsonObject Maintain(Dice dice)
    {
        var required = dice.Of("absent", "present");
        var rule = new JsonObject
        {
            ["enters"] = Pattern(dice),
            ["leaves"] = Pattern(dice),
            ["required"] = required,
        };
        if (required == "present" && dice.Chance(50))
            rule["subjects"] = new JsonArray("s1");
        return rule;
    }

    private static JsonObject Pattern(Dice dice, bool inside = false)
    {
        var pattern = new JsonObject
        {
            ["kinds"] = dice.Chance(60) ? dice.Of(Kinds) : new JsonArray(Kinds[0], Kinds[1]),
        };
        if (dice.Chance(18))
            pattern["actors"] = new JsonObject
            {
                [dice.Of("by", "against", "observed", "any")] = dice.Chance(70)
                    ? dice.Of(Parties)
                    : new JsonArray("south", "cell"),
            };
        if (dice.Chance(18))
            pattern["zones"] = dice.Chance(70) ? dice.Of(Zones) : new JsonArray("belt", "road");
        if (dice.Chance(7))
            pattern["subject"] = dice.Of(Subjects);
        if (dice.Chance(10))
            pattern["attributes"] = new JsonObject { ["colour"] = dice.Of("red", "blue") };
        if (dice.Chance(10))
            pattern["atLeast"] = new JsonObject { [dice.Of("weapons", "killed")] = 1 + dice.Below(4) };
        if (!inside && dice.Chance(20))
            pattern["unless"] = new JsonArray(Pattern(dice, inside: true));
        return pattern;
    }

    private static string Text(NodaTime.LocalDate day) => LocalDatePattern.Iso.Format(day);
}
