using System.Text.Json.Nodes;
using Ledger.Testing;

namespace Ledger.Server.Tests.Proofs;

/// <summary>
/// What a superuser of the database, and then the operator of the server, does to a ledger, and what an auditor finds
/// who kept two checkpoints.
/// </summary>
public sealed class TamperingWithTheDatabase(TamperedLedger ledger) : IClassFixture<TamperedLedger>
{
    private const string Fit = "update ledger.ledger_entry set leaf_hash = sha256('\\x00'::bytea || bytes);";
    private const string EditBytes =
        "update ledger.ledger_entry set bytes = convert_to(replace(convert_from(bytes, 'UTF8'), 'bombing', 'shelling'), 'UTF8') where position = 5;";
    private const string EditEvent =
        "update ledger.mt_events set data = jsonb_set(data, '{report,kind}', '\"shelling\"') where version = 5;";
    private const string DropNewest =
        "delete from ledger.ledger_entry where position = 271; delete from ledger.mt_events where version = 271;";
    private const string Shift =
        "update ledger.ledger_entry set position = -position where position >= 5; update ledger.ledger_entry set position = 1 - position where position < 0;";
    private const string ShiftEvents =
        "update ledger.mt_events set version = -version where version >= 5; update ledger.mt_events set version = 1 - version where version < 0;";
    private const string Forge =
        "insert into ledger.ledger_entry select agreement, 272, '01664a3e-0001-7000-8000-000000000001', type, recorded_at, convert_to(replace(replace(convert_from(bytes, 'UTF8'), entry_id::text, '01664a3e-0001-7000-8000-000000000001'), '\"position\":271', '\"position\":272'), 'UTF8'), leaf_hash from ledger.ledger_entry where position = 271;";
    private const string ForgeEvent =
        "insert into ledger.mt_events select (jsonb_populate_record(e, jsonb_build_object('seq_id', 9999, 'version', 272, 'id', '01664a3e-0001-7000-8000-000000000001', 'data', jsonb_set(data, '{entryId}', '\"01664a3e-0001-7000-8000-000000000001\"')))).* from ledger.mt_events e where version = 271;";

