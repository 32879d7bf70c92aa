//! The sign-in page of the emulated directory: static files for whoever serves the emulator.
//!
//! The page issues the tokens that the world takes; it lists the people of [`crate::directory`].

/// The page.
pub const PAGE_HTML: &str = include_str!("../assets/sign-in/authorize.html");
/// Its script, a module beside it.
pub const PAGE_JS: &str = include_str!("../assets/sign-in/authorize.js");
/// The directories and their people, a module beside it.
pub const DIRECTORY_JS: &str = include_str!("../assets/sign-in/directory.js");
/// What it answers on demand, a module beside it.
pub const ANSWERS_JS: &str = include_str!("../assets/sign-in/answers.js");
/// Its style sheet, beside it.
pub const PAGE_CSS: &str = include_str!("../assets/sign-in/authorize.css");

/// Answers that the page gives on demand besides `error-` and the number of one of Entra's errors.
pub const PLAYS: [&str; 15] = [
    "cancel",
    "no-session",
    "slow",
    "never",
    "wrong-state",
    "no-state",
    "twice",
    "replay",
    "wrong-nonce",
    "wrong-hash",
    "wrong-audience",
    "wrong-issuer",
    "wrong-tenant",
    "expired",
    "unreadable",
];

/// Whether the page can answer so.
pub fn is_play(name: &str) -> bool {
    match name.strip_prefix("error-") {
        Some(number) => {
            let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
            is_number && ANSWERS_JS.contains(&format!("', {number}, '"))
        }
        None => PLAYS.contains(&name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory;

    #[test]
    fn what_can_be_played_is_what_the_page_knows() {
        let listed = ANSWERS_JS.split("const OTHERS = {").nth(1).unwrap_or_default();
        let listed = listed.split("};").next().unwrap_or_default().lines();
        let names: Vec<_> = listed
            .filter_map(|line| Some(line.split_once(':')?.0.trim().trim_matches('\'')))
            .collect();
        assert_eq!(names, PLAYS);
        for (name, expected) in [
            ("replay", true),
            ("error-50058", true),
            ("error-700051", true),
            ("error-1", false),
            ("error-", false),
            ("error-x", false),
            ("Replay", false),
            ("", false),
        ] {
            assert_eq!(is_play(name), expected, "{name}");
        }
    }

    #[test]
    fn the_page_knows_the_same_directory() {
        for text in [directory::ISSUER.trim_end_matches('/'), directory::AUDIENCE] {
            assert!(PAGE_JS.contains(text), "{text}");
        }
        for one in directory::DIRECTORIES {
            for text in [one.id, one.name, one.domain] {
                assert!(DIRECTORY_JS.contains(&format!("'{text}'")), "{text}");
            }
        }
        for user in directory::USERS {
            let alias = user.username.split('@').next().unwrap_or_default();
            for text in [user.name, alias, &user.object_id[..35]] {
                assert!(DIRECTORY_JS.contains(text), "{text}");
            }
        }
        for guest in directory::GUESTS {
            let at = directory::DIRECTORIES
                .iter()
                .position(|one| one.id == guest.directory);
            let user = directory::USERS
                .iter()
                .find(|user| user.username == guest.username);
            let expected =
                user.expect("a user")
                    .object_id
                    .replacen("-0000-", &format!("-{:04}-", at.unwrap_or(0)), 1);
            assert_eq!(guest.object_id, expected);
        }
    }

    #[test]
    fn the_page_loads_its_script_and_style_from_beside_it() {
        for file in ["authorize.js", "authorize.css"] {
            assert!(PAGE_HTML.contains(file), "{file}");
        }
        for module in ["'./answers.js'", "'./directory.js'"] {
            assert!(PAGE_JS.contains(module), "{module}");
        }
        assert!(!PAGE_CSS.is_empty());
    }
}
