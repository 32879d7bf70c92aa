//! Rules about the text of the project that neither the compiler nor clippy knows.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

/// A file of the project, named relative to its root with `/`.
struct Source {
    path: String,
    text: String,
}

impl Source {
    fn is(&self, extensions: &[&str]) -> bool {
        self.path
            .rsplit_once('.')
            .is_some_and(|(_, extension)| extensions.contains(&extension))
    }

    fn is_below(&self, places: &[&str]) -> bool {
        places.iter().any(|place| self.path.starts_with(place))
    }

    /// Lines of code with their numbers: lines that are only a comment are left out.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self
            .text
            .lines()
            .enumerate()
            .map(|(index, line)| (index + 1, line));
        lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut sources = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let made_by_tools = ["target", "dist", "node_modules", ".git"].contains(&name.as_str());
            if path.is_dir() && !made_by_tools {
                folders.push(path);
            } else if let Ok(text) = fs::read_to_string(&path) {
                let path = path
                    .strip_prefix(root)
                    .unwrap()
                    .to_string_lossy()
                    .replace('\\', "/");
                sources.push(Source { path, text });
            }
        }
    }
    assert!(sources.len() > 50, "{} files found", sources.len());
    sources
}

/// No line of code in the files `among` holds one of the words.
fn check(among: impl Fn(&Source) -> bool, words: &[&str], why: &str) {
    let mut read = 0;
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| among(source)) {
        read += 1;
        for (number, line) in source.code() {
            // A test's own clock declares what it must have as a clock; nobody waits by that.
            let line = line.replace(concat!("fn sle", "ep("), "");
            if let Some(word) = words.iter().find(|word| line.contains(**word)) {
                found.push(format!("{}:{number} holds `{word}`", source.path));
            }
        }
    }
    assert!(read > 0, "no file was read");
    assert!(found.is_empty(), "{why}:\n{}", found.join("\n"));
}

