-- Triggers that refuse to change or remove what was recorded, and rights that nobody keeps. May be run any number of
-- times, in a transaction, by the owner of the tables. {schema} is the schema of the ledger; the setting
-- ledger.servers names the role that servers connect as, and is empty where that is the owner.

create or replace function {schema}.ledger_guard() returns trigger language plpgsql as $guard$
begin
    raise exception 'The ledger only grows: % on % is refused.', tg_op, tg_table_name using errcode = 'insufficient_privilege';
end $guard$;

create or replace function {schema}.ledger_guard_tile() returns trigger language plpgsql as $guard$
begin
    if (new.agreement, new.level, new.index) = (old.agreement, old.level, old.index)
        and substring(new.hashes from 1 for length(old.hashes)) = old.hashes and length(new.hashes) <= 8192 then
        return new;
    end if;
    raise exception 'The ledger only grows: tile %/% of % may only be widened.', old.level, old.index, old.agreement using errcode = 'insufficient_privilege';
end $guard$;

create or replace function {schema}.ledger_guard_head() returns trigger language plpgsql as $guard$
begin
    if tg_op = 'INSERT' then
        if new.size = 0 then return new; end if;
        raise exception 'The ledger only grows: the head of % begins with no entries, not with %.', new.agreement, new.size using errcode = 'insufficient_privilege';
    end if;
    -- Every column says what follows from the entries, which are there before it.
    if new.agreement = old.agreement and new.size > old.size
        and new.size = (select e.position from {schema}.ledger_entry e where e.agreement = new.agreement order by e.position desc limit 1)
        and new.recorded_at = (select e.recorded_at from {schema}.ledger_entry e where e.agreement = new.agreement and e.position = new.size)
        and new.text_position = (select max(e.position) from {schema}.ledger_entry e where e.agreement = new.agreement and e.type = any(array['agreement_adopted', 'agreement_revised']))
        and not exists (select from {schema}.ledger_checkpoint c where c.agreement = new.agreement and c.size = new.size and c.root <> new.root) then
        return new;
    end if;
    raise exception 'The ledger only grows: the head of % may only follow its entries, from % on, and not say %.', old.agreement, old.size, new using errcode = 'insufficient_privilege';
end $guard$;