    /// <summary>What is done, the SQL, where it is found, and the reason that is given.</summary>
    public static TheoryData<string, string, string, string> Tamperings { get; } =
        new()
        {
            // The event alone
            { "a value of an event is edited", EditEvent, "position 5", "event/says-other" },
            {
                "a member is added to an event",
                "update ledger.mt_events set data = data || '{\"saidAt\":\"2018-10-01T00:00:00Z\"}' where version = 5",
                "position 5",
                "event/says-other"
            },
            {
                "a member is taken from an event",
                "update ledger.mt_events set data = data - 'entryId' where version = 5",
                "position 5",
                "event/says-other"
            },
            {
                "a number with a fraction is put into an event",
                "update ledger.mt_events set data = data || '{\"x\":1.5}' where version = 5",
                "position 5",
                "event/says-other"
            },
            {
                "an event is emptied",
                "update ledger.mt_events set data = '{}' where version = 5",
                "position 5",
                "event/says-other"
            },
            {
                "an event gets another type",
                "update ledger.mt_events set type = 'entry_retracted' where version = 5",
                "position 5",
                "event/other"
            },
            {
                "an event gets another time",
                "update ledger.mt_events set timestamp = timestamp - interval '1 microsecond' where version = 5",
                "position 5",
                "event/other"
            },
            {
                "an event gets another id",
                "update ledger.mt_events set id = gen_random_uuid() where version = 5",
                "position 5",
                "event/other"
            },
            {
                "two events are swapped",
                "update ledger.mt_events set version = case version when 5 then -6 else -5 end where version in (5, 6); update ledger.mt_events set version = -version where version < 0",
                "position 5",
                "event/other"
            },
            {
                "an event in the middle is deleted",
                "delete from ledger.mt_events where version = 5",
                "position 5",
                "entry/no-event"
            },
            {
                "the first event is deleted",
                "delete from ledger.mt_events where version = 1",
                "position 1",
                "entry/no-event"
            },
            {
                "the newest event is deleted",
                "delete from ledger.mt_events where version = 271",
                "position 271",
                "entry/no-event"
            },
            { "all events are deleted", "truncate ledger.mt_events", "position 1", "entry/no-event" },
            {
                "an event is archived",
                "update ledger.mt_events set is_archived = true where version = 5",
                "position 5",
                "event/archived"
            },
            {
                "an event is moved to another stream",
                "update ledger.mt_events set stream_id = 'elsewhere' where version = 5",
                "position 5",
                "entry/no-event"
            },
            { "an event is slipped in at the end", ForgeEvent, "position 272", "event/no-entry" },
            // The entry alone
            { "the bytes of an entry are edited", EditBytes, "position 5", "entry/other-leaf" },
            { "the bytes and the leaf of an entry are edited", EditBytes + Fit, "position 5", "event/says-other" },
            {
                "a space is put into an entry",
                "update ledger.ledger_entry set bytes = convert_to(replace(convert_from(bytes, 'UTF8'), ',\"type\"', ', \"type\"'), 'UTF8') where position = 5;"
                    + Fit,
                "position 5",
                "entry/malformed"
            },
            {
                "an entry is emptied",
                "update ledger.ledger_entry set bytes = '' where position = 5;" + Fit,
                "position 5",
                "entry/malformed"
            },
            {
                "an entry is cut off",
                "update ledger.ledger_entry set bytes = substring(bytes from 1 for 100) where position = 5;" + Fit,
                "position 5",
                "entry/malformed"
            },
            {
                "an entry has garbage behind it",
                "update ledger.ledger_entry set bytes = bytes || '\\x0a'::bytea where position = 5;" + Fit,
                "position 5",
                "entry/malformed"
            },
            {
                "a byte of an entry is no text",
                "update ledger.ledger_entry set bytes = set_byte(bytes, 30, 255) where position = 5;" + Fit,
                "position 5",
                "entry/malformed"
            },
            {
                "the time in an entry is changed",
                "update ledger.ledger_entry set bytes = convert_to(regexp_replace(convert_from(bytes, 'UTF8'), '\"recorded\":\"....', '\"recorded\":\"2001'), 'UTF8') where position = 5;"
                    + Fit,
                "position 5",
                "entry/time-runs-back"
            },
            {
                "an entry says another agreement",
                "update ledger.ledger_entry set bytes = convert_to(replace(convert_from(bytes, 'UTF8'), '{\"agreement\":\"idlib-2018\"', '{\"agreement\":\"idlib-2019\"'), 'UTF8') where position = 5;"
                    + Fit,
                "position 5",
                "entry/other-agreement"
            },
            {
                "an entry has a type nobody knows",
                "update ledger.ledger_entry set bytes = convert_to(replace(convert_from(bytes, 'UTF8'), 'report_filed', 'report_liked'), 'UTF8') where position = 5;"
                    + Fit,
                "position 5",
                "entry/unknown-type"
            },
            {
                "an entry calls itself by another id",
                "update ledger.ledger_entry set bytes = convert_to(replace(convert_from(bytes, 'UTF8'), '\"entry\":\"0', '\"entry\":\"1'), 'UTF8') where position = 5;"
                    + Fit,
                "position 5",
                "entry/other-id"
            },
            {
                "an entry repeats its predecessor's id",
                "update ledger.ledger_entry e set bytes = convert_to(replace(convert_from(e.bytes, 'UTF8'), e.entry_id::text, p.entry_id::text), 'UTF8') from ledger.ledger_entry p where e.position = 5 and p.position = 4;"
                    + Fit,
                "position 5",
                "entry/id-used-twice"
            },
            {
                "the leaf hash of an entry is changed",
                "update ledger.ledger_entry set leaf_hash = set_byte(leaf_hash, 0, get_byte(leaf_hash, 0) # 1) where position = 5",
                "position 5",
                "entry/other-leaf"
            },
            {
                "the time beside an entry is changed",
                "update ledger.ledger_entry set recorded_at = recorded_at + interval '1 second' where position = 5",
                "position 5",
                "entry/row-disagrees"
            },
            {
                "the type beside an entry is changed",
                "update ledger.ledger_entry set type = 'entry_retracted' where position = 5",
                "position 5",
                "entry/row-disagrees"
            },
            {
                "the id beside an entry is changed",
                "update ledger.ledger_entry set entry_id = gen_random_uuid() where position = 5",
                "position 5",
                "entry/row-disagrees"
            },
            {
                "an entry is moved to another agreement",
                "update ledger.ledger_entry set agreement = 'zz' where position = 5",
                "position 5",
                "event/no-entry"
            },
            {
                "an entry in the middle is deleted",
                "delete from ledger.ledger_entry where position = 5",
                "position 5",
                "event/no-entry"
            },
            {
                "the newest entry is deleted",
                "delete from ledger.ledger_entry where position = 271",
                "position 271",
                "event/no-entry"
            },
            { "all entries are deleted", "truncate ledger.ledger_entry", "position 1", "event/no-entry" },
            { "an entry without an event is slipped in", Forge + Fit, "position 272", "entry/no-event" },
            {
                "two entries are swapped",
                "update ledger.ledger_entry set position = case position when 5 then -6 else -5 end where position in (5, 6); update ledger.ledger_entry set position = -position where position < 0",
                "position 5",
                "entry/out-of-place"
            },
            // Entry and event together
            {
                "entry, leaf and event are edited alike",
                EditBytes + Fit + EditEvent,
                "position 5",
                "log/other-history"
            },
            {
                "an entry in the middle is deleted with its event",
                "delete from ledger.ledger_entry where position = 5; delete from ledger.mt_events where version = 5",
                "position 5",
                "entry/missing"
            },
            {
                "all about one report is deleted",
                "delete from ledger.ledger_entry where position in (2, 9); delete from ledger.mt_events where version in (2, 9); delete from ledger.ledger_sealed where position = 2",
                "position 2",
                "entry/missing"
            },
            { "the newest entry is deleted with its event", DropNewest, "position 271", "entry/missing" },
            {
                "the newest is deleted, and head and stream go back",
                DropNewest + "update ledger.ledger_head set size = 270; update ledger.mt_streams set version = 270",
                "position 271",
                "entry/missing"
            },
            {
                "the newest is deleted, and its checkpoint too",
                DropNewest + "delete from ledger.ledger_checkpoint where size = 271",
                "271",
                "log/shrank"
            },
            {
                "everything is deleted but what was signed",
                "truncate ledger.ledger_entry, ledger.mt_events, ledger.ledger_tile, ledger.ledger_sealed",
                "positions 1 to 271",
                "entry/missing"
            },
            { "a gap is made in the middle", Shift + ShiftEvents, "position 5", "entry/missing" },
            {
                "an entry is repeated in the middle",
                Shift
                    + ShiftEvents
                    + "insert into ledger.ledger_entry select agreement, 5, entry_id, type, recorded_at, bytes, leaf_hash from ledger.ledger_entry where position = 4; insert into ledger.mt_events select (jsonb_populate_record(e, '{\"seq_id\":9999,\"version\":5}')).* from ledger.mt_events e where version = 4"
                        .Replace(
                            "insert into ledger.ledger_entry",
                            "drop index ledger.ledger_entry_id; drop index if exists ledger.idx_mt_events_event_id; alter table ledger.mt_events drop constraint if exists pk_mt_events_id_unique; insert into ledger.ledger_entry",
                            StringComparison.Ordinal
                        )
                        .Replace(
                            "\"seq_id\":9999",
                            "\"id\":\"01664a3e-0001-7000-8000-000000000001\",\"seq_id\":9999",
                            StringComparison.Ordinal
                        ),
                "position 5",
                "entry/out-of-place"
            },
            { "entry and event are forged at the end", Forge + Fit + ForgeEvent, "position 272", "entry/never-signed" },
            {
                "two entries are swapped with their events",
                "update ledger.ledger_entry set position = case position when 5 then -6 else -5 end where position in (5, 6); update ledger.ledger_entry set position = -position where position < 0; update ledger.mt_events set version = case version when 5 then -6 else -5 end where version in (5, 6); update ledger.mt_events set version = -version where version < 0",
                "position 5",
                "entry/out-of-place"
            },
            // The tree, the head and what was signed
            {
                "a hash of a tile is changed",
                "update ledger.ledger_tile set hashes = set_byte(hashes, 130, get_byte(hashes, 130) # 1) where level = 0 and index = 0",
                "position 5",
                "log/other-tile"
            },
            {
                "a hash of the newest tile is changed",
                "update ledger.ledger_tile set hashes = set_byte(hashes, 0, get_byte(hashes, 0) # 1) where level = 0 and index = 1",
                "position 257",
                "log/other-tile"
            },
            {
                "a hash of an upper tile is changed",
                "update ledger.ledger_tile set hashes = set_byte(hashes, 0, get_byte(hashes, 0) # 1) where level = 1",
                "position 1",
                "log/other-tile"
            },
            {
                "a tile is cut off",
                "update ledger.ledger_tile set hashes = substring(hashes from 1 for 64) where level = 0 and index = 0",
                "position 3",
                "log/other-tile"
            },
            {
                "a tile is deleted",
                "delete from ledger.ledger_tile where level = 0 and index = 1",
                "position 257",
                "log/missing-tile"
            },
            {
                "a tile is added",
                "insert into ledger.ledger_tile select agreement, 2, 0, hashes from ledger.ledger_tile where level = 1",
                "TAMPERED at",
                "log/extra-tile"
            },
            {
                "the root of the head is changed",
                "update ledger.ledger_head set root = sha256(root)",
                "position 271",
                "head/other"
            },
            {
                "the head says another time",
                "update ledger.ledger_head set recorded_at = '2099-01-01'",
                "position 271",
                "head/other"
            },
            {
                "the head says that the text is elsewhere",
                "update ledger.ledger_head set text_position = 7",
                "position 271",
                "head/other"
            },
            { "the head says more entries", "update ledger.ledger_head set size = 300", "position 271", "head/other" },
            { "the head is deleted", "delete from ledger.ledger_head", "TAMPERED at", "head/missing" },
            {
                "the stream says another version",
                "update ledger.mt_streams set version = 270",
                "position 271",
                "stream/other-version"
            },
            { "the stream is deleted", "delete from ledger.mt_streams", "position 271", "stream/other-version" },
            {
                "a signature is changed",
                "update ledger.ledger_checkpoint set note = regexp_replace(note, '(....)....==?\\n$', '\\1AAAA=' || E'\\n') where size = 5",
                "position 5",
                "checkpoint/"
            },
            {
                "the root beside a checkpoint is changed",
                "update ledger.ledger_checkpoint set root = sha256(root) where size = 5",
                "position 5",
                "checkpoint/row-disagrees"
            },
            {
                "a checkpoint is put under another size",
                "update ledger.ledger_checkpoint set note = (select note from ledger.ledger_checkpoint where size = 6) where size = 5",
                "position 5",
                "checkpoint/row-disagrees"
            },
            {
                "the size in a checkpoint is edited",
                "update ledger.ledger_checkpoint set note = replace(note, E'\\n271\\n', E'\\n270\\n'), size = 270 where size = 271",
                "position 270",
                "checkpoint/bad-signature"
            },
            {
                "a checkpoint is overwritten",
                "update ledger.ledger_checkpoint set note = 'All is well.' where size = 271",
                "TAMPERED at",
                "checkpoint/malformed"
            },
            {
                "the latest checkpoint is deleted",
                "delete from ledger.ledger_checkpoint where size = 271",
                "271",
                "log/shrank"
            },
            { "all checkpoints are deleted", "truncate ledger.ledger_checkpoint", "TAMPERED at", "checkpoint/missing" },
            // What is kept outside the log
            {
                "a sealed value is deleted",
                "delete from ledger.ledger_sealed where position = 2 and name = 'narrative'",
                "position 2",
                "disclosure/missing"
            },
            {
                "all sealed values of an entry are deleted",
                "delete from ledger.ledger_sealed where position = 3",
                "position 3",
                "disclosure/missing"
            },
            { "all sealed values are deleted", "truncate ledger.ledger_sealed", "position 2", "disclosure/missing" },
            {
                "a sealed value is changed",
                "update ledger.ledger_sealed set sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1) where position = 2 and name = 'narrative'",
                "position 2",
                "disclosure/not-authentic"
            },
            {
                "a sealed value is cut off",
                "update ledger.ledger_sealed set sealed = substring(sealed from 1 for 5) where position = 2 and name = 'narrative'",
                "position 2",
                "disclosure/not-authentic"
            },
            {
                "sealed values of two entries are swapped",
                "update ledger.ledger_sealed d set sealed = o.sealed, handle = o.handle from ledger.ledger_sealed o where d.name = o.name and d.position + o.position = 5",
                "position 2",
                "disclosure/not-authentic"
            },
            {
                "two sealed values of an entry change names",
                "update ledger.ledger_sealed set name = case name when 'narrative' then 'x' else 'narrative' end where position = 2; update ledger.ledger_sealed set name = 'source.identity' where name = 'x'",
                "position 2",
                "disclosure/not-authentic"
            },
            {
                "a sealed value is put under another's handle",
                "update ledger.ledger_sealed d set handle = o.handle from ledger.ledger_sealed o where d.name = 'narrative' and d.position = 2 and o.name = 'narrative' and o.position = 3",
                "position 2",
                "disclosure/not-authentic"
            },
            {
                "a sealed value is moved to another entry",
                "update ledger.ledger_sealed set position = 4 where position = 2 and name = 'narrative'",
                "position 4",
                "disclosure/no-digest"
            },
            {
                "a sealed value is said to be of another entry",
                "update ledger.ledger_sealed set entry_id = gen_random_uuid() where position = 2 and name = 'narrative'",
                "position 2",
                "disclosure/other-entry"
            },
            {
                "a sealed value is slipped in",
                "insert into ledger.ledger_sealed select entry_id, 'weather', agreement, position, handle, sealed from ledger.ledger_sealed where position = 2 and name = 'narrative'",
                "position 2",
                "disclosure/no-digest"
            },
            {
                "a sealed value is kept beyond the end",
                "insert into ledger.ledger_sealed select gen_random_uuid(), name, agreement, 999, handle, sealed from ledger.ledger_sealed where position = 2 and name = 'narrative'",
                "position 999",
                "disclosure/no-digest"
            },
            {
                "a handle is deleted",
                "delete from ledger.ledger_handle h using ledger.ledger_sealed s where s.handle = h.handle and s.position = 2",
                "position 2",
                "disclosure/no-handle"
            },
            {
                "a handle points to another key",
                "update ledger.ledger_handle h set place = place + 76000 from ledger.ledger_sealed s where s.handle = h.handle and s.position = 2",
                "position 2",
                "disclosure/key-missing"
            },
            {
                "a person is erased without authority",
                "update ledger.ledger_handle h set state = 'erased' from ledger.ledger_sealed s where s.handle = h.handle and s.position = 2 and s.name = 'narrative'; delete from ledger.ledger_sealed where position = 2 and name = 'narrative'",
                "position 2",
                "disclosure/missing"
            },
            {
                "a handle is marked as erased without authority",
                "update ledger.ledger_handle h set state = 'erased' from ledger.ledger_sealed s where s.handle = h.handle and s.position = 2",
                "position 2",
                "disclosure/resurrected"
            },
            {
                "an erased handle is opened again",
                $"update ledger.ledger_handle set state = 'open' where handle = '{TamperedLedger.Erased}'",
                "position 15",
                "disclosure/resurrected"
            },
            {
                "an erased handle is forgotten",
                $"delete from ledger.ledger_handle where handle = '{TamperedLedger.Erased}'",
                "position 15",
                "disclosure/no-handle"
            },
            {
                "an erased value is put back",
                $"insert into ledger.ledger_sealed select entry_id, 'narrative', agreement, 13, '{TamperedLedger.Erased}', '' from ledger.ledger_entry where position = 13",
                "position 13",
                "disclosure/resurrected"
            },
            {
                "an erased handle gets a key again",
                $"update ledger.ledger_handle h set segment = o.segment, place = o.place, state = 'requested' from ledger.ledger_handle o where h.handle = '{TamperedLedger.Erased}' and o.state = 'open'",
                "position 15",
                "disclosure/resurrected"
            },
            {
                "the source is erased by the authority over the reporter",
                "delete from ledger.ledger_sealed where position = 13",
                "position 13",
                "disclosure/missing"
            },
        };

