SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

CREATE SCHEMA ledger;

CREATE FUNCTION ledger.ledger_guard() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    raise exception 'The ledger only grows: % on % is refused.', tg_op, tg_table_name using errcode = 'insufficient_privilege';
end $$;

CREATE FUNCTION ledger.ledger_guard_fresh() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare closed uuid;
begin
    -- Waits for whoever is closing a handle, and then sees that it is closed. What this transaction made itself nobody else can close.
    perform from ledger.ledger_handle h where h.handle in (select f.handle from fresh f) and h.xmin <> pg_current_xact_id()::xid for share;
    select f.handle into closed from fresh f where not exists (select from ledger.ledger_handle h where h.handle = f.handle and h.agreement = f.agreement and h.state = 'open') limit 1;
    if found then
        raise exception 'The ledger only grows: handle % is not open, and never gets a key again.', closed using errcode = 'insufficient_privilege';
    end if;
    return null;
end $$;

CREATE FUNCTION ledger.ledger_guard_handle() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    if tg_op = 'INSERT' then
        if new.state = 'open' then return new; end if;
    elsif (new.handle, new.agreement, new.segment, new.place) = (old.handle, old.agreement, old.segment, old.place)
        and (new.state = old.state and old.state = 'open' and new.entries >= old.entries
            or old.state = 'open' and new.state = 'requested' and exists (select from ledger.ledger_entry e where e.agreement = new.agreement and e.position = new.requested_at
                and e.type = 'erasure_requested' and convert_from(e.bytes, 'UTF8')::jsonb #>> '{data,handle}' = new.handle::text)
            or old.state = 'requested' and new.state = 'erased' and exists (select from ledger.ledger_entry e where e.agreement = new.agreement and e.position = new.erased_at
                and e.type = 'erasure_confirmed' and convert_from(e.bytes, 'UTF8')::jsonb #>> '{data,handle}' = new.handle::text)) then
        return new;
    end if;
    raise exception 'The ledger only grows: handle % may only be opened, and be erased when an entry confirms it.', new.handle using errcode = 'insufficient_privilege';
end $$;

CREATE FUNCTION ledger.ledger_guard_head() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    if new.agreement = old.agreement and new.size >= old.size then
        return new;
    end if;
    raise exception 'The ledger only grows: the head of % may not go back from % to %.', old.agreement, old.size, new.size using errcode = 'insufficient_privilege';
end $$;

CREATE FUNCTION ledger.ledger_guard_sealed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    if tg_op = 'DELETE' and exists (select from ledger.ledger_handle h where h.handle = old.handle and h.state = 'erased') then
        return old;
    end if;
    raise exception 'The ledger only grows: % on % is refused.', tg_op, tg_table_name using errcode = 'insufficient_privilege';
end $$;

CREATE FUNCTION ledger.ledger_guard_tile() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    if (new.agreement, new.level, new.index) = (old.agreement, old.level, old.index)
        and substring(new.hashes from 1 for length(old.hashes)) = old.hashes and length(new.hashes) <= 8192 then
        return new;
    end if;
    raise exception 'The ledger only grows: tile %/% of % may only be widened.', old.level, old.index, old.agreement using errcode = 'insufficient_privilege';
end $$;

CREATE FUNCTION ledger.mt_archive_stream(streamid character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
  update ledger.mt_streams set is_archived = TRUE where id = streamid ;
  update ledger.mt_events set is_archived = TRUE where stream_id = streamid ;
END;
$$;

CREATE FUNCTION ledger.mt_grams_array(words text, use_unaccent boolean DEFAULT false) RETURNS text[]
    LANGUAGE plpgsql IMMUTABLE STRICT
    AS $$
        DECLARE
result text[];
        DECLARE
word text;
        DECLARE
clean_word text;
BEGIN
                FOREACH
word IN ARRAY string_to_array(words, ' ')
                LOOP
                     clean_word = regexp_replace(ledger.mt_safe_unaccent(use_unaccent, word), '[^a-zA-Z0-9]+', '','g');
FOR i IN 1 .. length(clean_word)
                     LOOP
                         result := result || quote_literal(substr(lower(clean_word), i, 1));
                         result
:= result || quote_literal(substr(lower(clean_word), i, 2));
                         result
:= result || quote_literal(substr(lower(clean_word), i, 3));
END LOOP;
END LOOP;

RETURN ARRAY(SELECT DISTINCT e FROM unnest(result) AS a(e) ORDER BY e);
END;
$$;

CREATE FUNCTION ledger.mt_grams_query(text, use_unaccent boolean DEFAULT false) RETURNS tsquery
    LANGUAGE plpgsql IMMUTABLE STRICT
    AS $_$
BEGIN
RETURN (SELECT array_to_string(ledger.mt_grams_array($1, use_unaccent), ' & ') ::tsquery);
END
$_$;

CREATE FUNCTION ledger.mt_grams_vector(text, use_unaccent boolean DEFAULT false) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE STRICT
    AS $_$
BEGIN
RETURN (SELECT array_to_string(ledger.mt_grams_array($1, use_unaccent), ' ') ::tsvector);
END
$_$;

CREATE FUNCTION ledger.mt_immutable_date(value text) RETURNS date
    LANGUAGE sql IMMUTABLE
    AS $$
select value::date

$$;

CREATE FUNCTION ledger.mt_immutable_time(value text) RETURNS time without time zone
    LANGUAGE sql IMMUTABLE
    AS $$
select value::time

$$;

CREATE FUNCTION ledger.mt_immutable_timestamp(value text) RETURNS timestamp without time zone
    LANGUAGE sql IMMUTABLE
    AS $$
select value::timestamp

$$;

CREATE FUNCTION ledger.mt_immutable_timestamptz(value text) RETURNS timestamp with time zone
    LANGUAGE sql IMMUTABLE
    AS $$
select value::timestamptz

$$;

CREATE FUNCTION ledger.mt_jsonb_append(jsonb, text[], jsonb, boolean, jsonb DEFAULT NULL::jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    AS $_$
DECLARE
    retval ALIAS FOR $1;
    location ALIAS FOR $2;
    val ALIAS FOR $3;
    if_not_exists ALIAS FOR $4;
    patch_expression ALIAS FOR $5;
    tmp_value jsonb;
BEGIN
    tmp_value = retval #> location;
    IF tmp_value IS NOT NULL AND jsonb_typeof(tmp_value) = 'array' THEN
        CASE
            WHEN NOT if_not_exists THEN
                retval = jsonb_set(retval, location, tmp_value || val, FALSE);
            WHEN patch_expression IS NULL AND jsonb_typeof(val) = 'object' AND NOT tmp_value @> jsonb_build_array(val) THEN
                retval = jsonb_set(retval, location, tmp_value || val, FALSE);
            WHEN patch_expression IS NULL AND jsonb_typeof(val) <> 'object' AND NOT tmp_value @> val THEN
                retval = jsonb_set(retval, location, tmp_value || val, FALSE);
            WHEN patch_expression IS NOT NULL AND jsonb_typeof(patch_expression) = 'array' AND jsonb_array_length(patch_expression) = 0 THEN
                retval = jsonb_set(retval, location, tmp_value || val, FALSE);
            ELSE NULL;
            END CASE;
    END IF;
    RETURN retval;
END;
$_$;

CREATE FUNCTION ledger.mt_jsonb_append_key_value(jsonb, text[], jsonb, boolean) RETURNS jsonb
    LANGUAGE plpgsql
    AS $_$
DECLARE
    retval ALIAS FOR $1;
    location ALIAS FOR $2;
    val ALIAS FOR $3;
    if_not_exists ALIAS FOR $4;
    tmp_value jsonb;
    _key text;
BEGIN
    tmp_value = retval #> location;

    IF tmp_value IS NOT NULL AND jsonb_typeof(tmp_value) = 'object' THEN
        CASE
            WHEN NOT if_not_exists THEN
                retval = jsonb_set(retval, location, tmp_value || val, FALSE);
            WHEN NOT tmp_value ?| ARRAY(SELECT jsonb_object_keys(val)) THEN
                retval = jsonb_set(retval, location, tmp_value || val, FALSE);
            ELSE NULL;
        END CASE;
    END IF;
    RETURN retval;
END;
$_$;

CREATE FUNCTION ledger.mt_jsonb_copy(jsonb, text[], text[]) RETURNS jsonb
    LANGUAGE plpgsql
    AS $_$
DECLARE
    retval ALIAS FOR $1;
    src_path ALIAS FOR $2;
    dst_path ALIAS FOR $3;
    tmp_value jsonb;
BEGIN
    tmp_value = retval #> src_path;
    retval = ledger.mt_jsonb_fix_null_parent(retval, dst_path);
    RETURN jsonb_set(retval, dst_path, tmp_value::jsonb, TRUE);
END;
$_$;

CREATE FUNCTION ledger.mt_jsonb_duplicate(jsonb, text[], jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    AS $_$
DECLARE
    retval ALIAS FOR $1;
    location ALIAS FOR $2;
    targets ALIAS FOR $3;
    tmp_value jsonb;
    target_path text[];
    target text;
BEGIN
    FOR target IN SELECT jsonb_array_elements_text(targets)
    LOOP
        target_path = ledger.mt_jsonb_path_to_array(target, '\.');
        retval = ledger.mt_jsonb_copy(retval, location, target_path);
    END LOOP;

    RETURN retval;
END;
$_$;

CREATE FUNCTION ledger.mt_jsonb_fix_null_parent(jsonb, text[]) RETURNS jsonb
    LANGUAGE plpgsql
    AS $_$
DECLARE
retval ALIAS FOR $1;
    dst_path ALIAS FOR $2;
    dst_path_segment text[] = ARRAY[]::text[];
    dst_path_array_length integer;
    i integer = 1;
BEGIN
    dst_path_array_length = array_length(dst_path, 1);
    WHILE i <=(dst_path_array_length - 1)
    LOOP
        dst_path_segment = dst_path_segment || ARRAY[dst_path[i]];
        IF retval #> dst_path_segment IS NULL OR retval #> dst_path_segment = 'null'::jsonb THEN
            retval = jsonb_set(retval, dst_path_segment, '{}'::jsonb, TRUE);
        END IF;
        i = i + 1;
    END LOOP;

    RETURN retval;
END;
$_$;

CREATE FUNCTION ledger.mt_jsonb_increment(jsonb, text[], numeric) RETURNS jsonb
    LANGUAGE plpgsql
    AS $_$
DECLARE
retval ALIAS FOR $1;
    location ALIAS FOR $2;
    increment_value ALIAS FOR $3;
    tmp_value jsonb;
BEGIN
    tmp_value = retval #> location;
    IF tmp_value IS NULL THEN
        tmp_value = to_jsonb(0);
END IF;

RETURN jsonb_set(retval, location, to_jsonb(tmp_value::numeric + increment_value), TRUE);
END;
$_$;

CREATE FUNCTION ledger.mt_jsonb_insert(jsonb, text[], jsonb, integer, boolean, jsonb DEFAULT NULL::jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    AS $_$
DECLARE
    retval ALIAS FOR $1;
    location ALIAS FOR $2;
    val ALIAS FOR $3;
    elm_index ALIAS FOR $4;
    if_not_exists ALIAS FOR $5;
    patch_expression ALIAS FOR $6;
    tmp_value jsonb;
BEGIN
    tmp_value = retval #> location;
    IF tmp_value IS NOT NULL AND jsonb_typeof(tmp_value) = 'array' THEN
        IF elm_index IS NULL THEN
            elm_index = jsonb_array_length(tmp_value) + 1;
        END IF;
        CASE
            WHEN NOT if_not_exists THEN
                retval = jsonb_insert(retval, location || elm_index::text, val);
            WHEN patch_expression IS NULL AND jsonb_typeof(val) = 'object' AND NOT tmp_value @> jsonb_build_array(val) THEN
                retval = jsonb_insert(retval, location || elm_index::text, val);
            WHEN patch_expression IS NULL AND jsonb_typeof(val) <> 'object' AND NOT tmp_value @> val THEN
                retval = jsonb_insert(retval, location || elm_index::text, val);
            WHEN patch_expression IS NOT NULL AND jsonb_typeof(patch_expression) = 'array' AND jsonb_array_length(patch_expression) = 0 THEN
                retval = jsonb_insert(retval, location || elm_index::text, val);
            ELSE NULL;
        END CASE;
    END IF;
    RETURN retval;
END;
$_$;

CREATE FUNCTION ledger.mt_jsonb_move(jsonb, text[], text) RETURNS jsonb
    LANGUAGE plpgsql
    AS $_$
DECLARE
    retval ALIAS FOR $1;
    src_path ALIAS FOR $2;
    dst_name ALIAS FOR $3;
    dst_path text[];
    tmp_value jsonb;
BEGIN
    tmp_value = retval #> src_path;
    retval = retval #- src_path;
    dst_path = src_path;
    dst_path[array_length(dst_path, 1)] = dst_name;
    retval = ledger.mt_jsonb_fix_null_parent(retval, dst_path);
    RETURN jsonb_set(retval, dst_path, tmp_value, TRUE);
END;
$_$;

CREATE FUNCTION ledger.mt_jsonb_patch(jsonb, jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    AS $_$
DECLARE
    retval ALIAS FOR $1;
    patchset ALIAS FOR $2;
    patch jsonb;
    patch_path text[];
    patch_expression jsonb;
    value jsonb;
BEGIN
    FOR patch IN SELECT * from jsonb_array_elements(patchset)
    LOOP
        patch_path = ledger.mt_jsonb_path_to_array((patch->>'path')::text, '\.');

        patch_expression = null;
        IF (patch->>'type') IN ('remove', 'append_if_not_exists', 'insert_if_not_exists') AND (patch->>'expression') IS NOT NULL THEN
            patch_expression = jsonb_path_query_array(retval #> patch_path, (patch->>'expression')::jsonpath);
        END IF;

        CASE patch->>'type'
            WHEN 'set' THEN
                retval = jsonb_set(retval, patch_path, (patch->'value')::jsonb, TRUE);
            WHEN 'delete' THEN
                retval = retval#-patch_path;
            WHEN 'append' THEN
                retval = ledger.mt_jsonb_append(retval, patch_path, (patch->'value')::jsonb, FALSE);
            WHEN 'append_if_not_exists' THEN
                retval = ledger.mt_jsonb_append(retval, patch_path, (patch->'value')::jsonb, TRUE, patch_expression);
            WHEN 'append_key_value' THEN
                retval = ledger.mt_jsonb_append_key_value(retval, patch_path, (patch->'key_value')::jsonb, FALSE);
            WHEN 'append_key_value_if_not_exists' THEN
                retval = ledger.mt_jsonb_append_key_value(retval, patch_path, (patch->'key_value')::jsonb, TRUE);
            WHEN 'insert' THEN
                retval = ledger.mt_jsonb_insert(retval, patch_path, (patch->'value')::jsonb, (patch->>'index')::integer, FALSE);
            WHEN 'insert_if_not_exists' THEN
                retval = ledger.mt_jsonb_insert(retval, patch_path, (patch->'value')::jsonb, (patch->>'index')::integer, TRUE, patch_expression);
            WHEN 'remove' THEN
                retval = ledger.mt_jsonb_remove(retval, patch_path, COALESCE(patch_expression, (patch->'value')::jsonb));
            WHEN 'remove_key' THEN
                retval = ledger.mt_jsonb_remove_key(retval, patch_path, (patch->>'key'));
            WHEN 'duplicate' THEN
                retval = ledger.mt_jsonb_duplicate(retval, patch_path, (patch->'targets')::jsonb);
            WHEN 'rename' THEN
                retval = ledger.mt_jsonb_move(retval, patch_path, (patch->>'to')::text);
            WHEN 'increment' THEN
                retval = ledger.mt_jsonb_increment(retval, patch_path, (patch->>'increment')::numeric);
            WHEN 'increment_float' THEN
                retval = ledger.mt_jsonb_increment(retval, patch_path, (patch->>'increment')::numeric);
            ELSE NULL;
        END CASE;
    END LOOP;
    RETURN retval;
END;
$_$;

CREATE FUNCTION ledger.mt_jsonb_path_to_array(text, character) RETURNS text[]
    LANGUAGE plpgsql
    AS $_$
DECLARE
    location ALIAS FOR $1;
    regex_pattern ALIAS FOR $2;
BEGIN
RETURN regexp_split_to_array(location, regex_pattern)::text[];
END;
$_$;

CREATE FUNCTION ledger.mt_jsonb_remove(jsonb, text[], jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    AS $_$
DECLARE
    retval ALIAS FOR $1;
    location ALIAS FOR $2;
    val ALIAS FOR $3;
    tmp_value jsonb;
    tmp_remove jsonb;
    patch_remove jsonb;
BEGIN
    tmp_value = retval #> location;
    IF tmp_value IS NOT NULL AND jsonb_typeof(tmp_value) = 'array' THEN
        IF jsonb_typeof(val) = 'array' THEN
            tmp_remove = val;
        ELSE
            tmp_remove = jsonb_build_array(val);
        END IF;

        FOR patch_remove IN SELECT * FROM jsonb_array_elements(tmp_remove)
        LOOP
            tmp_value =(SELECT jsonb_agg(elem)
            FROM jsonb_array_elements(tmp_value) AS elem
            WHERE elem <> patch_remove);
        END LOOP;

        IF tmp_value IS NULL THEN
            tmp_value = '[]'::jsonb;
        END IF;
    END IF;
    RETURN jsonb_set(retval, location, tmp_value, FALSE);
END;
$_$;

CREATE FUNCTION ledger.mt_jsonb_remove_key(jsonb, text[], text) RETURNS jsonb
    LANGUAGE plpgsql
    AS $_$
DECLARE
    retval ALIAS FOR $1;
    location ALIAS FOR $2;
    _key ALIAS FOR $3;
    tmp_value jsonb;
    tmp_remove jsonb;
    patch_remove jsonb;
BEGIN
    tmp_value = retval #> location;
    IF tmp_value IS NOT NULL AND jsonb_typeof(tmp_value) = 'object' THEN
        RETURN jsonb_set(retval, location, tmp_value - _key, FALSE);
    END IF;
    RETURN retval;
END;
$_$;

CREATE FUNCTION ledger.mt_mark_event_progression(name character varying, last_encountered bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
INSERT INTO ledger.mt_event_progression (name, last_seq_id, last_updated)
VALUES (name, last_encountered, transaction_timestamp())
ON CONFLICT ON CONSTRAINT pk_mt_event_progression
    DO
UPDATE SET last_seq_id = last_encountered, last_updated = transaction_timestamp();

END;

$$;

CREATE FUNCTION ledger.mt_mark_progression_with_skip(shard_name character varying, ending_sequence bigint, starting_sequence bigint) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
    current_value bigint;
BEGIN
    select last_seq_id into current_value from ledger.mt_event_progression where name = shard_name;

    IF current_value is null then
        -- Bootstrap the high-water row on first invocation. Previously this branch
        -- returned 0, which left HighWaterAgent.CheckNowAsync polling forever because
        -- statistics.CurrentMark never advanced. Issue #4425.
        INSERT INTO ledger.mt_event_progression (name, last_seq_id, last_updated)
        VALUES (shard_name, ending_sequence, transaction_timestamp())
        ON CONFLICT ON CONSTRAINT pk_mt_event_progression
            DO UPDATE SET last_seq_id = ending_sequence, last_updated = transaction_timestamp();
        IF ending_sequence > starting_sequence THEN
            -- Idempotent: a rebuild/replay re-marks the same skip (ending_sequence is the
            -- PK). Re-recording an existing gap is a no-op. Conflict target is the PK
            -- constraint (the bare column name collides with the function parameter). #4530.
            insert into ledger.mt_high_water_skips (ending_sequence, starting_sequence) values (ending_sequence, starting_sequence)
                on conflict on constraint pkey_mt_high_water_skips_ending_sequence do nothing;
        END IF;
        return ending_sequence;
    ELSIF current_value = starting_sequence THEN
        update ledger.mt_event_progression SET last_seq_id = ending_sequence, last_updated = transaction_timestamp() where shard_name = name;
        insert into ledger.mt_high_water_skips (ending_sequence, starting_sequence) values (ending_sequence, starting_sequence)
            on conflict on constraint pkey_mt_high_water_skips_ending_sequence do nothing;
        return ending_sequence;
    ELSE
        return current_value;
    END IF;
END
$$;

CREATE FUNCTION ledger.mt_quick_append_events(stream character varying, stream_type character varying, tenantid character varying, event_ids uuid[], event_types character varying[], dotnet_types character varying[], bodies jsonb[], bdatas bytea[], causation_ids character varying[], correlation_ids character varying[], headers jsonb[], timestamps timestamp with time zone[], expected_version bigint DEFAULT NULL::bigint) RETURNS bigint[]
    LANGUAGE plpgsql
    AS $$
DECLARE
	event_version bigint;
	stream_is_archived boolean;
	event_type varchar;
	event_id uuid;
	body jsonb;
	index int;
	seq bigint;
    actual_tenant varchar;
    is_new_stream boolean := false;
	return_value bigint[];
BEGIN
    if expected_version IS NOT NULL then
        -- COALESCE turns the NULL we get for a brand-new stream into 0, so a
        -- FetchForWriting against a non-existent stream (which sets
        -- ExpectedVersionOnServer = 0) and a StartStream(id, version: 0) both
        -- land on the new-stream branch instead of mis-firing the guard.
        select version, is_archived into event_version, stream_is_archived from ledger.mt_streams where id = stream for update;
        if COALESCE(event_version, 0) != expected_version then
            RAISE EXCEPTION 'Stream version mismatch on ''%'': expected %, actual %', stream, expected_version, COALESCE(event_version, 0) USING ERRCODE = 'MT003';
        end if;
    else
        select version, is_archived into event_version, stream_is_archived from ledger.mt_streams where id = stream;
    end if;

	if event_version IS NULL then
		event_version = 0;
		is_new_stream := true;
		-- #5456 follow-up: insert the FINAL version straight away rather than 0 plus a
		-- trailing UPDATE of the row we just wrote in this same transaction. That UPDATE
		-- is a second heap tuple + WAL record per stream creation for no observable gain
		-- -- nothing outside this transaction can see the intermediate 0. The trailing
		-- UPDATE below is skipped for this branch via is_new_stream.
		insert into ledger.mt_streams (id, type, version, timestamp, tenant_id) values (stream, stream_type, COALESCE(array_length(event_ids, 1), 0), now(), tenantid);
    else
        if stream_is_archived then
            RAISE EXCEPTION 'Attempted to append event to archived stream with Id ''%''.', stream USING ERRCODE = 'MT001';
        end if;
        if tenantid IS NOT NULL then
            select tenant_id into actual_tenant from ledger.mt_streams where id = stream;
            if actual_tenant != tenantid then
                RAISE EXCEPTION 'The tenantid does not match the existing stream';
            end if;
        end if;
	end if;

	index := 1;
	-- #5062: array_length('{}', 1) is NULL in PostgreSQL, not 0, so a call with an
	-- empty event array used to return ARRAY[NULL] -- a bigint[] whose only element
	-- is NULL, which Npgsql cannot read into long[] ('Cannot read a non-nullable
	-- collection of elements because the returned array contains nulls'). COALESCE
	-- makes the empty case mean what it says: zero events appended, so the final
	-- version is the stream's current version.
	return_value := ARRAY[event_version + COALESCE(array_length(event_ids, 1), 0)];

	foreach event_id in ARRAY event_ids
	loop
        seq := nextval('ledger.mt_events_sequence');
		return_value := array_append(return_value, seq);

	    event_version := event_version + 1;
		event_type = event_types[index];
		body = bodies[index];

		-- #4515 / #4578 / Phase 2: bdatas[index] carries the binary payload
		-- for events opted in to binary serialization (NULL otherwise).
		-- bodies[index] is the {} JSON placeholder for those events so the
		-- existing data jsonb NOT NULL constraint stays intact.
		insert into ledger.mt_events
			(seq_id, id, stream_id, version, data, bdata, type, tenant_id, timestamp, mt_dotnet_type, is_archived, causation_id, correlation_id, headers)
		values
			(seq, event_id, stream, event_version, body, bdatas[index], event_type, tenantid, timestamps[index], dotnet_types[index], FALSE, causation_ids[index], correlation_ids[index], headers[index]);

		index := index + 1;
	end loop;

	-- A brand-new stream already carries its final version from the insert above, so the
	-- UPDATE is only needed when we appended onto a stream that already existed.
	--
	-- #5539: and only when we actually appended something. With ZERO events this was a BLIND write-back
	-- of the version read at the top of the function, and under READ COMMITTED that is a lost update: the
	-- UPDATE waits on a concurrent appender's row lock, the winner commits, the WHERE clause is
	-- re-evaluated against the new row, and `set version = <the stale value>` lands -- leaving
	-- mt_streams.version BELOW the stream's own events. Every later append then computes a version that
	-- already exists and dies on pk_mt_events_stream_and_version, forever, until the row is repaired by
	-- hand. A non-empty call cannot do this: its first INSERT collides with the winner on that same
	-- primary key and rolls the whole thing back, which is why only the empty case was exposed.
	--
	-- Two independent guards, because either alone would have been enough and the cost of both is nil:
	--   * the append count -- appending nothing has nothing to write, so the correct number of statements
	--     is zero rather than one that happens to be harmless;
	--   * greatest(), so the write-back can never LOWER a stream's version whoever calls it. An append
	--     only ever moves a version forward, so this is a no-op on every correct path and a backstop on
	--     any future caller that reads the version and then writes it back.
	if not is_new_stream and COALESCE(array_length(event_ids, 1), 0) > 0 then
		update ledger.mt_streams set version = greatest(version, event_version), timestamp = now() where id = stream;
	end if;

	return return_value;
END
$$;

CREATE FUNCTION ledger.mt_safe_unaccent(use_unaccent boolean, word text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT
    AS $$
BEGIN
IF use_unaccent THEN
    RETURN public.unaccent(word);
ELSE
    RETURN word;
END IF;
END;
$$;

SET default_tablespace = '';

SET default_table_access_method = heap;

CREATE TABLE ledger.api_token (
    secret_hash bytea NOT NULL,
    token_id uuid NOT NULL,
    person_id uuid NOT NULL,
    name text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    scope jsonb,
    last_used_at timestamp with time zone,
    revoked_at timestamp with time zone,
    made_on uuid
);

CREATE TABLE ledger.challenge (
    challenge_hash bytea NOT NULL,
    state text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    session_id uuid
);

CREATE TABLE ledger.device (
    device_id uuid NOT NULL,
    person_id uuid NOT NULL,
    name text NOT NULL,
    public_key text NOT NULL,
    enrolled_at timestamp with time zone NOT NULL,
    last_seen_at timestamp with time zone,
    revoked_at timestamp with time zone
);

CREATE TABLE ledger.evidence_kept (
    agreement text NOT NULL,
    sha256 text NOT NULL,
    bytes bigint NOT NULL
);

CREATE TABLE ledger.evidence_room (
    whose text NOT NULL,
    bytes bigint NOT NULL
);

CREATE TABLE ledger.filing (
    entry_id uuid NOT NULL,
    person_id uuid NOT NULL,
    device_id uuid
);

CREATE TABLE ledger.incident (
    incident_id uuid NOT NULL,
    agreement text NOT NULL,
    reports uuid[] NOT NULL,
    head uuid NOT NULL,
    kind text NOT NULL,
    occurred_from timestamp with time zone NOT NULL,
    occurred_until timestamp with time zone NOT NULL,
    level text NOT NULL,
    quantities jsonb NOT NULL,
    place text
);

CREATE TABLE ledger.invitation (
    secret_hash bytea NOT NULL,
    invitation_id uuid NOT NULL,
    name text NOT NULL,
    memberships jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    person_id uuid,
    email text,
    created_by uuid,
    redeemed_at timestamp with time zone,
    redeemed_by uuid,
    revoked_at timestamp with time zone,
    made_on uuid
);

CREATE TABLE ledger.ledger_checkpoint (
    agreement text NOT NULL,
    size bigint NOT NULL,
    root bytea NOT NULL,
    note text NOT NULL
);

CREATE TABLE ledger.ledger_cosignature (
    agreement text NOT NULL,
    size bigint NOT NULL,
    witness text NOT NULL,
    cosigned_at timestamp with time zone NOT NULL,
    line text NOT NULL
);

CREATE TABLE ledger.ledger_entry (
    agreement text NOT NULL,
    "position" bigint NOT NULL,
    entry_id uuid NOT NULL,
    type text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    bytes bytea NOT NULL,
    leaf_hash bytea NOT NULL
);

CREATE TABLE ledger.ledger_handle (
    handle uuid NOT NULL,
    agreement text NOT NULL,
    state text NOT NULL,
    segment uuid NOT NULL,
    place bigint NOT NULL,
    entries integer NOT NULL,
    requested_at bigint,
    erased_at bigint
);

CREATE TABLE ledger.ledger_head (
    agreement text NOT NULL,
    size bigint NOT NULL,
    root bytea NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    text_position bigint NOT NULL
);

CREATE TABLE ledger.ledger_reference (
    target uuid NOT NULL,
    entry_id uuid NOT NULL
);

CREATE TABLE ledger.ledger_sealed (
    entry_id uuid NOT NULL,
    name text NOT NULL,
    agreement text NOT NULL,
    "position" bigint NOT NULL,
    handle uuid NOT NULL,
    sealed bytea NOT NULL
);

CREATE TABLE ledger.ledger_tile (
    agreement text NOT NULL,
    level integer NOT NULL,
    index bigint NOT NULL,
    hashes bytea NOT NULL
);

CREATE TABLE ledger.login (
    issuer text NOT NULL,
    subject text NOT NULL,
    person_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL
);

CREATE TABLE ledger.membership (
    person_id uuid NOT NULL,
    agreement text NOT NULL,
    role text NOT NULL,
    party text NOT NULL,
    opens_sealed boolean NOT NULL,
    granted_at timestamp with time zone NOT NULL,
    granted_by uuid
);

CREATE TABLE ledger.mt_doc_deadletterevent (
    id uuid NOT NULL,
    data jsonb NOT NULL,
    mt_last_modified timestamp with time zone DEFAULT transaction_timestamp(),
    mt_version uuid DEFAULT (md5(((random())::text || (clock_timestamp())::text)))::uuid NOT NULL,
    mt_dotnet_type character varying
);

CREATE TABLE ledger.mt_doc_envelope (
    id uuid NOT NULL,
    data jsonb NOT NULL,
    mt_last_modified timestamp with time zone DEFAULT transaction_timestamp(),
    mt_version uuid DEFAULT (md5(((random())::text || (clock_timestamp())::text)))::uuid NOT NULL,
    mt_dotnet_type character varying
);

CREATE TABLE ledger.mt_event_progression (
    name character varying NOT NULL,
    last_seq_id bigint,
    last_updated timestamp with time zone DEFAULT transaction_timestamp(),
    mode character varying DEFAULT 'none'::character varying,
    rebuild_threshold integer DEFAULT 0,
    assigned_node integer DEFAULT 0,
    heartbeat timestamp with time zone,
    agent_status character varying(20),
    pause_reason text,
    running_on_node integer,
    warning_behind_threshold bigint,
    critical_behind_threshold bigint,
    failure_category character varying(50),
    failure_event_sequence bigint,
    failure_event_type character varying(500),
    failure_event_tenant_id character varying(500)
);

CREATE TABLE ledger.mt_event_projection_floors (
    name character varying NOT NULL,
    tenant_id character varying NOT NULL,
    floor bigint NOT NULL,
    last_updated timestamp with time zone DEFAULT transaction_timestamp()
);

CREATE TABLE ledger.mt_events (
    seq_id bigint NOT NULL,
    id uuid NOT NULL,
    stream_id character varying,
    version bigint NOT NULL,
    data jsonb NOT NULL,
    bdata bytea,
    type character varying(500) NOT NULL,
    "timestamp" timestamp with time zone DEFAULT '2026-11-30 09:53:38.54614+00'::timestamp with time zone NOT NULL,
    tenant_id character varying DEFAULT '*DEFAULT*'::character varying,
    mt_dotnet_type character varying,
    correlation_id character varying,
    causation_id character varying,
    headers jsonb,
    is_archived boolean DEFAULT false
);

CREATE SEQUENCE ledger.mt_events_sequence
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE ledger.mt_events_sequence OWNED BY ledger.mt_events.seq_id;

CREATE TABLE ledger.mt_high_water_skips (
    ending_sequence bigint NOT NULL,
    starting_sequence bigint NOT NULL,
    "timestamp" timestamp with time zone DEFAULT transaction_timestamp()
);

CREATE TABLE ledger.mt_streams (
    id character varying NOT NULL,
    type character varying,
    version bigint,
    "timestamp" timestamp with time zone DEFAULT now() NOT NULL,
    created timestamp with time zone DEFAULT now() NOT NULL,
    tenant_id character varying DEFAULT '*DEFAULT*'::character varying,
    compacted_version bigint DEFAULT 0 NOT NULL,
    is_archived boolean DEFAULT false
);

CREATE TABLE ledger.opening (
    opening_id uuid NOT NULL,
    agreement text NOT NULL,
    "position" bigint NOT NULL,
    entry_id uuid NOT NULL,
    name text NOT NULL,
    person_id uuid NOT NULL,
    reason text NOT NULL,
    opened_at timestamp with time zone NOT NULL
);

CREATE TABLE ledger.party_conduct (
    agreement text NOT NULL,
    day date NOT NULL,
    party text NOT NULL,
    role text NOT NULL,
    kind text NOT NULL,
    reports integer NOT NULL,
    alleged integer NOT NULL,
    corroborated integer NOT NULL,
    confirmed integer NOT NULL
);

CREATE TABLE ledger.passkey (
    credential_id bytea NOT NULL,
    person_id uuid NOT NULL,
    name text NOT NULL,
    credential jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    device_id uuid,
    last_used_at timestamp with time zone
);

CREATE TABLE ledger.past_membership (
    person_id uuid NOT NULL,
    agreement text NOT NULL,
    role text NOT NULL,
    party text NOT NULL,
    granted_at timestamp with time zone NOT NULL,
    opens_sealed boolean NOT NULL,
    withdrawn_at timestamp with time zone NOT NULL,
    granted_by uuid,
    withdrawn_by uuid
);

CREATE TABLE ledger.person (
    person_id uuid NOT NULL,
    name text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by uuid,
    revoked_at timestamp with time zone
);

CREATE TABLE ledger.provision_standing (
    agreement text NOT NULL,
    provision text NOT NULL,
    "position" bigint NOT NULL,
    as_of timestamp with time zone NOT NULL,
    reading text NOT NULL,
    kind text NOT NULL,
    life text NOT NULL,
    verdict text NOT NULL,
    reason text NOT NULL,
    best text NOT NULL,
    worst text NOT NULL,
    violations integer NOT NULL,
    since timestamp with time zone,
    deadline timestamp with time zone
);

CREATE TABLE ledger.public_reading (
    agreement text NOT NULL,
    since timestamp with time zone NOT NULL,
    granted_by uuid
);

CREATE TABLE ledger.report (
    report_id uuid NOT NULL,
    agreement text NOT NULL,
    "position" bigint NOT NULL,
    touched bigint NOT NULL,
    kind text NOT NULL,
    occurred_from timestamp with time zone NOT NULL,
    occurred_until timestamp with time zone NOT NULL,
    place text,
    actors text[] NOT NULL,
    source_class text NOT NULL,
    level text NOT NULL,
    retracted boolean NOT NULL,
    corrections integer NOT NULL,
    content jsonb NOT NULL
);

CREATE TABLE ledger.session (
    secret_hash bytea NOT NULL,
    session_id uuid NOT NULL,
    person_id uuid NOT NULL,
    how text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    device_id uuid,
    ended_at timestamp with time zone
);

CREATE TABLE ledger.verdict_change (
    agreement text NOT NULL,
    provision text NOT NULL,
    "position" bigint NOT NULL,
    as_of timestamp with time zone NOT NULL,
    decided_by uuid[] NOT NULL,
    life text,
    verdict text,
    was text,
    since timestamp with time zone,
    best text,
    worst text
);

CREATE TABLE ledger.verdict_progress (
    agreement text NOT NULL,
    "position" bigint NOT NULL,
    as_of timestamp with time zone NOT NULL
);

CREATE TABLE ledger.webhook (
    webhook_id uuid NOT NULL,
    agreement text NOT NULL,
    url text NOT NULL,
    events text[] NOT NULL,
    secret bytea NOT NULL,
    since bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    stopped text
);

CREATE TABLE ledger.wolverine_agent_restrictions (
    id uuid NOT NULL,
    uri character varying NOT NULL,
    type character varying NOT NULL,
    node integer DEFAULT 0 NOT NULL
);

CREATE TABLE ledger.wolverine_control_queue (
    id uuid NOT NULL,
    message_type character varying NOT NULL,
    node_id uuid NOT NULL,
    body bytea NOT NULL,
    posted timestamp with time zone DEFAULT now() NOT NULL,
    expires timestamp with time zone
);

CREATE TABLE ledger.wolverine_dead_letter_history (
    id uuid NOT NULL,
    replay_count integer,
    last_replayed_at timestamp with time zone,
    first_failed_at timestamp with time zone
);

CREATE TABLE ledger.wolverine_dead_letters (
    id uuid NOT NULL,
    execution_time timestamp with time zone,
    body bytea NOT NULL,
    message_type character varying NOT NULL,
    received_at character varying,
    source character varying,
    exception_type character varying,
    exception_message character varying,
    sent_at timestamp with time zone,
    replayable boolean,
    failure_group character varying(100),
    failure_title character varying(500),
    failed_at timestamp with time zone,
    first_failed_at timestamp with time zone,
    replay_count integer,
    last_replayed_at timestamp with time zone,
    archived_at timestamp with time zone
);

CREATE TABLE ledger.wolverine_incoming_envelopes (
    id uuid NOT NULL,
    status character varying NOT NULL,
    owner_id integer NOT NULL,
    execution_time timestamp with time zone,
    attempts integer DEFAULT 0,
    body bytea NOT NULL,
    message_type character varying NOT NULL,
    received_at character varying,
    keep_until timestamp with time zone
);

CREATE TABLE ledger.wolverine_node_assignments (
    id character varying NOT NULL,
    node_id uuid,
    started timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE ledger.wolverine_node_records (
    id integer NOT NULL,
    node_number integer NOT NULL,
    event_name character varying NOT NULL,
    "timestamp" timestamp with time zone DEFAULT now() NOT NULL,
    description character varying
);

CREATE SEQUENCE ledger.wolverine_node_records_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE ledger.wolverine_node_records_id_seq OWNED BY ledger.wolverine_node_records.id;

CREATE TABLE ledger.wolverine_nodes (
    id uuid NOT NULL,
    node_number integer NOT NULL,
    description character varying NOT NULL,
    uri character varying NOT NULL,
    started timestamp with time zone DEFAULT now() NOT NULL,
    health_check timestamp with time zone DEFAULT now() NOT NULL,
    version character varying,
    capabilities text[]
);

CREATE SEQUENCE ledger.wolverine_nodes_node_number_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE ledger.wolverine_nodes_node_number_seq OWNED BY ledger.wolverine_nodes.node_number;

CREATE TABLE ledger.wolverine_outgoing_envelopes (
    id uuid NOT NULL,
    owner_id integer NOT NULL,
    destination character varying NOT NULL,
    deliver_by timestamp with time zone,
    body bytea NOT NULL,
    attempts integer DEFAULT 0,
    message_type character varying NOT NULL
);

CREATE TABLE ledger.zone_day (
    agreement text NOT NULL,
    day date NOT NULL,
    zone text NOT NULL,
    kind text NOT NULL,
    certain integer NOT NULL,
    possible integer NOT NULL
);

ALTER TABLE ONLY ledger.wolverine_node_records ALTER COLUMN id SET DEFAULT nextval('ledger.wolverine_node_records_id_seq'::regclass);

ALTER TABLE ONLY ledger.wolverine_nodes ALTER COLUMN node_number SET DEFAULT nextval('ledger.wolverine_nodes_node_number_seq'::regclass);

INSERT INTO ledger.api_token VALUES
	('\x09656ac0cc9a4fd300e6a6d3f55fae3b537765e81e38aa6fe06791b95e265bbf', '01a22bdf-ff08-7459-9601-ca306a0f5fb9', '00000000-0000-7000-8000-000000000001', 'operator.token', '2026-11-30 09:53:49.83258+00', '2126-11-06 09:53:49.83258+00', NULL, '2026-11-30 09:56:23.206549+00', NULL, NULL);

INSERT INTO ledger.filing VALUES
	('01926d00-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000001', NULL),
	('01926d00-0000-7000-8000-000000000002', '00000000-0000-7000-8000-000000000001', NULL),
	('01926d00-0000-7000-8000-000000000003', '00000000-0000-7000-8000-000000000001', NULL),
	('01926d00-0000-7000-8000-000000000004', '00000000-0000-7000-8000-000000000001', NULL),
	('01926d00-0000-7000-8000-000000000020', '00000000-0000-7000-8000-000000000001', NULL),
	('01926d00-0000-7000-8000-000000000030', '00000000-0000-7000-8000-000000000001', NULL),
	('01926d00-0000-7000-8000-000000000005', '00000000-0000-7000-8000-000000000001', NULL),
	('01926d00-0000-7000-8000-000000000006', '00000000-0000-7000-8000-000000000001', NULL),
	('01926d00-0000-7000-8000-000000000007', '00000000-0000-7000-8000-000000000001', NULL),
	('01926d00-0000-7000-8000-000000000008', '00000000-0000-7000-8000-000000000001', NULL),
	('01926d00-0000-7000-8000-000000000009', '00000000-0000-7000-8000-000000000001', NULL),
	('01926d00-0000-7000-8000-000000000010', '00000000-0000-7000-8000-000000000001', NULL),
	('01926d00-0000-7000-8000-000000000011', '00000000-0000-7000-8000-000000000001', NULL),
	('01926d00-0000-7000-8000-000000000041', '00000000-0000-7000-8000-000000000001', NULL),
	('01926d00-0000-7000-8000-000000000022', '00000000-0000-7000-8000-000000000001', NULL),
	('01926d00-0000-7000-8000-000000000023', '00000000-0000-7000-8000-000000000001', NULL),
	('01926d00-0000-7000-8000-000000000012', '00000000-0000-7000-8000-000000000001', NULL),
	('01926d00-0000-7000-8000-000000000013', '00000000-0000-7000-8000-000000000001', NULL),
	('01926d00-0000-7000-8000-000000000014', '00000000-0000-7000-8000-000000000001', NULL),
	('01926d00-0000-7000-8000-000000000015', '00000000-0000-7000-8000-000000000001', NULL),
	('01926d00-0000-7000-8000-000000000016', '00000000-0000-7000-8000-000000000001', NULL),
	('01926d00-0000-7000-8000-000000000018', '00000000-0000-7000-8000-000000000001', NULL),
	('01926d00-0000-7000-8000-000000000019', '00000000-0000-7000-8000-000000000001', NULL);

INSERT INTO ledger.incident VALUES
	('01926d00-0000-7000-8000-000000000030', 'example-truce', '{01926d00-0000-7000-8000-000000000030}', '01926d00-0000-7000-8000-000000000030', 'withdrawal', '2018-10-08 21:00:00+00', '2018-10-09 21:00:00+00', 'alleged', '{}', NULL),
	('01926d00-0000-7000-8000-000000000004', 'example-truce', '{01926d00-0000-7000-8000-000000000004,01926d00-0000-7000-8000-000000000020}', '01926d00-0000-7000-8000-000000000020', 'bombing', '2018-10-13 21:00:00+00', '2018-10-14 21:00:00+00', 'alleged', '{}', 'Near Jisr al-Shughur');

INSERT INTO ledger.invitation VALUES
	('\x5e0f5316f644e7252896dddfc5e0dca2b8dbf363cb1da317b77d2f3584ba7006', '01a22be0-19aa-79bc-a90c-9cc8156ade8d', 'Operator', '[]', '2026-11-30 09:53:56.650884+00', '2026-11-30 10:23:56.650884+00', '00000000-0000-7000-8000-000000000001', NULL, '00000000-0000-7000-8000-000000000001', NULL, NULL, NULL, NULL),
	('\x41a7f1951acfe1c33c0005d0985ec4ef21635dbb5b0d53c9966433b0289ebfae', '01a22be1-dac7-737f-99f2-5607802cc209', 'Amal', '[{"role": "monitor", "party": "", "agreement": "example-truce", "opensSealed": false}]', '2026-11-30 09:55:51.623804+00', '2026-12-07 09:55:51.623804+00', NULL, NULL, '00000000-0000-7000-8000-000000000001', NULL, NULL, NULL, NULL);

INSERT INTO ledger.ledger_checkpoint VALUES
	('example-truce', 1, '\xc9f6e39b580b41d2b1fc6b98d8f3e1c1de44541ee0925cedf174ed8ed06d1fdf', 'ledger.local/example-truce
1
yfbjm1gLQdKx/GuY2PPhwd5EVB7gklzt8XTtjtBtH98=

— ledger.local/example-truce xOpS8m72+l4U8+k53eWJFELQbo3iyzl1qzxSdBTWPf5iycbdcdtgYe4+yltMiab2Xxef9TtFFlC5uc2TBzno3cpV4Qw=
'),
	('example-truce', 2, '\xedc2a91c8dbdccb4eb6980b9eb7c8db284500ed79b4f4dd4cd862e4530f052a5', 'ledger.local/example-truce
2
7cKpHI29zLTraYC563yNsoRQDtebT03UzYYuRTDwUqU=

— ledger.local/example-truce xOpS8lrqAbqxOQn9XYWOYmHcJOOpmfp1UX5ec7o7yZhMJaWaMPo9NOeB32kzLNXwQnCdMQnIlys6TWtFDXu3IYpb8Ac=
'),
	('example-truce', 3, '\x96c5277566fb0890636ddc770f45d47b5546fd38fe4490431c8282d255801963', 'ledger.local/example-truce
3
lsUndWb7CJBjbdx3D0XUe1VG/Tj+RJBDHIKC0lWAGWM=

— ledger.local/example-truce xOpS8iCimxg7hWb0CQB/W6V4ZqMSZPbirbLsNH0mMaKSv9gL6c4Dc4wXjz2MH3wFUBEaxapRAgZ86C660xT3bfXL9w4=
'),
	('example-truce', 4, '\x052692103affbfd67c193ce89b2108295c2b457d46280589f00a46b746461349', 'ledger.local/example-truce
4
BSaSEDr/v9Z8GTzomyEIKVwrRX1GKAWJ8ApGt0ZGE0k=

— ledger.local/example-truce xOpS8iFdXKABtMnhFaGRBRp7iJPKbRTn3IYrn06uFCgfxQTTssvnkviBZl6oR2j2deDAeFRWOuA2U2TEGp7jCix3tAo=
'),
	('example-truce', 5, '\x21731544539a31b58bfefbc6b56df7a262fb443c7c7b9a7005ac2629e2fcd4b2', 'ledger.local/example-truce
5
IXMVRFOaMbWL/vvGtW33omL7RDx8e5pwBawmKeL81LI=

— ledger.local/example-truce xOpS8iBRQi2Og8IEe4pZ5dPP57V8DIWZCjbNmtUSyIKzFukiNnNqT9RVn7tAKqZ1iisg05mrKvg0RZXedDhQ7q2NFwI=
'),
	('example-truce', 6, '\x0b4b410961e4d413f80c645021fb665e748e9e873e21b9b29bcb2f905ddb19f0', 'ledger.local/example-truce
6
C0tBCWHk1BP4DGRQIftmXnSOnoc+Ibmym8svkF3bGfA=

— ledger.local/example-truce xOpS8h4b9kAYJju3VBqZ/sePz0Bg2CWYWrcpQvcPlmHbWssNPGY6lZJ38DDSLPatrKWviH/vokDll/yhBU5ZFlyY1g8=
'),
	('example-truce', 7, '\x0f1abb650650e1fd18085cf07d6ef93da269c67471305761e9e835c054e231ac', 'ledger.local/example-truce
7
Dxq7ZQZQ4f0YCFzwfW75PaJpxnRxMFdh6eg1wFTiMaw=

— ledger.local/example-truce xOpS8vy5knQ0hnmLJSaL7PNHUOsQEnufbFDFgoq7AOPpArdk4NR4IcEa00E2MC4BuRj7arHfX2uK79UhhQDh5Wz85wE=
'),
	('example-truce', 8, '\x857a58196ba362490b4f61e9673161937899045344a44edd35d295f27fa704dd', 'ledger.local/example-truce
8
hXpYGWujYkkLT2HpZzFhk3iZBFNEpE7dNdKV8n+nBN0=

— ledger.local/example-truce xOpS8qhwKzJMVew1AvNY+7s8NWPocSydmEdOUF1lzxDSIqgceblwRtVDXy0voc3ui90Nf7RR/20R6C0Y3v2+t2ENpgM=
'),
	('example-truce', 9, '\x272fb466621fbc28e98f2224e672890289b8cb294e767e30c5e6b548333a95d8', 'ledger.local/example-truce
9
Jy+0ZmIfvCjpjyIk5nKJAom4yylOdn4wxea1SDM6ldg=

— ledger.local/example-truce xOpS8kkez5gvtcqJF1b0FTw1IU9ktW5fkGJHh9gbAFsARkyGx7utviiKKv9Cccynz5h9SZeGgY1xdY41FC06vlFWQw4=
'),
	('example-truce', 10, '\x6bd88b0a16bc779827c85645cf629cd2c7bee2004efcb824100fc53081574ffe', 'ledger.local/example-truce
10
a9iLCha8d5gnyFZFz2Kc0se+4gBO/LgkEA/FMIFXT/4=

— ledger.local/example-truce xOpS8kwCcr8nE3UnurhU5yRjEGKlEVGIanE8+2Beh2sEGR05Jf1oQRxnTpn9P1vMm5OLcGLOVBETPO4a2Cw3oE8/VwM=
'),
	('example-truce', 11, '\xb43169a1862219878c9c71ca80de7b452dfd012d96cb9eac08f09ff2f7b45ce7', 'ledger.local/example-truce
11
tDFpoYYiGYeMnHHKgN57RS39AS2Wy56sCPCf8ve0XOc=

— ledger.local/example-truce xOpS8s6lTJN6wAStVOBvkm+SHKhlm3ez/ZbJpO9MEfRL1GVLx2hOgqHjHl4PcDv3TU7VxK0VXZ54xB8SGT9iktY6bgM=
'),
	('example-truce', 12, '\x25ccca0f9463177dc7e05d2b226db9e1fefd1ca0f754f64584133a4fae5b2a33', 'ledger.local/example-truce
12
JczKD5RjF33H4F0rIm254f79HKD3VPZFhBM6T65bKjM=

— ledger.local/example-truce xOpS8sKu39izkfW2akKtgVhVpAMCIg709b3ktuGM60MNtMGmL9I849WHsTL7jZhq9SCKdL994VYbkQM+f16oU47dkAA=
'),
	('example-truce', 13, '\x80674ef83260da19ea00fae6a05c0bd0bd5857f76408104c02e0c7e26828369b', 'ledger.local/example-truce
13
gGdO+DJg2hnqAPrmoFwL0L1YV/dkCBBMAuDH4mgoNps=

— ledger.local/example-truce xOpS8juhp3yNGYzqlFtAzYrb3ZCudNxcFOhkabfMdXsd2gETmaY7QTbgZ+paZlJvI0iJVQo54nt3FVJjQm4ZndzzdQM=
'),
	('example-truce', 14, '\x9ab4441f1d35272a769b085d2f226284d6fffbf0c1c3a79dbb4c13406c9e55fb', 'ledger.local/example-truce
14
mrREHx01Jyp2mwhdLyJihNb/+/DBw6edu0wTQGyeVfs=

— ledger.local/example-truce xOpS8qUe0d2MifOwpTYt00D/lN/HH6waq2gCTYFIiuPcxbheDUSxcVI73JmEtBjUqMoAZyX8b9ct1gXXuEiRV5qnKgA=
'),
	('example-truce', 15, '\x23896e5d0944be1ea654461b1a4b38000749654e8b11f4f62f08227e942d9a27', 'ledger.local/example-truce
15
I4luXQlEvh6mVEYbGks4AAdJZU6LEfT2LwgifpQtmic=

— ledger.local/example-truce xOpS8hiFZyYwdugxXMrcas7vz4exuWDO1gw0rJyeNoBcuWyj+b/ueAKn9hDO0rvjMrEYvL+s7F0c4Ue4LW0X1IKT+gg=
'),
	('example-truce', 16, '\xe62b91751905bc33c2f917549ddc8ad55addd873ebf8b8c75b07c6328e138953', 'ledger.local/example-truce
16
5iuRdRkFvDPC+RdUndyK1Vrd2HPr+LjHWwfGMo4TiVM=

— ledger.local/example-truce xOpS8iUDMeMob2Vuid6ifDXjcyQAO2QwK1S+tpoXn/nWGey6GR7uuwpeoToOhydZwlIY8XxzkezqmK7RZoc8cS9lRAE=
'),
	('example-truce', 17, '\xc7657a3490c8f374ea5225b0de72b336890b2ce8aac47e1f46e201164d25a719', 'ledger.local/example-truce
17
x2V6NJDI83TqUiWw3nKzNokLLOiqxH4fRuIBFk0lpxk=

— ledger.local/example-truce xOpS8muhsN5AZYKpIeaQrJ+qHArEkmg7yfsJvsZWtF9zOtV/7oxubO71iBQSG30cXsMP9s9SDXUaVQUZK1IdUsFkqw0=
'),
	('example-truce', 18, '\x846cf3c19aa93f7d8be2dd600eca840e56c36d8d6fcd710f0632557c61c2edfc', 'ledger.local/example-truce
18
hGzzwZqpP32L4t1gDsqEDlbDbY1vzXEPBjJVfGHC7fw=

— ledger.local/example-truce xOpS8qBblrA31qE9t1hvMBvZox2MLSTeRdSxWHTEGLsIUjA1nLti9f0nO5QuEEMD4TFdSZvGVAEKZrfEt7VdeN/1tw4=
'),
	('example-truce', 19, '\xbfdbbbb0fe5beb5584f385bacfc07b34270d7a911a6e4ca874b8abb78f372e4e', 'ledger.local/example-truce
19
v9u7sP5b61WE84W6z8B7NCcNepEabkyodLirt483Lk4=

— ledger.local/example-truce xOpS8tfnnzmVtLwB7dTqWM4qWi1w+Sm8Pig72kPzIh8N/KhGQdmfC5uQI44usW2RYrTAB1ZZPZLYu7Rtb6rsrSjPqQE=
'),
	('example-truce', 20, '\x51844aff5a4b9bd7a2552e95b3d764ca5a6b9da72219658f6c005aa0cf1ddb48', 'ledger.local/example-truce
20
UYRK/1pLm9eiVS6Vs9dkylprnaciGWWPbABaoM8d20g=

— ledger.local/example-truce xOpS8lKYUX4FqObjGPdOKTVivbvw1ut9F/sUd9REKfcunk5UjaeHnWjmS7h4lSDOi1/G9YZbYJDsm8eWHAe447npGgI=
'),
	('example-truce', 21, '\x4e7099e9fad34a6589951309e99b00f6ea651592b3cf7fad8b6832e0668fce97', 'ledger.local/example-truce
21
TnCZ6frTSmWJlRMJ6ZsA9uplFZKzz3+ti2gy4GaPzpc=

— ledger.local/example-truce xOpS8nEJBHR8X1UDM6oVCsl9hKCjmONRbZSoycbvl8Te3eTZ9kZHU3baYsf3WWpdnrCEFVt96FTqdcHL1pWTKGRwcwM=
'),
	('example-truce', 22, '\xac791f7290aa2ad956a9e7dfbcaa796cb5dfcfd8156414c9535c8ce7e5af7a69', 'ledger.local/example-truce
22
rHkfcpCqKtlWqeffvKp5bLXfz9gVZBTJU1yM5+Wvemk=

— ledger.local/example-truce xOpS8n51jz663JlJp3lXhcyk3aXT9tWFNKqwfvXiX4ufaHzGEWO8fKXHOKkW5Mq7F6x+ZsazwXH+GRk9x0f1wAxuuQE=
'),
	('example-truce', 23, '\xa1187a7d714523b8a13524e0f8c4b89e27b46efcf850bd7859e4c5ad59b05315', 'ledger.local/example-truce
23
oRh6fXFFI7ihNSTg+MS4nie0bvz4UL14WeTFrVmwUxU=

— ledger.local/example-truce xOpS8hq7eEokIhU8ciastGtGE3U5ThmmGK1BYEOxoH+0b04MEz2xWG5fA4vQMRGF6F6gANBANeQR4r57DqpAbSkpuAU=
');

INSERT INTO ledger.ledger_entry VALUES
	('example-truce', 1, '01926d00-0000-7000-8000-000000000001', 'agreement_adopted', '2026-11-30 09:54:37.688625+00', '\x7b2261677265656d656e74223a226578616d706c652d7472756365222c2264617461223a7b22656e7472794964223a2230313932366430302d303030302d373030302d383030302d303030303030303030303031222c2266696c65223a7b22636f6465626f6f6b223a7b226b696e6473223a7b22626f6d62696e67223a7b22656e223a2241697220737472696b65227d2c227769746864726177616c223a7b22656e223a225769746864726177616c227d7d2c227175616e746974696573223a7b22776561706f6e73223a7b22656e223a22576561706f6e73227d7d7d2c2265766964656e6365223a7b227468726573686f6c64223a22616c6c65676564227d2c226964223a226578616d706c652d7472756365222c2270617274696573223a5b7b226964223a226e6f727468222c226e616d65223a7b22656e223a224e6f727468227d2c227369676e61746f7279223a747275657d2c7b226964223a22736f757468222c226e616d65223a7b22656e223a22536f757468227d2c227369676e61746f7279223a747275657d5d2c2270726f766973696f6e73223a5b7b2261727469636c65223a2231222c22666f72626964223a7b22616374223a7b226b696e6473223a5b22626f6d62696e67225d7d7d2c226964223a227175696574222c2272656164696e67223a22416e7920626f6d62696e672062726561636865732e222c227469746c65223a7b22656e223a224e6f20626f6d62696e67227d2c22776f726473223a224e6f626f647920626f6d627320616e79626f64792e227d2c7b2261636869657665223a7b22616374223a7b226b696e6473223a5b227769746864726177616c225d7d2c226279223a22323031382d31302d3130227d2c2261727469636c65223a2232222c226964223a2261776179222c2272656164696e67223a2241207769746864726177616c207265706f72746564206279207468656e2e222c227469746c65223a7b22656e223a22576561706f6e73206c6561766520746865207374726970227d2c22776f726473223a22416c6c20776561706f6e73206c6561766520746865207374726970206279203130204f63746f6265722e227d5d2c227369676e6564223a22323031382d30392d3137222c2274696d655a6f6e65223a22417369612f44616d6173637573222c227469746c65223a7b22656e223a2241207472756365206265747765656e204e6f72746820616e6420536f757468227d2c2276657273696f6e223a226669727374222c227a6f6e6573223a5b7b226964223a227374726970222c226e616d65223a7b22656e223a22546865207374726970227d7d5d7d2c22736169644174223a22323031382d30392d31365432313a30303a30305a222c22736f75726365536861323536223a2265336230633434323938666331633134396166626634633839393666623932343237616534316534363439623933346361343935393931623738353262383535227d2c22656e747279223a2230313932366430302d303030302d373030302d383030302d303030303030303030303031222c22706f736974696f6e223a312c227265636f72646564223a22323032362d31312d33305430393a35343a33372e3638383632355a222c2274797065223a2261677265656d656e745f61646f70746564222c2276223a317d', '\xc9f6e39b580b41d2b1fc6b98d8f3e1c1de44541ee0925cedf174ed8ed06d1fdf'),
	('example-truce', 2, '01926d00-0000-7000-8000-000000000002', 'agreement_revised', '2026-11-30 09:55:04.190698+00', '\x7b2261677265656d656e74223a226578616d706c652d7472756365222c2264617461223a7b226170706c69657346726f6d223a22323031382d31302d3031222c226279223a22426f74682070617274696573222c22656e7472794964223a2230313932366430302d303030302d373030302d383030302d303030303030303030303032222c2266696c65223a7b22636f6465626f6f6b223a7b226b696e6473223a7b22626f6d62696e67223a7b22656e223a2241697220737472696b65227d2c227769746864726177616c223a7b22656e223a225769746864726177616c227d7d2c227175616e746974696573223a7b22776561706f6e73223a7b22656e223a22576561706f6e73227d7d7d2c2265766964656e6365223a7b227468726573686f6c64223a22616c6c65676564227d2c226964223a226578616d706c652d7472756365222c2270617274696573223a5b7b226964223a226e6f727468222c226e616d65223a7b22656e223a224e6f727468227d2c227369676e61746f7279223a747275657d2c7b226964223a22736f757468222c226e616d65223a7b22656e223a22536f757468227d2c227369676e61746f7279223a747275657d5d2c2270726f766973696f6e73223a5b7b2261727469636c65223a2231222c22666f72626964223a7b22616374223a7b226b696e6473223a5b22626f6d62696e67225d7d7d2c226964223a227175696574222c2272656164696e67223a22416e7920626f6d62696e67206f662070656f706c652062726561636865732e222c227469746c65223a7b22656e223a224e6f20626f6d62696e67227d2c22776f726473223a224e6f626f647920626f6d627320616e79626f64792e227d2c7b2261636869657665223a7b22616374223a7b226b696e6473223a5b227769746864726177616c225d7d2c226279223a22323031382d31302d3130227d2c2261727469636c65223a2232222c226964223a2261776179222c2272656164696e67223a2241207769746864726177616c207265706f72746564206279207468656e2e222c227469746c65223a7b22656e223a22576561706f6e73206c6561766520746865207374726970227d2c22776f726473223a22416c6c20776561706f6e73206c6561766520746865207374726970206279203130204f63746f6265722e227d5d2c227369676e6564223a22323031382d30392d3137222c2274696d655a6f6e65223a22417369612f44616d6173637573222c227469746c65223a7b22656e223a2241207472756365206265747765656e204e6f72746820616e6420536f757468227d2c2276657273696f6e223a227365636f6e64222c227a6f6e6573223a5b7b226964223a227374726970222c226e616d65223a7b22656e223a22546865207374726970227d7d5d7d2c22726561736f6e223a22412070726f746f636f6c20776173207369676e65642e222c22736f75726365536861323536223a2265336230633434323938666331633134396166626634633839393666623932343237616534316534363439623933346361343935393931623738353262383535227d2c22656e747279223a2230313932366430302d303030302d373030302d383030302d303030303030303030303032222c22706f736974696f6e223a322c227265636f72646564223a22323032362d31312d33305430393a35353a30342e3139303639385a222c2274797065223a2261677265656d656e745f72657669736564222c2276223a317d', '\xe6280ccf7d10eaa325f46c06c3e537a0e072f014545fa944d1457d2514ce69c6'),
	('example-truce', 3, '01926d00-0000-7000-8000-000000000003', 'zone_delimited', '2026-11-30 09:55:04.985374+00', '\x7b2261677265656d656e74223a226578616d706c652d7472756365222c2264617461223a7b22656e7472794964223a2230313932366430302d303030302d373030302d383030302d303030303030303030303033222c2266726f6d223a22323031382d30392d3230222c22696e6e6572223a7b22636f6f7264696e61746573223a5b5b5b2233362e33222c2233352e36225d2c5b2233362e3435222c2233352e36225d2c5b2233362e3435222c2233352e3735225d2c5b2233362e33222c2233352e3735225d2c5b2233362e33222c2233352e36225d5d5d2c2274797065223a22506f6c79676f6e227d2c226f75746572223a7b22636f6f7264696e61746573223a5b5b5b2233362e3235222c2233352e3535225d2c5b2233362e35222c2233352e3535225d2c5b2233362e35222c2233352e38225d2c5b2233362e3235222c2233352e38225d2c5b2233362e3235222c2233352e3535225d5d5d2c2274797065223a22506f6c79676f6e227d2c22736f75726365223a22416e6e6578203120746f207468652070726f746f636f6c206f662031392053657074656d6265722032303138222c227a6f6e65223a227374726970227d2c22656e747279223a2230313932366430302d303030302d373030302d383030302d303030303030303030303033222c22706f736974696f6e223a332c227265636f72646564223a22323032362d31312d33305430393a35353a30342e3938353337345a222c2274797065223a227a6f6e655f64656c696d69746564222c2276223a317d', '\x3cc4ca89ebe8b81d662acc34830a718fdeffa264de8b0203a41261870a2facc5'),
	('example-truce', 4, '01926d00-0000-7000-8000-000000000004', 'report_filed', '2026-11-30 09:55:06.342565+00', '\x7b2261677265656d656e74223a226578616d706c652d7472756365222c2264617461223a7b22656e7472794964223a2230313932366430302d303030302d373030302d383030302d303030303030303030303034222c227265706f7274223a7b226163746f7273223a5b7b226e616d65223a22736f757468222c22726f6c65223a226279227d5d2c226b696e64223a22626f6d62696e67222c226f63637572726564223a7b2266726f6d223a22323031382d31302d31335432313a30303a30305a222c22707265636973696f6e223a22646179222c22756e74696c223a22323031382d31302d31345432313a30303a30305a227d2c22706c616365223a7b226e616d65223a224e656172204a69737220616c2d53687567687572222c22706f696e74223a7b226c6174223a2233352e3831343138222c226c6f6e223a2233362e3331393833227d2c22707265636973696f6e223a226e656172227d2c227365616c6564223a7b226e6172726174697665223a224e636d3252345135786c7475554262726c6b6c5757325857613178496d5f63775673327062733753354549227d2c22736f75726365223a7b22636c617373223a226d65646961222c22637265646962696c697479223a332c226e616d65223a2241206e6577737061706572222c2272656c696162696c697479223a2243227d2c2273756d6d617279223a22416e2061697220737472696b6520776173207265706f72746564206e656172204a69737220616c2d5368756768757220696e207468652061667465726e6f6f6e2e227d2c22736169644174223a22323031382d31302d31345431353a33303a30305a227d2c22656e747279223a2230313932366430302d303030302d373030302d383030302d303030303030303030303034222c22706f736974696f6e223a342c227265636f72646564223a22323032362d31312d33305430393a35353a30362e3334323536355a222c2274797065223a227265706f72745f66696c6564222c2276223a317d', '\x296127a2397226ec5fe67a42893e9db69cc308c817682e3236b6ca2bf32f7257'),
	('example-truce', 5, '01926d00-0000-7000-8000-000000000020', 'report_filed', '2026-11-30 09:55:07.129698+00', '\x7b2261677265656d656e74223a226578616d706c652d7472756365222c2264617461223a7b22656e7472794964223a2230313932366430302d303030302d373030302d383030302d303030303030303030303230222c227265706f7274223a7b226163746f7273223a5b7b226e616d65223a22736f757468222c22726f6c65223a226279227d5d2c226b696e64223a22626f6d62696e67222c226f63637572726564223a7b2266726f6d223a22323031382d31302d31335432313a30303a30305a222c22707265636973696f6e223a22646179222c22756e74696c223a22323031382d31302d31345432313a30303a30305a227d2c22706c616365223a7b226e616d65223a224e656172204a69737220616c2d53687567687572222c22706f696e74223a7b226c6174223a2233352e3831343138222c226c6f6e223a2233362e3331393833227d2c22707265636973696f6e223a226e656172227d2c227365616c6564223a7b22736f757263652e6964656e74697479223a226b7643314b5f6c445351315955314951373772416a556831686f6e7348384d4b44315f71354c5936597238227d2c22736f75726365223a7b22636c617373223a226d65646961222c22637265646962696c697479223a332c226e616d65223a2241206e6577737061706572222c2272656c696162696c697479223a2243227d2c2273756d6d617279223a22416e2061697220737472696b6520776173207265706f72746564206e656172204a69737220616c2d5368756768757220696e207468652061667465726e6f6f6e2e227d2c22736169644174223a22323031382d31302d31345431353a33303a30305a227d2c22656e747279223a2230313932366430302d303030302d373030302d383030302d303030303030303030303230222c22706f736974696f6e223a352c227265636f72646564223a22323032362d31312d33305430393a35353a30372e3132393639385a222c2274797065223a227265706f72745f66696c6564222c2276223a317d', '\xef254fbed68df02537615f2b3f1cca27c9090b670ed4c56e79c51b814231a28a'),
	('example-truce', 6, '01926d00-0000-7000-8000-000000000030', 'report_filed', '2026-11-30 09:55:07.935877+00', '\x7b2261677265656d656e74223a226578616d706c652d7472756365222c2264617461223a7b22656e7472794964223a2230313932366430302d303030302d373030302d383030302d303030303030303030303330222c227265706f7274223a7b226163746f7273223a5b7b226e616d65223a226e6f727468222c22726f6c65223a226279227d5d2c226b696e64223a227769746864726177616c222c226f63637572726564223a7b2266726f6d223a22323031382d31302d30385432313a30303a30305a222c22707265636973696f6e223a22646179222c22756e74696c223a22323031382d31302d30395432313a30303a30305a227d2c22706c616365223a7b22707265636973696f6e223a22756e6b6e6f776e222c227a6f6e65223a227374726970227d2c22736f75726365223a7b22636c617373223a226d65646961222c22637265646962696c697479223a332c226e616d65223a2241206e6577737061706572222c2272656c696162696c697479223a2243227d2c2273756d6d617279223a22416e2061697220737472696b6520776173207265706f72746564206e656172204a69737220616c2d5368756768757220696e207468652061667465726e6f6f6e2e227d2c22736169644174223a22323031382d31302d31345431353a33303a30305a227d2c22656e747279223a2230313932366430302d303030302d373030302d383030302d303030303030303030303330222c22706f736974696f6e223a362c227265636f72646564223a22323032362d31312d33305430393a35353a30372e3933353837375a222c2274797065223a227265706f72745f66696c6564222c2276223a317d', '\xddda47a93e5990a64a57f89187513b0a4f6fa2120470e1f4cd27de24dbab8aa4'),
	('example-truce', 7, '01926d00-0000-7000-8000-000000000005', 'report_corrected', '2026-11-30 09:55:08.252188+00', '\x7b2261677265656d656e74223a226578616d706c652d7472756365222c2264617461223a7b22656e7472794964223a2230313932366430302d303030302d373030302d383030302d303030303030303030303035222c22726561736f6e223a22546865206e657773706170657220636f7272656374656420746865206461792e222c227265706f7274223a7b226163746f7273223a5b7b226e616d65223a22736f757468222c22726f6c65223a226279227d5d2c226b696e64223a22626f6d62696e67222c226f63637572726564223a7b2266726f6d223a22323031382d31302d31325432313a30303a30305a222c22707265636973696f6e223a22646179222c22756e74696c223a22323031382d31302d31335432313a30303a30305a227d2c22706c616365223a7b226e616d65223a224e656172204a69737220616c2d53687567687572222c22706f696e74223a7b226c6174223a2233352e3831343138222c226c6f6e223a2233362e3331393833227d2c22707265636973696f6e223a226e656172227d2c22736f75726365223a7b22636c617373223a226d65646961222c226e616d65223a2241206e6577737061706572227d2c2273756d6d617279223a22416e2061697220737472696b6520776173207265706f72746564206e656172204a69737220616c2d536875676875722074686520646179206265666f72652e227d2c22746172676574223a2230313932366430302d303030302d373030302d383030302d303030303030303030303034227d2c22656e747279223a2230313932366430302d303030302d373030302d383030302d303030303030303030303035222c22706f736974696f6e223a372c227265636f72646564223a22323032362d31312d33305430393a35353a30382e3235323138385a222c2274797065223a227265706f72745f636f72726563746564222c2276223a317d', '\x60fd6a4816f208016d67d6d2bf5e3f7c4f9cd6da60108cef90ea961eab406ec2'),
	('example-truce', 8, '01926d00-0000-7000-8000-000000000006', 'report_assessed', '2026-11-30 09:55:08.766866+00', '\x7b2261677265656d656e74223a226578616d706c652d7472756365222c2264617461223a7b226279223a2241207265766965776572222c22656e7472794964223a2230313932366430302d303030302d373030302d383030302d303030303030303030303036222c2267726f756e6473223a2254776f2070686f746f6772617068732073686f7720746865206372617465722e222c226c6576656c223a22636f6e6669726d6564222c22746172676574223a2230313932366430302d303030302d373030302d383030302d303030303030303030303034227d2c22656e747279223a2230313932366430302d303030302d373030302d383030302d303030303030303030303036222c22706f736974696f6e223a382c227265636f72646564223a22323032362d31312d33305430393a35353a30382e3736363836365a222c2274797065223a227265706f72745f6173736573736564222c2276223a317d', '\x60b93cd8148c512ec77952358015538eea154b512f782d80b9a36d681392f113'),
	('example-truce', 9, '01926d00-0000-7000-8000-000000000007', 'reports_linked', '2026-11-30 09:55:09.165661+00', '\x7b2261677265656d656e74223a226578616d706c652d7472756365222c2264617461223a7b22656e7472794964223a2230313932366430302d303030302d373030302d383030302d303030303030303030303037222c22726561736f6e223a22426f746820737065616b206f66207468652073616d6520737472696b652e222c227265706f727473223a5b2230313932366430302d303030302d373030302d383030302d303030303030303030303034222c2230313932366430302d303030302d373030302d383030302d303030303030303030303230225d7d2c22656e747279223a2230313932366430302d303030302d373030302d383030302d303030303030303030303037222c22706f736974696f6e223a392c227265636f72646564223a22323032362d31312d33305430393a35353a30392e3136353636315a222c2274797065223a227265706f7274735f6c696e6b6564222c2276223a317d', '\x96dd60d1d337c15621e8fb98de469c9b0118b9c3f913a667dc725aa1456e8dfd'),
	('example-truce', 10, '01926d00-0000-7000-8000-000000000008', 'party_responded', '2026-11-30 09:55:09.949015+00', '\x7b2261677265656d656e74223a226578616d706c652d7472756365222c2264617461223a7b22656e7472794964223a2230313932366430302d303030302d373030302d383030302d303030303030303030303038222c227061727479223a22736f757468222c227374616e6365223a2264656e696573222c22746172676574223a2230313932366430302d303030302d373030302d383030302d303030303030303030303034222c22776f726473223a224e6f6e65206f66206f757220616972637261667420666c65772074686174206461792e227d2c22656e747279223a2230313932366430302d303030302d373030302d383030302d303030303030303030303038222c22706f736974696f6e223a31302c227265636f72646564223a22323032362d31312d33305430393a35353a30392e3934393031355a222c2274797065223a2270617274795f726573706f6e646564222c2276223a317d', '\xb2d935352cddbdc83468978969ef52c1fc085b6ff9353f88182c52b40268c96a'),
	('example-truce', 11, '01926d00-0000-7000-8000-000000000009', 'statement_recorded', '2026-11-30 09:55:10.320519+00', '\x7b2261677265656d656e74223a226578616d706c652d7472756365222c2264617461223a7b226279223a2254686520666f726569676e206d696e6973747279206f66204e6f727468222c22656e7472794964223a2230313932366430302d303030302d373030302d383030302d303030303030303030303039222c227061727479223a226e6f727468222c2270726f766973696f6e73223a5b227175696574225d2c22736169644174223a22323031382d31302d31345432313a30303a30305a222c227374616e6365223a2262726f6b656e222c2273756d6d617279223a22546865206d696e69737472792073617973207468617420746865207472756365207761732062726f6b656e2e227d2c22656e747279223a2230313932366430302d303030302d373030302d383030302d303030303030303030303039222c22706f736974696f6e223a31312c227265636f72646564223a22323032362d31312d33305430393a35353a31302e3332303531395a222c2274797065223a2273746174656d656e745f7265636f72646564222c2276223a317d', '\x7511dbc4a7cdb8e2986f31397d7a82299b0ed0ab5c487c64ea3b7b288184e945'),
	('example-truce', 12, '01926d00-0000-7000-8000-000000000010', 'coverage_recorded', '2026-11-30 09:55:11.236884+00', '\x7b2261677265656d656e74223a226578616d706c652d7472756365222c2264617461223a7b226279223a224120706174726f6c206f66206f6273657276657273222c22656e7472794964223a2230313932366430302d303030302d373030302d383030302d303030303030303030303130222c2266726f6d223a22323031382d30392d33305432313a30303a30305a222c226d6574686f64223a224f6e20666f6f74222c22756e74696c223a22323031382d31302d30375432313a30303a30305a222c227a6f6e6573223a5b227374726970225d7d2c22656e747279223a2230313932366430302d303030302d373030302d383030302d303030303030303030303130222c22706f736974696f6e223a31322c227265636f72646564223a22323032362d31312d33305430393a35353a31312e3233363838345a222c2274797065223a22636f7665726167655f7265636f72646564222c2276223a317d', '\x9b53f54826e4b914eb1f863f899359ac0b2fbdfd17e21bbf969b233eebe32c1e'),
	('example-truce', 13, '01926d00-0000-7000-8000-000000000011', 'evidence_attached', '2026-11-30 09:55:11.428624+00', '\x7b2261677265656d656e74223a226578616d706c652d7472756365222c2264617461223a7b22656e7472794964223a2230313932366430302d303030302d373030302d383030302d303030303030303030303131222c226d6564696154797065223a22696d6167652f6a706567222c22736861323536223a2265336230633434323938666331633134396166626634633839393666623932343237616534316534363439623933346361343935393931623738353262383535222c2273697a65223a3230343830302c22746172676574223a2230313932366430302d303030302d373030302d383030302d303030303030303030303034227d2c22656e747279223a2230313932366430302d303030302d373030302d383030302d303030303030303030303131222c22706f736974696f6e223a31332c227265636f72646564223a22323032362d31312d33305430393a35353a31312e3432383632345a222c2274797065223a2265766964656e63655f6174746163686564222c2276223a317d', '\x4108b67cd084a066039e0b18d2dd7f0256e8168a5bbc66599178f0f208bfe02f'),
	('example-truce', 14, '01926d00-0000-7000-8000-000000000041', 'assessment_proposed', '2026-11-30 09:55:11.828861+00', '\x7b2261677265656d656e74223a226578616d706c652d7472756365222c2264617461223a7b226279223a224173736573736d656e74206465736b222c22656e7472794964223a2230313932366430302d303030302d373030302d383030302d303030303030303030303431222c2267726f756e6473223a22546872656520766964656f73207765726520706c61636564206174207468652073616d65207374726565742c20616e64206120706174726f6c2073617720746865206372617465722e222c226c6576656c223a22636f6e6669726d6564222c22746172676574223a2230313932366430302d303030302d373030302d383030302d303030303030303030303034227d2c22656e747279223a2230313932366430302d303030302d373030302d383030302d303030303030303030303431222c22706f736974696f6e223a31342c227265636f72646564223a22323032362d31312d33305430393a35353a31312e3832383836315a222c2274797065223a226173736573736d656e745f70726f706f736564222c2276223a317d', '\xffbee6e2bc177e1aafe46e20aa20701fcf01890e7a4840a5d9da3ae63868e9aa'),
	('example-truce', 17, '01926d00-0000-7000-8000-000000000012', 'entry_retracted', '2026-11-30 09:55:13.584649+00', '\x7b2261677265656d656e74223a226578616d706c652d7472756365222c2264617461223a7b226279223a2241207265766965776572222c22656e7472794964223a2230313932366430302d303030302d373030302d383030302d303030303030303030303132222c22726561736f6e223a225468652070686f746f67726170687320617265206f6620616e6f7468657220706c6163652e222c22746172676574223a2230313932366430302d303030302d373030302d383030302d303030303030303030303036227d2c22656e747279223a2230313932366430302d303030302d373030302d383030302d303030303030303030303132222c22706f736974696f6e223a31372c227265636f72646564223a22323032362d31312d33305430393a35353a31332e3538343634395a222c2274797065223a22656e7472795f726574726163746564222c2276223a317d', '\x416da0d7d6621d93938dbdf477722fe4de47577f39a22e76d47bd5ec97520d90'),
	('example-truce', 19, '01926d00-0000-7000-8000-000000000014', 'provision_resumed', '2026-11-30 09:55:14.052461+00', '\x7b2261677265656d656e74223a226578616d706c652d7472756365222c2264617461223a7b226261736973223a2250726f746f636f6c206f66203330204e6f76656d6265722032303138222c22656666656374697665223a22323031382d31312d33305432323a30303a30305a222c22656e7472794964223a2230313932366430302d303030302d373030302d383030302d303030303030303030303134222c2270726f766973696f6e223a227175696574227d2c22656e747279223a2230313932366430302d303030302d373030302d383030302d303030303030303030303134222c22706f736974696f6e223a31392c227265636f72646564223a22323032362d31312d33305430393a35353a31342e3035323436315a222c2274797065223a2270726f766973696f6e5f726573756d6564222c2276223a317d', '\x66ca83ce90c18875a4b933e1234cfaf9cf2d655b8e64403b900e62bafe82806d'),
	('example-truce', 20, '01926d00-0000-7000-8000-000000000015', 'provision_discharged', '2026-11-30 09:55:14.446656+00', '\x7b2261677265656d656e74223a226578616d706c652d7472756365222c2264617461223a7b226261736973223a2250726f746f636f6c206f6620333120446563656d6265722032303138222c22656666656374697665223a22323031382d31322d33315432323a30303a30305a222c22656e7472794964223a2230313932366430302d303030302d373030302d383030302d303030303030303030303135222c2270726f766973696f6e223a227175696574227d2c22656e747279223a2230313932366430302d303030302d373030302d383030302d303030303030303030303135222c22706f736974696f6e223a32302c227265636f72646564223a22323032362d31312d33305430393a35353a31342e3434363635365a222c2274797065223a2270726f766973696f6e5f64697363686172676564222c2276223a317d', '\x7d15a4ec10941ec691055db1563314cfab364274f00cac11be83eb13a4ca6a4d'),
	('example-truce', 22, '01926d00-0000-7000-8000-000000000018', 'erasure_requested', '2026-11-30 09:55:51.240843+00', '\x7b2261677265656d656e74223a226578616d706c652d7472756365222c2264617461223a7b22617574686f72697479223a224465636973696f6e2033206f662074686520646174612070726f74656374696f6e206f666669636572222c22656e7472794964223a2230313932366430302d303030302d373030302d383030302d303030303030303030303138222c2268616e646c65223a2230313932366430302d303030302d373030302d383030302d303030303030303030303939222c226e616d6573223a5b226e6172726174697665225d2c22706f736974696f6e73223a5b345d7d2c22656e747279223a2230313932366430302d303030302d373030302d383030302d303030303030303030303138222c22706f736974696f6e223a32322c227265636f72646564223a22323032362d31312d33305430393a35353a35312e3234303834335a222c2274797065223a22657261737572655f726571756573746564222c2276223a317d', '\x72a70d66f63729a90eee3ca1e78e35bb0ed62077e49931280130b3dd91204fdf'),
	('example-truce', 23, '01926d00-0000-7000-8000-000000000019', 'erasure_confirmed', '2026-11-30 09:55:51.348455+00', '\x7b2261677265656d656e74223a226578616d706c652d7472756365222c2264617461223a7b22617574686f72697479223a224465636973696f6e2033206f662074686520646174612070726f74656374696f6e206f666669636572222c22656e7472794964223a2230313932366430302d303030302d373030302d383030302d303030303030303030303139222c2268616e646c65223a2230313932366430302d303030302d373030302d383030302d303030303030303030303939222c22746172676574223a2230313932366430302d303030302d373030302d383030302d303030303030303030303138227d2c22656e747279223a2230313932366430302d303030302d373030302d383030302d303030303030303030303139222c22706f736974696f6e223a32332c227265636f72646564223a22323032362d31312d33305430393a35353a35312e3334383435355a222c2274797065223a22657261737572655f636f6e6669726d6564222c2276223a317d', '\x345a270e4d36720ccb20e0f8f4bd375c64072ce394420854e104f1d51e67cbc7'),
	('example-truce', 15, '01926d00-0000-7000-8000-000000000022', 'report_sent_back', '2026-11-30 09:55:12.214579+00', '\x7b2261677265656d656e74223a226578616d706c652d7472756365222c2264617461223a7b226279223a224173736573736d656e74206465736b222c22656e7472794964223a2230313932366430302d303030302d373030302d383030302d303030303030303030303232222c226669656c6473223a5b22706c616365225d2c227175657374696f6e223a2257617320697420746865206e6f72746865726e206f722074686520736f75746865726e20656e64206f6620746865207374726565743f222c22746172676574223a2230313932366430302d303030302d373030302d383030302d303030303030303030303034227d2c22656e747279223a2230313932366430302d303030302d373030302d383030302d303030303030303030303232222c22706f736974696f6e223a31352c227265636f72646564223a22323032362d31312d33305430393a35353a31322e3231343537395a222c2274797065223a227265706f72745f73656e745f6261636b222c2276223a317d', '\xd7832ad29869acf007122b5e43a37ba460f77d2f56f91695b124d2dfd49da909'),
	('example-truce', 16, '01926d00-0000-7000-8000-000000000023', 'question_answered', '2026-11-30 09:55:12.703193+00', '\x7b2261677265656d656e74223a226578616d706c652d7472756365222c2264617461223a7b226279223a224669656c64207465616d2033222c22656e7472794964223a2230313932366430302d303030302d373030302d383030302d303030303030303030303233222c22746172676574223a2230313932366430302d303030302d373030302d383030302d303030303030303030303232222c22776f726473223a22546865206e6f72746865726e20656e642c20626573696465207468652062616b6572792e227d2c22656e747279223a2230313932366430302d303030302d373030302d383030302d303030303030303030303233222c22706f736974696f6e223a31362c227265636f72646564223a22323032362d31312d33305430393a35353a31322e3730333139335a222c2274797065223a227175657374696f6e5f616e737765726564222c2276223a317d', '\x1cfeca98e1cb43cee23d1e72a859011dee2161acf33e963561d2aee3022ddb9e'),
	('example-truce', 18, '01926d00-0000-7000-8000-000000000013', 'provision_suspended', '2026-11-30 09:55:13.843626+00', '\x7b2261677265656d656e74223a226578616d706c652d7472756365222c2264617461223a7b226261736973223a2250726f746f636f6c206f66203331204f63746f6265722032303138222c22646561646c696e655374616e64735374696c6c223a66616c73652c22656666656374697665223a22323031382d31302d33315432323a30303a30305a222c22656e7472794964223a2230313932366430302d303030302d373030302d383030302d303030303030303030303133222c2270726f766973696f6e223a227175696574227d2c22656e747279223a2230313932366430302d303030302d373030302d383030302d303030303030303030303133222c22706f736974696f6e223a31382c227265636f72646564223a22323032362d31312d33305430393a35353a31332e3834333632365a222c2274797065223a2270726f766973696f6e5f73757370656e646564222c2276223a317d', '\x123ce2171cb5e44eee2ea6540c52e0f805cfb2e89943133aeb2bde770e686224'),
	('example-truce', 21, '01926d00-0000-7000-8000-000000000016', 'deadline_extended', '2026-11-30 09:55:15.023001+00', '\x7b2261677265656d656e74223a226578616d706c652d7472756365222c2264617461223a7b226261736973223a2250726f746f636f6c206f66203331204f63746f6265722032303138222c22656666656374697665223a22323031382d31302d33315432323a30303a30305a222c22656e7472794964223a2230313932366430302d303030302d373030302d383030302d303030303030303030303136222c2270726f766973696f6e223a2261776179222c22746f223a22323031382d31302d3230227d2c22656e747279223a2230313932366430302d303030302d373030302d383030302d303030303030303030303136222c22706f736974696f6e223a32312c227265636f72646564223a22323032362d31312d33305430393a35353a31352e3032333030315a222c2274797065223a22646561646c696e655f657874656e646564222c2276223a317d', '\xc141ab2243b92f8bfbd5741bae1ae518156c5c9cfc46d35db41fe72ec232f35f');

INSERT INTO ledger.ledger_handle VALUES
	('01926d00-0000-7000-8000-000000000098', 'example-truce', 'open', '172f1b58-a0bb-4526-9e3c-5f6a0f1c72bd', 76, 1, NULL, NULL),
	('01926d00-0000-7000-8000-000000000099', 'example-truce', 'erased', '172f1b58-a0bb-4526-9e3c-5f6a0f1c72bd', 0, 1, 22, 23);

INSERT INTO ledger.ledger_head VALUES
	('example-truce', 23, '\xa1187a7d714523b8a13524e0f8c4b89e27b46efcf850bd7859e4c5ad59b05315', '2026-11-30 09:55:51.348455+00', 2);

INSERT INTO ledger.ledger_reference VALUES
	('01926d00-0000-7000-8000-000000000004', '01926d00-0000-7000-8000-000000000005'),
	('01926d00-0000-7000-8000-000000000004', '01926d00-0000-7000-8000-000000000006'),
	('01926d00-0000-7000-8000-000000000004', '01926d00-0000-7000-8000-000000000007'),
	('01926d00-0000-7000-8000-000000000020', '01926d00-0000-7000-8000-000000000007'),
	('01926d00-0000-7000-8000-000000000004', '01926d00-0000-7000-8000-000000000008'),
	('01926d00-0000-7000-8000-000000000004', '01926d00-0000-7000-8000-000000000011'),
	('01926d00-0000-7000-8000-000000000004', '01926d00-0000-7000-8000-000000000041'),
	('01926d00-0000-7000-8000-000000000004', '01926d00-0000-7000-8000-000000000022'),
	('01926d00-0000-7000-8000-000000000022', '01926d00-0000-7000-8000-000000000023'),
	('01926d00-0000-7000-8000-000000000006', '01926d00-0000-7000-8000-000000000012'),
	('01926d00-0000-7000-8000-000000000018', '01926d00-0000-7000-8000-000000000019');

INSERT INTO ledger.ledger_sealed VALUES
	('01926d00-0000-7000-8000-000000000020', 'source.identity', 'example-truce', 5, '01926d00-0000-7000-8000-000000000098', '\x19b8a866cd4cd2046cb4c3073a41bbf061fd665fb01315762fde6157697a53d3ba0e5b3127a5eefe873b32024b1026d34fa0195385477c158e001861534176efa8cf4bbd6fef10b803ec8c9f3ebe148027a763216e8f2702b6b21fdb6ff249f36e1d62dc');

INSERT INTO ledger.ledger_tile VALUES
	('example-truce', 0, 0, '\xc9f6e39b580b41d2b1fc6b98d8f3e1c1de44541ee0925cedf174ed8ed06d1fdfe6280ccf7d10eaa325f46c06c3e537a0e072f014545fa944d1457d2514ce69c63cc4ca89ebe8b81d662acc34830a718fdeffa264de8b0203a41261870a2facc5296127a2397226ec5fe67a42893e9db69cc308c817682e3236b6ca2bf32f7257ef254fbed68df02537615f2b3f1cca27c9090b670ed4c56e79c51b814231a28addda47a93e5990a64a57f89187513b0a4f6fa2120470e1f4cd27de24dbab8aa460fd6a4816f208016d67d6d2bf5e3f7c4f9cd6da60108cef90ea961eab406ec260b93cd8148c512ec77952358015538eea154b512f782d80b9a36d681392f11396dd60d1d337c15621e8fb98de469c9b0118b9c3f913a667dc725aa1456e8dfdb2d935352cddbdc83468978969ef52c1fc085b6ff9353f88182c52b40268c96a7511dbc4a7cdb8e2986f31397d7a82299b0ed0ab5c487c64ea3b7b288184e9459b53f54826e4b914eb1f863f899359ac0b2fbdfd17e21bbf969b233eebe32c1e4108b67cd084a066039e0b18d2dd7f0256e8168a5bbc66599178f0f208bfe02fffbee6e2bc177e1aafe46e20aa20701fcf01890e7a4840a5d9da3ae63868e9aad7832ad29869acf007122b5e43a37ba460f77d2f56f91695b124d2dfd49da9091cfeca98e1cb43cee23d1e72a859011dee2161acf33e963561d2aee3022ddb9e416da0d7d6621d93938dbdf477722fe4de47577f39a22e76d47bd5ec97520d90123ce2171cb5e44eee2ea6540c52e0f805cfb2e89943133aeb2bde770e68622466ca83ce90c18875a4b933e1234cfaf9cf2d655b8e64403b900e62bafe82806d7d15a4ec10941ec691055db1563314cfab364274f00cac11be83eb13a4ca6a4dc141ab2243b92f8bfbd5741bae1ae518156c5c9cfc46d35db41fe72ec232f35f72a70d66f63729a90eee3ca1e78e35bb0ed62077e49931280130b3dd91204fdf345a270e4d36720ccb20e0f8f4bd375c64072ce394420854e104f1d51e67cbc7');

INSERT INTO ledger.membership VALUES
	('00000000-0000-7000-8000-000000000001', '*', 'monitor', '', false, '2026-11-30 09:53:49.780425+00', NULL),
	('00000000-0000-7000-8000-000000000001', '*', 'reviewer', '', false, '2026-11-30 09:53:49.780425+00', NULL),
	('00000000-0000-7000-8000-000000000001', '*', 'party', '*', false, '2026-11-30 09:53:49.780425+00', NULL),
	('00000000-0000-7000-8000-000000000001', '*', 'auditor', '', false, '2026-11-30 09:53:49.780425+00', NULL),
	('00000000-0000-7000-8000-000000000001', '*', 'administrator', '', true, '2026-11-30 09:53:49.780425+00', NULL);

INSERT INTO ledger.mt_event_progression VALUES
	('HighWaterAllocationFence', 23, '2026-11-30 09:56:49.439396+00', 'none', 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	('HighWaterMark', 23, '2026-11-30 09:56:49.454938+00', 'none', 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	('HighWaterStuckGap', 3, '2026-11-30 09:55:06.554553+00', 'none', 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	('webhooks:All', 23, '2026-11-30 09:55:51.566454+00', 'none', 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	('day:All', 23, '2026-11-30 09:55:51.567151+00', 'none', 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	('verdict:All', 23, '2026-11-30 09:55:51.650403+00', 'none', 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	('incident:All', 23, '2026-11-30 09:55:51.654618+00', 'none', 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);

INSERT INTO ledger.mt_events VALUES
	(1, '01926d00-0000-7000-8000-000000000001', 'example-truce', 1, '{"file": {"id": "example-truce", "title": {"en": "A truce between North and South"}, "zones": [{"id": "strip", "name": {"en": "The strip"}}], "signed": "2018-09-17", "parties": [{"id": "north", "name": {"en": "North"}, "signatory": true}, {"id": "south", "name": {"en": "South"}, "signatory": true}], "version": "first", "codebook": {"kinds": {"bombing": {"en": "Air strike"}, "withdrawal": {"en": "Withdrawal"}}, "quantities": {"weapons": {"en": "Weapons"}}}, "evidence": {"threshold": "alleged"}, "timeZone": "Asia/Damascus", "provisions": [{"id": "quiet", "title": {"en": "No bombing"}, "words": "Nobody bombs anybody.", "forbid": {"act": {"kinds": ["bombing"]}}, "article": "1", "reading": "Any bombing breaches."}, {"id": "away", "title": {"en": "Weapons leave the strip"}, "words": "All weapons leave the strip by 10 October.", "achieve": {"by": "2018-10-10", "act": {"kinds": ["withdrawal"]}}, "article": "2", "reading": "A withdrawal reported by then."}]}, "saidAt": "2018-09-16T21:00:00Z", "entryId": "01926d00-0000-7000-8000-000000000001", "sourceSha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}', NULL, 'agreement_adopted', '2026-11-30 09:54:37.688625+00', '*DEFAULT*', 'Ledger.Domain.Entries.AgreementAdopted, Ledger.Domain', 'cfa2e78342c1d9b1497aab59086b9e5d', NULL, 'null', false),
	(2, '01926d00-0000-7000-8000-000000000002', 'example-truce', 2, '{"by": "Both parties", "file": {"id": "example-truce", "title": {"en": "A truce between North and South"}, "zones": [{"id": "strip", "name": {"en": "The strip"}}], "signed": "2018-09-17", "parties": [{"id": "north", "name": {"en": "North"}, "signatory": true}, {"id": "south", "name": {"en": "South"}, "signatory": true}], "version": "second", "codebook": {"kinds": {"bombing": {"en": "Air strike"}, "withdrawal": {"en": "Withdrawal"}}, "quantities": {"weapons": {"en": "Weapons"}}}, "evidence": {"threshold": "alleged"}, "timeZone": "Asia/Damascus", "provisions": [{"id": "quiet", "title": {"en": "No bombing"}, "words": "Nobody bombs anybody.", "forbid": {"act": {"kinds": ["bombing"]}}, "article": "1", "reading": "Any bombing of people breaches."}, {"id": "away", "title": {"en": "Weapons leave the strip"}, "words": "All weapons leave the strip by 10 October.", "achieve": {"by": "2018-10-10", "act": {"kinds": ["withdrawal"]}}, "article": "2", "reading": "A withdrawal reported by then."}]}, "reason": "A protocol was signed.", "entryId": "01926d00-0000-7000-8000-000000000002", "appliesFrom": "2018-10-01", "sourceSha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}', NULL, 'agreement_revised', '2026-11-30 09:55:04.190698+00', '*DEFAULT*', 'Ledger.Domain.Entries.AgreementRevised, Ledger.Domain', 'cfa2e78342c1d9b1497aab59086b9e5d', NULL, 'null', false),
	(3, '01926d00-0000-7000-8000-000000000003', 'example-truce', 3, '{"from": "2018-09-20", "zone": "strip", "inner": {"type": "Polygon", "coordinates": [[["36.3", "35.6"], ["36.45", "35.6"], ["36.45", "35.75"], ["36.3", "35.75"], ["36.3", "35.6"]]]}, "outer": {"type": "Polygon", "coordinates": [[["36.25", "35.55"], ["36.5", "35.55"], ["36.5", "35.8"], ["36.25", "35.8"], ["36.25", "35.55"]]]}, "source": "Annex 1 to the protocol of 19 September 2018", "entryId": "01926d00-0000-7000-8000-000000000003"}', NULL, 'zone_delimited', '2026-11-30 09:55:04.985374+00', '*DEFAULT*', 'Ledger.Domain.Entries.ZoneDelimited, Ledger.Domain', 'cfa2e78342c1d9b1497aab59086b9e5d', NULL, 'null', false),
	(4, '01926d00-0000-7000-8000-000000000004', 'example-truce', 4, '{"report": {"kind": "bombing", "place": {"name": "Near Jisr al-Shughur", "point": {"lat": "35.81418", "lon": "36.31983"}, "precision": "near"}, "actors": [{"name": "south", "role": "by"}], "sealed": {"narrative": "Ncm2R4Q5xltuUBbrlklWW2XWa1xIm_cwVs2pbs7S5EI"}, "source": {"name": "A newspaper", "class": "media", "credibility": 3, "reliability": "C"}, "summary": "An air strike was reported near Jisr al-Shughur in the afternoon.", "occurred": {"from": "2018-10-13T21:00:00Z", "until": "2018-10-14T21:00:00Z", "precision": "day"}}, "saidAt": "2018-10-14T15:30:00Z", "entryId": "01926d00-0000-7000-8000-000000000004"}', NULL, 'report_filed', '2026-11-30 09:55:06.342565+00', '*DEFAULT*', 'Ledger.Domain.Entries.ReportFiled, Ledger.Domain', 'cfa2e78342c1d9b1497aab59086b9e5d', NULL, 'null', false),
	(5, '01926d00-0000-7000-8000-000000000020', 'example-truce', 5, '{"report": {"kind": "bombing", "place": {"name": "Near Jisr al-Shughur", "point": {"lat": "35.81418", "lon": "36.31983"}, "precision": "near"}, "actors": [{"name": "south", "role": "by"}], "sealed": {"source.identity": "kvC1K_lDSQ1YU1IQ77rAjUh1honsH8MKD1_q5LY6Yr8"}, "source": {"name": "A newspaper", "class": "media", "credibility": 3, "reliability": "C"}, "summary": "An air strike was reported near Jisr al-Shughur in the afternoon.", "occurred": {"from": "2018-10-13T21:00:00Z", "until": "2018-10-14T21:00:00Z", "precision": "day"}}, "saidAt": "2018-10-14T15:30:00Z", "entryId": "01926d00-0000-7000-8000-000000000020"}', NULL, 'report_filed', '2026-11-30 09:55:07.129698+00', '*DEFAULT*', 'Ledger.Domain.Entries.ReportFiled, Ledger.Domain', 'cfa2e78342c1d9b1497aab59086b9e5d', NULL, 'null', false),
	(6, '01926d00-0000-7000-8000-000000000030', 'example-truce', 6, '{"report": {"kind": "withdrawal", "place": {"zone": "strip", "precision": "unknown"}, "actors": [{"name": "north", "role": "by"}], "source": {"name": "A newspaper", "class": "media", "credibility": 3, "reliability": "C"}, "summary": "An air strike was reported near Jisr al-Shughur in the afternoon.", "occurred": {"from": "2018-10-08T21:00:00Z", "until": "2018-10-09T21:00:00Z", "precision": "day"}}, "saidAt": "2018-10-14T15:30:00Z", "entryId": "01926d00-0000-7000-8000-000000000030"}', NULL, 'report_filed', '2026-11-30 09:55:07.935877+00', '*DEFAULT*', 'Ledger.Domain.Entries.ReportFiled, Ledger.Domain', 'cfa2e78342c1d9b1497aab59086b9e5d', NULL, 'null', false),
	(7, '01926d00-0000-7000-8000-000000000005', 'example-truce', 7, '{"reason": "The newspaper corrected the day.", "report": {"kind": "bombing", "place": {"name": "Near Jisr al-Shughur", "point": {"lat": "35.81418", "lon": "36.31983"}, "precision": "near"}, "actors": [{"name": "south", "role": "by"}], "source": {"name": "A newspaper", "class": "media"}, "summary": "An air strike was reported near Jisr al-Shughur the day before.", "occurred": {"from": "2018-10-12T21:00:00Z", "until": "2018-10-13T21:00:00Z", "precision": "day"}}, "target": "01926d00-0000-7000-8000-000000000004", "entryId": "01926d00-0000-7000-8000-000000000005"}', NULL, 'report_corrected', '2026-11-30 09:55:08.252188+00', '*DEFAULT*', 'Ledger.Domain.Entries.ReportCorrected, Ledger.Domain', 'cfa2e78342c1d9b1497aab59086b9e5d', NULL, 'null', false),
	(8, '01926d00-0000-7000-8000-000000000006', 'example-truce', 8, '{"by": "A reviewer", "level": "confirmed", "target": "01926d00-0000-7000-8000-000000000004", "entryId": "01926d00-0000-7000-8000-000000000006", "grounds": "Two photographs show the crater."}', NULL, 'report_assessed', '2026-11-30 09:55:08.766866+00', '*DEFAULT*', 'Ledger.Domain.Entries.ReportAssessed, Ledger.Domain', 'cfa2e78342c1d9b1497aab59086b9e5d', NULL, 'null', false),
	(9, '01926d00-0000-7000-8000-000000000007', 'example-truce', 9, '{"reason": "Both speak of the same strike.", "entryId": "01926d00-0000-7000-8000-000000000007", "reports": ["01926d00-0000-7000-8000-000000000004", "01926d00-0000-7000-8000-000000000020"]}', NULL, 'reports_linked', '2026-11-30 09:55:09.165661+00', '*DEFAULT*', 'Ledger.Domain.Entries.ReportsLinked, Ledger.Domain', 'cfa2e78342c1d9b1497aab59086b9e5d', NULL, 'null', false),
	(10, '01926d00-0000-7000-8000-000000000008', 'example-truce', 10, '{"party": "south", "words": "None of our aircraft flew that day.", "stance": "denies", "target": "01926d00-0000-7000-8000-000000000004", "entryId": "01926d00-0000-7000-8000-000000000008"}', NULL, 'party_responded', '2026-11-30 09:55:09.949015+00', '*DEFAULT*', 'Ledger.Domain.Entries.PartyResponded, Ledger.Domain', 'cfa2e78342c1d9b1497aab59086b9e5d', NULL, 'null', false),
	(11, '01926d00-0000-7000-8000-000000000009', 'example-truce', 11, '{"by": "The foreign ministry of North", "party": "north", "saidAt": "2018-10-14T21:00:00Z", "stance": "broken", "entryId": "01926d00-0000-7000-8000-000000000009", "summary": "The ministry says that the truce was broken.", "provisions": ["quiet"]}', NULL, 'statement_recorded', '2026-11-30 09:55:10.320519+00', '*DEFAULT*', 'Ledger.Domain.Entries.StatementRecorded, Ledger.Domain', 'cfa2e78342c1d9b1497aab59086b9e5d', NULL, 'null', false),
	(12, '01926d00-0000-7000-8000-000000000010', 'example-truce', 12, '{"by": "A patrol of observers", "from": "2018-09-30T21:00:00Z", "until": "2018-10-07T21:00:00Z", "zones": ["strip"], "method": "On foot", "entryId": "01926d00-0000-7000-8000-000000000010"}', NULL, 'coverage_recorded', '2026-11-30 09:55:11.236884+00', '*DEFAULT*', 'Ledger.Domain.Entries.CoverageRecorded, Ledger.Domain', 'cfa2e78342c1d9b1497aab59086b9e5d', NULL, 'null', false),
	(13, '01926d00-0000-7000-8000-000000000011', 'example-truce', 13, '{"size": 204800, "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "target": "01926d00-0000-7000-8000-000000000004", "entryId": "01926d00-0000-7000-8000-000000000011", "mediaType": "image/jpeg"}', NULL, 'evidence_attached', '2026-11-30 09:55:11.428624+00', '*DEFAULT*', 'Ledger.Domain.Entries.EvidenceAttached, Ledger.Domain', 'cfa2e78342c1d9b1497aab59086b9e5d', NULL, 'null', false),
	(14, '01926d00-0000-7000-8000-000000000041', 'example-truce', 14, '{"by": "Assessment desk", "level": "confirmed", "target": "01926d00-0000-7000-8000-000000000004", "entryId": "01926d00-0000-7000-8000-000000000041", "grounds": "Three videos were placed at the same street, and a patrol saw the crater."}', NULL, 'assessment_proposed', '2026-11-30 09:55:11.828861+00', '*DEFAULT*', 'Ledger.Domain.Entries.AssessmentProposed, Ledger.Domain', 'cfa2e78342c1d9b1497aab59086b9e5d', NULL, 'null', false),
	(17, '01926d00-0000-7000-8000-000000000012', 'example-truce', 17, '{"by": "A reviewer", "reason": "The photographs are of another place.", "target": "01926d00-0000-7000-8000-000000000006", "entryId": "01926d00-0000-7000-8000-000000000012"}', NULL, 'entry_retracted', '2026-11-30 09:55:13.584649+00', '*DEFAULT*', 'Ledger.Domain.Entries.EntryRetracted, Ledger.Domain', 'cfa2e78342c1d9b1497aab59086b9e5d', NULL, 'null', false),
	(18, '01926d00-0000-7000-8000-000000000013', 'example-truce', 18, '{"basis": "Protocol of 31 October 2018", "entryId": "01926d00-0000-7000-8000-000000000013", "effective": "2018-10-31T22:00:00Z", "provision": "quiet", "deadlineStandsStill": false}', NULL, 'provision_suspended', '2026-11-30 09:55:13.843626+00', '*DEFAULT*', 'Ledger.Domain.Entries.ProvisionSuspended, Ledger.Domain', 'cfa2e78342c1d9b1497aab59086b9e5d', NULL, 'null', false),
	(19, '01926d00-0000-7000-8000-000000000014', 'example-truce', 19, '{"basis": "Protocol of 30 November 2018", "entryId": "01926d00-0000-7000-8000-000000000014", "effective": "2018-11-30T22:00:00Z", "provision": "quiet"}', NULL, 'provision_resumed', '2026-11-30 09:55:14.052461+00', '*DEFAULT*', 'Ledger.Domain.Entries.ProvisionResumed, Ledger.Domain', 'cfa2e78342c1d9b1497aab59086b9e5d', NULL, 'null', false),
	(20, '01926d00-0000-7000-8000-000000000015', 'example-truce', 20, '{"basis": "Protocol of 31 December 2018", "entryId": "01926d00-0000-7000-8000-000000000015", "effective": "2018-12-31T22:00:00Z", "provision": "quiet"}', NULL, 'provision_discharged', '2026-11-30 09:55:14.446656+00', '*DEFAULT*', 'Ledger.Domain.Entries.ProvisionDischarged, Ledger.Domain', 'cfa2e78342c1d9b1497aab59086b9e5d', NULL, 'null', false),
	(22, '01926d00-0000-7000-8000-000000000018', 'example-truce', 22, '{"names": ["narrative"], "handle": "01926d00-0000-7000-8000-000000000099", "entryId": "01926d00-0000-7000-8000-000000000018", "authority": "Decision 3 of the data protection officer", "positions": [4]}', NULL, 'erasure_requested', '2026-11-30 09:55:51.240843+00', '*DEFAULT*', 'Ledger.Domain.Entries.ErasureRequested, Ledger.Domain', 'cfa2e78342c1d9b1497aab59086b9e5d', NULL, 'null', false),
	(23, '01926d00-0000-7000-8000-000000000019', 'example-truce', 23, '{"handle": "01926d00-0000-7000-8000-000000000099", "target": "01926d00-0000-7000-8000-000000000018", "entryId": "01926d00-0000-7000-8000-000000000019", "authority": "Decision 3 of the data protection officer"}', NULL, 'erasure_confirmed', '2026-11-30 09:55:51.348455+00', '*DEFAULT*', 'Ledger.Domain.Entries.ErasureConfirmed, Ledger.Domain', 'cfa2e78342c1d9b1497aab59086b9e5d', NULL, 'null', false),
	(15, '01926d00-0000-7000-8000-000000000022', 'example-truce', 15, '{"by": "Assessment desk", "fields": ["place"], "target": "01926d00-0000-7000-8000-000000000004", "entryId": "01926d00-0000-7000-8000-000000000022", "question": "Was it the northern or the southern end of the street?"}', NULL, 'report_sent_back', '2026-11-30 09:55:12.214579+00', '*DEFAULT*', 'Ledger.Domain.Entries.ReportSentBack, Ledger.Domain', 'cfa2e78342c1d9b1497aab59086b9e5d', NULL, 'null', false),
	(16, '01926d00-0000-7000-8000-000000000023', 'example-truce', 16, '{"by": "Field team 3", "words": "The northern end, beside the bakery.", "target": "01926d00-0000-7000-8000-000000000022", "entryId": "01926d00-0000-7000-8000-000000000023"}', NULL, 'question_answered', '2026-11-30 09:55:12.703193+00', '*DEFAULT*', 'Ledger.Domain.Entries.QuestionAnswered, Ledger.Domain', 'cfa2e78342c1d9b1497aab59086b9e5d', NULL, 'null', false),
	(21, '01926d00-0000-7000-8000-000000000016', 'example-truce', 21, '{"to": "2018-10-20", "basis": "Protocol of 31 October 2018", "entryId": "01926d00-0000-7000-8000-000000000016", "effective": "2018-10-31T22:00:00Z", "provision": "away"}', NULL, 'deadline_extended', '2026-11-30 09:55:15.023001+00', '*DEFAULT*', 'Ledger.Domain.Entries.DeadlineExtended, Ledger.Domain', 'cfa2e78342c1d9b1497aab59086b9e5d', NULL, 'null', false);

INSERT INTO ledger.mt_streams VALUES
	('example-truce', 'agreement_head', 23, '2026-11-30 09:55:51.342497+00', '2026-11-30 09:54:37.442849+00', '*DEFAULT*', 0, false);

INSERT INTO ledger.party_conduct VALUES
	('example-truce', '2018-10-09', 'north', 'by', 'withdrawal', 1, 1, 0, 0),
	('example-truce', '2018-10-14', 'south', 'by', 'bombing', 1, 1, 0, 0),
	('example-truce', '2018-10-13', 'south', 'by', 'bombing', 1, 1, 0, 0);

INSERT INTO ledger.person VALUES
	('00000000-0000-7000-8000-000000000001', 'Operator', '2026-11-30 09:53:49.717234+00', NULL, NULL);

INSERT INTO ledger.provision_standing VALUES
	('example-truce', 'away', 6, '2026-11-30 09:55:07.935877+00', 'second', 'achieve', 'in-force', 'fulfilled', 'act-in-time', 'fulfilled', 'breached', 0, '2018-10-08 21:00:00+00', '2018-10-20 21:00:00+00'),
	('example-truce', 'quiet', 20, '2026-11-30 09:55:14.446656+00', 'second', 'forbid', 'discharged', 'breached', 'violation', 'holding', 'breached', 1, '2018-10-13 21:00:00+00', NULL);

INSERT INTO ledger.public_reading VALUES
	('example-truce', '2026-11-30 09:55:51.804076+00', '00000000-0000-7000-8000-000000000001');

INSERT INTO ledger.report VALUES
	('01926d00-0000-7000-8000-000000000030', 'example-truce', 6, 6, 'withdrawal', '2018-10-08 21:00:00+00', '2018-10-09 21:00:00+00', NULL, '{north}', 'media', 'alleged', false, 0, '{"kind": "withdrawal", "place": {"zone": "strip", "precision": "unknown"}, "actors": [{"name": "north", "role": "by"}], "source": {"name": "A newspaper", "class": "media", "credibility": 3, "reliability": "C"}, "summary": "An air strike was reported near Jisr al-Shughur in the afternoon.", "occurred": {"from": "2018-10-08T21:00:00Z", "until": "2018-10-09T21:00:00Z", "precision": "day"}}'),
	('01926d00-0000-7000-8000-000000000004', 'example-truce', 4, 17, 'bombing', '2018-10-12 21:00:00+00', '2018-10-13 21:00:00+00', 'Near Jisr al-Shughur', '{south}', 'media', 'alleged', false, 1, '{"kind": "bombing", "place": {"name": "Near Jisr al-Shughur", "point": {"lat": "35.81418", "lon": "36.31983"}, "precision": "near"}, "actors": [{"name": "south", "role": "by"}], "source": {"name": "A newspaper", "class": "media"}, "summary": "An air strike was reported near Jisr al-Shughur the day before.", "occurred": {"from": "2018-10-12T21:00:00Z", "until": "2018-10-13T21:00:00Z", "precision": "day"}}'),
	('01926d00-0000-7000-8000-000000000020', 'example-truce', 5, 9, 'bombing', '2018-10-13 21:00:00+00', '2018-10-14 21:00:00+00', 'Near Jisr al-Shughur', '{south}', 'media', 'alleged', false, 0, '{"kind": "bombing", "place": {"name": "Near Jisr al-Shughur", "point": {"lat": "35.81418", "lon": "36.31983"}, "precision": "near"}, "actors": [{"name": "south", "role": "by"}], "sealed": {"source.identity": "kvC1K_lDSQ1YU1IQ77rAjUh1honsH8MKD1_q5LY6Yr8"}, "source": {"name": "A newspaper", "class": "media", "credibility": 3, "reliability": "C"}, "summary": "An air strike was reported near Jisr al-Shughur in the afternoon.", "occurred": {"from": "2018-10-13T21:00:00Z", "until": "2018-10-14T21:00:00Z", "precision": "day"}}');

INSERT INTO ledger.verdict_change VALUES
	('example-truce', 'quiet', 1, '2026-11-30 09:54:37.688625+00', '{}', 'in-force', 'holding', NULL, '2018-09-16 21:00:00+00', 'holding', 'holding'),
	('example-truce', 'away', 1, '2026-11-30 09:54:37.688625+00', '{}', 'in-force', 'breached', NULL, '2018-10-10 21:00:00+00', 'breached', 'breached'),
	('example-truce', 'quiet', 4, '2026-11-30 09:55:06.342565+00', '{01926d00-0000-7000-8000-000000000004}', 'in-force', 'breached', 'holding', '2018-10-13 21:00:00+00', 'holding', 'breached'),
	('example-truce', 'away', 6, '2026-11-30 09:55:07.935877+00', '{01926d00-0000-7000-8000-000000000030}', 'in-force', 'fulfilled', 'breached', '2018-10-08 21:00:00+00', 'fulfilled', 'breached'),
	('example-truce', 'quiet', 8, '2026-11-30 09:55:08.766866+00', '{01926d00-0000-7000-8000-000000000004,01926d00-0000-7000-8000-000000000020}', 'in-force', 'breached', 'breached', '2018-10-12 21:00:00+00', 'breached', 'breached'),
	('example-truce', 'quiet', 17, '2026-11-30 09:55:13.584649+00', '{01926d00-0000-7000-8000-000000000004,01926d00-0000-7000-8000-000000000020}', 'in-force', 'breached', 'breached', '2018-10-13 21:00:00+00', 'holding', 'breached'),
	('example-truce', 'quiet', 18, '2026-11-30 09:55:13.843626+00', '{01926d00-0000-7000-8000-000000000004,01926d00-0000-7000-8000-000000000020,01926d00-0000-7000-8000-000000000013}', 'suspended', 'breached', 'breached', '2018-10-13 21:00:00+00', 'holding', 'breached'),
	('example-truce', 'quiet', 19, '2026-11-30 09:55:14.052461+00', '{01926d00-0000-7000-8000-000000000004,01926d00-0000-7000-8000-000000000020}', 'in-force', 'breached', 'breached', '2018-10-13 21:00:00+00', 'holding', 'breached'),
	('example-truce', 'quiet', 20, '2026-11-30 09:55:14.446656+00', '{01926d00-0000-7000-8000-000000000004,01926d00-0000-7000-8000-000000000020,01926d00-0000-7000-8000-000000000015}', 'discharged', 'breached', 'breached', '2018-10-13 21:00:00+00', 'holding', 'breached');

INSERT INTO ledger.verdict_progress VALUES
	('example-truce', 23, '2026-11-30 09:55:51.348455+00');

INSERT INTO ledger.wolverine_node_records VALUES
	(1, 1, 'NodeStarted', '2026-11-30 09:53:51.03904+00', ''),
	(2, 1, 'AgentStarted', '2026-11-30 09:53:52.106874+00', 'event-subscriptions://marten/main/127!0!0!1.ledger/incident/all'),
	(3, 1, 'AgentStarted', '2026-11-30 09:53:52.106874+00', 'event-subscriptions://marten/main/127!0!0!1.ledger/day/all'),
	(4, 1, 'AgentStarted', '2026-11-30 09:53:52.106874+00', 'event-subscriptions://marten/main/127!0!0!1.ledger/verdict/all'),
	(5, 1, 'AgentStarted', '2026-11-30 09:53:52.106874+00', 'event-subscriptions://marten/main/127!0!0!1.ledger/webhooks/all'),
	(6, 1, 'AgentStarted', '2026-11-30 09:53:52.106874+00', 'wolverinedb://postgresql/127.0.0.1/ledger/ledger');

INSERT INTO ledger.zone_day VALUES
	('example-truce', '2018-10-09', 'strip', 'withdrawal', 1, 0),
	('example-truce', '2018-10-14', 'strip', 'bombing', 0, 1),
	('example-truce', '2018-10-13', 'strip', 'bombing', 0, 1);

SELECT pg_catalog.setval('ledger.mt_events_sequence', 23, true);

SELECT pg_catalog.setval('ledger.wolverine_node_records_id_seq', 6, true);

SELECT pg_catalog.setval('ledger.wolverine_nodes_node_number_seq', 1, false);

ALTER TABLE ONLY ledger.mt_event_progression
    ADD CONSTRAINT pk_mt_event_progression PRIMARY KEY (name);

ALTER TABLE ONLY ledger.api_token
    ADD CONSTRAINT pkey_api_token_secret_hash PRIMARY KEY (secret_hash);

ALTER TABLE ONLY ledger.challenge
    ADD CONSTRAINT pkey_challenge_challenge_hash PRIMARY KEY (challenge_hash);

ALTER TABLE ONLY ledger.device
    ADD CONSTRAINT pkey_device_device_id PRIMARY KEY (device_id);

ALTER TABLE ONLY ledger.evidence_kept
    ADD CONSTRAINT pkey_evidence_kept_agreement_sha256 PRIMARY KEY (agreement, sha256);

ALTER TABLE ONLY ledger.evidence_room
    ADD CONSTRAINT pkey_evidence_room_whose PRIMARY KEY (whose);

ALTER TABLE ONLY ledger.filing
    ADD CONSTRAINT pkey_filing_entry_id PRIMARY KEY (entry_id);

ALTER TABLE ONLY ledger.incident
    ADD CONSTRAINT pkey_incident_incident_id PRIMARY KEY (incident_id);

ALTER TABLE ONLY ledger.invitation
    ADD CONSTRAINT pkey_invitation_secret_hash PRIMARY KEY (secret_hash);

ALTER TABLE ONLY ledger.ledger_checkpoint
    ADD CONSTRAINT pkey_ledger_checkpoint_agreement_size PRIMARY KEY (agreement, size);

ALTER TABLE ONLY ledger.ledger_cosignature
    ADD CONSTRAINT pkey_ledger_cosignature_agreement_size_witness PRIMARY KEY (agreement, size, witness);

ALTER TABLE ONLY ledger.ledger_entry
    ADD CONSTRAINT pkey_ledger_entry_agreement_position PRIMARY KEY (agreement, "position");

ALTER TABLE ONLY ledger.ledger_handle
    ADD CONSTRAINT pkey_ledger_handle_handle PRIMARY KEY (handle);

ALTER TABLE ONLY ledger.ledger_head
    ADD CONSTRAINT pkey_ledger_head_agreement PRIMARY KEY (agreement);

ALTER TABLE ONLY ledger.ledger_reference
    ADD CONSTRAINT pkey_ledger_reference_target_entry_id PRIMARY KEY (target, entry_id);

ALTER TABLE ONLY ledger.ledger_sealed
    ADD CONSTRAINT pkey_ledger_sealed_entry_id_name PRIMARY KEY (entry_id, name);

ALTER TABLE ONLY ledger.ledger_tile
    ADD CONSTRAINT pkey_ledger_tile_agreement_level_index PRIMARY KEY (agreement, level, index);

ALTER TABLE ONLY ledger.login
    ADD CONSTRAINT pkey_login_issuer_subject PRIMARY KEY (issuer, subject);

ALTER TABLE ONLY ledger.membership
    ADD CONSTRAINT pkey_membership_person_id_agreement_role_party PRIMARY KEY (person_id, agreement, role, party);

ALTER TABLE ONLY ledger.mt_doc_deadletterevent
    ADD CONSTRAINT pkey_mt_doc_deadletterevent_id PRIMARY KEY (id);

ALTER TABLE ONLY ledger.mt_doc_envelope
    ADD CONSTRAINT pkey_mt_doc_envelope_id PRIMARY KEY (id);

ALTER TABLE ONLY ledger.mt_event_projection_floors
    ADD CONSTRAINT pkey_mt_event_projection_floors_name_tenant_id PRIMARY KEY (name, tenant_id);

ALTER TABLE ONLY ledger.mt_events
    ADD CONSTRAINT pkey_mt_events_seq_id PRIMARY KEY (seq_id);

ALTER TABLE ONLY ledger.mt_high_water_skips
    ADD CONSTRAINT pkey_mt_high_water_skips_ending_sequence PRIMARY KEY (ending_sequence);

ALTER TABLE ONLY ledger.mt_streams
    ADD CONSTRAINT pkey_mt_streams_id PRIMARY KEY (id);

ALTER TABLE ONLY ledger.opening
    ADD CONSTRAINT pkey_opening_opening_id PRIMARY KEY (opening_id);

ALTER TABLE ONLY ledger.party_conduct
    ADD CONSTRAINT pkey_party_conduct_agreement_day_party_role_kind PRIMARY KEY (agreement, day, party, role, kind);

ALTER TABLE ONLY ledger.passkey
    ADD CONSTRAINT pkey_passkey_credential_id PRIMARY KEY (credential_id);

ALTER TABLE ONLY ledger.past_membership
    ADD CONSTRAINT pkey_past_membership_person_id_agreement_role_party_granted_at PRIMARY KEY (person_id, agreement, role, party, granted_at);

ALTER TABLE ONLY ledger.person
    ADD CONSTRAINT pkey_person_person_id PRIMARY KEY (person_id);

ALTER TABLE ONLY ledger.provision_standing
    ADD CONSTRAINT pkey_provision_standing_agreement_provision PRIMARY KEY (agreement, provision);

ALTER TABLE ONLY ledger.public_reading
    ADD CONSTRAINT pkey_public_reading_agreement PRIMARY KEY (agreement);

ALTER TABLE ONLY ledger.report
    ADD CONSTRAINT pkey_report_report_id PRIMARY KEY (report_id);

ALTER TABLE ONLY ledger.session
    ADD CONSTRAINT pkey_session_secret_hash PRIMARY KEY (secret_hash);

ALTER TABLE ONLY ledger.verdict_change
    ADD CONSTRAINT pkey_verdict_change_agreement_provision_position_as_of PRIMARY KEY (agreement, provision, "position", as_of);

ALTER TABLE ONLY ledger.verdict_progress
    ADD CONSTRAINT pkey_verdict_progress_agreement PRIMARY KEY (agreement);

ALTER TABLE ONLY ledger.webhook
    ADD CONSTRAINT pkey_webhook_webhook_id PRIMARY KEY (webhook_id);

ALTER TABLE ONLY ledger.wolverine_agent_restrictions
    ADD CONSTRAINT pkey_wolverine_agent_restrictions_id PRIMARY KEY (id);

ALTER TABLE ONLY ledger.wolverine_control_queue
    ADD CONSTRAINT pkey_wolverine_control_queue_id PRIMARY KEY (id);

ALTER TABLE ONLY ledger.wolverine_dead_letter_history
    ADD CONSTRAINT pkey_wolverine_dead_letter_history_id PRIMARY KEY (id);

ALTER TABLE ONLY ledger.wolverine_dead_letters
    ADD CONSTRAINT pkey_wolverine_dead_letters_id PRIMARY KEY (id);

ALTER TABLE ONLY ledger.wolverine_incoming_envelopes
    ADD CONSTRAINT pkey_wolverine_incoming_envelopes_id PRIMARY KEY (id);

ALTER TABLE ONLY ledger.wolverine_node_assignments
    ADD CONSTRAINT pkey_wolverine_node_assignments_id PRIMARY KEY (id);

ALTER TABLE ONLY ledger.wolverine_node_records
    ADD CONSTRAINT pkey_wolverine_node_records_id PRIMARY KEY (id);

ALTER TABLE ONLY ledger.wolverine_nodes
    ADD CONSTRAINT pkey_wolverine_nodes_id PRIMARY KEY (id);

ALTER TABLE ONLY ledger.wolverine_outgoing_envelopes
    ADD CONSTRAINT pkey_wolverine_outgoing_envelopes_id PRIMARY KEY (id);

ALTER TABLE ONLY ledger.zone_day
    ADD CONSTRAINT pkey_zone_day_agreement_day_zone_kind PRIMARY KEY (agreement, day, zone, kind);

CREATE INDEX api_token_person_id ON ledger.api_token USING btree (person_id);

CREATE INDEX device_person_id ON ledger.device USING btree (person_id);

CREATE INDEX filing_person_id ON ledger.filing USING btree (person_id);

CREATE UNIQUE INDEX idx_mt_events_event_id ON ledger.mt_events USING btree (id);

CREATE INDEX idx_wolverine_dead_letter_history_last_replayed_at ON ledger.wolverine_dead_letter_history USING btree (last_replayed_at);

CREATE INDEX idx_wolverine_dead_letters_failure_group ON ledger.wolverine_dead_letters USING btree (failure_group);

CREATE INDEX idx_wolverine_dead_letters_replayable ON ledger.wolverine_dead_letters USING btree (replayable) WHERE (replayable = true);

CREATE INDEX idx_wolverine_incoming_envelopes_keep_until ON ledger.wolverine_incoming_envelopes USING btree (keep_until) WHERE ((status)::text = 'Handled'::text);

CREATE INDEX idx_wolverine_incoming_envelopes_owner ON ledger.wolverine_incoming_envelopes USING btree (owner_id) WHERE (owner_id <> 0);

CREATE INDEX idx_wolverine_incoming_envelopes_recover ON ledger.wolverine_incoming_envelopes USING btree (received_at) WHERE (((status)::text = 'Incoming'::text) AND (owner_id = 0));

CREATE INDEX idx_wolverine_incoming_envelopes_scheduled ON ledger.wolverine_incoming_envelopes USING btree (execution_time) WHERE ((status)::text = 'Scheduled'::text);

CREATE INDEX idx_wolverine_outgoing_envelopes_owner ON ledger.wolverine_outgoing_envelopes USING btree (owner_id) WHERE (owner_id <> 0);

CREATE INDEX idx_wolverine_outgoing_envelopes_recover ON ledger.wolverine_outgoing_envelopes USING btree (destination) WHERE (owner_id = 0);

CREATE INDEX incident_occurred ON ledger.incident USING btree (agreement, occurred_from);

CREATE INDEX incident_reports ON ledger.incident USING gin (reports);

CREATE UNIQUE INDEX ledger_entry_id ON ledger.ledger_entry USING btree (entry_id);

CREATE INDEX ledger_entry_recorded ON ledger.ledger_entry USING btree (agreement, recorded_at, "position");

CREATE INDEX ledger_entry_text ON ledger.ledger_entry USING btree (agreement, "position") WHERE (type = ANY (ARRAY['agreement_adopted'::text, 'agreement_revised'::text]));

CREATE INDEX ledger_handle_agreement ON ledger.ledger_handle USING btree (agreement, state);

CREATE INDEX ledger_reference_entry ON ledger.ledger_reference USING btree (entry_id);

CREATE INDEX ledger_sealed_handle ON ledger.ledger_sealed USING btree (handle);

CREATE INDEX ledger_sealed_position ON ledger.ledger_sealed USING btree (agreement, "position");

CREATE INDEX opening_agreement ON ledger.opening USING btree (agreement);

CREATE INDEX passkey_person_id ON ledger.passkey USING btree (person_id);

CREATE INDEX past_membership_agreement ON ledger.past_membership USING btree (agreement);

CREATE UNIQUE INDEX pk_mt_events_stream_and_version ON ledger.mt_events USING btree (stream_id, version);

CREATE INDEX report_occurred ON ledger.report USING btree (agreement, occurred_from);

CREATE INDEX report_position ON ledger.report USING btree (agreement, "position");

CREATE INDEX session_person_id ON ledger.session USING btree (person_id);

CREATE INDEX webhook_agreement ON ledger.webhook USING btree (agreement);

CREATE TRIGGER ledger_guard_delete BEFORE DELETE ON ledger.ledger_handle FOR EACH ROW EXECUTE FUNCTION ledger.ledger_guard();

CREATE TRIGGER ledger_guard_delete BEFORE DELETE ON ledger.ledger_head FOR EACH ROW EXECUTE FUNCTION ledger.ledger_guard();

CREATE TRIGGER ledger_guard_delete BEFORE DELETE ON ledger.ledger_tile FOR EACH ROW EXECUTE FUNCTION ledger.ledger_guard();

CREATE TRIGGER ledger_guard_delete BEFORE DELETE ON ledger.mt_streams FOR EACH ROW EXECUTE FUNCTION ledger.ledger_guard();

CREATE TRIGGER ledger_guard_fresh AFTER INSERT ON ledger.ledger_sealed REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION ledger.ledger_guard_fresh();

CREATE TRIGGER ledger_guard_insert BEFORE INSERT ON ledger.ledger_handle FOR EACH ROW EXECUTE FUNCTION ledger.ledger_guard_handle();

CREATE TRIGGER ledger_guard_truncate BEFORE TRUNCATE ON ledger.ledger_checkpoint FOR EACH STATEMENT EXECUTE FUNCTION ledger.ledger_guard();

CREATE TRIGGER ledger_guard_truncate BEFORE TRUNCATE ON ledger.ledger_cosignature FOR EACH STATEMENT EXECUTE FUNCTION ledger.ledger_guard();

CREATE TRIGGER ledger_guard_truncate BEFORE TRUNCATE ON ledger.ledger_entry FOR EACH STATEMENT EXECUTE FUNCTION ledger.ledger_guard();

CREATE TRIGGER ledger_guard_truncate BEFORE TRUNCATE ON ledger.ledger_handle FOR EACH STATEMENT EXECUTE FUNCTION ledger.ledger_guard();

CREATE TRIGGER ledger_guard_truncate BEFORE TRUNCATE ON ledger.ledger_head FOR EACH STATEMENT EXECUTE FUNCTION ledger.ledger_guard();

CREATE TRIGGER ledger_guard_truncate BEFORE TRUNCATE ON ledger.ledger_reference FOR EACH STATEMENT EXECUTE FUNCTION ledger.ledger_guard();

CREATE TRIGGER ledger_guard_truncate BEFORE TRUNCATE ON ledger.ledger_sealed FOR EACH STATEMENT EXECUTE FUNCTION ledger.ledger_guard();

CREATE TRIGGER ledger_guard_truncate BEFORE TRUNCATE ON ledger.ledger_tile FOR EACH STATEMENT EXECUTE FUNCTION ledger.ledger_guard();

CREATE TRIGGER ledger_guard_truncate BEFORE TRUNCATE ON ledger.mt_events FOR EACH STATEMENT EXECUTE FUNCTION ledger.ledger_guard();

CREATE TRIGGER ledger_guard_truncate BEFORE TRUNCATE ON ledger.mt_streams FOR EACH STATEMENT EXECUTE FUNCTION ledger.ledger_guard();

CREATE TRIGGER ledger_guard_truncate BEFORE TRUNCATE ON ledger.opening FOR EACH STATEMENT EXECUTE FUNCTION ledger.ledger_guard();

CREATE TRIGGER ledger_guard_truncate BEFORE TRUNCATE ON ledger.past_membership FOR EACH STATEMENT EXECUTE FUNCTION ledger.ledger_guard();

CREATE TRIGGER ledger_guard_update BEFORE UPDATE ON ledger.ledger_handle FOR EACH ROW EXECUTE FUNCTION ledger.ledger_guard_handle();

CREATE TRIGGER ledger_guard_update BEFORE UPDATE ON ledger.ledger_head FOR EACH ROW EXECUTE FUNCTION ledger.ledger_guard_head();

CREATE TRIGGER ledger_guard_update BEFORE UPDATE ON ledger.ledger_tile FOR EACH ROW EXECUTE FUNCTION ledger.ledger_guard_tile();

CREATE TRIGGER ledger_guard_update_or_delete BEFORE DELETE OR UPDATE ON ledger.ledger_checkpoint FOR EACH ROW EXECUTE FUNCTION ledger.ledger_guard();

CREATE TRIGGER ledger_guard_update_or_delete BEFORE DELETE OR UPDATE ON ledger.ledger_cosignature FOR EACH ROW EXECUTE FUNCTION ledger.ledger_guard();

CREATE TRIGGER ledger_guard_update_or_delete BEFORE DELETE OR UPDATE ON ledger.ledger_entry FOR EACH ROW EXECUTE FUNCTION ledger.ledger_guard();

CREATE TRIGGER ledger_guard_update_or_delete BEFORE DELETE OR UPDATE ON ledger.ledger_reference FOR EACH ROW EXECUTE FUNCTION ledger.ledger_guard();

CREATE TRIGGER ledger_guard_update_or_delete BEFORE DELETE OR UPDATE ON ledger.ledger_sealed FOR EACH ROW EXECUTE FUNCTION ledger.ledger_guard_sealed();

CREATE TRIGGER ledger_guard_update_or_delete BEFORE DELETE OR UPDATE ON ledger.mt_events FOR EACH ROW EXECUTE FUNCTION ledger.ledger_guard();

CREATE TRIGGER ledger_guard_update_or_delete BEFORE DELETE OR UPDATE ON ledger.opening FOR EACH ROW EXECUTE FUNCTION ledger.ledger_guard();

CREATE TRIGGER ledger_guard_update_or_delete BEFORE DELETE OR UPDATE ON ledger.past_membership FOR EACH ROW EXECUTE FUNCTION ledger.ledger_guard();

ALTER TABLE ONLY ledger.mt_events
    ADD CONSTRAINT fkey_mt_events_stream_id FOREIGN KEY (stream_id) REFERENCES ledger.mt_streams(id) ON DELETE CASCADE;

ALTER TABLE ONLY ledger.wolverine_node_assignments
    ADD CONSTRAINT fkey_wolverine_node_assignments_node_id FOREIGN KEY (node_id) REFERENCES ledger.wolverine_nodes(id) ON DELETE CASCADE;
