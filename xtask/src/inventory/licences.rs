//! The licences of everything inside a build, as one text.

use super::Crate;
use anyhow::{Context as _, Result};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// What a file that holds a licence begins with, in capitals.
const BEGINNINGS: [&str; 6] = [
    "LICENSE",
    "LICENCE",
    "COPYING",
    "COPYRIGHT",
    "NOTICE",
    "UNLICENSE",
];

/// The text: each crate with its licence, then each licence's words once with the crates they came with.
///
/// # Errors
/// A crate's folder cannot be read.
pub fn licences(crates: &[Crate]) -> Result<String> {
    let mut texts: BTreeMap<String, Vec<&Crate>> = BTreeMap::new();
    for one in crates.iter().filter(|one| one.checksum.is_some()) {
        for text in texts_in(&one.folder)? {
            texts.entry(text).or_default().push(one);
        }
    }
    Ok(written(crates, &texts))
}

fn written(crates: &[Crate], texts: &BTreeMap<String, Vec<&Crate>>) -> String {
    let mut text = "What is inside this build, and under which licence.\n\n".to_owned();
    let named = |one: &Crate| format!("{} {}", one.name, one.version);
    let _ = writeln!(text, "{:<40} MIT OR Apache-2.0", "The Rust standard library");
    for one in crates {
        let licence = if one.licence.is_empty() {
            "see below"
        } else {
            &one.licence
        };
        let _ = writeln!(text, "{:<40} {licence}", named(one));
    }
    // The first crate in the list that brings a text decides where it stands.
    let mut texts: Vec<_> = texts.iter().collect();
    texts.sort_by_key(|(words, owners)| (owners.first().map(|one| named(one)), *words));
    for (words, owners) in texts {
        let owners: Vec<_> = owners.iter().map(|one| named(one)).collect();
        let _ = write!(text, "\n{}\n{}\n\n{words}\n", "─".repeat(80), owners.join(", "));
    }
    text
}

/// The licences that lie in a crate's folder; their line ends and the blanks around them are no difference.
fn texts_in(folder: &Path) -> Result<Vec<String>> {
    let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let mut files: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    let licences = files.into_iter().filter(|file| {
        let name = file
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .to_uppercase();
        file.is_file() && BEGINNINGS.iter().any(|beginning| name.starts_with(beginning))
    });
    let read = licences.map(|file| {
        let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        let lines: Vec<_> = text.lines().map(str::trim_end).collect();
        Ok(lines.join("\n").trim().to_owned())
    });
    read.collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::named;
    use super::*;

    #[test]
    fn a_text_that_several_crates_bring_stands_once_with_all_of_them() {
        let (a, b) = (named("a", "MIT"), named("b", ""));
        let texts = BTreeMap::from([
            ("Permission is hereby granted".to_owned(), vec![&a, &b]),
            ("A notice".to_owned(), vec![&b]),
        ]);
        let text = written(&[a.clone(), b.clone()], &texts);
        assert_eq!(text.matches("Permission is hereby granted").count(), 1, "{text}");
        assert!(text.contains("\na 1.0.0, b 1.0.0\n\nPermission"), "{text}");
        assert!(
            text.contains("b 1.0.0                                  see below"),
            "{text}"
        );
    }

    #[test]
    fn every_file_with_a_licence_is_taken_whatever_its_end() {
        let folder = tempfile();
        for (name, content) in [
            ("LICENSE-MIT", "MIT\r\n"),
            ("license.md", "Apache"),
            ("NOTICE", "notice"),
            ("README.md", "not this"),
            ("src.rs", "nor this"),
        ] {
            fs::write(folder.join(name), content).unwrap();
        }
        assert_eq!(texts_in(&folder).unwrap(), ["MIT", "notice", "Apache"]);
        fs::remove_dir_all(&folder).unwrap();
    }

    fn tempfile() -> std::path::PathBuf {
        let folder = std::env::temp_dir().join(format!("licences-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        folder
    }
}
