using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;
using Ledger.Domain.Places;
using Ledger.Domain.Reports;
using Ledger.Domain.Time;
using NodaTime;

namespace Ledger.Store.Tests.World;

/// <summary>Entries of every type that the truce accepts, in an order in which it accepts them.</summary>
internal static class OneOfEach
{
    public static ImmutableArray<LedgerEvent> Entries()
    {
        var effective = Instant.FromUtc(2018, 10, 1, 0, 0);
        var (full, handle) = (Truce.FiledInConfidence(), Guid.NewGuid());
        var (first, second) = (
            full with
            {
                SaidAt = effective + Duration.FromDays(20),
                Report = Full(full.Report) with
                {
                    Seal = new ReportSeal { Reporter = handle, Source = handle },
                },
            },
            Truce.Filed("withdrawal", 5)
        );
        var proposed = new AssessmentProposed
        {
            EntryId = Truce.NewId(),
            Target = first.EntryId,
            Level = Level.Corroborated,
            Grounds = "Two more heard it.",
            By = "A reviewer",
        };
        var assessed = new ReportAssessed
        {
            EntryId = Truce.NewId(),
            Target = first.EntryId,
            Level = Level.Corroborated,
            Grounds = "So it was.",
            Proposal = proposed.EntryId,
        };
        var question = new ReportSentBack
        {
            EntryId = Truce.NewId(),
            Target = first.EntryId,
            Question = "Which of the two guns?",
            Fields = ["subject"],
            By = "A reviewer",
        };
        var erasure = new ErasureRequested
        {
            EntryId = Truce.NewId(),
            Handle = handle,
            Positions = [2],
            Names = ["narrative", "place.exact", "source.identity"],
            Authority = "A court",
        };
        return
        [
            Truce.Adopted(),
            first,
            second,
            Truce.Revised("second"),
            new ZoneDelimited
            {
                EntryId = Truce.NewId(),
                Zone = "strip",
                From = new LocalDate(2018, 10, 2),
                Inner = Square("36.1"),
                Outer = Square("36.2"),
                Source = "A map",
            },
            new ProvisionSuspended
            {
                EntryId = Truce.NewId(),
                Provision = "away",
                Effective = effective,
                Basis = "A letter",
                DeadlineStandsStill = true,
            },
            new ProvisionResumed
            {
                EntryId = Truce.NewId(),
                Provision = "away",
                Effective = effective,
                Basis = "A letter",
            },
            new DeadlineExtended
            {
                EntryId = Truce.NewId(),
                Provision = "away",
                Effective = effective,
                Basis = "A letter",
                To = new LocalDate(2018, 10, 20),
                Subject = "gun 4",
            },
            new ProvisionDischarged
            {
                EntryId = Truce.NewId(),
                Provision = "away",
                Effective = effective,
                Basis = "A letter",
                By = "north",
            },
            new ReportCorrected
            {
                EntryId = Truce.NewId(),
                Target = second.EntryId,
                Report = second.Report with { Narrative = "It was the other road." },
                Reason = "The road was wrong.",
            },
            question,
            new QuestionAnswered
            {
                EntryId = Truce.NewId(),
                Target = question.EntryId,
                Words = "The northern one.",
            },
            proposed,
            assessed,
            new ReportsLinked
            {
                EntryId = Truce.NewId(),
                Reports = [first.EntryId, second.EntryId],
                Reason = "One morning",
            },
            new PartyResponded
            {
                EntryId = Truce.NewId(),
                Target = first.EntryId,
                Party = "south",
                Stance = ResponseStance.Denies,
                Words = "\"Nothing\\such\"\n",
            },
            new StatementRecorded
            {
                EntryId = Truce.NewId(),
                Provisions = ["quiet", "away"],
                Stance = StatementStance.InProgress,
                By = "A ministry",
                Since = effective,
            },
            new CoverageRecorded
            {
                EntryId = Truce.NewId(),
                From = effective,
                Until = effective + Duration.FromHours(6),
                Zones = ["strip"],
                By = "A drone team",
            },
            new EvidenceAttached
            {
                EntryId = Truce.NewId(),
                Target = first.EntryId,
                Sha256 = new string('a', 64),
                MediaType = "image/jpeg",
                Size = 1L << 40,
            },
            new EntryRetracted
            {
                EntryId = Truce.NewId(),
                Target = assessed.EntryId,
                Reason = "Withdrawn by the reviewer.",
            },
            erasure,
            new ErasureConfirmed
            {
                EntryId = Truce.NewId(),
                Handle = erasure.Handle,
                Target = erasure.EntryId,
                Authority = "A court",
            },
            new AgreementTerminated
            {
                EntryId = Truce.NewId(),
                Effective = effective,
                Basis = "A denunciation",
            },
        ];
    }

    private static Report Full(Report report) =>
        report with
        {
            Occurred = Occurrence.At(Instant.FromUtc(2018, 10, 3, 4, 5, 6) + Duration.FromTicks(1230)),
            Place = Place(
                """{"name":"Jisr al-Shughur","code":"geonames:168785","point":{"lat":"35.8127","lon":"36.3174"},"exact":{"lat":"35.8131","lon":"36.3169"},"precision":"near","zone":"strip"}"""
            ),
            Actors = [new Actor("north", ActorRole.By), new Actor("south", ActorRole.Against)],
            Subject = "gun 4",
            Quantities = ImmutableSortedDictionary<string, Quantity>.Empty.Add("weapons", new Quantity(0, null, 7)),
            Source = report.Source with { Reliability = 'B', Credibility = 2 },
            Evidence = [new string('b', 64)],
            Origin = new Origin("a set", "17", "https://example.org/17"),
            Level = Level.Alleged,
        };

    private static Place? Place(string json)
    {
        var problems = new Problems();
        var place = Domain.Places.Place.Read(new InputNode(JsonNode.Parse(json), "", problems));
        problems.Any.Should().BeFalse(string.Join(' ', problems.ToImmutable()));
        return place;
    }

    internal static GeoShape Square(string edge)
    {
        var problems = new Problems();
        var json =
            $$"""{"type":"Polygon","coordinates":[[["36","35"],["{{edge}}","35"],["{{edge}}","35.1"],["36","35.1"],["36","35"]]]}""";
        return GeoShape.Read(new InputNode(JsonNode.Parse(json), "", problems))
            ?? throw new InvalidOperationException(string.Join(' ', problems.ToImmutable()));
    }
}
