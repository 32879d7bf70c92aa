//! The commands for after a restore, on real PostgreSQL: the emulator's blob service holds what the service would have
//! written of one server, and the script in bash brings it to another one, as an administrator who is no superuser.
//!
//! `cargo xtask test native` installs PostgreSQL where it is missing. Without it the test is left out, but never in CI.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::print_stderr, reason = "a test that is left out says so")]

mod emulator;
mod postgres;

use std::{path::Path, process::Command};

use pg_backup_portal::restore_kit::{RestoreKit, Shell, TargetServer};

use emulator::Emulator;
use postgres::{Cluster, PostgreSql};

/// A name with everything that a shell, a URL, XML, SQL and a connection string make something else of.
const HOSTILE: &str = "it's 50% \"new\" & <$(touch pwned)> \\ ü/x=1";
const PREFIX: &str = "pg-shop-20260301";
const PASSWORD: &str = "of the target's";

const SERVICE_ROLES: &str = "
    CREATE ROLE azure_pg_admin NOLOGIN CREATEROLE CREATEDB;
    CREATE ROLE replication LOGIN REPLICATION;
    CREATE ROLE localadmin LOGIN;
    CREATE ROLE pgadmin LOGIN CREATEROLE CREATEDB PASSWORD 'of the source';
    GRANT azure_pg_admin TO pgadmin WITH ADMIN OPTION;";
const OWN_ROLES: &str = r#"
    CREATE ROLE app_reader NOLOGIN;
    CREATE ROLE app_writer LOGIN PASSWORD 'kept';
    CREATE ROLE "audit's ""reader""" LOGIN;
    GRANT app_reader TO app_writer;
    GRANT app_reader TO "audit's ""reader""";"#;
const ORDERS: &str = "
    CREATE TABLE customer (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL);
    CREATE TABLE invoice (number bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customer, amount numeric NOT NULL);
    CREATE VIEW total AS SELECT customer_id, sum(amount) AS amount FROM invoice GROUP BY customer_id;
    INSERT INTO customer (name) SELECT 'customer ' || n FROM generate_series(1, 25) AS n;
    INSERT INTO invoice SELECT n, 1 + n % 25, n * 1.5 FROM generate_series(1, 1000) AS n;
    GRANT SELECT ON customer, invoice, total TO app_reader;";
const OTHERS: &str = r#"
    CREATE SCHEMA "odd ""schema""";
    CREATE TABLE "odd ""schema""".entry (id int PRIMARY KEY, data bytea);
    INSERT INTO "odd ""schema""".entry SELECT n, decode(md5(n::text), 'hex') FROM generate_series(1, 77) AS n;"#;

