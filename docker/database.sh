#!/bin/sh
# Runs once, in a new cluster: the role that owns the ledger's tables, which is no superuser, and its database.
set -eu

psql --set=ON_ERROR_STOP=1 --set=password="$LEDGER_OWNER_PASSWORD" --username="$POSTGRES_USER" --dbname=postgres <<'SQL'
create role ledger_owner login nosuperuser nocreatedb nocreaterole password :'password';
create database ledger owner ledger_owner;
SQL
