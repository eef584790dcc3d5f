using System.Text.Json.Nodes;
using Ledger.Domain.Input;
using Ledger.Domain.Time;
using NodaTime;

namespace Ledger.Domain.Agreements;

/// <summary>
/// Finds rules with which nobody can mean anything. Asked of a file as its author writes it only: what was recorded
/// before keeps the meaning that it had.
/// </summary>
internal static class DeadRules
{
    public static void Find(Agreement agreement, JsonObject file, Problems problems)
    {
        Circles(agreement, file, problems, "members", party => [.. party.Members.Select(member => member.Party)]);
        Circles(agreement, file, problems, "boundBy", party => [.. party.BoundBy]);
        foreach (var provision in agreement.Provisions)
        {
            var at = IndexOf(file, "provisions", provision.Id);
            var pointer = $"/provisions/{at}/{provision.Rule.Kind}";
            var rule = file["provisions"]![at]![provision.Rule.Kind]!;
            if (provision.Patterns.SelectMany(pattern => pattern.Unless).Any(IsEmpty))
                problems.Add(
                    "agreement/empty-exception",
                    pointer,
                    "An 'unless' without any part excludes everything. Say what is excluded, or leave it out."
                );
            foreach (var stands in provision.Provisos.SelectMany(condition => condition.Provisions))
            {
                if (agreement.Provision(stands.Provision) is { } other && stands.Is.All(word => IsNever(other, word)))
                    problems.Add(
                        "agreement/condition-never",
                        provision.When is null ? $"{pointer}/trigger" : $"/provisions/{at}/when",
                        $"'{other.Id}' is never {string.Join(" or ", stands.Is)}: only an achieve provision can be fulfilled, and only it and a judged one can be pending."
                    );
            }

            switch (provision.Rule)
            {
                case Rule.Achieve { By: { } day }:
                    Deadline(provision, day, pointer, problems);
                    break;
                case Rule.Achieve { Trigger: not null } when JsonNode.DeepEquals(rule["act"], rule["trigger"]):
                    problems.Add(
                        "agreement/trigger-is-act",
                        $"{pointer}/trigger",
                        "The trigger is the act itself, so that every trigger fulfils its own duty."
                    );
                    break;
                case Rule.Recur { Every: Span.Calendar { Years: 0, Months: 0, Days: 0 } }:
                    problems.Add(
                        "agreement/no-period",
                        $"{pointer}/every",
                        "Nothing can be done every 0 days. Write a period of at least a day, such as '1 day'."
                    );
                    break;
            }
        }
    }

    private static bool IsNever(Provision provision, string verdict) =>
        verdict switch
        {
            "fulfilled" => provision.Rule is not Rule.Achieve,
            "pending" => provision.Rule is not (Rule.Achieve or Rule.Judged),
            _ => false,
        };

    private static void Deadline(Provision provision, LocalDate day, string pointer, Problems problems)
    {
        if (day < provision.From)
            problems.Add(
                "agreement/deadline-outside-force",
                $"{pointer}/by",
                $"The deadline ({day:uuuu-MM-dd}) lies before {provision.From:uuuu-MM-dd}, the first day in force."
            );
        else if (day >= provision.Until)
            problems.Add(
                "agreement/deadline-outside-force",
                $"{pointer}/by",
                $"The deadline ({day:uuuu-MM-dd}) lies after the time in force, which ends before "
                    + $"{provision.Until:uuuu-MM-dd}."
            );
    }

    /// <summary>Inside an exception nothing is required, so that nothing may be there.</summary>
    private static bool IsEmpty(Pattern pattern) =>
        pattern
            is {
                Kinds.IsEmpty: true,
                Actors.IsEmpty: true,
                Zones.IsEmpty: true,
                Subject: null,
                Attributes.IsEmpty: true,
                AtLeast.IsEmpty: true
            };

    private static void Circles(
        Agreement agreement,
        JsonObject file,
        Problems problems,
        string member,
        Func<Party, string[]> next
    )
    {
        foreach (var party in agreement.Parties)
        {
            var reached = new HashSet<string>(StringComparer.Ordinal);
            var open = new Stack<string>(next(party));
            while (open.TryPop(out var id))
            {
                if (!reached.Add(id) || agreement.Party(id) is not { } other)
                    continue;
                foreach (var further in next(other))
                    open.Push(further);
            }

            if (reached.Contains(party.Id))
                problems.Add(
                    "agreement/circle",
                    $"/parties/{IndexOf(file, "parties", party.Id)}/{member}",
                    $"'{party.Id}' would belong to itself: its '{member}' lead back to it."
                );
        }
    }

    private static int IndexOf(JsonObject file, string list, string id) =>
        file[list]!
            .AsArray()
            .Select((item, index) => (Id: item!["id"]!.GetValue<string>(), index))
            .First(item => item.Id == id)
            .index;
}
