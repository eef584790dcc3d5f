using System.Text.Json.Nodes;
using Ledger.Domain.Entries;
using Ledger.Verdicts;
using NodaTime;

namespace Ledger.Server.Agreements;

/// <summary>One recorded version of an agreement file.</summary>
public sealed record AgreementText(
    string Version,
    long Position,
    Guid Entry,
    Instant RecordedAt,
    LocalDate? AppliesFrom,
    string? Reason,
    string? By,
    string SourceSha256,
    bool Live
)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public JsonObject File { get; private init; } = [];

    /// <summary>The latest live version.</summary>
    public static AgreementText Of(Book book) => All(book).Last(text => text.Live);

    /// <summary>In the order in which they were recorded.</summary>
    public static IEnumerable<AgreementText> All(Book book)
    {
        foreach (
            var (entry, live) in Register
                .OfType<AgreementAdopted>(book, book.Position)
                .Concat(Register.OfType<AgreementRevised>(book, book.Position))
        )
        {
            var (file, source) = entry.Event switch
            {
                AgreementAdopted adopted => (adopted.File, adopted.SourceSha256),
                AgreementRevised revised => (revised.File, revised.SourceSha256),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
            var revision = entry.Event as AgreementRevised;
            yield return new AgreementText(
                file["version"]!.GetValue<string>(),
                entry.Position,
                entry.Id,
                entry.RecordedAt,
                revision?.AppliesFrom,
                revision?.Reason,
                revision?.By,
                source,
                live
            )
            {
                File = file,
            };
        }
    }
}
