//! The app as a custom element of another page (decision 20): its program as a function of the world it runs in, and its
//! style for a shadow root.

use super::page::Asset;
use super::papers::Release;
use anyhow::{Context as _, Result, bail};
use serde_json::json;

/// What the program takes from its world in place of the browser's own.
const OF_THE_WORLD: [&str; 15] = [
    "document",
    "navigator",
    "location",
    "history",
    "localStorage",
    "sessionStorage",
    "fetch",
    "setTimeout",
    "clearTimeout",
    "setInterval",
    "clearInterval",
    "requestAnimationFrame",
    "MutationObserver",
    "IntersectionObserver",
    "ResizeObserver",
];

/// By this name the loader's part of the program hands over its functions.
const PARTS: &str = "parts";

/// Script and loader, which are two modules that import each other, as one function: each call is a program of its own.
pub fn program(script: &str, loader: &str) -> Result<String> {
    let mut body = String::new();
    let mut end = None;
    for line in script.lines() {
        if let Some(name) = line.strip_prefix("import * as ") {
            let (name, _) = name.split_once(" from ").with_context(|| line.to_owned())?;
            body += &format!("const {name} = {PARTS};\n");
        } else if let Some(names) = line.strip_prefix("export { ") {
            if !names.contains("__wbg_init as default") {
                bail!("the script exports no start: {line}");
            }
            end = Some("return { initialise: __wbg_init };\n");
        } else if let Some(declared) = line.strip_prefix("export class ") {
            body += &format!("class {declared}\n");
        } else if line.starts_with("import ") || line.starts_with("export ") {
            bail!("a module is not taken apart that way: {line}");
        } else {
            body += line;
            body.push('\n');
        }
    }
    let end = end.context("the script exports nothing")?;
    Ok(format!(
        "export function program(window) {{\nconst self = window, globalThis = window;\nconst {{ {} }} = window;\n\
         const {PARTS} = {{ __proto__: null }};\n{body}{{\n{}}}\n{end}}}\n",
        OF_THE_WORLD.join(", "),
        parts(loader)?
    ))
}

fn parts(loader: &str) -> Result<String> {
    let mut body = String::new();
    for line in loader.lines() {
        if line.starts_with("import { initSync } from ") {
            continue;
        }
        if let Some(declared) = line.strip_prefix("export const ") {
            body += &format!("{PARTS}.{declared}\n");
        } else if line.starts_with("import ") || line.starts_with("export ") {
            bail!("a loader is not taken apart that way: {line}");
        } else {
            body += line;
            body.push('\n');
        }
    }
    Ok(body)
}

/// The files of the element, under their final names.
pub struct Names {
    /// World and program.
    pub app: Asset,
    /// The app's wasm.
    pub wasm: Asset,
    /// The style.
    pub style: Asset,
}

/// The script that a page names, with what it fetches.
pub fn entry(script: &str, names: &Names, release: &Release) -> String {
    let file = |asset: &Asset| json!({ "href": asset.href, "integrity": asset.integrity });
    let release: serde_json::Value = serde_json::from_str(&release.json()).unwrap_or_default();
    let build = json!({
        "app": names.app.href, "wasm": file(&names.wasm), "style": file(&names.style), "release": release,
    });
    format!("const BUILD = {build};\n{script}")
}

/// A stylesheet for the shadow root: what is said of the document is said of what stands for it, and what depends on the
/// window depends on the element.
pub fn style(css: &str) -> Result<String> {
    let mut made = String::with_capacity(css.len() + css.len() / 8);
    // For each open block, what its end closes.
    let mut open: Vec<usize> = Vec::new();
    let mut rest = css;
    while let Some(at) = rest.find(['{', '}', ';']) {
        let (before, found) = (&rest[..at], &rest[at..=at]);
        rest = &rest[at + 1..];
        match found {
            "{" => {
                let (head, blocks) = block(before)?;
                made += &head;
                open.push(blocks);
            }
            "}" => {
                made += &declaration(before);
                made += &"}".repeat(open.pop().context("a block ends that has not begun")?);
            }
            _ => {
                made += &declaration(before);
                made.push(';');
            }
        }
    }
    made += rest;
    Ok(made)
}

