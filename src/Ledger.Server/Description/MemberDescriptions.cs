using Microsoft.OpenApi;

namespace Ledger.Server.Description;

/// <summary>
/// What members mean that bear the same name wherever they stand, for those whose property says nothing more itself.
/// </summary>
internal static class MemberDescriptions
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["actors"] = "Who did it, to whom, and who was seen.",
        ["actual"] = "What the ledger answers.",
        ["agreement"] = "The agreement's short name.",
        ["agreements"] = "Every agreement that you may read.",
        ["ahead"] = "What lies ahead, the soonest first.",
        ["answer"] = "The answer; null while there is none.",
        ["article"] = "Its place in the agreement, as numbered in the file.",
        ["at"] = "When it happened.",
        ["atLeast"] = "How much the provision requires.",
        ["attributes"] = "Codes of the codebook, each under its attribute.",
        ["authority"] = "The authority for it, in words that everybody can read.",
        ["by"] =
            "The author, public and permanent. May be left out: the server knows who sent it, and the ledger does not need to.",
        ["changed"] = "The provisions whose verdict changed.",
        ["class"] =
            "What kind of source it is: own-observation, witness, party, official, organisation, media, open-source, other.",
        ["classes"] = "Only reports of these kinds of source.",
        ["code"] = "Stable, for programs: what is wrong here.",
        ["column"] = "The column, counted from 1, where a line was read.",
        ["coming"] = "What will happen then: deadline, overdue, cured, in-force or ended.",
        ["dataSet"] = "The data set it was taken from.",
        ["decidedBy"] = "The facts and decisions from which the verdict follows.",
        ["detail"] = "What is wrong, and what to do about it.",
        ["devices"] = "Phones and browsers, and the keys with which they sign.",
        ["differences"] = "Where the answer differs from what the scenario expects.",
        ["done"] = "Always true.",
        ["duty"] = "The parties that are bound by it.",
        ["entries"] = "Entries in order of their positions.",
        ["entry"] = "The entry's id.",
        ["entryId"] =
            "The id that the sender generated, a UUIDv7. Sending the same entry again with the same id is safe.",
        ["erasedAt"] = "Position of the entry that confirmed the erasure.",
        ["error"] = "Why the line was not recorded.",
        ["events"] = "What it is notified of: types of entries, and verdict_changed.",
        ["expected"] = "What the scenario expects.",
        ["failed"] = "How many scenarios failed.",
        ["fields"] = "The parts of the report that the question is about.",
        ["file"] = "The scenario's file.",
        ["from"] = "Since when, inclusive.",
        ["grounds"] = "The grounds of the reviewer's finding, in words that everybody can read.",
        ["handle"] = "The random id under which one person's sealed values are kept.",
        ["handles"] = "The ids under which sealed values are kept, each with its state.",
        ["id"] = "Its id here.",
        ["incidents"] = "In order of occurrence.",
        ["instances"] =
            "The single duties under a rule, the worst ones and among these the latest, each with its own verdict.",
        ["invitations"] = "Links that were made, without their secrets.",
        ["key"] = "Which of several duties of the provision.",
        ["kind"] = "A kind of the agreement's codebook.",
        ["level"] = "How well it is established: alleged, corroborated, confirmed, inconclusive or refuted.",
        ["line"] = "The line, counted from 1.",
        ["linkedWith"] = "Reports that describe the same incident.",
        ["live"] = "Whether it counts, that is, was not retracted.",
        ["local"] = "The same by the clocks of the agreement's time zone.",
        ["lon"] = "Longitude in degrees, WGS 84.",
        ["mediaType"] = "What the file is, such as image/jpeg.",
        ["memberships"] = "Roles in agreements.",
        ["messages"] = "Messages that could not be delivered.",
        ["method"] = "The method of monitoring.",
        ["name"] = "A party's id, or any name as it was reported.",
        ["names"] = "Which values are sealed under it.",
        ["ok"] = "Whether everything was as expected.",
        ["only"] = "Only reports of these sources.",
        ["openings"] = "Who opened which sealed value, when and why.",
        ["opensSealed"] = "Whether the sealed values of the agreement may be opened.",
        ["party"] = "The party in whose name it is said, by its id.",
        ["passkeys"] = "Each passkey that is kept here.",
        ["people"] = "Everybody whom the caller administers.",
        ["person"] = "A person's id.",
        ["personName"] = "Who opened it.",
        ["place"] = "The name of the place, as it was reported.",
        ["pointer"] = "Where in the body: a JSON pointer (RFC 6901).",
        ["position"] =
            "A position in the ledger, counted from 1; for a whole answer, the last entry that it takes into account.",
        ["proposals"] = "Assessments that wait for a second person.",
        ["provision"] = "A provision of the agreement file, by its id.",
        ["provisions"] = "Provisions of the agreement file.",
        ["quantities"] = "Counts, each under its name in the codebook.",
        ["quantity"] = "Which count of the codebook.",
        ["question"] = "The reviewer's question, in words that everybody can read.",
        ["questions"] = "The newest first.",
        ["reached"] = "How much was reached by then.",
        ["reading"] = "The version of the agreement file by which it is evaluated.",
        ["reason"] = "The reason, in words that everybody can read; of an opening, in words that auditors read.",
        ["record"] = "The record in the data set.",
        ["report"] = "A report, by the id of the entry that filed it.",
        ["reports"] = "Reports, by the ids of the entries that filed them, or whole in a list.",
        ["requestedAt"] = "Position of the entry that asked for the erasure.",
        ["role"] = "Its role.",
        ["sessions"] = "The browsers that are let in at this moment.",
        ["sha256"] = "SHA-256 of the file, in hexadecimal.",
        ["size"] = "Bytes.",
        ["source"] = "Where it comes from.",
        ["sourceClass"] =
            "What kind of source it is: own-observation, witness, party, official, organisation, media, open-source, other.",
        ["sourceSha256"] = "SHA-256 of the file as it was written, before it was parsed.",
        ["stance"] =
            "The stance: on a report admits, denies, justifies or disputes; on a provision kept, broken, partly, in-progress, disputed, refused or inconclusive.",
        ["state"] = "Its state.",
        ["status"] = "The HTTP status.",
        ["steps"] = "In order of positions: each verdict with the entry that led to it.",
        ["subject"] = "The subject that several reports can share: a weapon, a unit, a post, a road.",
        ["summary"] = "A sentence that everybody may read.",
        ["target"] = "The entry that this is about, by its id.",
        ["timeZone"] = "Its name in the time zone database. Days begin and end by its clocks.",
        ["title"] = "What it is called, by language.",
        ["tokens"] = "Each token, without its secret.",
        ["type"] = "What it is.",
        ["until"] = "Until when, exclusive; null if no end is known.",
        ["url"] = "A web address.",
        ["verdicts"] = "One of each provision.",
        ["version"] = "The version of the agreement file, by its name.",
        ["versions"] = "Every version that was recorded, in order.",
        ["violations"] = "How many there are.",
        ["webhook"] = "The webhook to which it was to be sent.",
        ["webhookId"] = "The id that the receiver gets, the same at every attempt.",
        ["webhooks"] = "The addresses that are notified of new entries and verdicts.",
        ["without"] = "As if these entries had never been recorded.",
        ["words"] = "The author's own words, or the agreement's text.",
        ["zone"] = "A zone of the agreement file, by its id.",
        ["zones"] = "Zones of the agreement file, by their ids.",
    };

    /// <summary>Gives every member of the schemas, however deep, its words; what has its own keeps them.</summary>
    public static void Describe(OpenApiDocument document)
    {
        foreach (var schema in document.Components?.Schemas?.Values ?? [])
            Describe(schema);
    }

    private static void Describe(IOpenApiSchema? schema)
    {
        if (schema is not OpenApiSchema own)
            return;
        foreach (var (name, member) in own.Properties ?? new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal))
        {
            if (member is OpenApiSchema { Description: null } wordless)
                wordless.Description = Words.GetValueOrDefault(name);
            else if (member is OpenApiSchemaReference { Reference.Description: null } elsewhere)
                elsewhere.Reference.Description = Words.GetValueOrDefault(name);
            Describe(member);
        }

        Describe(own.Items);
        Describe(own.AdditionalProperties);
        foreach (var part in (own.OneOf ?? []).Concat(own.AnyOf ?? []).Concat(own.AllOf ?? []))
            Describe(part);
    }
}
