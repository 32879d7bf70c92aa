//! The commands as snapshots, and what a real bash, sed and od make of them.

use std::process::{Command, Stdio};

use insta::assert_snapshot;

use super::*;

/// Names that no server should have, and some server has.
pub(super) const HOSTILE: [&str; 9] = [
    "it's",
    "a \"b\" $(id) `id` $HOME",
    "-rf",
    "x=1 user=postgres",
    "postgresql://host/db",
    "back\\slash 50%",
    "größe & ü/2",
    "semi;colon|pipe>out",
    "*",
];

pub(super) fn kit(databases: Option<&[&str]>) -> RestoreKit {
    RestoreKit {
        container: "https://stcommercebackup.blob.core.windows.net/restored-files".to_owned(),
        prefix: "pg-billing-prod-20260301".to_owned(),
        databases: databases.map(|names| names.iter().map(|name| (*name).to_owned()).collect()),
        target: TargetServer {
            host: "pg-billing-new.postgres.database.azure.com".to_owned(),
            port: 5432,
            user: "pgadmin".to_owned(),
        },
    }
}

/// What bash prints of a script, after it has read the functions and variables of the kit's steps, without running them
/// against anything.
fn bash(kit: &RestoreKit, script: &str) -> String {
    let functions: String = kit
        .script(Shell::Bash)
        .lines()
        .filter(|line| !line.starts_with("NAMES="))
        .fold((String::new(), false), |(kept, inside), line| {
            let begins = line.ends_with("() {");
            let is_kept = inside || begins || line.contains("() {") || line.starts_with("PREFIX=");
            let inside = (inside || begins) && line != "}";
            (if is_kept { kept + line + "\n" } else { kept }, inside)
        })
        .0;
    let text = format!("set -u\n{functions}{script}");
    let ran = Command::new("bash")
        .arg("-c")
        .arg(&text)
        .stdin(Stdio::null())
        .output()
        .expect("bash");
    assert!(
        ran.status.success(),
        "{text}\n{}",
        String::from_utf8_lossy(&ran.stderr)
    );
    String::from_utf8(ran.stdout).expect("text")
}

#[test]
fn the_commands_in_bash() {
    assert_snapshot!(kit(Some(&["billing", "billing & audit"])).script(Shell::Bash));
}

#[test]
fn the_commands_in_power_shell() {
    assert_snapshot!(kit(Some(&["billing", "billing & audit"])).script(Shell::PowerShell));
}

#[test]
fn without_a_list_whatever_is_there_is_restored() {
    for shell in Shell::ALL {
        let steps = kit(None).steps(shell);
        let last = &steps[3].code;
        let each = match shell {
            Shell::Bash => "for index in ${NAMES[@]+\"${!NAMES[@]}\"}; do\n  case",
            Shell::PowerShell => "foreach ($name in $Files.Keys) {\n  $database =",
        };
        assert!(last.contains(each), "{last}");
        let titles: Vec<_> = steps.iter().map(|step| step.title).collect();
        assert_eq!(
            titles,
            [
                "Say where from and where to",
                "List and download the files",
                "Create the roles",
                "Restore the databases"
            ]
        );
    }
}

#[test]
fn bash_takes_the_script_whatever_the_names_are() {
    for name in HOSTILE {
        let mut kit = kit(Some(&[name]));
        kit.prefix = name.to_owned();
        kit.target.user = name.to_owned();
        for step in kit.steps(Shell::Bash) {
            let checked = Command::new("bash")
                .args(["-n", "-c", &step.code])
                .output()
                .expect("bash");
            assert!(
                checked.status.success(),
                "{name}: {}",
                String::from_utf8_lossy(&checked.stderr)
            );
        }
    }
}

#[test]
fn names_come_through_bash_as_they_are() {
    for name in HOSTILE {
        let mut kit = kit(None);
        kit.prefix = name.to_owned();
        let blob = format!("{name}_x_database_{name}.sql");
        let quoted = crate::code::quote(&blob).into_owned();
        assert_eq!(bash(&kit, "printf %s \"$PREFIX\""), name);
        assert_eq!(bash(&kit, &format!("database_of {quoted}")), name, "{blob}");
        let encoded: String = blob
            .bytes()
            .map(|byte| {
                if byte == b'/' {
                    "/".to_owned()
                } else {
                    format!("%{byte:02x}")
                }
            })
            .collect();
        assert_eq!(bash(&kit, &format!("encode {quoted}")), encoded);
    }
}

