using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Domain.Input;

namespace Ledger.Domain.Agreements;

/// <summary>An agreement file: its source text's digest, its content as JSON, and what that means.</summary>
/// <param name="Agreement">What the file says.</param>
/// <param name="Json">The whole file as JSON, which is recorded; reading it again gives the same agreement.</param>
/// <param name="SourceSha256">Lower-case hexadecimal SHA-256 of the text's UTF-8 bytes.</param>
public sealed record AgreementFile(Agreement Agreement, JsonObject Json, string SourceSha256)
{
    /// <summary>What its author may have meant otherwise.</summary>
    public ImmutableArray<Problem> Warnings { get; private init; } = [];

    /// <summary>Reads YAML (of which JSON is a part). Every problem has its line and column.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="beside">Gives the text of a GeoJSON file named in the agreement file, or null when there is
    /// none.</param>
    public static Parsed<AgreementFile> Parse(string text, Func<string, string?>? beside = null) =>
        YamlTree
            .Parse(text)
            .Then(tree =>
            {
                var problems = new Problems(tree.PlaceOf);
                if (tree.Root is not JsonObject json)
                {
                    problems.Add(
                        "agreement/not-an-object",
                        "",
                        "The file must be a list of names and values, starting with 'id:'."
                    );
                    return new Parsed<AgreementFile>.Bad(problems.ToImmutable());
                }

                Inline(json, beside, problems);
                var agreement = AgreementReader.Read(new InputNode(json, "", problems));
                if (agreement is not null && !problems.Any)
                    DeadRules.Find(agreement, json, problems);
                var warnings = new Problems(tree.PlaceOf);
                if (agreement is not null && !problems.Any)
                    FileWarnings.Find(agreement, json, warnings);
                return agreement is null || problems.Any
                    ? new Parsed<AgreementFile>.Bad(problems.ToImmutable())
                    : new Parsed<AgreementFile>.Good(
                        new AgreementFile(
                            agreement,
                            json,
                            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))
                        )
                        {
                            Warnings = warnings.ToImmutable(),
                        }
                    );
            });

    /// <summary>Reads the JSON of a file that was recorded.</summary>
    public static Parsed<Agreement> Read(JsonObject json)
    {
        var problems = new Problems();
        var agreement = AgreementReader.Read(new InputNode(json, "", problems));
        return agreement is null || problems.Any
            ? new Parsed<Agreement>.Bad(problems.ToImmutable())
            : new Parsed<Agreement>.Good(agreement);
    }

    /// <summary>
    /// Puts geometries from files beside the agreement file into it, and makes every coordinate text, as there are no
    /// decimals in what is hashed.
    /// </summary>
    private static void Inline(JsonObject json, Func<string, string?>? beside, Problems problems)
    {
        if (json["zones"] is not JsonArray zones)
            return;
        for (var i = 0; i < zones.Count; i++)
        {
            var absent = false;
            foreach (var name in (ReadOnlySpan<string>)["inner", "outer"])
            {
                if (zones[i] is not JsonObject zone || zone[name] is not { } shape)
                    continue;

                var pointer = $"/zones/{i}/{name}";
                if (shape is JsonValue && shape.GetValueKind() == System.Text.Json.JsonValueKind.String)
                    shape = Beside(shape.GetValue<string>(), pointer, beside, problems);
                // A geometry that cannot be read stays as it is: the reader says what is wrong with it.
                if (shape is not null)
                    zone[name] =
                        Places.GeoShape.Read(new InputNode(shape, pointer, new Problems()))?.Json.DeepClone()
                        ?? shape.DeepClone();
                absent |= shape is null;
            }

            // What is absent was told above; the zone is read on as one without a geometry, so that it is told once.
            if (absent && zones[i] is JsonObject without)
            {
                without.Remove("inner");
                without.Remove("outer");
            }
        }
    }

    private static JsonNode? Beside(string file, string pointer, Func<string, string?>? beside, Problems problems)
    {
        if (beside?.Invoke(file) is not { } text)
        {
            problems.Add("agreement/no-such-file", pointer, $"There is no file '{file}' beside the agreement file.");
            return null;
        }

        switch (JsonInput.Parse(text))
        {
            case Parsed<JsonNode>.Good good:
                return good.Value;
            case Parsed<JsonNode>.Bad bad:
                problems.Add("agreement/not-geojson", pointer, $"'{file}' cannot be read: {bad.Problems[0].Message}");
                return null;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
