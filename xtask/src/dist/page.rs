//! index.html: what it names, and what becomes of it.

use super::element::Element;
use super::public_url::PublicUrl;
use anyhow::{Context as _, Result, bail};
use std::fmt::Write as _;

/// index.html, read once: the text that stays and the elements that the build replaces.
#[derive(Debug)]
pub struct Page {
    lines: Vec<Line>,
    /// The app's binary.
    pub app: String,
    /// Stylesheets in their order.
    pub styles: Vec<String>,
    /// Those of what opens later, marked `data-late`, in their order.
    pub late_styles: Vec<String>,
    /// The icon's file.
    pub icon: String,
    /// The script that starts the app.
    pub boot: String,
    /// The emulator's worker, in the demo.
    pub worker: Option<Worker>,
    /// Files and folders that are copied as they are.
    pub copies: Vec<Copy>,
}

/// The program that runs in a worker.
#[derive(Debug, PartialEq)]
pub struct Worker {
    /// Its package and binary, which have one name.
    pub binary: String,
    /// The folder it is put into.
    pub folder: String,
}

/// Something copied as it is.
#[derive(Debug, PartialEq)]
pub struct Copy {
    /// Where it lies in the project.
    pub from: String,
    /// The folder of the build it goes to; empty for the top.
    pub to: String,
    /// Whether it is a folder, whose files go to `to` without it.
    pub is_folder: bool,
}

/// A file of the build by its final name, and its hash for `integrity`.
pub struct Asset {
    /// Relative to the page.
    pub href: String,
    /// `sha384-…`.
    pub integrity: String,
}

/// The final names that go into the page.
pub struct Names {
    /// The app's JavaScript.
    pub script: Asset,
    /// The JavaScript that fetches the app's parts, which the app's imports.
    pub loader: Asset,
    /// The app's wasm.
    pub wasm: Asset,
    /// The stylesheet of the first page.
    pub style: Asset,
    /// That of what opens later, which `boot.js` adds once the app runs.
    pub late_style: Asset,
    /// The script that fetches the app's other parts while nobody waits, which `boot.js` adds as well.
    pub prefetch: Asset,
    /// The script that starts the app.
    pub boot: Asset,
    /// The icon.
    pub icon: Asset,
    /// The worker's folder under its final name.
    pub worker_folder: Option<String>,
    /// The content policy.
    pub policy: String,
    /// The element that says which release this is.
    pub release: String,
}

#[derive(Debug)]
enum Line {
    Text(String),
    Charset(String),
    Base,
    Icon,
    Style,
    App,
    Boot,
    EmulatorWorker(String),
}

impl Page {
    /// Reads index.html. Elements marked `data-demo` count only where `demo` is set.
    pub fn parse(index: &str, demo: bool) -> Result<Self> {
        let mut page = Draft::default();
        for line in index.lines() {
            page.line(line, demo)
                .with_context(|| format!("index.html: {}", line.trim()))?;
        }
        page.finish()
    }

    /// The page of the build.
    pub fn render(&self, names: &Names, public_url: &PublicUrl) -> String {
        let mut html = String::new();
        for line in &self.lines {
            let _ = match line {
                Line::Text(text) => writeln!(html, "{text}"),
                // The policy holds for what comes after it, so it comes first.
                Line::Charset(text) => writeln!(
                    html,
                    "{text}\n    <meta http-equiv=\"Content-Security-Policy\" content=\"{}\">",
                    names.policy
                ),
                Line::Base => writeln!(html, "    <base href=\"{public_url}\">"),
                Line::Icon => writeln!(html, "    <link rel=\"icon\" href=\"{}\">", names.icon.href),
                Line::Style => {
                    let Asset { href, integrity } = &names.style;
                    writeln!(
                        html,
                        "    <link rel=\"stylesheet\" href=\"{href}\" integrity=\"{integrity}\">"
                    )
                }
                Line::App => writeln!(html, "{}\n    {}", app(names), names.release),
                Line::Boot => {
                    let Asset { href, integrity } = &names.boot;
                    writeln!(
                        html,
                        "    <script type=\"module\" src=\"{href}\" integrity=\"{integrity}\"></script>"
                    )
                }
                Line::EmulatorWorker(content) => {
                    let content = self.final_path(content, names);
                    writeln!(html, "    <meta name=\"emulator-worker\" content=\"{content}\">")
                }
            };
        }
        html
    }

    fn final_path(&self, path: &str, names: &Names) -> String {
        let folders = self.worker.as_ref().zip(names.worker_folder.as_ref());
        let moved = folders.and_then(|(worker, folder)| {
            let file = path.strip_prefix(&worker.folder)?;
            Some(format!("{folder}{file}"))
        });
        moved.unwrap_or_else(|| path.to_owned())
    }
}

