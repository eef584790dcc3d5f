using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;
using Ledger.Domain.Reports;
using Ledger.Domain.Time;
using NodaTime;

namespace Ledger.Store.Tests.World;

/// <summary>A small agreement, and entries that it accepts.</summary>
internal static class Truce
{
    public const string Id = "truce";

    public static Guid NewId() => Guid.CreateVersion7();

    public static AgreementAdopted Adopted(string id = Id)
    {
        var file = AgreementFile.Parse(Yaml(id, "first")).Required();
        return new AgreementAdopted
        {
            EntryId = NewId(),
            File = file.Json,
            SourceSha256 = file.SourceSha256,
        };
    }

    public static AgreementRevised Revised(string version, string extraKind = "smoke", string id = Id)
    {
        var file = AgreementFile.Parse(Yaml(id, version, extraKind)).Required();
        return new AgreementRevised
        {
            EntryId = NewId(),
            File = file.Json,
            SourceSha256 = file.SourceSha256,
            AppliesFrom = new LocalDate(2018, 10, 1),
            Reason = "A protocol was signed.",
        };
    }

    public static ReportFiled Filed(string kind = "bombing", int day = 3) =>
        new() { EntryId = NewId(), Report = Report(kind, day) };

    public static Report Report(string kind = "bombing", int day = 3) =>
        new()
        {
            Kind = kind,
            Occurred = Day(10, day),
            Source = new Source { Class = SourceClass.Media, Name = "A paper" },
            Summary = "Something was heard.",
        };

    public static Occurrence Day(int month, int day) =>
        Occurrence.Days(new LocalDate(2018, month, day), new LocalDate(2018, month, day), DateTimeZone.Utc);

    public static ReportFiled FiledInConfidence() =>
        Filed() with
        {
            Report = Report() with
            {
                Narrative = "سمعنا الطائرة قبل الفجر.",
                Source = new Source { Class = SourceClass.Witness, Identity = "A baker on the second street" },
            },
        };

    private static string Yaml(string id, string version, string extraKind = "flare") =>
        $$$"""
            id: {{{id}}}
            version: {{{version}}}
            title: {en: A truce}
            signed: 2018-09-17
            timeZone: Asia/Damascus
            parties:
              - id: north
                name: {en: North}
                signatory: true
              - id: south
                name: {en: South}
                signatory: true
            zones:
              - id: strip
                name: {en: The strip}
            codebook:
              kinds:
                bombing: {en: Air strike}
                withdrawal: {en: Withdrawal}
                {{{extraKind}}}: {en: Seen from afar}
              quantities:
                weapons: {en: Weapons}
            evidence:
              threshold: alleged
            provisions:
              - id: quiet
                article: "1"
                title: {en: No bombing}
                words: Nobody bombs anybody.
                reading: Any bombing breaches.
                forbid: {act: {kinds: bombing}}
              - id: away
                article: "2"
                title: {en: Weapons go}
                words: Weapons leave by 10 October.
                reading: A withdrawal by then.
                achieve: {act: {kinds: withdrawal}, by: 2018-10-10}
            """;
}
