using System.Text.Json.Nodes;
using Ledger.Domain.Agreements;
using Ledger.Domain.Input;
using Ledger.Server.Requests;

namespace Ledger.Server.Agreements;

/// <summary>An agreement file in a body: its text as <c>source</c>, and the files beside it by name.</summary>
/// <param name="Source">As it was sent: the digest is that of the author's own file, composed as they composed
/// it.</param>
/// <param name="Files">Texts by name, under <c>beside</c> and whatever else was asked for.</param>
internal sealed record SentFile(string Source, IReadOnlyDictionary<string, Dictionary<string, string>> Files)
{
    private const int MostFiles = 100;

    /// <param name="body">Any JSON.</param>
    /// <param name="folders">Further members that hold files by name.</param>
    public static Parsed<SentFile> Read(JsonNode body, params string[] folders)
    {
        folders = ["beside", .. folders];
        var problems = new Problems();
        var input = new InputNode(body, "", problems);
        input.Only(["source", .. folders]);
        if (!input.IsObject)
            input.Wrong("input/not-an-object", "The body must be an object with the file's text as 'source'.");
        else
            input["source"].Required("the text of the agreement file");
        var source = input["source"].Text(longest: (int)RequestBody.Most);
        var files = folders.ToDictionary(
            folder => folder,
            folder => FilesIn(body, input, folder),
            StringComparer.Ordinal
        );
        return source is null || problems.Any
            ? new Parsed<SentFile>.Bad(problems.ToImmutable())
            : new Parsed<SentFile>.Good(new SentFile(body["source"]!.GetValue<string>(), files));
    }

    public Parsed<AgreementFile> Agreement() => AgreementFile.Parse(Source, Files["beside"].GetValueOrDefault);

    private static Dictionary<string, string> FilesIn(JsonNode body, InputNode input, string folder)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (
            var name in (body as JsonObject)?[folder] is JsonObject files
                ? files.Select(file => file.Key).Take(MostFiles)
                : []
        )
        {
            if (input[folder][name].Text(longest: (int)RequestBody.Most) is { } text)
                texts[name] = text;
        }

        return texts;
    }
}
