//! What goes with a build: the licences of everything inside, its bill of materials, which release it is, and the
//! checksums of all its files.

use super::compressed::write_compressed;
use crate::inventory::{APP, WORKER, crates, licences, sbom};
use crate::process::{output, root};
use anyhow::{Context as _, Result};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

/// What whoever puts the build on a host reads, from `docs/`.
const GUIDES: [&str; 4] = ["hosting", "configuration", "first-sign-in", "threat-model"];

/// Begins a text that browsers take for UTF-8 whatever a host says of it.
const UTF_8: char = '\u{feff}';

/// Writes them into the folder of a build that is otherwise complete.
pub fn write(out: &Path, demo: bool, release: &Release) -> Result<()> {
    let packages: &[_] = if demo { &[APP, WORKER] } else { &[APP] };
    let inside = crates(packages)?;
    let licences = format!("{UTF_8}{}", licences(&inside)?);
    for (name, content) in [
        ("licences.txt", licences),
        ("sbom.cdx.json", sbom(APP.0, &inside)?),
    ] {
        write_compressed(out, name, content.as_bytes())?;
    }
    fs::create_dir_all(out.join("docs"))?;
    for name in GUIDES {
        write_compressed(
            out,
            &format!("docs/{name}.txt"),
            as_text(&guide(name)?).as_bytes(),
        )?;
    }
    fs::write(out.join("release.json"), release.json())?;
    fs::write(out.join(SUMS), sums(out)?).context(SUMS)
}

/// The file of checksums, in the form that `sha256sum --check` reads.
const SUMS: &str = "SHA256SUMS";

/// All guides: with another text of one, the build is another.
pub fn guides() -> Result<String> {
    GUIDES.into_iter().map(guide).collect()
}

fn guide(name: &str) -> Result<String> {
    let file = root().join(format!("docs/{name}.md"));
    fs::read_to_string(&file).with_context(|| file.display().to_string())
}

/// A guide as it stands beside the build: it leads to the guides there, and names what is only in the repository.
fn as_text(guide: &str) -> String {
    let mut text = String::from(UTF_8);
    let mut rest = guide;
    // A link is `[words](address)`.
    while let Some((before, words, address, after)) = next_link(rest) {
        let (name, part) = address.split_once(".md").unwrap_or((address, ""));
        text += before;
        if name == address {
            let _ = write!(text, "[{words}]({address})");
        } else if GUIDES.contains(&name) {
            let _ = write!(text, "[{words}]({name}.txt{part})");
        } else {
            text += words;
        }
        rest = after;
    }
    text + rest
}

fn next_link(text: &str) -> Option<(&str, &str, &str, &str)> {
    let middle = text.find("](")?;
    let start = text[..middle].rfind('[')?;
    let (address, after) = text[middle + 2..].split_once(')')?;
    Some((&text[..start], &text[start + 1..middle], address, after))
}

/// Which release a build is.
#[derive(Debug, Clone, Default)]
pub struct Release {
    /// The version of the project.
    pub version: String,
    /// Without a repository, such as in an unpacked archive, there is none; what is not committed is said with `-dirty`.
    pub commit: Option<String>,
    /// The day of the commit, not of the build: equal commits are to be equal bytes.
    pub date: Option<String>,
}

impl Release {
    /// That of the project as it lies here.
    pub fn here() -> Self {
        let git = |arguments: &[&str]| output(Command::new("git").args(arguments).current_dir(root()));
        Self {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            commit: git(&["describe", "--always", "--dirty", "--abbrev=40", "--exclude", "*"]),
            date: git(&["show", "--no-patch", "--format=%cs", "HEAD"]),
        }
    }

