//! `cargo xtask audit`: may everything inside be given away, is it inside once, and is anything known against it.

use crate::inventory::{APP, Crate, WORKER, crates};
use crate::process::{cargo, find, root, run};
use anyhow::{Context as _, Result, bail};
use spdx::{Expression, LicenseReq};
use std::path::Path;

/// The licences that what is inside may have: those that ask for no more than their words to go along, as they do in
/// `licences.txt`.
const ALLOWED: [&str; 9] = [
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "ISC",
    "MIT",
    "Unicode-3.0",
    "Zlib",
];

/// Crates that are inside in two versions, with the reason.
const TWICE: [(&str, &str); 1] = [("thiserror", "oauth2 5 and leptos 0.8 each ask for their own")];

/// Prints what was found. `database` is a clone of RustSec's advisory database; without one advisories are not looked
/// at, and that is said.
///
/// # Errors
/// A licence that is not allowed, a crate in two versions without a reason, or an advisory.
pub fn audit(database: Option<&Path>) -> Result<()> {
    let inside = crates(&[APP, WORKER])?;
    let mut problems = not_allowed(&inside)?;
    problems.extend(twice_without_reason(&inside));
    println!(
        "{} crates are inside. Licences: {}.",
        inside.len(),
        ALLOWED.join(", ")
    );
    for (name, reason) in TWICE {
        println!("Twice inside: {name}, since {reason}.");
    }
    for problem in &problems {
        println!("{problem}");
    }
    match database {
        Some(database) => advisories(database)?,
        None => {
            println!("Advisories were not looked at: name a clone of RustSec/advisory-db with --database.")
        }
    }
    match problems.len() {
        0 => Ok(()),
        count => bail!("{count} of the rules are broken"),
    }
}

/// cargo-audit reads the whole lock file: what only tests and tools use counts too.
fn advisories(database: &Path) -> Result<()> {
    find("cargo-audit")
        .context("cargo-audit is missing: install it with `cargo install --locked cargo-audit`")?;
    let mut audit = cargo(["audit", "--no-fetch", "--stale", "--db"]);
    run(audit.arg(database).current_dir(root()))
}

fn not_allowed(inside: &[Crate]) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    for one in inside {
        let may = is_allowed(&one.licence).with_context(|| format!("{} {}", one.name, one.version))?;
        if !may {
            problems.push(format!(
                "{} {}: its licence is {:?}",
                one.name, one.version, one.licence
            ));
        }
    }
    Ok(problems)
}

fn is_allowed(licence: &str) -> Result<bool> {
    if licence.is_empty() {
        return Ok(false);
    }
    let expression = Expression::parse(licence).map_err(|error| anyhow::anyhow!("{licence}: {error}"))?;
    let allowed = |asked: &LicenseReq| ALLOWED.contains(&asked.to_string().as_str());
    Ok(expression.evaluate(allowed))
}

fn twice_without_reason(inside: &[Crate]) -> Vec<String> {
    // They are sorted by name, then by version.
    let twice = inside.windows(2).filter(|pair| pair[0].name == pair[1].name);
    twice
        .filter(|pair| TWICE.iter().all(|(name, _)| *name != pair[0].name))
        .map(|pair| {
            format!(
                "{}: inside as {} and {}",
                pair[0].name, pair[0].version, pair[1].version
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inventory::tests::named;

    #[test]
    fn a_choice_needs_one_licence_that_is_allowed_and_a_sum_needs_all() {
        for (licence, expected) in [
            ("MIT", true),
            ("MIT OR GPL-3.0-only", true),
            ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
            ("MIT AND GPL-3.0-only", false),
            ("GPL-3.0-only", false),
            ("Apache-2.0 WITH LLVM-exception", false),
            ("", false),
        ] {
            assert_eq!(is_allowed(licence).unwrap(), expected, "{licence}");
        }
        assert!(is_allowed("see the file").is_err());
    }

    #[test]
    fn a_crate_in_two_versions_needs_a_reason() {
        let newer = |name: &str| Crate {
            version: "2.0.0".to_owned(),
            ..named(name, "MIT")
        };
        let inside = [
            named("a", "MIT"),
            newer("a"),
            named("thiserror", "MIT"),
            newer("thiserror"),
        ];
        assert_eq!(twice_without_reason(&inside), ["a: inside as 1.0.0 and 2.0.0"]);
    }

    #[test]
    fn t14_what_is_inside_keeps_the_rules() {
        let inside = crates(&[APP, WORKER]).unwrap();
        assert_eq!(not_allowed(&inside).unwrap(), Vec::<String>::new());
        assert_eq!(twice_without_reason(&inside), Vec::<String>::new());
        for (name, reason) in TWICE {
            let versions = inside.iter().filter(|one| one.name == name).count();
            assert!(versions > 1, "{name} is inside once by now: {reason}");
        }
    }
}
