using System.Text.Json.Nodes;
using Ledger.Domain.Input;

namespace Ledger.Domain.Agreements;

/// <summary>What an author may have meant otherwise. It may be meant like this, so that it refuses nothing.</summary>
internal static class FileWarnings
{
    public static void Find(Agreement agreement, JsonObject file, Problems warnings)
    {
        EachOrAny(agreement, warnings);
        SharedNames(agreement, warnings);
        MissingLabels(agreement, file, "", warnings);
    }

    /// <summary>A duty of several is done for all of them as soon as any of them does it.</summary>
    private static void EachOrAny(Agreement agreement, Problems warnings)
    {
        for (var i = 0; i < agreement.Provisions.Length; i++)
        {
            var provision = agreement.Provisions[i];
            if (
                provision.Rule.KeptBy is { } act
                && provision.Duty.Length > 1
                && act.Actors.Any(actors => provision.Duty.All(party => actors.AnyOf.Contains(party)))
            )
                warnings.Add(
                    "agreement/each-or-any",
                    $"/provisions/{i}/{provision.Rule.Kind}",
                    $"'{provision.Id}' is done for all of {string.Join(", ", provision.Duty)} when any of them does it. If each of them must, write a provision for each; if any may, let the reading say so."
                );
        }
    }

    private static void SharedNames(Agreement agreement, Problems warnings)
    {
        var shared = agreement
            .Parties.SelectMany(
                (party, at) =>
                    party
                        .Aliases.Concat(party.Name.ByLanguage.Values)
                        .Distinct(StringComparer.OrdinalIgnoreCase)
                        .Select(name => (Name: name, Party: party.Id, At: at))
            )
            .GroupBy(named => named.Name, StringComparer.OrdinalIgnoreCase)
            .Where(named => named.Count() > 1 && agreement.Party(named.Key) is null);
        foreach (var named in shared)
            warnings.Add(
                "agreement/shared-name",
                $"/parties/{named.Last().At}",
                $"'{named.Key}' is a name of {string.Join(" and ", named.Select(one => one.Party))}, so that a report that uses it means neither of them for certain."
            );
    }

    /// <summary>Texts that are given by language, in fewer languages than the file says it has.</summary>
    private static void MissingLabels(Agreement agreement, JsonNode? node, string pointer, Problems warnings)
    {
        switch (node)
        {
            case JsonObject texts when IsByLanguage(agreement, texts):
                var missing = agreement.Languages.Where(language => !texts.ContainsKey(language)).ToList();
                if (missing.Count > 0)
                    warnings.Add(
                        "agreement/missing-label",
                        pointer,
                        $"The file has the languages {string.Join(", ", agreement.Languages)}; this text lacks {string.Join(", ", missing)}."
                    );
                break;
            case JsonObject members:
                foreach (var (name, value) in members)
                    MissingLabels(agreement, value, $"{pointer}/{name}", warnings);
                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                    MissingLabels(agreement, items[i], $"{pointer}/{i}", warnings);
                break;
        }
    }

    private static bool IsByLanguage(Agreement agreement, JsonObject texts) =>
        texts.Count > 0
        && texts.All(member =>
            agreement.Languages.Contains(member.Key, StringComparer.Ordinal)
            && member.Value?.GetValueKind() == System.Text.Json.JsonValueKind.String
        );
}
