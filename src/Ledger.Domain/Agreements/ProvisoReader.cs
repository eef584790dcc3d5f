using System.Collections.Frozen;
using System.Collections.Immutable;
using Ledger.Domain.Input;

namespace Ledger.Domain.Agreements;

/// <summary>Reads what must be so of other provisions: <c>{provision: p2, is: fulfilled}</c>, or several of these.</summary>
/// <param name="provisions">The provisions of the file.</param>
internal sealed class ProvisoReader(IReadOnlySet<string> provisions)
{
    /// <summary>A condition within a condition within a condition cannot be read aloud.</summary>
    private const int Deepest = 4;

    private static readonly string[] Verdicts = ["fulfilled", "holding", "pending", "breached", "unknown"];

    private static readonly FrozenDictionary<string, int> Words = Verdicts
        .Select((verdict, index) => (verdict, index))
        .ToFrozenDictionary(word => word.verdict, word => word.index);

    /// <summary>Whether this is a condition on provisions rather than a pattern of reports.</summary>
    public static bool Reads(InputNode input) =>
        input["provision"].IsPresent || input["any"].IsPresent || input["all"].IsPresent;

    /// <param name="input">What is read; nothing where it is absent.</param>
    /// <param name="verbs">The words before a verdict that may stand here; all but "is" mean that it lasts.</param>
    public Proviso? Read(InputNode input, params ReadOnlySpan<string> verbs) => Read(input, verbs, 1);

    private Proviso? Read(InputNode input, ReadOnlySpan<string> verbs, int depth)
    {
        if (!input.IsPresent)
            return null;
        input.Only(["provision", .. verbs, "any", "all"]);
        if (!input.IsObject)
            return null;
        var given = 0;
        foreach (var part in (ReadOnlySpan<string>)["provision", "any", "all"])
            given += input[part].IsPresent ? 1 : 0;
        if (given != 1)
        {
            input.Wrong(
                "agreement/condition",
                $"A condition names one 'provision' and how it stands, or lists conditions under 'any' or 'all'."
            );
            return null;
        }

        return input["provision"].IsPresent ? Stands(input, verbs)
            : input["any"].IsPresent
                ? Several(input["any"], verbs, depth) is { } any ? new Proviso.Any(any)
                    : null
            : Several(input["all"], verbs, depth) is { } all ? new Proviso.All(all)
            : null;
    }

    private Proviso.Stands? Stands(InputNode input, ReadOnlySpan<string> verbs)
    {
        AgreementReader.Known(input["provision"], provisions, "provision");
        var provision = input["provision"].RequiredCode("the provision that it depends on");
        var given = new List<string>();
        foreach (var verb in verbs)
        {
            if (input[verb].IsPresent)
                given.Add(verb);
        }

        if (given is not [var said])
        {
            input.Wrong(
                "agreement/condition",
                $"Say how the provision must stand, once: {string.Join(" or ", verbs.ToArray().Select(verb => $"'{verb}: fulfilled'"))}."
            );
            return null;
        }

        ImmutableArray<string> verdicts =
        [
            .. input[said]
                .OneOrMore()
                .Select(word => word.Choice(Words))
                .OfType<int>()
                .Order()
                .Distinct()
                .Select(i => Verdicts[i]),
        ];
        if (input[said].IsList && input[said].Items().IsEmpty)
            input[said].Wrong("agreement/condition", "Name at least one verdict, such as fulfilled.");
        return provision is null || verdicts.IsEmpty
            ? null
            : new Proviso.Stands(provision, verdicts, Lasts: said != "is");
    }

    private ImmutableArray<Proviso>? Several(InputNode input, ReadOnlySpan<string> verbs, int depth)
    {
        if (depth == Deepest)
        {
            input.Wrong("agreement/condition", $"Conditions lie at most {Deepest} deep in each other.");
            return null;
        }

        var conditions = ImmutableArray.CreateBuilder<Proviso>();
        foreach (var item in input.Items(100))
        {
            if (item.Required("a condition on a provision") && Read(item, verbs, depth + 1) is { } condition)
                conditions.Add(condition);
        }

        if (input.IsList && input.Items(100).Length < 2)
            input.Wrong("agreement/condition", "List at least two conditions; one needs neither 'any' nor 'all'.");
        return conditions.Count == 0 ? null : conditions.ToImmutable();
    }
}