#[test]
fn the_script_brings_roles_and_databases_to_another_server() {
    let Some(postgres) = PostgreSql::find() else {
        let is_asked_for = ["CI", "PG_BIN"]
            .iter()
            .any(|name| std::env::var_os(name).is_some());
        assert!(
            !is_asked_for,
            "PostgreSQL is not installed: here nothing is left out"
        );
        eprintln!("PostgreSQL is not installed: `cargo xtask test native` installs it");
        return;
    };
    let (source, target) = (postgres.start("source"), postgres.start("target"));
    fill(&source);
    target.run(
        "postgres",
        &format!(
            "CREATE ROLE azure_pg_admin NOLOGIN; CREATE ROLE pgadmin LOGIN CREATEROLE CREATEDB PASSWORD '{}'",
            PASSWORD.replace('\'', "''")
        ),
    );

    let emulator = Emulator::start();
    for (name, bytes) in written(&source) {
        emulator.put(&name, &bytes);
    }
    // Two names on a page: the list has more pages than one.
    emulator.post("/_emulator/switches", r#"{"pageSize":2}"#);
    let kit = RestoreKit {
        container: emulator.container(),
        prefix: PREFIX.to_owned(),
        databases: Some(vec!["orders".to_owned(), HOSTILE.to_owned()]),
        target: TargetServer {
            host: "127.0.0.1".to_owned(),
            port: target.port(),
            user: "pgadmin".to_owned(),
        },
    };
    let work = target.folder().join("work");
    std::fs::create_dir_all(&work).expect("a folder");
    let (code, said) = run(&kit, &emulator.sas(), &work);
    assert_eq!(code, 0, "{said}");
    check_roles(&target);
    for (database, tables) in [
        ("orders", &["customer", "invoice", "total"][..]),
        (HOSTILE, &[r#""odd ""schema""".entry"#]),
    ] {
        for table in tables {
            let count = format!(
                "SELECT count(*) || ' ' || md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} AS t"
            );
            let rows = source.run(database, &count);
            assert_eq!(target.run(database, &count), rows, "{database} {table}");
            assert!(!rows.starts_with("0 "), "{database} {table}: {rows}");
        }
    }
    assert_eq!(
        databases(&target),
        ["orders", HOSTILE, "postgres"],
        "nothing that was not asked for"
    );
    let grants = "SELECT has_table_privilege('app_writer', 'invoice', 'SELECT')";
    assert_eq!(
        target.run("orders", grants),
        "t",
        "a role that was restored has its rights"
    );

    // Once more, whatever is there: what exists is left alone and told, the one in plain SQL comes.
    let rows = target.run(
        "orders",
        "DELETE FROM invoice WHERE number > 10; SELECT count(*) FROM invoice",
    );
    let (code, said) = run(
        &RestoreKit {
            databases: None,
            ..kit
        },
        &emulator.sas_uri(),
        &work,
    );
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("orders was not restored"), "{said}");
    assert_eq!(
        target.run("orders", "SELECT count(*) FROM invoice"),
        rows.lines().last().unwrap_or_default()
    );
    let count = r#"SELECT count(*) FROM "odd ""schema""".entry"#;
    assert_eq!(target.run("notes in sql", count), "77");
    assert!(!work.join("pwned").exists(), "a name was run");
    assert!(!said.contains("sig="), "{said}");
}

/// Databases and roles as a flexible server has them, those of the service included.
fn fill(source: &Cluster) {
    source.run("postgres", SERVICE_ROLES);
    source.run("postgres", OWN_ROLES);
    for (database, sql) in [("orders", ORDERS), (HOSTILE, OTHERS), ("notes in sql", OTHERS)] {
        source.tool("createdb", &["--", database]);
        source.run(database, sql);
    }
}

/// The files of the server, as the service names them (reference E): archives called `.sql`, and one that is SQL.
fn written(source: &Cluster) -> Vec<(String, Vec<u8>)> {
    let database = |name: &str, format: &str| {
        let bytes = source.tool(
            "pg_dump",
            &["--format", format, "--dbname", &postgres::named(name)],
        );
        (format!("{PREFIX}_database_{name}.sql"), bytes)
    };
    let of_all = |what: &str, option: &str| {
        let bytes = source.tool("pg_dumpall", &[option]);
        (format!("{PREFIX}_{what}.sql"), bytes)
    };
    vec![
        database("orders", "custom"),
        database(HOSTILE, "custom"),
        database("notes in sql", "plain"),
        of_all("roles", "--roles-only"),
        of_all("schema", "--schema-only"),
        of_all("tablespace", "--tablespaces-only"),
        // Another restore's: not ours.
        ("pg-other_database_other.sql".to_owned(), b"PGDMP".to_vec()),
    ]
}

/// Runs the script and gives the code it ends with and what it says.
fn run(kit: &RestoreKit, sas: &str, work: &Path) -> (i32, String) {
    let mut bash = Command::new("bash");
    bash.arg("-c").arg(kit.script(Shell::Bash)).current_dir(work);
    bash.env("SAS", sas)
        .env("PGPASSWORD", PASSWORD)
        .env("PGSSLMODE", "prefer");
    let ran = postgres::with_tools(&mut bash).output().expect("bash");
    let said = [ran.stdout, ran.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    (ran.status.code().unwrap_or(-1), said.concat())
}

fn check_roles(target: &Cluster) {
    let roles = target.run(
        "postgres",
        "SELECT string_agg(rolname, ', ' ORDER BY rolname) FROM pg_roles WHERE rolname !~ '^pg_'",
    );
    assert_eq!(
        roles,
        r#"app_reader, app_writer, audit's "reader", azure_pg_admin, azuresu, pgadmin"#
    );
    let member = "SELECT pg_has_role('app_writer', 'app_reader', 'member')";
    assert_eq!(target.run("postgres", member), "t");
    assert_eq!(
        target.run_as("app_writer", "kept", "SELECT current_user"),
        "app_writer",
        "it kept its password"
    );
    assert_eq!(
        target.run_as("pgadmin", PASSWORD, "SELECT 1"),
        "1",
        "and the administrator that of this server"
    );
}

fn databases(target: &Cluster) -> Vec<String> {
    let names = "SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY datname <> 'orders', datname = 'postgres'";
    target.run("postgres", names).lines().map(str::to_owned).collect()
}
