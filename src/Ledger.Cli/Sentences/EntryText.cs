using Ledger.Cli.Terminals;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;

namespace Ledger.Cli.Sentences;

/// <summary>What an entry says, in one sentence.</summary>
public static class EntryText
{
    public static string Headline(LedgerEvent recorded, Agreement agreement) =>
        recorded switch
        {
            AgreementAdopted e => $"The agreement is adopted, reading {e.File["version"]}",
            AgreementRevised e =>
                $"The agreement is revised, reading {e.File["version"]}, from {Times.Day(e.AppliesFrom)}: {e.Reason}",
            ZoneDelimited e => $"Zone {e.Zone} is delimited from {Times.Day(e.From)}: {e.Source}",
            ProvisionSuspended e => $"{e.Provision} is suspended{Power(e, agreement)}",
            ProvisionResumed e => $"{e.Provision} is resumed{Power(e, agreement)}",
            ProvisionDischarged e => $"{e.Provision} is discharged{Power(e, agreement)}",
            DeadlineExtended e =>
                $"The deadline of {e.Provision} is extended to {Times.Day(e.To)}{Power(e, agreement)}",
            AgreementTerminated e => $"The agreement is terminated{Power(e, agreement)}",
            ReportFiled e => $"{ReportText.Headline(e.Report, agreement)}{Claim(e.Report.Summary)}",
            ReportCorrected e => $"Correction of {Short(e.Target)}: {e.Reason}",
            AssessmentProposed e =>
                $"{Short(e.Target)} is proposed to be assessed as {Words.Of(e.Level)}{By(e.By)}: {e.Grounds}",
            ReportAssessed e => $"{Short(e.Target)} is assessed as {Words.Of(e.Level)}{By(e.By)}: {e.Grounds}",
            ReportSentBack e => $"{Short(e.Target)} is sent back{By(e.By)}: {e.Question}",
            QuestionAnswered e => $"Answer to {Short(e.Target)}{By(e.By)}: {e.Words}",
            ReportsLinked e => $"{string.Join(", ", e.Reports.Select(Short))} describe one incident{Claim(e.Reason)}",
            PartyResponded e =>
                $"{ReportText.Party(e.Party, agreement)} {Words.Of(e.Stance)} {Short(e.Target)}{Claim(e.Words)}",
            StatementRecorded e =>
                $"{e.By} says about {string.Join(", ", e.Provisions)}: {Words.Of(e.Stance)}{Claim(e.Summary)}",
            CoverageRecorded e => $"{e.By} watched from {Times.From(e.From, agreement.TimeZone)} to "
                + $"{Times.Until(e.Until, agreement.TimeZone)}",
            EvidenceAttached e => $"A file of {e.Size} bytes ({e.MediaType}) belongs to {Short(e.Target)}",
            EntryRetracted e => $"{Short(e.Target)} no longer counts{By(e.By)}: {e.Reason}",
            ErasureRequested e => $"Sealed values of {Plural.Of(e.Positions.Length, "entry", "entries")} are to be "
                + $"destroyed, by authority of {e.Authority}",
            ErasureConfirmed e => $"Sealed values were destroyed, by authority of {e.Authority}",
            KeyRotated e =>
                $"The log is signed with another key from here on, {e.NewKey}, by authority of {e.Authority}: {e.Reason}",
            ClockCorrected e =>
                $"The clock was ahead: entries from position {e.Since} on are dated too late, and count as recorded by now; by authority of {e.Authority}: {e.Reason}",
            LogResumed e =>
                $"The log goes on after a rollback; {Plural.Of(e.SignedSize, "entry had", "entries had")} been signed, by authority of {e.Authority}: {e.Reason}",
            _ => throw new System.Diagnostics.UnreachableException($"{recorded.GetType().Name} has no sentence."),
        };

    /// <summary>Enough of an id to find it by eye; the rest is noise in a sentence.</summary>
    public static string Short(Guid id) => id.ToString()[..13];

    private static string Power(PowerExercised e, Agreement agreement) =>
        $" from {Times.From(e.Effective, agreement.TimeZone)}{By(e.By)}: {e.Basis}";

    private static string By(string? by) => by is null ? "" : $" by {by}";

    private static string Claim(string? words) => words is null ? "" : $": {words}";
}