/// The head of a block with its brace, and how many blocks it is.
fn block(head: &str) -> Result<(String, usize)> {
    let Some(condition) = head.trim_start().strip_prefix("@media ") else {
        return Ok((format!("{}{{", selector(head)), 1));
    };
    let features = condition.trim().split(" and ");
    let of_size = |feature: &&str| {
        let feature = feature.trim_start_matches('(');
        ["min-width", "max-width", "min-height", "max-height"]
            .iter()
            .any(|name| feature.starts_with(name))
    };
    let (size, others): (Vec<_>, Vec<_>) = features.partition(of_size);
    if size.iter().any(|feature| feature.contains(" or ")) {
        bail!("a media query is not taken apart that way: {condition}");
    }
    let start = &head[..head.len() - head.trim_start().len()];
    let mut made = start.to_owned();
    if !others.is_empty() {
        made += &format!("@media {}{{", others.join(" and "));
    }
    if !size.is_empty() {
        made += &format!("@container portal {}{{", size.join(" and "));
    }
    Ok((
        made,
        usize::from(!others.is_empty()) + usize::from(!size.is_empty()),
    ))
}

/// `:root`, `html` and `body` by what stands for them.
fn selector(text: &str) -> String {
    let mut made = String::new();
    let mut rest = text.replace(":root", ".portal");
    while let Some((at, name, by)) = first_of(&rest, &[("html", ".portal"), ("body", ".portal-page")]) {
        made += &rest[..at];
        made += by;
        rest = rest[at + name.len()..].to_owned();
    }
    made + &rest
}

/// The first of these names that stands there as the name of an element.
fn first_of<'a>(text: &str, names: &[(&'a str, &'a str)]) -> Option<(usize, &'a str, &'a str)> {
    let of_a_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.#:[=\"'".contains(byte);
    let continues = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_".contains(byte);
    let bytes = text.as_bytes();
    let found = names.iter().filter_map(|(name, by)| {
        let mut places = text.match_indices(name).map(|(at, _)| at);
        let at = places.find(|&at| {
            let is_begun = at > 0 && bytes.get(at - 1).is_some_and(of_a_name);
            !is_begun && !bytes.get(at + name.len()).is_some_and(continues)
        })?;
        Some((at, *name, *by))
    });
    found.min()
}