    [Theory]
    [MemberData(nameof(Tamperings))]
    public async Task Is_found(string what, string sql, string where, string reason)
    {
        var copy = await ledger.CopyAsync();
        await TamperedLedger.TamperAsync(copy, sql);

        var (exit, said) = await ledger.Auditor.Twin().SweepAsync(copy, ledger.MasterKey);

        exit.Should().Be(2, $"{what}: {said}");
        said.Should().Contain(where).And.Contain($"({reason}", what);
    }

    [Fact]
    public void Is_tried_in_more_than_sixty_ways() => Tamperings.Count.Should().BeGreaterThan(80);

    [Fact]
    public async Task Finds_nothing_where_nothing_was_done()
    {
        var (exit, said) = await ledger.Auditor.Twin().SweepAsync(await ledger.CopyAsync(), ledger.MasterKey);

        exit.Should().Be(0, said);
        said.Should().Contain("5 opened and matching, 0 withheld from you, 1 erased with authority");
    }

    [Fact]
    public async Task Is_found_when_keys_of_persons_are_gone_without_authority()
    {
        var folder = Scratch.Folder("keys-lost");
        Directory.CreateDirectory(Path.Combine(folder, "master.key.persons"));
        File.Copy(ledger.MasterKey, Path.Combine(folder, "master.key"));

        var (exit, said) = await ledger
            .Auditor.Twin()
            .SweepAsync(await ledger.CopyAsync(), Path.Combine(folder, "master.key"));

        exit.Should().Be(2);
        said.Should().Contain("position 2").And.Contain("disclosure/key-missing");
    }

