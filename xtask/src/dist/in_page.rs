//! The app as a custom element of another page (decision 20): its program as a function of the world it runs in, and
//! the script that such a page names.

use super::page::Asset;
use super::papers::Release;
use anyhow::{Context as _, Result, bail};
use serde_json::json;

/// What the program takes from its world in place of the browser's own.
const OF_THE_WORLD: [&str; 17] = [
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
    "setAttribute",
    "getAttribute",
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
    for method in ["setAttribute", "getAttribute"] {
        body = through_the_world(&body, method)?;
    }
    Ok(format!(
        "export function program(window) {{\nconst self = window, globalThis = window;\nconst {{ {} }} = window;\n\
         const {PARTS} = {{ __proto__: null }};\n{body}{{\n{}}}\n{end}}}\n",
        OF_THE_WORLD.join(", "),
        parts(loader)?
    ))
}

/// A method of elements that the world has its own way with: `arg0.setAttribute(…)` becomes `setAttribute(arg0, …)`.
fn through_the_world(body: &str, method: &str) -> Result<String> {
    let call = format!(".{method}(");
    let mut made = String::with_capacity(body.len());
    let mut rest = body;
    while let Some((before, after)) = rest.split_once(&call) {
        let start = before
            .rfind(|c: char| !c.is_ascii_alphanumeric())
            .map_or(0, |at| at + 1);
        let (before, element) = before.split_at(start);
        if element.is_empty() {
            bail!("the script calls {method} of what is no variable");
        }
        made += &format!("{before}{method}({element}, ");
        rest = after;
    }
    if made.is_empty() {
        bail!("the script does not call {method}");
    }
    Ok(made + rest)
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
        let entry = entry("go();\n", &Names { app, wasm, style }, &release);
        let build = entry
            .strip_prefix("const BUILD = ")
            .and_then(|rest| rest.strip_suffix(";\ngo();\n"));
        let build: serde_json::Value = serde_json::from_str(build.expect("both parts")).expect("JSON");
        assert_eq!(
            build,
            json!({
                "app": "./a.js",
                "wasm": { "href": "./b.wasm", "integrity": "sha384-./b.wasm" },
                "style": { "href": "./c.css", "integrity": "sha384-./c.css" },
                "release": { "version": "1.2.3" },
            })
        );
    }

    #[test]
    fn script_and_loader_become_one_function_of_a_window() {
        let script = "import * as import1 from \"./l.js\"\nexport class A {\n}\nfunction f() { return import1; }\n\
                      const a = arg1.getAttribute(name(arg2));\narg0.setAttribute(1, 2);\n\
                      export { initSync, __wbg_init as default };\n";
        let loader =
            "import { initSync } from \"./a.js\";\nconst FILES = [\n];\nexport const load_a = part(0);\n";
        let made = program(script, loader).unwrap();
        let expected = "const parts = { __proto__: null };\nconst import1 = parts;\nclass A {\n}\n\
                        function f() { return import1; }\nconst a = getAttribute(arg1, name(arg2));\n\
                        setAttribute(arg0, 1, 2);\n{\nconst FILES = [\n];\nparts.load_a = part(0);\n}\n\
                        return { initialise: __wbg_init };\n}\n";
        assert!(made.ends_with(expected), "{made}");
        assert!(made.starts_with("export function program(window) {\n"), "{made}");
        let unknown = format!("import x from 'y'\n{script}");
        let silent = "export { initSync, __wbg_init as default };\n";
        for (script, loader) in [
            ("", ""),
            (&unknown, ""),
            (silent, ""),
            (script, "export default 1;\n"),
        ] {
            assert!(program(script, loader).is_err(), "{script} {loader}");
        }
    }
}
