//! The sign-in page of the emulated directory: static files for whoever serves the emulator.
//!
//! The page issues the tokens that the world takes; it lists the people of [`crate::directory`].

/// The page.
pub const PAGE_HTML: &str = include_str!("../assets/sign-in/authorize.html");
/// Its script, a module beside it.
pub const PAGE_JS: &str = include_str!("../assets/sign-in/authorize.js");
/// Its style sheet, beside it.
pub const PAGE_CSS: &str = include_str!("../assets/sign-in/authorize.css");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory;

    #[test]
    fn the_page_knows_the_same_directory() {
        for text in [
            directory::TENANT_ID,
            directory::TENANT_NAME,
            directory::DOMAIN,
            directory::ISSUER.trim_end_matches('/'),
            directory::AUDIENCE,
        ] {
            assert!(PAGE_JS.contains(text), "{text}");
        }
        for user in directory::USERS {
            let alias = user.username.split('@').next().unwrap_or_default();
            for text in [user.name, alias, &user.object_id[..35]] {
                assert!(PAGE_JS.contains(text), "{text}");
            }
        }
    }

    #[test]
    fn the_page_loads_its_script_and_style_from_beside_it() {
        for file in ["authorize.js", "authorize.css"] {
            assert!(PAGE_HTML.contains(file), "{file}");
        }
        assert!(!PAGE_CSS.is_empty());
    }
}
