using System.Collections.Frozen;

namespace Ledger.Domain.Entries;

/// <summary>The names of the events on the wire and in the database, for ever.</summary>
public static class EventTypes
{
    public static readonly FrozenDictionary<string, Type> ByName = new Dictionary<string, Type>
    {
        ["agreement_adopted"] = typeof(AgreementAdopted),
        ["agreement_revised"] = typeof(AgreementRevised),
        ["zone_delimited"] = typeof(ZoneDelimited),
        ["provision_suspended"] = typeof(ProvisionSuspended),
        ["provision_resumed"] = typeof(ProvisionResumed),
        ["provision_discharged"] = typeof(ProvisionDischarged),
        ["deadline_extended"] = typeof(DeadlineExtended),
        ["agreement_terminated"] = typeof(AgreementTerminated),
        ["report_filed"] = typeof(ReportFiled),
        ["report_corrected"] = typeof(ReportCorrected),
        ["assessment_proposed"] = typeof(AssessmentProposed),
        ["report_assessed"] = typeof(ReportAssessed),
        ["report_sent_back"] = typeof(ReportSentBack),
        ["question_answered"] = typeof(QuestionAnswered),
        ["reports_linked"] = typeof(ReportsLinked),
        ["party_responded"] = typeof(PartyResponded),
        ["statement_recorded"] = typeof(StatementRecorded),
        ["coverage_recorded"] = typeof(CoverageRecorded),
        ["evidence_attached"] = typeof(EvidenceAttached),
        ["entry_retracted"] = typeof(EntryRetracted),
        ["erasure_requested"] = typeof(ErasureRequested),
        ["erasure_confirmed"] = typeof(ErasureConfirmed),
        ["log_resumed"] = typeof(LogResumed),
        ["key_rotated"] = typeof(KeyRotated),
        ["clock_corrected"] = typeof(ClockCorrected),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<Type, string> Names = ByName.ToFrozenDictionary(
        pair => pair.Value,
        pair => pair.Key
    );

    public static string NameOf(LedgerEvent @event) => Names[@event.GetType()];

    public static string NameOf(Type type) => Names[type];
}
