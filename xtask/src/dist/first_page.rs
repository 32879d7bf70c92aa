//! Which functions of the main module a first page runs before its data are there.
//!
//! `cargo xtask first-page` opens first pages in a browser and writes down what does not run there (`first_page.txt`). A function is
//! known by a label made of its name; one that is in no list, because it is new or has another name since, stays in the
//! main module. So the list may be old: the page then weighs more, and nothing else changes.

use super::fingerprint::short;
use super::marked::marked;
use super::ordered::ordered;
use super::packs::Pack;
use super::parted::{Parted, length_of_table, parted};
use super::rooted::named_functions;
use super::size::pages_of;
use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet};

/// The labels of functions that do not run before the data, one a line.
const LIST: &str = include_str!("first_page.txt");

/// Where the list lies in the project.
pub const FILE: &str = "xtask/src/dist/first_page.txt";

/// How many digits tell some thousand functions apart.
const DIGITS: usize = 9;

/// The functions of a module by number, each with its label.
pub fn labels(module: &[u8]) -> Result<BTreeMap<u32, String>> {
    let functions = named_functions(module)?.into_iter();
    Ok(functions.map(|(number, name)| (number, label(&name))).collect())
}

/// The name without what differs between machines, as digits.
fn label(name: &str) -> String {
    let name = format!("{:#}", rustc_demangle::demangle(name));
    short(name.as_bytes()).chars().take(DIGITS).collect()
}

/// What comes later of a module.
pub struct Rest {
    /// Whose it is: [`MAIN`], or the number of a pack.
    pub of: String,
    /// A module.
    pub content: Vec<u8>,
}

/// The main module, as the loader calls it.
const MAIN: &str = "main";

/// Takes out of the main module and the pages' packs what is called later.
pub fn part(main: &mut Vec<u8>, labels: &BTreeMap<u32, String>, packs: &mut [Pack]) -> Result<Vec<Rest>> {
    let list: BTreeSet<_> = LIST.lines().collect();
    let mut length = length_of_table(main)?;
    let mut rests = Vec::new();
    for (number, pack) in packs
        .iter_mut()
        .enumerate()
        .filter(|(_, pack)| is_of_a_page(pack))
    {
        let is_later = |function: u32| {
            let label = pack.labels.get(function as usize);
            label.is_some_and(|label| list.contains(label.as_str()))
        };
        let of = number.to_string();
        let Parted { first, later } = parted(&pack.content, &asks_by(&of), &mut length, is_later)?;
        pack.content = first;
        rests.push(Rest {
            of,
            content: ordered(&later)?,
        });
    }
    // It comes last: its table is as long as the packs need it.
    let is_later = |function: u32| {
        let label = labels.get(&function);
        label.is_some_and(|label| list.contains(label.as_str()))
    };
    let Parted { first, later } = parted(main, &asks_by(MAIN), &mut length, is_later)?;
    *main = first;
    rests.push(Rest {
        of: MAIN.to_owned(),
        content: ordered(&later)?,
    });
    Ok(rests)
}

/// Lets the functions of the main module and of the pages' packs note that they have run.
pub fn mark(main: &mut Vec<u8>, labels: &BTreeMap<u32, String>, packs: &mut [Pack]) -> Result<()> {
    *main = marked(main, labels)?;
    for pack in packs.iter_mut().filter(|pack| is_of_a_page(pack)) {
        let labels = (0..).zip(pack.labels.iter().cloned()).collect();
        pack.content = marked(&pack.content, &labels)?;
    }
    Ok(())
}

fn is_of_a_page(pack: &Pack) -> bool {
    pages_of(&pack.parts).contains(&true)
}

/// By this name a module asks the loader for what comes later of it.
fn asks_by(of: &str) -> String {
    format!("complete_{of}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_the_same_on_every_machine() {
        // The crate's own hash stands before its name.
        let one = label("_RNvNtCs1234_7mycrate3foo3bar");
        assert_eq!(one.len(), DIGITS);
        assert_eq!(one, label("_RNvNtCsabcdEFgh_7mycrate3foo3bar"));
        assert_ne!(one, label("_RNvNtCs1234_7mycrate3foo3baz"));
    }
}
