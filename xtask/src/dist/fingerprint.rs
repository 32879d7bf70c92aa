//! What a bundle was made of and what it held then: where both are unchanged, it need not be made again.

use super::size::FirstPage;
use super::sources::Sources;
use anyhow::{Context as _, Result};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// The note kept beside a build.
pub struct Record {
    /// See [`of_inputs`].
    pub inputs: String,
    /// See [`of_folder`].
    pub outputs: String,
    /// The weights found when it was made.
    pub first_page: FirstPage,
}

impl Record {
    /// Reads a note; none where there is none or it is not one.
    pub fn read(file: &Path) -> Option<Self> {
        let text = fs::read_to_string(file).ok()?;
        let mut lines = text.lines();
        let (inputs, outputs) = (lines.next()?.to_owned(), lines.next()?.to_owned());
        Some(Self {
            inputs,
            outputs,
            first_page: FirstPage::from_lines(lines)?,
        })
    }

    /// Writes the note.
    pub fn write(&self, file: &Path) -> Result<()> {
        let text = format!(
            "{}\n{}\n{}",
            self.inputs,
            self.outputs,
            self.first_page.to_lines()
        );
        fs::write(file, text).with_context(|| file.display().to_string())
    }
}

/// Over everything a bundle is made of: texts that are written into it, the sources, the linked programs, the binding tool and this program.
pub fn of_inputs(texts: &[&str], sources: &Sources, bindgen: &Path) -> Result<String> {
    let mut hash = Parts::new();
    for text in texts {
        hash.add(text.as_bytes());
    }
    for file in [Some(&sources.app), sources.worker.as_ref()] {
        hash.add(&file.map(fs::read).transpose()?.unwrap_or_default());
    }
    for part in [&sources.style, &sources.late_style, &sources.icon, &sources.boot] {
        hash.add(part);
    }
    let in_page = &sources.in_page;
    for part in [&in_page.entry, &in_page.world, &in_page.style] {
        hash.add(part.as_bytes());
    }
    for file in &sources.copies {
        hash.add(file.folder.as_bytes());
        hash.add(file.name.as_bytes());
        hash.add(&file.content);
    }
    hash.add(&fs::read(bindgen)?);
    // A test run may have had cargo replace this very program under its feet; then nothing counts as up to date.
    hash.add(&std::env::current_exe().and_then(fs::read).unwrap_or_default());
    Ok(hash.finish())
}

/// Over the names and contents of all files in a folder; a folder that is not there has one too.
pub fn of_folder(folder: &Path) -> Result<String> {
    let mut hash = Parts::new();
    add_folder(&mut hash, folder)?;
    Ok(hash.finish())
}

/// 16 hexadecimal digits that change with the content, for a file's name.
pub fn short(content: &[u8]) -> String {
    let mut hash = Parts::new();
    hash.add(content);
    hash.finish().chars().take(16).collect()
}

fn add_folder(hash: &mut Parts, folder: &Path) -> Result<()> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Ok(());
    };
    let mut paths = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>>>()?;
    paths.sort();
    for path in paths {
        hash.add(path.file_name().unwrap_or_default().as_encoded_bytes());
        if path.is_dir() {
            add_folder(hash, &path)?;
        } else {
            hash.add(&fs::read(&path)?);
        }
    }
    Ok(())
}

/// A hash of parts, each with its length, so that moving a border between two changes it.
struct Parts(Sha256);

impl Parts {
    fn new() -> Self {
        Self(Sha256::new())
    }

    fn add(&mut self, part: &[u8]) {
        self.0.update(part.len().to_le_bytes());
        self.0.update(part);
    }

    fn finish(self) -> String {
        self.0.finalize().iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_hash_is_the_16_digits_a_host_looks_for() {
        let hash = short(b"content");
        assert_eq!(hash.len(), 16, "{hash}");
        assert_ne!(hash, short(b"Content"));
        let path = format!("/app-{hash}.js");
        let headers = static_host::headers(&path, &serde_json::json!({}));
        let kept = headers
            .iter()
            .any(|(name, value)| *name == "cache-control" && value.ends_with("immutable"));
        assert!(kept, "{path}: {headers:?}");
    }

    #[test]
    fn moving_a_border_between_parts_changes_the_hash() {
        let of = |parts: [&str; 2]| {
            let mut hash = Parts::new();
            for part in parts {
                hash.add(part.as_bytes());
            }
            hash.finish()
        };
        assert_ne!(of(["ab", "c"]), of(["a", "bc"]));
    }
}
