//! What is taken out of a file of roles before it runs on a flexible server (reference E, D-RF), as regular expressions
//! that sed (extended) and .NET read alike.

use super::TargetServer;

/// Roles that every server has of its own.
const OF_THE_SERVICE: [&str; 6] = [
    "azure_pg_admin",
    "azure_su",
    "azure_superuser",
    "azuresu",
    "localadmin",
    "replication",
];

/// Statements that are taken out: about roles of the service, and about whoever runs the file, whose password on the
/// target must stay what it is.
pub(super) fn left_out(target: &TargetServer) -> Vec<String> {
    let mut names: Vec<String> = OF_THE_SERVICE.iter().map(|name| (*name).to_owned()).collect();
    let has_control = target.user.chars().any(char::is_control);
    if !target.user.is_empty() && !has_control {
        names.push(literally(&target.user.replace('"', "\"\"")));
    }
    let names = names.join("|");
    vec![
        format!("^(CREATE|ALTER|COMMENT ON) ROLE \"?({names})\"?[ ;]"),
        format!("^GRANT \"?({names})\"? TO "),
        format!("^GRANT .* TO \"?({names})\"?[ ;]"),
    ]
}

/// What is written differently, with what stands instead: attributes that only a superuser may set, even to *no*, and
/// who granted what. They stand in the order in which `pg_dumpall` writes them.
pub(super) const REWRITTEN: [(&str, &str); 4] = [
    (" WITH (NO)?SUPERUSER (INHERIT|NOINHERIT) ", " WITH \\2 "),
    (" (LOGIN|NOLOGIN) NOREPLICATION ", " \\1 "),
    (" (LOGIN|NOLOGIN|REPLICATION) NOBYPASSRLS", " \\1"),
    (" GRANTED BY [^;]*;$", ";"),
];

/// A text as a regular expression that matches nothing else.
fn literally(text: &str) -> String {
    let mut pattern = String::new();
    for c in text.chars() {
        // Only these: before others a backslash means something to sed.
        if r".[]()*+?{}|^$\/".contains(c) {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_matched_as_it_is() {
        assert_eq!(literally("pg_admin"), "pg_admin");
        assert_eq!(literally("a.b+c$/d"), "a\\.b\\+c\\$\\/d");
        assert_eq!(literally("<Åse's>@x"), "<Åse's>@x");
    }
}
