//! The prefix of the files and the name of a database to be, judged while they are typed; pure.

use arm_client::data_protection::DatasourceKind;
use arm_core::ResourceId;

/// How long a prefix may be. The name of a blob may have 1,024 characters, and the service appends to it what each file
/// is, up to the name of a database.
pub const LONGEST_PREFIX: usize = 200;

/// How long the name of a database may be, in bytes (PostgreSQL, `NAMEDATALEN`).
pub const LONGEST_DATABASE: usize = 63;

/// What is wrong with a prefix, in a sentence. The service does not say what one may hold: what every name of a blob and
/// every command line takes is let through.
pub fn judge_prefix(text: &str) -> Result<(), String> {
    let is_edge = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let odd = |c: &char| !(c.is_ascii_alphanumeric() || "-_./".contains(*c));
    let wrong = if text.is_empty() {
        "The files need a prefix by which they are found.".to_owned()
    } else if text.chars().any(char::is_whitespace) {
        "The prefix holds a space; letters, digits, hyphens, underscores, dots and slashes are allowed."
            .to_owned()
    } else if let Some(c) = text.chars().find(odd) {
        format!(
            "The prefix holds '{c}'; letters, digits, hyphens, underscores, dots and slashes are allowed."
        )
    } else if text.len() > LONGEST_PREFIX {
        format!(
            "The prefix has {} characters; {LONGEST_PREFIX} are allowed.",
            text.len()
        )
    } else if !is_edge(text.chars().next()) || !is_edge(text.chars().next_back()) {
        "The prefix begins and ends with a letter or a digit.".to_owned()
    } else if text.split('/').any(|part| part.chars().all(|c| c == '.')) {
        "Between two slashes stands a name.".to_owned()
    } else {
        return Ok(());
    };
    Err(wrong)
}

/// What is wrong with the name of a database that is to be made on a server with these, in a sentence.
pub fn judge_database(text: &str, taken: &[String]) -> Result<(), String> {
    let odd = |c: &char| c.is_control() || "/\\?#%&'\"`;".contains(*c);
    let wrong = if text.trim().is_empty() {
        "The new database needs a name.".to_owned()
    } else if text.trim() != text {
        "The name begins or ends with a space.".to_owned()
    } else if text.len() > LONGEST_DATABASE {
        format!(
            "The name has {} bytes; {LONGEST_DATABASE} are allowed.",
            text.len()
        )
    } else if let Some(c) = text.chars().find(odd) {
        format!("The name holds '{c}', which a name in an Azure address cannot hold.")
    } else if taken.iter().any(|name| name == text) {
        format!("The server has a database named '{text}' already, and nothing that exists is overwritten.")
    } else {
        return Ok(());
    };
    Err(wrong)
}

/// What is restored, for the prefix: `pg-orders-prod`, of a database `pgs-legacy-invoices`.
pub fn source_words(source: &ResourceId, kind: DatasourceKind) -> String {
    match (kind, source.parent()) {
        (DatasourceKind::SingleServerDatabase, Some(server)) => {
            format!("{}-{}", server.name(), source.name())
        }
        _ => source.name().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use arm_client::data_protection::file_prefix;

    use super::*;

    #[test]
    fn a_prefix_holds_what_every_blob_name_may() {
        let longest = "x".repeat(LONGEST_PREFIX);
        let too_long = "x".repeat(LONGEST_PREFIX + 1);
        for (text, expected) in [
            ("testprefix", None),
            ("2026/orders_1.a-b", None),
            (longest.as_str(), None),
            ("", Some("The files need a prefix by which they are found.")),
            (&too_long, Some("The prefix has 201 characters; 200 are allowed.")),
            (
                "a b",
                Some(
                    "The prefix holds a space; letters, digits, hyphens, underscores, dots and slashes are allowed.",
                ),
            ),
            (
                "a'b",
                Some(
                    "The prefix holds '''; letters, digits, hyphens, underscores, dots and slashes are allowed.",
                ),
            ),
            (
                "größe",
                Some(
                    "The prefix holds 'ö'; letters, digits, hyphens, underscores, dots and slashes are allowed.",
                ),
            ),
            ("/a", Some("The prefix begins and ends with a letter or a digit.")),
            ("a-", Some("The prefix begins and ends with a letter or a digit.")),
            ("a//b", Some("Between two slashes stands a name.")),
            ("a/../b", Some("Between two slashes stands a name.")),
        ] {
            assert_eq!(judge_prefix(text).err().as_deref(), expected, "{text}");
        }
        let now = "2026-03-12T10:02:11Z".parse().expect("a time");
        assert_eq!(judge_prefix(&file_prefix("pgs-legacy-crm", now)), Ok(()));
    }

    #[test]
    fn a_database_gets_a_name_that_is_free() {
        let taken = ["crm".to_owned()];
        let longest = "d".repeat(63);
        let too_long = "ü".repeat(32);
        for (text, expected) in [
            ("crm_restored", None),
            ("Crm", None),
            (longest.as_str(), None),
            ("", Some("The new database needs a name.")),
            ("  ", Some("The new database needs a name.")),
            (" crm2", Some("The name begins or ends with a space.")),
            (&too_long, Some("The name has 64 bytes; 63 are allowed.")),
            (
                "a/b",
                Some("The name holds '/', which a name in an Azure address cannot hold."),
            ),
            (
                "crm",
                Some(
                    "The server has a database named 'crm' already, and nothing that exists is overwritten.",
                ),
            ),
        ] {
            assert_eq!(judge_database(text, &taken).err().as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_database_is_named_with_its_server() {
        for (id, kind, expected) in [
            (
                "Microsoft.DBforPostgreSQL/flexibleServers/pg-orders",
                DatasourceKind::FlexibleServer,
                "pg-orders",
            ),
            (
                "Microsoft.DBforPostgreSQL/servers/pgs/databases/crm",
                DatasourceKind::SingleServerDatabase,
                "pgs-crm",
            ),
        ] {
            let id = format!("/subscriptions/s/resourceGroups/rg/providers/{id}");
            assert_eq!(source_words(&id.parse().expect("an id"), kind), expected);
        }
    }
}
