-- What the catalog says of the tables, sequences, views and functions of some schemas ($1), as one digest: what the
-- comparison of each table with its definition looks at, in one question instead of three for each table. Rights and
-- triggers are no part of it; guard.sql stands them at every start of an owner.
select encode(sha256(convert_to(coalesce(string_agg(line, E'\n' order by line), ''), 'UTF8')), 'hex')
from (
    with relation as (
        select c.oid, n.nspname || '.' || c.relname as name, c.relkind
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = any ($1)
    )
    select concat_ws('|', 'column', name, relkind, attnum, attname, atttypid, atttypmod, attnotnull, attidentity, attgenerated, attcollation) as line
    from relation join pg_attribute on attrelid = oid
    where attnum > 0 and not attisdropped and relkind <> 'i'
    union all
    select concat_ws('|', 'default', name, adnum, adbin::text) from relation join pg_attrdef on adrelid = relation.oid
    union all
    select concat_ws('|', 'constraint', name, conname, contype, conkey::text, confrelid, confkey::text, confdeltype, convalidated, conbin::text)
    from relation join pg_constraint on conrelid = relation.oid
    union all
    select concat_ws('|', 'index', name, indrelid, indkey::text, indclass::text, indoption::text, indisunique, indisprimary, indisvalid, indexprs::text, indpred::text)
    from relation join pg_index on indexrelid = oid
    union all
    select concat_ws('|', 'view', name, ev_action::text) from relation join pg_rewrite on ev_class = relation.oid
    union all
    select concat_ws('|', 'function', nspname, proname, proargtypes::text, prorettype, prosrc, provolatile, prosecdef, proconfig::text)
    from pg_proc join pg_namespace n on n.oid = pronamespace
    where nspname = any ($1)
) catalog
