//! What a restore as files writes: their names and what is in them (reference E, D-RF).

use arm_core::Timestamp;
use serde_json::Value;

use crate::{
    postgres::{SERVER_TYPE, databases, servers::text},
    storage::blobs::Blob,
};

/// The files of a restored instance; how the service puts the prefix before them is not known.
pub(super) fn of(instance: &Value, prefix: &str, at: Timestamp) -> Vec<(String, Blob)> {
    let source = &instance["properties"]["dataSourceInfo"];
    let name = text(source, "/resourceName");
    let file = |what: &str, blob: Blob| (format!("{prefix}_{what}.sql"), blob);
    if !text(source, "/datasourceType").eq_ignore_ascii_case(SERVER_TYPE) {
        return vec![file(&format!("database_{name}"), Blob::sample_archive(at))];
    }
    let databases = databases::of_customer(name);
    let mut files: Vec<_> = databases
        .iter()
        .map(|database| file(&format!("database_{database}"), Blob::sample_archive(at)))
        .collect();
    let all = [
        ("roles", ROLES.to_owned()),
        ("schema", schema(&databases)),
        ("tablespace", format!("{HEAD}{TAIL}")),
    ];
    files.extend(all.map(|(what, text)| file(what, Blob::text(text, at))));
    files
}

const HEAD: &str = "--\n-- PostgreSQL database cluster dump\n--\n\nSET default_transaction_read_only = off;\n\nSET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\n\n";
const TAIL: &str = "--\n-- PostgreSQL database cluster dump complete\n--\n";

/// As `pg_dumpall --roles-only` writes it, the service's own roles included.
const ROLES: &str = "--
-- PostgreSQL database cluster dump
--

SET default_transaction_read_only = off;

SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;

--
-- Roles
--

CREATE ROLE app_reader;
ALTER ROLE app_reader WITH NOSUPERUSER INHERIT NOCREATEROLE NOCREATEDB NOLOGIN NOREPLICATION NOBYPASSRLS;
CREATE ROLE app_writer;
ALTER ROLE app_writer WITH NOSUPERUSER INHERIT NOCREATEROLE NOCREATEDB LOGIN NOREPLICATION NOBYPASSRLS;
CREATE ROLE azure_pg_admin;
ALTER ROLE azure_pg_admin WITH NOSUPERUSER INHERIT CREATEROLE CREATEDB NOLOGIN REPLICATION NOBYPASSRLS;
CREATE ROLE azuresu;
ALTER ROLE azuresu WITH SUPERUSER INHERIT CREATEROLE CREATEDB LOGIN REPLICATION BYPASSRLS;
CREATE ROLE pgadmin;
ALTER ROLE pgadmin WITH NOSUPERUSER INHERIT CREATEROLE CREATEDB LOGIN REPLICATION NOBYPASSRLS;
CREATE ROLE replication;
ALTER ROLE replication WITH NOSUPERUSER INHERIT NOCREATEROLE NOCREATEDB LOGIN REPLICATION NOBYPASSRLS;

--
-- Role memberships
--

GRANT app_reader TO app_writer GRANTED BY azuresu;
GRANT azure_pg_admin TO pgadmin WITH ADMIN OPTION GRANTED BY azuresu;

--
-- PostgreSQL database cluster dump complete
--
";

/// Every database's schema in one file, which is for reading only.
fn schema(databases: &[String]) -> String {
    let of = |database: &String| {
        let name = database.replace('"', "\"\"");
        format!(
            "--\n-- Database \"{database}\" dump\n--\n\n\\connect \"{name}\"\n\nCREATE TABLE public.customer (\n    id bigint NOT NULL,\n    name text NOT NULL\n);\n\nCREATE TABLE public.invoice (\n    number bigint NOT NULL,\n    customer_id bigint NOT NULL,\n    issued date NOT NULL,\n    amount numeric(12,2) NOT NULL\n);\n\n"
        )
    };
    let schemas: String = databases.iter().map(of).collect();
    format!("{HEAD}{schemas}{TAIL}")
}
