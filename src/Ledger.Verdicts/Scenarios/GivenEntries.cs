using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Domain.Agreements;
using Ledger.Domain.Decisions;
using Ledger.Domain.Entries;
using Ledger.Domain.Input;
using Ledger.Domain.Time;
using NodaTime;

namespace Ledger.Verdicts.Scenarios;

/// <summary>
/// The entries of one scenario, in order; the first has position 1. They are written as on the wire, shorter where
/// nothing is lost: <c>report:</c> stands for a filing, ids may be names, and what a scenario does not care about may
/// be left out.
/// </summary>
internal sealed class GivenEntries(
    AgreementFile agreement,
    Func<string, IEnumerable<WrittenEntry>?> entriesBeside,
    Allowance allowance
)
{
    private static readonly string[] Beside = ["id", "said", "recorded"];

    private readonly Dictionary<string, long> _positions = [];

    /// <summary>Names given so far, also of entries that were then refused: one mistake is told once.</summary>
    private readonly HashSet<string> _names = [];

    private Instant _recordedAt = Instants.Earliest;

    public Book Book { get; } = new(agreement);

    public void Add(InputNode item)
    {
        if (item["entries"].IsPresent)
        {
            item.Only("entries");
            AddFile(item["entries"]);
            return;
        }

        item.Only([.. Beside, "report", .. EventTypes.ByName.Keys]);
        if (item.Node is not JsonObject members)
            return;
        if (members.Select(member => member.Key).Where(name => !Beside.Contains(name)).ToList() is not [var type])
        {
            item.Wrong(
                "scenario/one-entry",
                "Each item is one entry: 'report', or a type of entry such as 'report_assessed', with its content."
            );
            return;
        }

        var (name, said, recorded) = (
            item["id"].Text(200),
            item["said"].MomentOrDay(agreement.Agreement.TimeZone),
            item["recorded"].MomentOrDay(agreement.Agreement.TimeZone)
        );
        // The content of a filing is the report itself, so its places in the file stay right under the pointer of the
        // item.
        var (data, pointer) =
            type == "report"
                ? (new JsonObject { ["report"] = members["report"]?.DeepClone() }, item.Pointer)
                : (members[type]?.DeepClone() as JsonObject ?? [], $"{item.Pointer}/{type}");
        var node = new InputNode(data, pointer, item.Problems);
        var known = item.Problems.ToImmutable().Length;
        Complete(data, node, name);
        if (name is not null)
            _names.Add(name);
        Add(type == "report" ? "report_filed" : type, node, said, recorded, name, known);
    }

    /// <summary>A position may be asked for by the name of the entry that has it.</summary>
    public void PutPosition(JsonObject asked)
    {
        if (
            asked["knownAt"] is JsonValue value
            && value.TryGetValue<string>(out var name)
            && _positions.TryGetValue(name, out var position)
        )
            asked["knownAt"] = position;
    }

    /// <summary>Names become the ids they stand for, wherever an id may stand.</summary>
    public void PutIds(JsonObject data, InputNode where)
    {
        foreach (var member in (ReadOnlySpan<string>)["target", "reports", "without"])
        {
            if (data[member] is JsonValue one)
                data[member] = Id(one, where[member]);
            else if (data[member] is JsonArray many)
                data[member] = new JsonArray([
                    .. many.Select(
                        (id, i) => id is JsonValue value ? Id(value, where[member].Items()[i]) : id?.DeepClone()
                    ),
                ]);
        }
    }

    private void AddFile(InputNode input)
    {
        if (input.Text(200) is not { } name)
            return;
        if (entriesBeside(name) is not { } lines)
        {
            input.Wrong(
                "scenario/no-such-file",
                $"'{name}' is no file of entries beside this one: one JSON object a line, with 'type' and 'data'."
            );
            return;
        }

        foreach (var line in lines)
        {
            // The file under test takes the place of the one that was adopted, and later versions are other files with
            // scenarios of their own.
            if (line.Type is not ("agreement_adopted" or "agreement_revised"))
                Add(line.Type, new InputNode(line.Data, input.Pointer, input.Problems), null, null, null);
        }
    }

    private void Add(string type, InputNode data, Instant? said, Instant? recorded, string? name, int? known = null)
    {
        if (!allowance.Take(data.Pointer))
            return;

        var before = known ?? data.Problems.ToImmutable().Length;
        var read = EventReader.Read(type, data, agreement.Agreement.TimeZone);
        if (read is null || data.Problems.ToImmutable().Length > before)
            return;
        var proposed = said is null ? read : read with { SaidAt = said };
        // Scenarios may lie in the future of whoever runs them: they are decided as by somebody who lives after all of
        // them.
        var state = new LedgerState
        {
            Readings = [agreement.Agreement],
            RecordedAt = Instants.Latest,
            Find = Book.Find,
        };
        if (EntryDecider.Decide(proposed, state) is Decision.Refused refused)
        {
            data.Problems.Add(refused.Code, data.Pointer + refused.Pointer, refused.Message);
            return;
        }

        if (Book.Find(proposed.EntryId) is { } earlier)
        {
            data.Problems.Add(
                "scenario/id-twice",
                data.Pointer,
                $"The id '{name ?? proposed.EntryId.ToString()}' stands for the entry at {earlier.Position} already; choose another."
            );
            return;
        }

        // Without a time of its own an entry is recorded when it was said, and never before the one above it.
        _recordedAt = Instant.Max(_recordedAt, recorded ?? proposed.SaidAt ?? _recordedAt);
        Book.Append(new Entry(Book.Position + 1, _recordedAt, proposed));
        if (name is not null)
            _positions[name] = Book.Position;
    }

    private void Complete(JsonObject data, InputNode node, string? name)
    {
        PutIds(data, node);
        data["entryId"] ??= (
            name is null ? IdOf($"entry {Book.Position + 1}")
            : Guid.TryParse(name, out var given) ? given
            : IdOf(name)
        ).ToString();
        if (data["report"] is JsonObject report)
            report["source"] ??= new JsonObject { ["class"] = "other" };
    }

    private JsonNode Id(JsonValue value, InputNode where)
    {
        if (!value.TryGetValue<string>(out var name) || Guid.TryParse(name, out _))
            return value.DeepClone();
        if (!_names.Contains(name))
            where.Wrong("scenario/unknown-entry", $"No entry above has the id '{name}'.{Nearest.Hint(name, _names)}");
        return JsonValue.Create(IdOf(name).ToString());
    }

    private static Guid IdOf(string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));
}