create or replace function {schema}.ledger_guard_handle() returns trigger language plpgsql as $guard$
begin
    if tg_op = 'INSERT' then
        if new.state = 'open' then return new; end if;
    elsif (new.handle, new.agreement, new.segment, new.place) = (old.handle, old.agreement, old.segment, old.place)
        and (new.state = old.state and old.state = 'open' and new.entries >= old.entries
            or old.state = 'open' and new.state = 'requested' and exists (select from {schema}.ledger_entry e where e.agreement = new.agreement and e.position = new.requested_at
                and e.type = 'erasure_requested' and convert_from(e.bytes, 'UTF8')::jsonb #>> '{data,handle}' = new.handle::text)
            or old.state = 'requested' and new.state = 'erased' and exists (select from {schema}.ledger_entry e where e.agreement = new.agreement and e.position = new.erased_at
                and e.type = 'erasure_confirmed' and convert_from(e.bytes, 'UTF8')::jsonb #>> '{data,handle}' = new.handle::text)) then
        return new;
    end if;
    raise exception 'The ledger only grows: handle % may only be opened, and be erased when an entry confirms it.', new.handle using errcode = 'insufficient_privilege';
end $guard$;

create or replace function {schema}.ledger_guard_sealed() returns trigger language plpgsql as $guard$
begin
    if tg_op = 'DELETE' and exists (select from {schema}.ledger_handle h where h.handle = old.handle and h.state = 'erased') then
        return old;
    end if;
    raise exception 'The ledger only grows: % on % is refused.', tg_op, tg_table_name using errcode = 'insufficient_privilege';
end $guard$;

create or replace function {schema}.ledger_guard_fresh() returns trigger language plpgsql as $guard$
declare closed uuid;
begin
    -- Waits for whoever is closing a handle, and then sees that it is closed. What this transaction made itself nobody else can close.
    perform from {schema}.ledger_handle h where h.handle in (select f.handle from fresh f) and h.xmin <> pg_current_xact_id()::xid for share;
    select f.handle into closed from fresh f where not exists (select from {schema}.ledger_handle h where h.handle = f.handle and h.agreement = f.agreement and h.state = 'open') limit 1;
    if found then
        raise exception 'The ledger only grows: handle % is not open, and never gets a key again.', closed using errcode = 'insufficient_privilege';
    end if;
    return null;
end $guard$;

do $guard$
declare
    servers constant text := nullif(current_setting('ledger.servers', true), '');
    -- No row of these may be changed or removed.
    frozen constant text[] := array['mt_events', 'ledger_entry', 'ledger_checkpoint', 'ledger_cosignature', 'ledger_reference', 'opening', 'past_membership'];
    -- Rows of these may only grow; a function of each tells growing.
    growing constant text[] := array['ledger_tile', 'ledger_head', 'ledger_handle'];
    guarded record;
begin
    -- Making a trigger anew would lock the table against every writer for a moment, at each start of each server.
    for guarded in
        with never (name) as (select unnest(frozen || growing || array['mt_streams', 'ledger_sealed']))
        select name, 'ledger_guard_update_or_delete' as trigger, 'before update or delete on %s for each row execute function {schema}.ledger_guard()' as definition from unnest(frozen) as name
        union all select name, 'ledger_guard_update', 'before update on %s for each row execute function {schema}.' || replace(name, 'ledger_', 'ledger_guard_') || '()' from unnest(growing) as name
        union all select name, 'ledger_guard_delete', 'before delete on %s for each row execute function {schema}.ledger_guard()' from unnest(growing || array['mt_streams']) as name
        union all select 'ledger_head', 'ledger_guard_insert', 'before insert on %s for each row execute function {schema}.ledger_guard_head()'
        union all select 'ledger_handle', 'ledger_guard_insert', 'before insert on %s for each row execute function {schema}.ledger_guard_handle()'
        union all select 'ledger_sealed', 'ledger_guard_update_or_delete', 'before update or delete on %s for each row execute function {schema}.ledger_guard_sealed()'
        union all select 'ledger_sealed', 'ledger_guard_fresh', 'after insert on %s referencing new table as fresh for each statement execute function {schema}.ledger_guard_fresh()'
        union all select name, 'ledger_guard_truncate', 'before truncate on %s for each statement execute function {schema}.ledger_guard()' from never
    loop
        if not exists (select from pg_trigger where tgrelid = ('{schema}.' || guarded.name)::regclass and tgname = guarded.trigger) then
            execute format('create trigger %I ' || guarded.definition, guarded.trigger, '{schema}.' || guarded.name);
        end if;
    end loop;

    -- What the servers' role may do: whatever the program does, and below nothing of what it never does.
    if servers is not null then
        execute format('grant usage on schema {schema} to %I', servers);
        execute format('grant select, insert, update, delete on all tables in schema {schema} to %I', servers);
        execute format('grant usage, select on all sequences in schema {schema} to %I', servers);
    end if;

    for guarded in
        select name, 'update, delete, truncate' as rights from unnest(frozen) as name
        union all select name, 'delete, truncate' from unnest(growing || array['mt_streams']) as name
        union all select 'ledger_sealed', 'update, truncate'
    loop
        -- An owner may take rights from himself. Taking what is gone already would still write to the catalogue, at
        -- each start of each server.
        if has_table_privilege('{schema}.' || guarded.name, guarded.rights) then
            execute format('revoke %s on {schema}.%s from current_user', guarded.rights, guarded.name);
        end if;
        if servers is not null then
            execute format('revoke %s on {schema}.%s from %I', guarded.rights, guarded.name, servers);
        end if;
    end loop;
end $guard$;