/// Lengths that depend on the window or on the page's own size of text.
fn declaration(text: &str) -> String {
    let mut made = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let start = if at > 0 && rest.as_bytes()[at - 1] == b'.' {
            at - 1
        } else {
            at
        };
        let (before, from) = rest.split_at(start);
        let number = from.len()
            - from
                .trim_start_matches(|c: char| c.is_ascii_digit() || c == '.')
                .len();
        let after = &from[number..];
        let unit = after.len()
            - after
                .trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '%')
                .len();
        let (number, unit, next) = (&from[..number], &after[..unit], &after[unit..]);
        // A digit inside a name or a colour is none of a length; a sign before it is its own.
        let unsigned = before
            .strip_suffix('-')
            .filter(|before| before.ends_with([' ', ':', '(', '/', ',']));
        let (before, sign) = unsigned.map_or((before, ""), |before| (before, "-"));
        let is_in_a_name = before.ends_with(|c: char| c.is_ascii_alphanumeric() || "-_#".contains(c));
        made += before;
        match unit {
            "rem" if !is_in_a_name => made += &format!("calc({sign}{number}*var(--rem))"),
            "vw" | "dvw" if !is_in_a_name => made += &format!("{sign}{number}cqw"),
            "vh" | "dvh" if !is_in_a_name => made += &format!("{sign}{number}cqh"),
            _ => made += &format!("{sign}{number}{unit}"),
        }
        rest = next;
    }
    made + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_entry_names_what_it_fetches_and_the_release() {
        let asset = |href: &str| Asset {
            href: href.to_owned(),
            integrity: format!("sha384-{href}"),
        };
        let [app, wasm, style] = ["./a.js", "./b.wasm", "./c.css"].map(asset);
        let release = Release {
            version: "1.2.3".to_owned(),
            ..Release::default()
        };
        assert_eq!(
            entry("go();\n", &Names { app, wasm, style }, &release),
            "const BUILD = {\"app\":\"./a.js\",\"release\":{\"version\":\"1.2.3\"},\
             \"style\":{\"href\":\"./c.css\",\"integrity\":\"sha384-./c.css\"},\
             \"wasm\":{\"href\":\"./b.wasm\",\"integrity\":\"sha384-./b.wasm\"}};\ngo();\n"
        );
    }

    #[test]
    fn script_and_loader_become_one_function_of_a_window() {
        let script = "import * as import1 from \"./l.js\"\nexport class A {\n}\nfunction f() { return import1; }\n\
                      export { initSync, __wbg_init as default };\n";
        let loader =
            "import { initSync } from \"./a.js\";\nconst FILES = [\n];\nexport const load_a = part(0);\n";
        let made = program(script, loader).unwrap();
        let expected = "const parts = { __proto__: null };\nconst import1 = parts;\nclass A {\n}\n\
                        function f() { return import1; }\n{\nconst FILES = [\n];\nparts.load_a = part(0);\n}\n\
                        return { initialise: __wbg_init };\n}\n";
        assert!(made.ends_with(expected), "{made}");
        assert!(made.starts_with("export function program(window) {\n"), "{made}");
        let unknown = "import x from 'y'\nexport { initSync, __wbg_init as default };\n";
        for (script, loader) in [("", ""), (unknown, ""), (script, "export default 1;\n")] {
            assert!(program(script, loader).is_err(), "{script} {loader}");
        }
    }

    #[test]
    fn what_is_said_of_the_document_is_said_of_what_stands_for_it() {
        for (css, expected) in [
            (
                ":root[data-theme=\"dark\"] {\na: b;\n}",
                ".portal[data-theme=\"dark\"] {\na: b;\n}",
            ),
            ("html {\n}", ".portal {\n}"),
            (
                "body:has(.pane[open]) .x {\n}",
                ".portal-page:has(.pane[open]) .x {\n}",
            ),
            (
                ".table tbody, .pane-body, .body {\n}",
                ".table tbody, .pane-body, .body {\n}",
            ),
            ("html,\nbody {\n}", ".portal,\n.portal-page {\n}"),
        ] {
            assert_eq!(style(css).unwrap(), expected);
        }
    }

    #[test]
    fn what_depends_on_the_window_depends_on_the_element() {
        for (css, expected) in [
            (
                "@media (max-width: 639.98px) {\n.a {\nb: c;\n}\n}\n.d {\n}",
                "@container portal (max-width: 639.98px){\n.a {\nb: c;\n}\n}\n.d {\n}",
            ),
            (
                "@media (min-width: 1px) and (max-height: 2px) {\n}",
                "@container portal (min-width: 1px) and (max-height: 2px){\n}",
            ),
            (
                "@media (max-width: 9px) and (forced-colors: active) {\n.a {\n}\n}",
                "@media (forced-colors: active){@container portal (max-width: 9px){\n.a {\n}\n}}",
            ),
            ("@media (pointer: coarse) {\n}", "@media (pointer: coarse){\n}"),
        ] {
            assert_eq!(style(css).unwrap(), expected);
        }
        assert!(style("}").is_err());
    }

    #[test]
    fn lengths_are_the_elements_and_the_readers() {
        for (css, expected) in [
            (
                "font: 600 0.75rem/1rem var(--font);",
                "font: 600 calc(0.75*var(--rem))/calc(1*var(--rem)) var(--font);",
            ),
            ("a: calc(100dvh - 32px);", "a: calc(100cqh - 32px);"),
            ("a: min(280px, 80vw);", "a: min(280px, 80cqw);"),
            ("a: -1rem -0.5px;", "a: calc(-1*var(--rem)) -0.5px;"),
            ("a: #10rem0;", "a: #10rem0;"),
            (
                "--shadow16: 0 0 2px var(--ambient2);",
                "--shadow16: 0 0 2px var(--ambient2);",
            ),
            (
                "a: cubic-bezier(.1, 0.9, 0.2, 1);",
                "a: cubic-bezier(.1, 0.9, 0.2, 1);",
            ),
        ] {
            assert_eq!(style(css).unwrap(), expected);
        }
    }
}