/// Chromium ignores `integrity` on a preloaded wasm, so only the scripts have it.
fn app(names: &Names) -> String {
    let (script, wasm) = (&names.script.href, &names.wasm.href);
    let (style, prefetch) = (&names.late_style.href, &names.prefetch.href);
    let mut html = format!(
        "    <meta name=\"app\" data-js=\"{script}\" data-wasm=\"{wasm}\" data-style=\"{style}\" \
         data-prefetch=\"{prefetch}\">\n"
    );
    for Asset { href, integrity } in [&names.script, &names.loader] {
        let _ = writeln!(
            html,
            "    <link rel=\"modulepreload\" href=\"{href}\" integrity=\"{integrity}\">"
        );
    }
    html + &format!(
        "    <link rel=\"preload\" href=\"{wasm}\" as=\"fetch\" type=\"application/wasm\" crossorigin>"
    )
}

#[derive(Default)]
struct Draft {
    lines: Vec<Line>,
    app: Option<String>,
    styles: Vec<String>,
    late_styles: Vec<String>,
    icon: Option<String>,
    boot: Option<String>,
    worker: Option<Worker>,
    copies: Vec<Copy>,
}

impl Draft {
    fn line(&mut self, line: &str, demo: bool) -> Result<()> {
        let element = Element::parse(line);
        if !demo && element.as_ref().is_some_and(|element| element.has("data-demo")) {
            return Ok(());
        }
        let value = |name: &str| {
            let found = element.as_ref().and_then(|element| element.get(name));
            found
                .map(str::to_owned)
                .with_context(|| format!("{name} is missing"))
        };
        match element.as_ref().map(kind).transpose()?.unwrap_or(Kind::Other) {
            Kind::Other if line.contains(" data-trunk") => {
                bail!("an element for Trunk must begin its line")
            }
            Kind::Other => self.lines.push(Line::Text(line.to_owned())),
            Kind::Charset => self.lines.push(Line::Charset(line.to_owned())),
            Kind::Base => self.lines.push(Line::Base),
            Kind::Icon => {
                self.icon = Some(value("href")?);
                self.lines.push(Line::Icon);
            }
            Kind::LateStyle => self.late_styles.push(value("href")?),
            Kind::Style => {
                if self.styles.is_empty() {
                    self.lines.push(Line::Style);
                }
                self.styles.push(value("href")?);
            }
            Kind::Boot => {
                self.boot = Some(value("src")?);
                self.lines.push(Line::Boot);
            }
            Kind::EmulatorWorker => self.lines.push(Line::EmulatorWorker(value("content")?)),
            Kind::App => {
                self.app = Some(value("data-bin")?);
                self.lines.push(Line::App);
            }
            Kind::Worker => {
                let worker = Worker {
                    binary: value("data-bin")?,
                    folder: value("data-target-path")?,
                };
                self.worker = Some(worker);
            }
            Kind::Copy { is_folder } => {
                let to = value("data-target-path").unwrap_or_default();
                self.copies.push(Copy {
                    from: value("href")?,
                    to,
                    is_folder,
                });
            }
        }
        Ok(())
    }

    fn finish(self) -> Result<Page> {
        if !self.lines.iter().any(|line| matches!(line, Line::Charset(_))) {
            bail!("index.html needs <meta charset> on a line: the content policy is put after it");
        }
        if self.styles.is_empty() {
            bail!("index.html names no stylesheet");
        }
        Ok(Page {
            lines: self.lines,
            app: self.app.context("index.html names no app")?,
            styles: self.styles,
            late_styles: self.late_styles,
            icon: self.icon.context("index.html names no icon")?,
            boot: self.boot.context("index.html names no script")?,
            worker: self.worker,
            copies: self.copies,
        })
    }
}

enum Kind {
    Other,
    Charset,
    Base,
    Icon,
    Style,
    LateStyle,
    App,
    Boot,
    EmulatorWorker,
    Worker,
    Copy { is_folder: bool },
}

