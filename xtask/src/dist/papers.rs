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

/// Writes them into the folder of a build that is otherwise complete; `release` is what [`release`] gives.
pub fn write(out: &Path, demo: bool, release: &str) -> Result<()> {
    let packages: &[_] = if demo { &[APP, WORKER] } else { &[APP] };
    let inside = crates(packages)?;
    for (name, content) in [
        ("licences.txt", licences(&inside)?),
        ("sbom.cdx.json", sbom(APP.0, &inside)?),
    ] {
        write_compressed(out, name, content.as_bytes())?;
    }
    fs::write(out.join("release.json"), release)?;
    fs::write(out.join(SUMS), sums(out)?).context(SUMS)
}

/// The file of checksums, in the form that `sha256sum --check` reads.
const SUMS: &str = "SHA256SUMS";

/// Which release this is: `{"version":"0.1.0","commit":"…"}`. Without a repository, such as in an unpacked archive,
/// it names no commit; what is not committed is said with `-dirty`.
pub fn release() -> String {
    let mut git = Command::new("git");
    git.args(["describe", "--always", "--dirty", "--abbrev=40", "--exclude", "*"])
        .current_dir(root());
    let version = env!("CARGO_PKG_VERSION");
    let release = match output(&mut git) {
        Some(commit) => serde_json::json!({ "version": version, "commit": commit }),
        None => serde_json::json!({ "version": version }),
    };
    format!("{release}\n")
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
        let release: serde_json::Value = serde_json::from_str(&release()).unwrap();
        assert_eq!(release["version"], env!("CARGO_PKG_VERSION"));
        if let Some(commit) = release["commit"].as_str() {
            let hash = commit.trim_end_matches("-dirty");
            assert!(
                hash.len() == 40 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()),
                "{commit}"
            );
        }
    }
}