#[test]
fn no_file_is_longer_than_500_lines() {
    let long: Vec<String> = sources()
        .iter()
        .filter(|source| source.is(&["rs", "js", "css", "html", "toml"]))
        .map(|source| (source.text.lines().count(), &source.path))
        .filter(|(lines, _)| *lines > 500)
        .map(|(lines, path)| format!("{path} has {lines} lines"))
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn no_test_is_switched_off_or_expected_to_panic() {
    let words = [concat!("#[ign", "ore"), concat!("#[should_", "panic")];
    check(
        |source| source.is(&["rs"]),
        &words,
        "a test that does not run, or passes on any panic, tells nothing",
    );
}

#[test]
fn no_test_sleeps() {
    let in_tests = |source: &Source| source.is(&["rs"]) && source.path.contains("tests/");
    check(
        in_tests,
        &[concat!("sle", "ep(")],
        "a test waits for what it expects, not for time to pass",
    );
}

#[test]
fn nothing_is_left_for_later() {
    let words = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("to", "do!("),
        concat!("unimpl", "emented!("),
    ];
    let mut found = Vec::new();
    for source in sources()
        .iter()
        .filter(|source| source.is(&["rs", "js", "css", "html", "toml"]))
    {
        // Comments count here: that is where such words stand.
        for (index, line) in source.text.lines().enumerate() {
            if words.iter().any(|word| line.contains(word)) {
                found.push(format!("{}:{}: {}", source.path, index + 1, line.trim()));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn t06_no_markup_or_script_is_made_from_text() {
    let rust = [
        concat!("inner", "_html"),
        concat!("outer", "_html"),
        concat!("insert_adjacent", "_html"),
    ];
    check(
        |source| source.is(&["rs"]) && source.is_below(&["src/", "crates/"]),
        &rust,
        "text of a service must stay text",
    );
    let script = [
        concat!("inner", "HTML"),
        concat!("outer", "HTML"),
        concat!("insertAdjacent", "HTML"),
        concat!("document.", "write"),
        concat!("ev", "al("),
        concat!("new Fun", "ction("),
    ];
    check(
        |source| source.is(&["js"]),
        &script,
        "text of a service must stay text",
    );
}

/// The content policy blocks style attributes, event attributes and inline scripts.
#[test]
fn nothing_is_inline_that_the_content_policy_blocks() {
    let views = |source: &Source| source.is(&["rs"]) && source.is_below(&["src/"]);
    check(
        views,
        &[concat!("style", "=\""), concat!("style", "=move")],
        "the content policy blocks it",
    );
    let pages = |source: &Source| source.is(&["html"]) && !source.is_below(&["tests/"]);
    let words = [
        concat!(" style", "=\""),
        " onclick=",
        " onload=",
        "<style",
        "javascript:",
    ];
    check(pages, &words, "the content policy blocks it");
    for page in sources().iter().filter(|source| pages(source)) {
        for (number, line) in page.code().filter(|(_, line)| line.contains("<script")) {
            assert!(
                line.contains(" src=\""),
                "{}:{number} is an inline script: {line}",
                page.path
            );
        }
    }
}

/// Invariant 4. config.json is no part of ARM and has its own place, and so has what Entra gives for a code.
#[test]
fn only_the_transport_sends_requests() {
    let elsewhere = |source: &Source| {
        source.is(&["rs"])
            && source.is_below(&[
                "src/",
                "crates/arm-client/src/",
                "crates/entra-auth/src/",
                "crates/arm-emulator/src/",
            ])
            && !source.is_below(&[
                "src/transport/",
                "src/own_file.rs",
                "crates/entra-auth/src/browser/token.rs",
            ])
    };
    let words = [
        "gloo_net",
        "fetch_with_",
        "XmlHttpRequest",
        "WebSocket",
        "send_beacon",
        "EventSource",
    ];
    check(elsewhere, &words, "ARM is asked only in src/transport/");
    // The emulator's own page, which is not the app's, looks at the emulator.
    let own_page = "crates/arm-emulator-server/assets/welcome/";
    // The custom element fetches its own files, and hands its app what the browser gives every page.
    let in_page = "public/element";
    let scripts = |source: &Source| source.is(&["js"]) && !source.is_below(&[own_page, in_page]);
    check(
        scripts,
        &["fetch(", "XMLHttpRequest", "sendBeacon"],
        "the scripts beside the app ask nobody",
    );
}

/// Invariant 4. The worker's crate is the other end of the transport's channel.
#[test]
fn only_the_transport_and_the_edges_post_messages() {
    let allowed = [
        "src/transport/",
        "src/embed/",
        "crates/entra-auth/src/browser/",
        "public/auth-bridge.js",
        "public/embed.js",
        "crates/arm-emulator-worker/",
    ];
    let elsewhere = |source: &Source| {
        source.is(&["rs", "js"])
            && source.is_below(&["src/", "crates/", "public/"])
            && !source.is_below(&allowed)
    };
    check(
        elsewhere,
        &[".post_message(", ".postMessage("],
        "messages cross only at the edges",
    );
}

/// Invariant 2. Hash maps are here because their order is random in each process.
#[test]
fn the_emulator_has_no_clock_socket_thread_or_randomness() {
    let emulator = |source: &Source| source.is(&["rs"]) && source.is_below(&["crates/arm-emulator/src/"]);
    let words = [
        "std::time::Instant",
        "SystemTime",
        "std::net",
        "std::thread",
        "std::fs",
        "std::env",
        "HashMap",
        "HashSet",
        "RandomState",
        "Uuid::new_v4",
        "js_sys",
        "web_sys",
    ];
    check(
        emulator,
        &words,
        "the emulator is a function of its world, the request and `now`",
    );
}

/// Invariant 6: what is secret cannot be printed or stored by accident.
#[test]
fn a_secret_can_be_neither_printed_nor_serialised() {
    let sources = sources();
    let secret = sources
        .iter()
        .find(|source| source.path == "crates/arm-core/src/secret.rs")
        .unwrap();
    assert!(
        secret.text.contains("pub struct Secret"),
        "the type is in its file"
    );
    for (number, line) in secret.code() {
        let derives = line.contains("derive(")
            && ["Debug", "Serialize", "Deserialize"]
                .iter()
                .any(|t| line.contains(t));
        assert!(!derives, "secret.rs:{number}: {line}");
    }
    for source in sources.iter().filter(|source| source.is(&["rs"])) {
        for (number, line) in source.code() {
            let implements = ["Debug", "Display", "Serialize", "LowerHex"]
                .iter()
                .any(|name| line.contains("impl") && line.contains(&format!("{name} for {}", "Secret")));
            assert!(!implements, "{}:{number}: {line}", source.path);
        }
    }
}

#[test]
fn every_stylesheet_is_in_the_page() {
    let sources = sources();
    let page = &sources
        .iter()
        .find(|source| source.path == "index.html")
        .unwrap()
        .text;
    let styles: Vec<&str> = sources
        .iter()
        .map(|source| source.path.as_str())
        .filter(|path| path.starts_with("style/") && path.ends_with(".css"))
        .collect();
    assert!(!styles.is_empty(), "there are stylesheets");
    for style in &styles {
        assert!(
            page.contains(&format!(r#"<link data-trunk rel="css" href="{style}""#)),
            "{style} is not linked"
        );
    }
    let links = page.matches(r#"rel="css""#).count();
    assert_eq!(links, styles.len(), "links and stylesheets");
}

/// What belongs to one machine says nothing to another.
#[test]
fn no_file_names_a_folder_of_somebodys_machine() {
    let words = [
        concat!("/ro", "ot/"),
        concat!("/ho", "me/"),
        concat!("C:\\", "Users"),
    ];
    check(
        |source| source.path != "Cargo.lock",
        &words,
        "a path that exists on one machine only",
    );
}
