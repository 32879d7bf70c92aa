//! The headers of an answer, as a function of its path and `config.json`.

use crate::content_security_policy;
use serde_json::Value;

/// The headers a host sends with the file or page at `path`, which begins with `/` and is relative to the base path.
///
/// Names are lower case. The list is whole but for what belongs to the file itself (type, length, encoding).
pub fn headers(path: &str, config: &Value) -> Vec<(&'static str, String)> {
    let mut headers = vec![
        ("content-security-policy", content_security_policy(config)),
        ("referrer-policy", "no-referrer".to_owned()),
        ("x-content-type-options", "nosniff".to_owned()),
        ("permissions-policy", PERMISSIONS.to_owned()),
        ("cache-control", cache_control(path).to_owned()),
    ];
    if is_page(path) {
        headers.push((
            "cross-origin-opener-policy",
            "same-origin-allow-popups".to_owned(),
        ));
    } else if path != BRIDGE && has_hosts(config) {
        // The page of a host portal loads them from its own origin. They hold nothing that a browser is not given anyway,
        // and are fetched without credentials.
        headers.push(("access-control-allow-origin", "*".to_owned()));
    }
    headers
}

/// Whether other portals may hold the app.
fn has_hosts(config: &Value) -> bool {
    let hosts = config.get("hosts").and_then(Value::as_array);
    hosts.is_some_and(|hosts| !hosts.is_empty())
}

/// The page to which frames and windows come back from the sign-in.
pub(crate) const BRIDGE: &str = "/auth-bridge.html";

/// The scripts that a host portal's page names: they have no hash in their names.
pub(crate) const ENTRIES: [&str; 2] = ["/element.js", "/embed.js"];

/// What the app never asks for. Copying names and commands to the clipboard needs no permission from a click.
const PERMISSIONS: &str =
    "camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), usb=()";

/// A file whose name holds the hash of its content can be kept for ever; anything else is asked for again each time, and a
/// page too, though the name of a server in its path may look like a hash.
fn cache_control(path: &str) -> &'static str {
    if path == BRIDGE {
        // Entra's answers arrive there (auth #23).
        "no-store"
    } else if has_extension(path) && path.split('/').any(is_hashed) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    }
}

/// Whether the segment reads `name-0123456789abcdef…`: the 16 hexadecimal digits that `xtask dist` writes. Trunk leaves
/// out leading zeros; a name it shortened so is only asked for again.
fn is_hashed(segment: &str) -> bool {
    segment.match_indices('-').any(|(at, _)| {
        let rest = &segment[at + 1..];
        let digits = rest
            .bytes()
            .take_while(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(b))
            .count();
        digits == 16 && matches!(rest.as_bytes().get(16), None | Some(b'.' | b'_'))
    })
}

/// Whether the path is a page of the app. The pages of the sign-in and the bridge it answers to are not: they may be
/// opened in a popup and must keep their opener (auth #23).
fn is_page(path: &str) -> bool {
    path == "/index.html" || !has_extension(path)
}

/// Whether the last segment of the path has an extension, so that it names a file and not a page.
pub(crate) fn has_extension(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| name.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(path: &str, name: &str, expected: Option<&str>) {
        let headers = headers(path, &json!({"cloud": "public"}));
        let found = headers
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.as_str());
        assert_eq!(found, expected, "{name} of {path}");
    }

    #[test]
    fn only_a_name_with_a_hash_is_kept_by_the_browser() {
        let kept = Some("public, max-age=31536000, immutable");
        let asked = Some("no-cache");
        for (path, expected) in [
            ("/pg-backup-portal-0123456789abcdef.js", kept),
            ("/pg-backup-portal-0123456789abcdef_bg.wasm", kept),
            ("/emulator-worker-0123456789abcdef/shell.js", kept),
            ("/emulator-worker/shell.js", asked),
            ("/emulator-worker/arm-emulator-worker_bg.wasm", asked),
            ("/", asked),
            ("/index.html", asked),
            ("/config.json", asked),
            ("/icon.svg", asked),
            ("/auth-bridge.html", Some("no-store")),
            ("/auth-bridge.js", asked),
            ("/element.js", asked),
            ("/embed.js", asked),
            ("/element-app-0123456789abcdef.js", kept),
            ("/servers/s/rg/pg-0123456789abcdef/backups", asked),
            ("/vaults/s/rg/bv/instances/pg-0123456789abcdef", asked),
            ("/name-0123456789abcdef0.js", asked),
            ("/name-0123456789ABCDEF.js", asked),
            (
                "/servers/33333333-3333-4333-8333-333333333333/rg/pg/backups",
                asked,
            ),
        ] {
            check(path, "cache-control", expected);
        }
    }

    #[test]
    fn pages_of_the_app_are_cut_off_from_openers_and_sign_in_pages_are_not() {
        let cut = Some("same-origin-allow-popups");
        for (path, expected) in [
            ("/", cut),
            ("/index.html", cut),
            ("/servers/a/b/c/backups", cut),
            ("/demo/authorize.html", None),
            ("/auth-bridge.html", None),
            ("/boot-0123456789abcdef.js", None),
        ] {
            check(path, "cross-origin-opener-policy", expected);
        }
    }

    #[test]
    fn other_origins_may_load_files_where_other_portals_may_hold_the_app() {
        let found = |path: &str, config: &Value| {
            let headers = headers(path, config).into_iter();
            let mut headers = headers.filter(|(name, _)| *name == "access-control-allow-origin");
            headers.next().map(|(_, value)| value)
        };
        let with_hosts = json!({"cloud": "public", "hosts": ["https://admin.contoso.com"]});
        for path in ["/element.js", "/app-0123456789abcdef_bg.wasm", "/config.json"] {
            assert_eq!(found(path, &with_hosts).as_deref(), Some("*"), "{path}");
            for config in [json!({"cloud": "public"}), json!({"hosts": []})] {
                assert_eq!(found(path, &config), None, "{path} with {config}");
            }
        }
        for path in ["/", "/index.html", "/servers/a/b/c/backups", "/auth-bridge.html"] {
            assert_eq!(found(path, &with_hosts), None, "{path}");
        }
    }

    #[test]
    fn every_answer_carries_the_policies() {
        for path in ["/", "/config.json", "/a.js", "/missing.png"] {
            check(path, "referrer-policy", Some("no-referrer"));
            check(path, "x-content-type-options", Some("nosniff"));
            check(path, "permissions-policy", Some(PERMISSIONS));
            check(
                path,
                "content-security-policy",
                Some(&content_security_policy(&json!({"cloud": "public"}))),
            );
        }
    }
}
