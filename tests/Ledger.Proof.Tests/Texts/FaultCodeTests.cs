using Ledger.Proof.Json;
using Ledger.Proof.Texts;

namespace Ledger.Proof.Tests.Texts;

/// <summary>Clients compare these codes: changing one breaks them.</summary>
public class CodesOfFaults
{
    [Fact]
    public void Of_JSON_are_published() =>
        Enum.GetValues<JsonFault>()
            .Select(fault => new CanonicalJsonException(fault, "", "").Code)
            .Should()
            .Equal(
                "json/float",
                "json/integer-too-large",
                "json/lone-surrogate",
                "json/null-character",
                "json/noncharacter",
                "json/not-normalized",
                "json/duplicate-key",
                "json/too-deep",
                "json/invalid-utf8",
                "json/not-json",
                "json/not-canonical"
            );

    [Fact]
    public void Of_texts_are_published() =>
        Enum.GetValues<Malformation>()
            .Select(malformation => new MalformedException(malformation, "").Code)
            .Should()
            .Equal(
                "format/not-utf8",
                "format/control-character",
                "format/no-final-newline",
                "format/no-blank-line",
                "format/header",
                "format/line",
                "format/number",
                "format/base64",
                "format/hash-length",
                "format/too-many-hashes",
                "format/signature-line",
                "format/too-many-signatures",
                "format/key-name",
                "format/key-id",
                "format/key-type",
                "format/public-key",
                "format/extension-line",
                "format/tile-length",
                "format/entry-members",
                "format/entry-length",
                "format/policy-name",
                "format/policy-key",
                "format/policy-threshold",
                "format/policy-quorum",
                "format/disclosure"
            );
}