    [Fact]
    public async Task Is_not_found_without_the_master_key_when_a_sealed_value_is_changed()
    {
        // Ciphertext tells nothing to who has no key. docs/guarantees.md says so.
        var copy = await ledger.CopyAsync();
        await TamperedLedger.TamperAsync(
            copy,
            "update ledger.ledger_sealed set sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1) where position = 2 and name = 'narrative'"
        );

        (await ledger.Auditor.Twin().SweepAsync(copy)).Exit.Should().Be(0);
    }

    /// <summary>Rewritten so that all tables agree, and signed with the ledger's own key.</summary>
    public static TheoryData<string, Func<List<JsonObject>, IEnumerable<JsonObject>>, string> Rewritings { get; } =
        new()
        {
            { "a value is edited early", entries => Edit(entries, 5), "positions 1 to 12" },
            { "a value is edited late", entries => Edit(entries, 200), "positions 13 to 271" },
            { "an entry is dropped", entries => entries.Where((_, i) => i != 99), "position" },
            { "the newest is dropped", entries => entries.SkipLast(1), "position 271" },
            { "two entries are swapped", entries => Swapped(entries, 100, 101), "positions 13 to 271" },
            {
                "an entry is slipped in",
                entries => [.. entries[..100], Copy(entries[100]), .. entries[100..]],
                "positions 13 to 271"
            },
            { "the time of all is moved", Moved, "positions 1 to 12" },
            { "everything after the adoption is dropped", entries => entries.Take(1), "positions 2 to 271" },
        };

