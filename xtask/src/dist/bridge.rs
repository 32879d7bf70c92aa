//! The page to which frames and windows come back from the sign-in: its script gets a name by its hash and an integrity.

use super::sources::CopiedFile;
use anyhow::{Result, ensure};

/// The page, which keeps its name since it is registered with Entra.
pub const PAGE: &str = "auth-bridge.html";
/// Its script, as the page names it.
pub const SCRIPT: &str = "auth-bridge.js";

/// Whether this is one of the two.
pub fn is_of_it(copy: &CopiedFile) -> bool {
    copy.folder.is_empty() && [PAGE, SCRIPT].contains(&copy.name.as_str())
}

/// The page with the final name of its script.
pub fn render(page: &str, href: &str, integrity: &str) -> Result<String> {
    let named = format!("src=\"{SCRIPT}\"");
    ensure!(
        page.matches(&named).count() == 1,
        "{PAGE} names {SCRIPT} once, as {named}"
    );
    Ok(page.replace(&named, &format!("src=\"{href}\" integrity=\"{integrity}\"")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_of_the_bridge_is_named_by_its_hash_and_checked() {
        let page = r#"<script type="module" src="auth-bridge.js"></script>"#;
        assert_eq!(
            render(page, "./auth-bridge-1.js", "sha384-x").unwrap(),
            r#"<script type="module" src="./auth-bridge-1.js" integrity="sha384-x"></script>"#
        );
        assert!(render("<p>", "", "").is_err());
    }
}
