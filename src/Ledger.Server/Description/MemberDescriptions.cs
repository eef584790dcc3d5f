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
        ["agreements"] = "Every agreement that the asker may read.",
        ["ahead"] = "What comes, the soonest first.",
        ["answer"] = "What was answered; null while it waits.",
        ["article"] = "Where in the agreement it stands, as the file numbers it.",
        ["at"] = "When it happened.",
        ["atLeast"] = "How much the provision asks for.",
        ["attributes"] = "Codes of the codebook, each under its attribute.",
        ["authority"] = "By whose authority: everybody reads it.",
        ["by"] =
            "Who says so, in public and for ever. May be left out: the server knows who sent it, and the ledger need not.",
        ["changed"] = "The provisions whose verdict changed.",
        ["class"] =
            "What kind of source it is: own-observation, witness, party, official, organisation, media, open-source, other.",
        ["classes"] = "Only reports of these kinds of source.",
        ["code"] = "Stable, for programs: what is wrong here.",
        ["column"] = "The column, counted from 1, where a line was to be read.",
        ["coming"] = "What will happen then: deadline, overdue, cured, in-force or ended.",
        ["dataSet"] = "The data set it was taken from.",
        ["decidedBy"] = "The facts and decisions from which the verdict follows.",
        ["detail"] = "What is wrong, and what to do about it.",
        ["devices"] = "Phones and browsers, and the keys with which they sign.",
        ["differences"] = "Where the answer is another than the scenario expects.",
        ["done"] = "Always true.",
        ["duty"] = "The parties whose duty it is.",
        ["entries"] = "Entries in order of their positions.",
        ["entry"] = "The entry's id.",
        ["entryId"] = "The id that the sender made: a UUIDv7. Sending the same again under it is safe.",
        ["erasedAt"] = "Position of the entry that confirmed the erasure.",
        ["error"] = "Why the line was not recorded.",
        ["events"] = "What it is told of: types of entries, and verdict_changed.",
        ["expected"] = "What the scenario expects.",
        ["failed"] = "How many scenarios failed.",
        ["fields"] = "The parts of the report that are asked about.",
        ["file"] = "The scenario's file.",
        ["from"] = "Since when, inclusive.",
        ["grounds"] = "On what grounds the reviewer finds so: everybody reads it.",
        ["handle"] = "The random id under which one person's sealed values are kept.",
        ["handles"] = "The ids under which sealed values are kept, each with its state.",
        ["id"] = "Names it here.",
        ["incidents"] = "In order of occurrence.",
        ["instances"] =
            "The single duties that a rule made, the worst and of these the latest, each with its own verdict.",
        ["invitations"] = "Links that were made, without their secrets.",
        ["key"] = "Which of several duties of the provision.",
        ["kind"] = "A kind of the agreement's codebook.",
        ["level"] = "How well it is established: alleged, corroborated, confirmed, inconclusive or refuted.",
        ["line"] = "The line, counted from 1.",
        ["linkedWith"] = "Reports that speak of the same incident.",
        ["live"] = "Whether it counts: it was not retracted.",
        ["local"] = "The same by the clocks of the agreement's time zone.",
        ["lon"] = "Longitude in degrees, WGS 84.",
        ["mediaType"] = "What the file is, such as image/jpeg.",
        ["memberships"] = "Roles in agreements.",
        ["messages"] = "Messages that were given up.",
        ["method"] = "How somebody was watching.",
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
        ["position"] = "A place in the ledger, counted from 1; of a whole answer, the last entry that it knows.",
        ["proposals"] = "Findings that wait for a second person.",
        ["provision"] = "A provision of the agreement file, by its id.",
        ["provisions"] = "Provisions of the agreement file.",
        ["quantities"] = "Counts, each under its name in the codebook.",
        ["quantity"] = "Which count of the codebook.",
        ["question"] = "What the reviewer asks: everybody reads it.",
        ["questions"] = "The newest first.",
        ["reached"] = "How much was reached by then.",
        ["reading"] = "The version of the agreement file by which it is judged.",
        ["reason"] = "Why, in words that everybody reads.",
        ["record"] = "Which record of the data set.",
        ["report"] = "A report, by the id of the entry that filed it.",
        ["reports"] = "Reports, by the ids of the entries that filed them, or whole in a list.",
        ["requestedAt"] = "Position of the entry that asked for the erasure.",
        ["role"] = "Which part it has.",
        ["sessions"] = "The browsers that are let in at this moment.",
        ["sha256"] = "SHA-256 of the file, in hexadecimal.",
        ["size"] = "Bytes.",
        ["source"] = "Where it comes from.",
        ["sourceClass"] =
            "What kind of source it is: own-observation, witness, party, official, organisation, media, open-source, other.",
        ["sourceSha256"] = "SHA-256 of the file as somebody wrote it, before it was read.",
        ["stance"] =
            "What is said: of a report admits, denies, justifies or disputes; of a provision kept, broken, partly, in-progress, disputed, refused or inconclusive.",
        ["state"] = "How it stands.",
        ["status"] = "The HTTP status.",
        ["steps"] = "In order of positions: each verdict, and the entry that made it so.",
        ["subject"] = "What ties reports together: a weapon, a unit, a post, a road.",
        ["summary"] = "A sentence that everybody may read.",
        ["target"] = "The entry that this is about, by its id.",
        ["timeZone"] = "Its name in the time zone database, by whose clocks days begin and end.",
        ["title"] = "What it is called, by language.",
        ["tokens"] = "Each token, without its secret.",
        ["type"] = "What it is.",
        ["until"] = "Until when, exclusive; null where no end is known.",
        ["url"] = "A web address.",
        ["verdicts"] = "One of each provision.",
        ["version"] = "The version of the agreement file, by its name.",
        ["versions"] = "Every version that was recorded, in order.",
        ["violations"] = "How many there are.",
        ["webhook"] = "To whom it was to be sent.",
        ["webhookId"] = "The id under which the receiver gets it, the same at every attempt.",
        ["webhooks"] = "Who is told of new entries and verdicts.",
        ["without"] = "As if these entries had never been recorded.",
        ["words"] = "In somebody's own words, or the agreement's.",
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