    [Theory]
    [MemberData(nameof(Rewritings))]
    public async Task Is_found_even_when_all_fits_and_is_signed_again(
        string what,
        Func<List<JsonObject>, IEnumerable<JsonObject>> rewriting,
        string where
    )
    {
        var copy = await ledger.CopyAsync();
        await ledger.RewriteAsync(copy, rewriting);

        var (exit, said) = await ledger.Auditor.Twin().SweepAsync(copy);
        exit.Should().Be(2, $"{what}: {said}");
        said.Should().Contain(where, what).And.MatchRegex("log/(other-history|shrank)");

        // Who kept no checkpoint, and asks no witness, sees a ledger that is in order. docs/guarantees.md says so.
        var newcomer = new Auditor();
        await using (var key = File.Create(Path.Combine(newcomer.Home, "policy")))
            await key.WriteAsync(await PolicyAsync());
        (await newcomer.RunAsync("verify", "--database", copy, "--policy", "policy")).Exit.Should().Be(0);
    }

    [Fact]
    public async Task Is_found_when_another_key_signs()
    {
        var copy = await ledger.CopyAsync();
        await ledger.RewriteAsync(copy, entries => Edit(entries, 5), Path.Combine(Scratch.Folder("thief"), "log.key"));

        (await ledger.Auditor.Twin().SweepAsync(copy))
            .Should()
            .Match<(int Exit, string Said)>(found =>
                found.Exit == 2 && found.Said.Contains("checkpoint/bad-signature", StringComparison.Ordinal)
            );
    }

