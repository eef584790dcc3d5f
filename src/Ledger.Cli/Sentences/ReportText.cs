using Ledger.Cli.Terminals;
using Ledger.Domain.Agreements;
using Ledger.Domain.Places;
using Ledger.Domain.Reports;

namespace Ledger.Cli.Sentences;

/// <summary>A report as sentences.</summary>
public static class ReportText
{
    /// <summary><c>Air strike on 25 Nov 2018 at Jisr al-Shughur by Government of Syria</c></summary>
    public static string Headline(Report report, Agreement agreement) =>
        string.Concat(
            Kind(report, agreement),
            $", {Times.Occurred(report.Occurred, agreement.TimeZone)}",
            report.Place?.Name is { } place ? $", {place}"
                : report.Place?.Zone is { } zone ? $", {agreement.Zone(zone)?.Name.ToString() ?? zone}"
                : "",
            Actors(report, agreement, ActorRole.By, ", by"),
            Actors(report, agreement, ActorRole.Against, ", against")
        );

    public static string Kind(Report report, Agreement agreement) =>
        agreement.Codebook.Kinds.GetValueOrDefault(report.Kind)?.ToString() ?? report.Kind;

    public static string Source(Source source, Agreement agreement) =>
        string.Concat(
            source.Name
                ?? (
                    source.Class == SourceClass.OwnObservation
                        ? "own observation"
                        : $"a source of class {Words.Of(source.Class)}"
                ),
            source.Party is { } party ? $" (for {Party(party, agreement)})" : "",
            source.Reliability is null && source.Credibility is null
                ? ""
                : $", graded {source.Reliability?.ToString() ?? "-"}{source.Credibility?.ToString() ?? "-"}"
        );

    public static void Write(TextOutput output, Report report, Agreement agreement, int indent)
    {
        output.Line(Headline(report, agreement), indent: indent);
        Field(output, "claim", report.Summary, indent);
        Field(output, "source", Source(report.Source, agreement), indent);
        Field(output, "place", Place(report.Place, agreement), indent);
        Field(output, "subject", report.Subject, indent);
        foreach (var (name, quantity) in report.Quantities)
            Field(
                output,
                agreement.Codebook.Quantities.GetValueOrDefault(name)?.ToString().ToLowerInvariant() ?? name,
                Number(quantity),
                indent
            );
        foreach (var (name, value) in report.Attributes)
        {
            var code = agreement.Codebook.Attributes.GetValueOrDefault(name);
            Field(
                output,
                code?.Label.ToString().ToLowerInvariant() ?? name,
                code?.Values.GetValueOrDefault(value)?.ToString().ToLowerInvariant() ?? value,
                indent
            );
        }

        Field(output, "level", Words.Of(report.Level ?? Level.Alleged), indent);
        if (report.Origin?.Url is { } url)
            output.Whole($"published: {url}", indent);
    }

    public static string Number(Quantity quantity) =>
        quantity switch
        {
            { Low: var low, High: var high } when low == high => $"{low}",
            { Best: { } best } => $"{quantity.Low} to {quantity.High}, best {best}",
            _ => $"{quantity.Low} to {quantity.High}",
        };

    public static string Party(string name, Agreement agreement) => agreement.Party(name)?.Name.ToString() ?? name;

    private static string Actors(Report report, Agreement agreement, ActorRole role, string word)
    {
        var names = report
            .Actors.Where(actor => actor.Role == role)
            .Select(actor => Party(actor.Name, agreement))
            .ToList();
        return names is [] ? "" : $"{word} {string.Join(" and ", names)}";
    }

    private static string? Place(Place? place, Agreement agreement) =>
        place is null
            ? null
            : string.Join(
                ", ",
                new[]
                {
                    place.Name,
                    place.Code,
                    place.Point is { } point ? $"{point.Lat}, {point.Lon}" : null,
                    place.Point is null ? null
                    : place.UncertaintyMetres is { } metres ? $"{Words.Of(place.Precision)} (within {metres} m)"
                    : Words.Of(place.Precision),
                    place.Zone is { } zone ? $"in the zone '{agreement.Zone(zone)?.Name.ToString() ?? zone}'" : null,
                }.Where(part => part is not null)
            );

    private static void Field(TextOutput output, string name, string? value, int indent)
    {
        if (value is { Length: > 0 })
            output.Line([new StyledText($"{name}: ", Styles.Faint), value], indent);
    }
}