/// What `createdb`, `pg_restore` and `psql` are given: the name itself, and a connection string in which it stands quoted.
#[test]
fn programs_are_given_each_name_as_one_argument() {
    let folder = std::env::temp_dir().join(format!("restore-kit-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let (archive, sql) = (folder.join("archive"), folder.join("sql"));
    std::fs::write(&archive, b"PGDMP\x01\x00rest").expect("a file");
    std::fs::write(&sql, "SELECT 1;").expect("a file");
    for name in HOSTILE {
        for (file, program) in [(&archive, "pg_restore"), (&sql, "psql")] {
            let fakes = format!(
                "exec 3>&1\nFOLDER={}\nFAILED=0\nfor p in createdb pg_restore psql; do eval \"$p() {{ {{ printf '%s' $p; printf '<%s>' \\\"\\$@\\\"; echo; }} >&3; }}\"; done\n",
                folder.display()
            );
            let (quoted, file) = (crate::code::quote(name), file.display());
            let told = bash(&kit(None), &format!("{fakes}restore_file {quoted} {file}"));
            let lines: Vec<_> = told.lines().collect();
            assert_eq!(lines[0], format!("createdb<--template><template0><--><{name}>"));
            let escaped = name.replace('\\', "\\\\").replace('\'', "\\'");
            assert!(lines[1].starts_with(&format!("{program}<")), "{told}");
            assert!(
                lines[1].contains(&format!("<--dbname><dbname='{escaped}'>")),
                "{told}"
            );
            assert_eq!(lines[2], format!("{name} is restored"));
        }
    }
    std::fs::remove_dir_all(folder).expect("no folder");
}

#[test]
fn roles_are_cleaned_of_what_a_flexible_server_refuses() {
    let mut kit = kit(None);
    kit.target.user = "the \"admin\" (1)".to_owned();
    let kept = "CREATE ROLE app;";
    let attributes = "NOCREATEROLE NOCREATEDB";
    for (line, expected) in [
        (kept.to_owned(), Some(kept.to_owned())),
        ("CREATE ROLE azuresu;".to_owned(), None),
        ("CREATE ROLE \"azure_pg_admin\";".to_owned(), None),
        (
            "CREATE ROLE azuresu_reports;".to_owned(),
            Some("CREATE ROLE azuresu_reports;".to_owned()),
        ),
        (
            "CREATE ROLE my_replication;".to_owned(),
            Some("CREATE ROLE my_replication;".to_owned()),
        ),
        ("CREATE ROLE \"the \"\"admin\"\" (1)\";".to_owned(), None),
        (
            "ALTER ROLE \"the \"\"admin\"\" (1)\" WITH LOGIN PASSWORD 'x';".to_owned(),
            None,
        ),
        ("ALTER ROLE replication SET search_path TO x;".to_owned(), None),
        (
            format!(
                "ALTER ROLE app WITH NOSUPERUSER INHERIT {attributes} LOGIN NOREPLICATION NOBYPASSRLS PASSWORD 'SCRAM-SHA-256$4096:a=$b:c=';"
            ),
            Some(format!(
                "ALTER ROLE app WITH INHERIT {attributes} LOGIN PASSWORD 'SCRAM-SHA-256$4096:a=$b:c=';"
            )),
        ),
        (
            format!("ALTER ROLE dba WITH SUPERUSER NOINHERIT {attributes} NOLOGIN REPLICATION BYPASSRLS;"),
            Some(format!(
                "ALTER ROLE dba WITH NOINHERIT {attributes} NOLOGIN REPLICATION BYPASSRLS;"
            )),
        ),
        (
            format!(
                "ALTER ROLE app WITH NOSUPERUSER INHERIT {attributes} LOGIN REPLICATION NOBYPASSRLS VALID UNTIL '2027-01-01 00:00:00+00';"
            ),
            Some(format!(
                "ALTER ROLE app WITH INHERIT {attributes} LOGIN REPLICATION VALID UNTIL '2027-01-01 00:00:00+00';"
            )),
        ),
        (
            "GRANT reader TO app GRANTED BY azuresu;".to_owned(),
            Some("GRANT reader TO app;".to_owned()),
        ),
        (
            "GRANT reader TO app WITH ADMIN OPTION GRANTED BY azuresu;".to_owned(),
            Some("GRANT reader TO app WITH ADMIN OPTION;".to_owned()),
        ),
        (
            "GRANT azure_pg_admin TO app WITH ADMIN OPTION GRANTED BY azuresu;".to_owned(),
            None,
        ),
        (
            "GRANT reader TO \"the \"\"admin\"\" (1)\" GRANTED BY azuresu;".to_owned(),
            None,
        ),
        (
            "COMMENT ON ROLE app IS 'NOSUPERUSER';".to_owned(),
            Some("COMMENT ON ROLE app IS 'NOSUPERUSER';".to_owned()),
        ),
    ] {
        let text = format!("clean_roles <(printf '%s\\n' {})", crate::code::quote(&line));
        let cleaned = bash(&kit, &text);
        assert_eq!(cleaned.strip_suffix('\n').map(str::to_owned), expected, "{line}");
    }
}

#[test]
fn power_shell_changes_nothing_in_what_is_quoted() {
    for (text, expected) in [
        ("plain", "'plain'"),
        ("", "''"),
        ("it's", "'it''s'"),
        (
            "it\u{2019}s \u{2018}x\u{201a} \u{201b}",
            "'it\u{2019}\u{2019}s \u{2018}\u{2018}x\u{201a}\u{201a} \u{201b}\u{201b}'",
        ),
        ("$(Get-Date) `n \"x\"", "'$(Get-Date) `n \"x\"'"),
    ] {
        assert_eq!(power_shell::quote(text), expected, "{text}");
    }
}

#[test]
fn the_folder_is_a_plain_word_below_where_the_commands_run() {
    for (prefix, expected) in [
        ("pg-a-1", "restored-pg-a-1"),
        ("../../etc", "restored-______etc"),
        ("a b/ü", "restored-a_b__"),
    ] {
        let mut kit = kit(None);
        kit.prefix = prefix.to_owned();
        assert_eq!(kit.folder(), expected, "{prefix}");
    }
}