    [Fact]
    public async Task Is_found_when_a_backup_is_put_in_its_place()
    {
        var (exit, said) = await ledger.Auditor.Twin().SweepAsync(await ledger.BackupAsync());

        exit.Should().Be(2);
        said.Should().Contain("positions 13 to 271").And.Contain("log/shrank");
    }

    [Fact]
    public async Task Is_found_when_two_auditors_are_shown_two_histories()
    {
        var (one, other) = (await ledger.CopyAsync(), await ledger.CopyAsync());
        await ledger.RewriteAsync(one, entries => Edit(entries, 150));
        await ledger.RewriteAsync(other, entries => Edit(entries, 160));
        var (first, second) = (new Auditor(), new Auditor());
        await File.WriteAllBytesAsync(Path.Combine(first.Home, "policy"), await PolicyAsync());
        await File.WriteAllBytesAsync(Path.Combine(second.Home, "policy"), await PolicyAsync());

        await first.FindsAllGoodAsync("verify", "--database", one, "--policy", "policy");
        await second.FindsAllGoodAsync("verify", "--database", other, "--policy", "policy");

        // As soon as they compare what they kept.
        (await second.RunAsync("verify", "--database", other, "--policy", "policy", "--kept", first.Kept))
            .Said.Should()
            .Contain("log/other-history");
    }

