#!/bin/sh
# Runs once, in a new cluster: the database, the role that owns its tables, and the role of the servers, which owns nothing. Neither is a superuser.
set -eu

psql --set=ON_ERROR_STOP=1 --set=owner="$LEDGER_OWNER_PASSWORD" --set=server="$LEDGER_SERVER_PASSWORD" --username="$POSTGRES_USER" --dbname=postgres <<'SQL'
create role ledger_owner login nosuperuser nocreatedb nocreaterole password :'owner';
create role ledger_server login nosuperuser nocreatedb nocreaterole password :'server';
create database ledger owner ledger_owner;
SQL
