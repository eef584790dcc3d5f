using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Cli.Reports.Importing;
using Ledger.Domain.Agreements;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;
using NodaTime;

namespace Ledger.Server.Tests.Fuzzing;

/// <summary>
/// What the import of tables reads: the shipped mappings, and tables with the columns that each of them takes. The
/// bulletins' rows are those of the demonstration.
/// </summary>
public sealed class ImportedTables
{
    private const string Other =
        "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,actor2,location,latitude,longitude,geo_precision,source,notes,fatalities,timestamp\r\n"
        + "TST1,2018-10-01,1,Explosions/Remote violence,Shelling/artillery/missile attack,Army of Here,Group of There,\"Town, North\",35.6483,36.6769,1,\"Paper; Radio\",\"He said \"\"stop\"\",\nthen left\",3,1538500000\r\n"
        + "TST2,02 October 2018,2,Battles,Armed clash,Army of Here,,\u0645\u0648\u0631\u0643,35.6483,36.6769,3,Paper,=1+1,0,1538500000\r\n";

    private const string Events =
        "id,dyad_name,side_a,side_b,source_article,source_original,source_headline,where_prec,where_coordinates,latitude,longitude,date_prec,date_start,date_end,best,high,low\n"
        + "9,Government - Rebels,Government of Here,Rebels,\"Agency,2018-10-02\",a spokesman,Fighting near Town,1,Town,35.6483,36.6769,2,2018-10-01 00:00:00.000,2018-10-03 00:00:00.000,5,8,4\n";

    private const string Incidents =
        "code,date,permalink,latitude,longitude,geolocation_accuracy_slug,strike_type_slug,civilian_harm_status_slug,civilian_non_combatants_killed_min,civilian_non_combatants_killed_max\n"
        + "RS0001,2018-09-04,https://example.org/rs0001,35.81418,36.31983,city,airstrike,contested,10,11\n";

    private readonly Agreement _agreement;
    private readonly Mapping[] _shipped =
    [
        .. MappingTexts.Select(text =>
            Ledger.Cli.Reports.Importing.Mapping.Parse(Encoding.UTF8.GetString(text)).Required()
        ),
    ];

    public ImportedTables(Agreement agreement, IEnumerable<byte[]> more)
    {
        _agreement = agreement;
        string[] tables = [Bulletins(), Other, Events, Incidents];
        Csv =
        [
            .. tables.Select(Encoding.UTF8.GetBytes),
            .. tables.Select(table => (byte[])[0xFF, 0xFE, .. Encoding.Unicode.GetBytes(table)]),
            Encoding.UTF8.GetBytes(Events.Replace(',', ';')),
            .. more,
        ];
        Lines = [.. tables.Select(AsLines)];
    }

    public static IReadOnlyList<byte[]> MappingTexts { get; } =
    [
        .. Directory
            .GetFiles(Repository.PathOf("mappings"), "*.yaml")
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllBytes),
    ];

    public IReadOnlyList<byte[]> Csv { get; }

    public IReadOnlyList<byte[]> Lines { get; }

    /// <summary>What can be read as a mapping makes something of every table that has its columns.</summary>
    public void Mapping(byte[] bytes)
    {
        if (
            Ledger.Cli.Reports.Importing.Mapping.Parse(Encoding.UTF8.GetString(bytes))
            is not Parsed<Mapping>.Good { Value: var mapping }
        )
            return;
        foreach (var table in Lines)
            Take(mapping, Text(table), JsonRows.Read);
    }

    public void ReadCsv(byte[] bytes)
    {
        foreach (var mapping in _shipped)
            Take(mapping, Text(bytes), text => CsvRows.Read(text, mapping.Needed));
    }

    public void ReadLines(byte[] bytes)
    {
        foreach (var mapping in _shipped)
            Take(mapping, Text(bytes), JsonRows.Read);
    }

    private static StreamReader Text(byte[] bytes) => SourceText.Open(new MemoryStream(bytes));

    /// <summary>Every row is taken, left out or refused, and what is taken the ledger could hold.</summary>
    private void Take(Mapping mapping, TextReader text, Func<TextReader, IEnumerable<SourceRow>> read)
    {
        var filings = new ReportMapper(mapping, _agreement, Instant.FromUtc(2026, 11, 22, 0, 0));
        using (text)
        {
            try
            {
                foreach (var filing in read(text).SelectMany(filings.Of))
                {
                    filing.Row.Should().BePositive();
                    if (filing is Filing.Good good)
                        Parsers.Hold(new Parsed<LedgerEvent>.Good(good.Report));
                    else
                        ((filing as Filing.Bad)?.Problems.Length ?? 1).Should().BePositive();
                }
            }
            catch (SourceException)
            {
                // An ordinary answer: it says from where on the file cannot be read.
            }
        }
    }

    private static string Bulletins()
    {
        string[] places =
        [
            "violations",
            "violations-idlib",
            "violations-aleppo",
            "violations-latakia",
            "violations-hama",
        ];
        var table = new StringBuilder(
            "bulletin_date,ru_total,ru_idlib,ru_aleppo,ru_latakia,ru_hama,tr_total,tr_idlib,tr_aleppo,tr_latakia,tr_hama,source_url\n"
        );
        var counts = Idlib
            .Demonstration()
            .Split('\n')
            .Select(line => JsonNode.Parse(line)!["data"]!)
            .Where(data => data["report"]?["kind"]?.ToString() == "daily-count");
        foreach (var day in counts.GroupBy(data => data["saidAt"]!.ToString(), StringComparer.Ordinal))
        {
            string Of(string side, string place) =>
                day.FirstOrDefault(data => data["report"]!["source"]!["party"]?.ToString() == side)
                    ?["report"]!["quantities"]
                    ?[place]
                    is { } count
                    ? count is JsonObject several
                        ? several["best"]!.ToString()
                        : count.ToString()
                    : "";
            table
                .AppendJoin(
                    ',',
                    [
                        day.Key,
                        .. places.Select(place => Of("russia", place)),
                        .. places.Select(place => Of("turkey", place)),
                        day.First()["report"]!["origin"]?["url"]?.ToString() ?? "",
                    ]
                )
                .Append('\n');
        }

        return table.ToString();
    }

    private static byte[] AsLines(string table)
    {
        using var text = new StringReader(table);
        var header = table[..table.IndexOf('\n', StringComparison.Ordinal)].Trim().Split(',');
        var lines = new StringBuilder();
        foreach (var row in CsvRows.Read(text, []))
            lines
                .Append(
                    new JsonObject(
                        header.Select(column =>
                            KeyValuePair.Create(
                                column,
                                long.TryParse(
                                    row.Cell(column),
                                    NumberStyles.None,
                                    CultureInfo.InvariantCulture,
                                    out var number
                                )
                                    ? JsonValue.Create(number)
                                    : (JsonNode?)JsonValue.Create(row.Cell(column))
                            )
                        )
                    ).ToJsonString()
                )
                .Append('\n');
        return Encoding.UTF8.GetBytes(lines.ToString());
    }
}