fn kind(element: &Element) -> Result<Kind> {
    Ok(match (element.name(), element.get("rel").unwrap_or_default()) {
        ("meta", _) if element.has("charset") => Kind::Charset,
        ("meta", _) if element.get("name") == Some("emulator-worker") => Kind::EmulatorWorker,
        ("base", _) if element.has("data-trunk-public-url") => Kind::Base,
        _ if !element.has("data-trunk") => Kind::Other,
        ("script", _) => Kind::Boot,
        ("link", "icon") => Kind::Icon,
        ("link", "css") if element.has("data-late") => Kind::LateStyle,
        ("link", "css") => Kind::Style,
        ("link", "copy-file") => Kind::Copy { is_folder: false },
        ("link", "copy-dir") => Kind::Copy { is_folder: true },
        ("link", "rust") if element.get("data-type") == Some("worker") => Kind::Worker,
        ("link", "rust") => Kind::App,
        (name, rel) => bail!("dist knows no <{name} data-trunk rel=\"{rel}\">"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const INDEX: &str = r#"<head>
    <meta charset="utf-8">
    <base data-trunk-public-url>
    <link data-trunk rel="icon" href="public/icon.svg">
    <link data-trunk rel="css" href="style/a.css">
    <link data-trunk rel="css" href="style/b.css">
    <link data-trunk rel="css" href="style/c.css" data-late>
    <link data-trunk rel="rust" data-bin="app">
    <script data-trunk type="module" src="public/boot.js"></script>
    <meta name="emulator-worker" content="worker/shell.js" data-demo>
    <link data-trunk rel="rust" href="w/Cargo.toml" data-bin="w" data-type="worker" data-target-path="worker" data-demo>
    <link data-trunk rel="copy-file" href="w/shell.js" data-target-path="worker" data-demo>
    <link data-trunk rel="copy-dir" href="assets" data-target-path="demo" data-demo>
    <link data-trunk rel="copy-file" href="public/config.json" data-demo>
</head>
"#;

    fn names(worker_folder: Option<&str>) -> Names {
        let asset = |href: &str| Asset {
            href: href.to_owned(),
            integrity: format!("sha384-{href}"),
        };
        Names {
            script: asset("./app-1.js"),
            loader: asset("./app-parts-1.js"),
            wasm: asset("./app-2_bg.wasm"),
            style: asset("./style-3.css"),
            late_style: asset("./late-7.css"),
            prefetch: asset("./prefetch-8.js"),
            boot: asset("./boot-4.js"),
            icon: asset("./icon-5.svg"),
            worker_folder: worker_folder.map(str::to_owned),
            policy: "default-src 'none'".to_owned(),
            release: r#"<meta name="release" content="1.0.0">"#.to_owned(),
        }
    }

    #[test]
    fn the_demo_holds_worker_sign_in_page_and_configuration() {
        let page = Page::parse(INDEX, true).unwrap();
        assert_eq!(page.styles, ["style/a.css", "style/b.css"]);
        assert_eq!(page.late_styles, ["style/c.css"]);
        assert_eq!(
            page.worker,
            Some(Worker {
                binary: "w".into(),
                folder: "worker".into()
            })
        );
        let copy = |from: &str, to: &str, is_folder| Copy {
            from: from.into(),
            to: to.into(),
            is_folder,
        };
        let expected = [
            copy("w/shell.js", "worker", false),
            copy("assets", "demo", true),
            copy("public/config.json", "", false),
        ];
        assert_eq!(page.copies, expected);
        let html = page.render(&names(Some("worker-6")), &PublicUrl::default());
        let expected = r#"<head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'">
    <base href="/">
    <link rel="icon" href="./icon-5.svg">
    <link rel="stylesheet" href="./style-3.css" integrity="sha384-./style-3.css">
    <meta name="app" data-js="./app-1.js" data-wasm="./app-2_bg.wasm" data-style="./late-7.css" data-prefetch="./prefetch-8.js">
    <link rel="modulepreload" href="./app-1.js" integrity="sha384-./app-1.js">
    <link rel="modulepreload" href="./app-parts-1.js" integrity="sha384-./app-parts-1.js">
    <link rel="preload" href="./app-2_bg.wasm" as="fetch" type="application/wasm" crossorigin>
    <meta name="release" content="1.0.0">
    <script type="module" src="./boot-4.js" integrity="sha384-./boot-4.js"></script>
    <meta name="emulator-worker" content="worker-6/shell.js">
</head>
"#;
        assert_eq!(html, expected);
    }

    #[test]
    fn a_build_for_hosting_holds_nothing_of_the_emulator() {
        let page = Page::parse(INDEX, false).unwrap();
        assert_eq!((page.worker.as_ref(), page.copies.len()), (None, 0));
        let html = page.render(&names(None), &"/portal/".parse().unwrap());
        assert!(!html.contains("worker"), "{html}");
        assert!(html.contains("<base href=\"/portal/\">"), "{html}");
        assert!(html.contains("boot-4.js"), "{html}");
    }

    #[test]
    fn an_index_that_dist_cannot_follow_is_refused() {
        let check = |from: &str, to: &str, problem: &str| {
            assert!(INDEX.contains(from), "{from} is in the index");
            let error = format!("{:#}", Page::parse(&INDEX.replace(from, to), true).unwrap_err());
            assert!(error.contains(problem), "{error}");
        };
        check(r#"rel="copy-file""#, r#"rel="sass""#, "dist knows no");
        check(
            r#"    <link data-trunk rel="icon""#,
            r#"    x <link data-trunk rel="icon""#,
            "begin its line",
        );
        check(r#"<meta charset="utf-8">"#, "", "charset");
        check(r#" data-bin="app""#, "", "data-bin is missing");
        check(r#" href="style/b.css""#, "", "href is missing");
    }
}
