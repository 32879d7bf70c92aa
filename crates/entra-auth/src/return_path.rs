//! Where the user comes back to.

/// The path that `text` means, if it is a path of the app whose redirect URI is `redirect_uri`.
///
/// It begins with exactly one slash, has no part that leads up and lies below the directory of the redirect URI, so
/// that a link to the app cannot be made to lead elsewhere after the sign-in (auth T2). The query stays; a fragment is
/// refused, for it belongs to Entra's answer.
///
/// It is judged as text, without a parser of URLs: what a browser might read in two ways is refused, and the parser
/// would be the heaviest part of the way back (decision 6).
pub fn safe_return_path(text: &str, redirect_uri: &str) -> Option<String> {
    let base = path_of(redirect_uri)?;
    let rest = text.strip_prefix('/')?;
    // A browser reads `/\` and `/<tab>/` as `//`, and a server may read `/%2f` so.
    let is_plain = |c: char| !c.is_control() && !c.is_whitespace() && !"\\#".contains(c);
    let begins_like_a_host = ["/", "%2f", "%5c"].iter().any(|start| {
        rest.get(..start.len())
            .is_some_and(|begin| begin.eq_ignore_ascii_case(start))
    });
    if begins_like_a_host || !text.chars().all(is_plain) {
        return None;
    }
    let path = text.split_once('?').map_or(text, |(path, _)| path);
    let directory = &base[..=base.rfind('/')?];
    let is_own = path.starts_with(directory) && !path.split('/').any(leads_up_or_nowhere);
    is_own.then(|| text.to_owned())
}

/// The same, or the app's base path where `text` leads out of the app.
pub(crate) fn return_path_or_base(text: &str, redirect_uri: &str) -> String {
    safe_return_path(text, redirect_uri).unwrap_or_else(|| path_of(redirect_uri).unwrap_or("/").to_owned())
}

/// `.` and `..`, which a browser resolves, in each way of writing them.
fn leads_up_or_nowhere(part: &str) -> bool {
    let part = part.to_ascii_lowercase().replace("%2e", ".");
    part == "." || part == ".."
}

/// The path of an absolute URL, such as the app's base path of its redirect URI.
fn path_of(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let rest = rest.split(['?', '#']).next()?;
    Some(rest.find('/').map_or("/", |start| &rest[start..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(redirect_uri: &str, text: &str, expected: Option<&str>) {
        let path = safe_return_path(text, redirect_uri);
        assert_eq!(path.as_deref(), expected, "{text:?} for {redirect_uri}");
    }

    #[test]
    fn t02_paths_of_the_app_are_kept() {
        let app = "https://app.example/";
        check(app, "/", Some("/"));
        check(
            app,
            "/servers/s/rg/pg-a/backups?state=Ready&sort=-name",
            Some("/servers/s/rg/pg-a/backups?state=Ready&sort=-name"),
        );
        check(
            app,
            "/servers?next=https://evil.example/",
            Some("/servers?next=https://evil.example/"),
        );
        check(app, "/a/..b/.c", Some("/a/..b/.c"));
        check("https://app.example", "/a", Some("/a"));
        check(
            "https://app.example/portal/",
            "/portal/servers",
            Some("/portal/servers"),
        );
        check(
            "https://app.example/portal/index.html",
            "/portal/servers",
            Some("/portal/servers"),
        );
        check("http://127.0.0.1:8400/", "/jobs", Some("/jobs"));
    }

    #[test]
    fn t02_ways_out_of_the_app_are_refused() {
        for text in [
            "",
            "servers",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            "\t//evil.example",
            "/\n/evil.example",
            " /servers",
            "/ser vers",
            "%2f%2fevil.example",
            "/%2fevil.example",
            "/%2F%2fevil.example",
            "/%5cevil.example",
            "javascript:alert(1)",
            "/servers#access_token=x",
            "https://evil.example/",
            "https:evil.example",
            "https://app.example/servers",
            "?x",
            "@evil.example",
            "/\u{a0}/evil.example",
            "/.\\./evil.example",
            "/a/../b",
            "/a/%2E%2e/b",
            "/a/.%2e",
            "/./a",
        ] {
            check("https://app.example/", text, None);
        }
    }

    #[test]
    fn t02_other_apps_of_the_same_origin_are_refused() {
        for text in [
            "/",
            "/other",
            "/portal",
            "/portal/../other",
            "/portal/%2e%2e/other",
            "/portalx/",
        ] {
            check("https://app.example/portal/", text, None);
        }
    }
}