    [Fact]
    public async Task Is_found_when_a_whole_agreement_is_taken_away()
    {
        var connection = await ServersRole.DatabaseAsync();
        var auditor = new Auditor();
        await using (var server = await Idlib.AdoptedAsync(connection))
        {
            (await server.Http.PostAsync("/api/v1/agreements", Description.Examples.Of("agreement_adopted")))
                .Status.Should()
                .Be(HttpStatusCode.Created);
            await auditor.FindsAllGoodAsync("verify", server.Http.BaseAddress!.ToString());
        }

        var tables = string.Concat(
            (
                (string[])
                    [
                        "ledger_entry",
                        "ledger_checkpoint",
                        "ledger_head",
                        "ledger_tile",
                        "ledger_sealed",
                        "ledger_handle",
                    ]
            ).Select(table => $"delete from ledger.{table} where agreement = 'example-truce';")
        );
        await TamperedLedger.TamperAsync(
            connection,
            $"{tables} delete from ledger.mt_events where stream_id = 'example-truce'; delete from ledger.mt_streams where id = 'example-truce'"
        );

        var (exit, said) = await auditor.SweepAsync(connection);

        exit.Should().Be(2);
        said.Should()
            .Contain($"{Idlib.Id} in the database: good")
            .And.Contain("checkpoint/missing")
            .And.Contain("'example-truce'");
    }

    [Fact]
    public async Task Is_found_by_who_asks_the_server()
    {
        var copy = await ledger.CopyAsync();
        await ledger.RewriteAsync(copy, entries => Edit(entries, 150));
        Directory.CreateDirectory(Path.GetDirectoryName(RunningServer.KeyFileOf(copy))!);
        File.Copy(ledger.KeyFile, RunningServer.KeyFileOf(copy));
        await using var server = await RunningServer.StartAsync(copy, also: $"--LEDGER_MASTER_KEY={ledger.MasterKey}");

        var (exit, said) = await ledger.Auditor.Twin().RunAsync("verify", server.Http.BaseAddress!.ToString());

        exit.Should().Be(2);
        said.Should().Contain("positions 13 to 271").And.Contain("log/other-history");
    }

    private async Task<byte[]> PolicyAsync()
    {
        using var key = Store.Signing.LogKey.Open(ledger.KeyFile, "ledger.local", () => []);
        return System.Text.Encoding.UTF8.GetBytes($"log {key.For(Idlib.Id)}\nquorum none\n");
    }

    private static List<JsonObject> Edit(List<JsonObject> entries, int position)
    {
        entries[position - 1]["data"]!["report"]!["kind"] = "presence";
        return entries;
    }

    private static List<JsonObject> Swapped(List<JsonObject> entries, int one, int other)
    {
        (entries[one], entries[other]) = (entries[other], entries[one]);
        return entries;
    }

    private static JsonObject Copy(JsonObject entry)
    {
        var copy = entry.DeepClone().AsObject();
        var id = Idlib.NewId();
        (copy["entry"], copy["data"]!["entryId"]) = (id, id);
        return copy;
    }

    private static List<JsonObject> Moved(List<JsonObject> entries)
    {
        foreach (var entry in entries)
            entry["recorded"] = "2019" + entry["recorded"]!.GetValue<string>()[4..];
        return entries;
    }
}