    /// `release.json`: `{"commit":"…","date":"2026-03-12","version":"0.1.0"}`.
    pub fn json(&self) -> String {
        let members = [
            ("commit", self.commit.as_deref()),
            ("date", self.date.as_deref()),
            ("version", Some(self.version.as_str())),
        ];
        let members = members
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)));
        let release: serde_json::Map<_, _> = members
            .map(|(name, value)| (name.to_owned(), value.into()))
            .collect();
        format!("{}\n", serde_json::Value::Object(release))
    }

    /// The same in the page, so that the app knows which release runs. Each value is plain characters.
    pub fn meta(&self) -> String {
        let data = |name: &str, value: &Option<String>| {
            value
                .as_ref()
                .map(|value| format!(" data-{name}=\"{value}\""))
                .unwrap_or_default()
        };
        let (commit, date) = (data("commit", &self.commit), data("date", &self.date));
        format!(
            "<meta name=\"release\" content=\"{}\"{commit}{date}>",
            self.version
        )
    }
}

fn sums(out: &Path) -> Result<String> {
    let mut files = Vec::new();
    collect(out, "", &mut files)?;
    files.sort();
    let mut lines = String::new();
    for name in files {
        let digest = Sha256::digest(fs::read(out.join(&name)).with_context(|| name.clone())?);
        for byte in digest {
            let _ = write!(lines, "{byte:02x}");
        }
        let _ = writeln!(lines, "  {name}");
    }
    Ok(lines)
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<String>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{name}/"), files)?;
        } else {
            files.push(name);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksums_are_those_that_sha256sum_reads_in_the_order_of_names() {
        let folder = std::env::temp_dir().join(format!("sums-{}", std::process::id()));
        fs::create_dir_all(folder.join("b")).unwrap();
        fs::write(folder.join("b/c.txt"), "").unwrap();
        fs::write(folder.join("a.txt"), "abc").unwrap();
        // The digests of "abc" and of nothing stand in FIPS 180-4 and its examples.
        assert_eq!(
            sums(&folder).unwrap(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a.txt\n\
             e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  b/c.txt\n"
        );
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_release_is_named_by_its_version_and_in_a_repository_by_its_commit() {
        let release: serde_json::Value = serde_json::from_str(&Release::here().json()).unwrap();
        assert_eq!(release["version"], env!("CARGO_PKG_VERSION"));
        if let Some(commit) = release["commit"].as_str() {
            let hash = commit.trim_end_matches("-dirty");
            assert!(
                hash.len() == 40 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()),
                "{commit}"
            );
            let date = release["date"].as_str().unwrap_or_default();
            let shape: String = date
                .chars()
                .map(|c| if c.is_ascii_digit() { '0' } else { c })
                .collect();
            assert_eq!(shape, "0000-00-00", "{date}");
        }
    }

    #[test]
    fn the_page_says_what_release_json_says() {
        let release = |commit: Option<&str>, date: Option<&str>| Release {
            version: "1.2.3".to_owned(),
            commit: commit.map(str::to_owned),
            date: date.map(str::to_owned),
        };
        let whole = release(Some("abc-dirty"), Some("2026-03-12"));
        assert_eq!(
            whole.meta(),
            r#"<meta name="release" content="1.2.3" data-commit="abc-dirty" data-date="2026-03-12">"#
        );
        assert_eq!(
            whole.json(),
            "{\"commit\":\"abc-dirty\",\"date\":\"2026-03-12\",\"version\":\"1.2.3\"}\n"
        );
        let archive = release(None, None);
        assert_eq!(archive.meta(), r#"<meta name="release" content="1.2.3">"#);
        assert_eq!(archive.json(), "{\"version\":\"1.2.3\"}\n");
    }

    #[test]
    fn a_guide_beside_a_build_leads_to_those_beside_it() {
        let text = as_text(
            "See [it](configuration.md#clouds), [that](first-sign-in.md), [facts](sources.md) and [more](https://a.test).",
        );
        assert_eq!(
            text,
            "\u{feff}See [it](configuration.txt#clouds), [that](first-sign-in.txt), facts and [more](https://a.test)."
        );
        for name in GUIDES {
            let text = as_text(&guide(name).unwrap());
            let mut rest = text.as_str();
            while let Some((_, _, address, after)) = next_link(rest) {
                assert!(!address.contains(".md"), "{name} leads to {address}");
                rest = after;
            }
        }
    }
}
