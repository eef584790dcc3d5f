namespace Ledger.Server.Description;

/// <summary>The endpoint answers a full question: valid time, known time, lens.</summary>
public sealed class TakesQuestionAttribute() : TakesAttribute(["asOf", .. KnownAndLens])
{
    public static readonly string[] KnownAndLens =
    [
        "knownAt",
        "saidBy",
        "lens",
        "threshold",
        "match",
        "reading",
        "without",
        "sourcesOnly",
        "sourcesNot",
    ];
}

/// <summary>The endpoint compares two points.</summary>
public sealed class TakesTwoPointsAttribute()
    : TakesAttribute([
        "asOf",
        .. TakesQuestionAttribute.KnownAndLens,
        "fromAsOf",
        "fromKnownAt",
        "fromSaidBy",
        "fromLens",
    ]);

/// <summary>The endpoint answers about all valid time.</summary>
public sealed class TakesTimelessQuestionAttribute() : TakesAttribute(TakesQuestionAttribute.KnownAndLens);

/// <summary>The endpoint answers a full question with a table.</summary>
public sealed class TakesQuestionForTableAttribute()
    : TakesAttribute(["asOf", .. TakesQuestionAttribute.KnownAndLens, "bom"]);
