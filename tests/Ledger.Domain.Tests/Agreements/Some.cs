using Ledger.Domain.Agreements;
using Ledger.Domain.Input;

namespace Ledger.Domain.Tests.Agreements;

/// <summary>A small agreement of nowhere, so that nothing here depends on a real one.</summary>
internal static class Some
{
    public const string Yaml = """
        id: harbour-2020
        title: {en: Harbour accord, tr: Liman anlaşması}
        version: v1
        signed: 2020-01-01
        timeZone: Asia/Damascus
        parties:
          - {id: north, name: North, signatory: true, members: [north-guard], aliases: [Northern Army]}
          - {id: north-guard, name: Northern Guard}
          - {id: south, name: South, signatory: true}
        zones:
          - id: quay
            name: Quay
            source: Drawn for a test.
            inner: {type: Polygon, coordinates: [[[36.0, 35.0], [36.1, 35.0], [36.1, 35.1], [36.0, 35.1], [36.0, 35.0]]]}
            outer: {type: Polygon, coordinates: [[[35.9, 34.9], [36.2, 34.9], [36.2, 35.2], [35.9, 35.2], [35.9, 34.9]]]}
        codebook:
          kinds: {bombing: Bombing, withdrawal: Withdrawal, patrol: Patrol, arrival: Arrival}
          attributes:
            cargo: {label: Cargo, values: {arms: Arms, grain: Grain}}
          quantities: {weapons: Weapons}
        evidence: {threshold: alleged, corroboratedBy: 2}
        lenses:
          strict: {threshold: confirmed, match: certain}
        adjudicators:
          - {id: court, name: Court}
        provisions:
          - id: p1
            article: 1
            title: No bombing
            words: Nobody bombs the quay.
            forbid: {act: {kinds: bombing, zones: quay}, quietPeriod: 7 days}
          - id: p2
            title: Withdraw
            duty: north
            achieve: {act: {kinds: withdrawal, actors: {by: north}}, by: 2020-02-01}
          - id: p3
            title: Patrols
            recur: {act: patrol, every: 7 days}
          - id: p4
            title: Good faith
            judged: {adjudicator: court}
          - id: p5
            title: Stay out
            maintain: {required: absent, enters: arrival, leaves: withdrawal}
        """;

    public static AgreementFile File { get; } = AgreementFile.Parse(Yaml).Required();

    public static Agreement Agreement => File.Agreement;
}
