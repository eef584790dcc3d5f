using System.Collections.Frozen;

namespace Ledger.Server.Description;

/// <param name="Meaning">A sentence.</param>
/// <param name="Example">A value that works with the demonstration.</param>
/// <param name="Repeats">Whether it may be given several times, or with commas.</param>
public sealed record Parameter(string Meaning, string Example, bool Repeats = false);

/// <summary>
/// Every parameter of the API in words. A parameter that means something else at one operation stands under
/// <c>operation.parameter</c>.
/// </summary>
public static class Parameters
{
    private static readonly FrozenDictionary<string, Parameter> All = new Dictionary<string, Parameter>
    {
        ["id"] = new("The agreement's short name.", "idlib-2018"),
        ["provision"] = new("A provision of the agreement.", "p5"),
        ["report"] = new("The report's id: the entry id of its filing.", "01922b7e-4a00-7c3e-9f10-2b6d1c7a9e55"),
        ["entry"] = new("An entry's id.", "01922b7e-4a00-7c3e-9f10-2b6d1c7a9e55"),
        ["sha256"] = new(
            "The file's SHA-256, 64 lower-case hexadecimal digits.",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        ),
        ["webhook"] = new("The webhook's id.", "01922b7e-4a00-7c3e-9f10-2b6d1c7a9e55"),
        ["message"] = new("The undelivered message's id.", "01922b7e-4a00-7c3e-9f10-2b6d1c7a9e55"),
        ["position"] = new("A position in the agreement's ledger, from 1.", "1"),
        ["person"] = new("A person's id.", "01922b7e-4a00-7c3e-9f10-2b6d1c7a9e55"),
        ["device"] = new("A device's id.", "01922b7e-4a00-7c3e-9f10-2b6d1c7a9e55"),
        ["session"] = new("A session's id. It does not give access.", "01922b7e-4a00-7c3e-9f10-2b6d1c7a9e55"),
        ["passkey"] = new("A passkey's id, as in the list of your passkeys.", "AQIDBAUGBwgJCgsMDQ4PEA"),
        ["invitation"] = new("An invitation's id.", "01922b7e-4a00-7c3e-9f10-2b6d1c7a9e55"),
        ["token"] = new("A token's id, which is not its secret.", "01922b7e-4a00-7c3e-9f10-2b6d1c7a9e55"),
        ["erase"] = new(
            "`true` makes the browser delete everything that it stores for this address: storage, databases and caches.",
            "true"
        ),
        ["asOf"] = new(
            "Valid time: only what happened up to then counts. A day means its end, in the agreement's time zone. Default: now.",
            "2018-10-16"
        ),
        ["knownAt"] = new(
            "Known time: a position, or a time, which is resolved to the position reached by then. Default: everything recorded.",
            "1"
        ),
        ["saidBy"] = new(
            "Only what had been said by then, according to its authors. A day means its end.",
            "2018-10-14"
        ),
        ["lens"] = new("The name of a lens of the agreement file; `house` is the agreement's own.", "strict"),
        ["threshold"] = new("Reports below this level do not count: alleged, corroborated, confirmed.", "corroborated"),
        ["match"] = new("How surely a report must match a provision: certain, possible.", "possible"),
        ["reading"] = new("A version of the agreement file, instead of the latest.", "signed"),
        ["without"] = new("An entry to treat as retracted.", "01922b7e-4a00-7c3e-9f10-2b6d1c7a9e55", Repeats: true),
        ["sourcesOnly"] = new(
            "Only reports of these sources: `class:media`, `party:russia`, `reliability:A`.",
            "class:media,party:turkey",
            Repeats: true
        ),
        ["sourcesNot"] = new("All reports except those of these sources.", "party:russia", Repeats: true),
        ["fromAsOf"] = new("The valid time to compare with.", "2018-10-10"),
        ["fromKnownAt"] = new("The known time to compare with.", "1"),
        ["fromSaidBy"] = new("Compare with only what had been said by then.", "2018-10-10"),
        ["fromLens"] = new("The lens to compare with.", "strict"),
        ["from"] = new("The first position.", "1"),
        ["limit"] = new("The maximum number to return.", "100"),
        ["type"] = new("Only entries of this type.", "report_filed"),
        ["after"] = new("Continue after this position.", "0"),
        ["kind"] = new("Only reports of this kind of the codebook.", "bombing"),
        ["actor"] = new("Only reports that name this actor.", "syrian-government"),
        ["listHandles.position"] = new("Only handles with a value at this position.", "2"),
        ["listReports.from"] = new("Only what happened on this day or later.", "2018-10-01"),
        ["until"] = new("Only what happened on this day or earlier.", "2018-10-31"),
        ["level"] = new("Only reports of this level.", "alleged"),
        ["state"] = new("Only reports that are live, refuted or retracted.", "live"),
        ["collection"] = new("A collection of features: reports, incidents or zones.", "incidents"),
        ["feature"] = new("The id of a feature.", "01922b7e-4a00-7c3e-9f10-2b6d1c7a9e55"),
        ["datetime"] = new(
            "Only what happened then: an instant, a day, or two with a slash; an open end is empty or two dots.",
            "2018-10-01/2018-10-31"
        ),
        ["offset"] = new("Leave out so many features.", "0"),
        ["listFeatures.bbox"] = new("Only what meets this box: west, south, east, north, in degrees.", "35,35,38,37"),
        ["listFeatures.kind"] = new("Only features of this kind of the codebook.", "bombing", Repeats: true),
        ["listFeatures.level"] = new("Only features of this level.", "alleged", Repeats: true),
        ["file"] = new("The name of a table, a dot, and a format.", "incidents.xlsx"),
        ["labels"] = new(
            "Names in this language of the agreement file instead of codes: of kinds, parties, zones and provisions.",
            "ar"
        ),
        ["bom"] = new("`yes` starts the table with a byte order mark, so that Excel recognises UTF-8.", "yes"),
        ["bbox"] = new("Only what happened in this box: west, south, east, north, in degrees.", "35,35,38,37"),
        ["zone"] = new("Only what certainly or possibly happened in this zone.", "dmz", Repeats: true),
        ["listIncidents.kind"] = new("Only incidents of this kind of the codebook.", "bombing", Repeats: true),
        ["listIncidents.actor"] = new(
            "Only incidents in which this party, or an actor with this name, took part.",
            "syrian-government",
            Repeats: true
        ),
        ["listIncidents.level"] = new("Only incidents of this level.", "alleged", Repeats: true),
        ["listIncidents.from"] = new("Only what happened on this day or later.", "2018-10-01"),
        ["listIncidentFeatures.kind"] = new("Only incidents of this kind of the codebook.", "bombing", Repeats: true),
        ["listIncidentFeatures.actor"] = new(
            "Only incidents in which this party, or an actor with this name, took part.",
            "syrian-government",
            Repeats: true
        ),
        ["listIncidentFeatures.level"] = new("Only incidents of this level.", "alleged", Repeats: true),
        ["listIncidentFeatures.from"] = new("Only what happened on this day or later.", "2018-10-01"),
        ["exportIncidents.kind"] = new("Only incidents of this kind of the codebook.", "bombing", Repeats: true),
        ["exportIncidents.actor"] = new(
            "Only incidents in which this party, or an actor with this name, took part.",
            "syrian-government",
            Repeats: true
        ),
        ["exportIncidents.level"] = new("Only incidents of this level.", "alleged", Repeats: true),
        ["exportIncidents.from"] = new("Only what happened on this day or later.", "2018-10-01"),
        ["exportReports.from"] = new("Only what happened on this day or later.", "2018-10-01"),
        ["versions"] = new(
            "Every version of each incident, with `since` and `before` according to this clock: said, recorded.",
            "said"
        ),
        ["by"] = new("The meaning of known: said, recorded.", "said"),
        ["showKnownThen.from"] = new("The first day. Default: the day of signature.", "2018-09-17"),
        ["showKnownThen.until"] = new("The last day. Default: a year after the first.", "2019-03-08"),
        ["entryId"] = new(
            "With YAML: the id of the entry, a UUIDv7 that you generate.",
            "01922b7e-4a00-7c3e-9f10-2b6d1c7a9e55"
        ),
        ["saidAt"] = new("With YAML: when it was said, if not now.", "2018-09-17"),
        ["appliesFrom"] = new("With YAML: the first day on which the version applies.", "2018-09-17"),
        ["showOpenings.limit"] = new("The maximum number to return.", "100"),
        ["reason"] = new("With YAML: the reason.", "The text as circulated was published."),
        ["reviseAgreement.by"] = new("With YAML: the author.", "The secretariat"),
    }.ToFrozenDictionary();

    public static Parameter Of(string operation, string name) =>
        All.GetValueOrDefault($"{operation}.{name}")
        ?? All.GetValueOrDefault(name)
        ?? throw new InvalidOperationException($"The parameter '{name}' of {operation} is not described.");
}
