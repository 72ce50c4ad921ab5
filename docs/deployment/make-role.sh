#!/bin/sh
# The server's role is no superuser: restoring dumps relies on it.
set -eu
psql --username postgres --set ON_ERROR_STOP=1 --set password="$DB_PASSWORD" <<'SQL'
CREATE ROLE quoin LOGIN CREATEDB PASSWORD :'password';
SQL
