//! Bad weather: every request of every flow meets every fault, and what the user gets is asserted and written down.
//!
//! The run that asserts it compares `docs/reliability.md` with what it found. `UPDATE_DOCS=1 cargo test --lib weather`
//! writes the file anew.

mod acts;
mod changes;
mod faults;
mod reads;
mod report;
mod validation;
mod writes;

use faults::{FAULTS, Fault, LASTING};
use report::Section;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/reliability.md");

#[test]
fn no_weather_loses_doubles_or_invents_anything() {
    let mut sections: Vec<Section> = reads::READS.iter().map(reads::section).collect();
    sections.extend(changes::CHANGES.iter().map(changes::section));
    sections.extend(validation::sections());
    sections.extend(writes::WRITES.iter().map(writes::section));
    let page = report::page(&sections);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(PAGE, &page).expect("docs/ can be written");
    }
    let committed = std::fs::read_to_string(PAGE).unwrap_or_default();
    let difference = committed
        .lines()
        .zip(page.lines())
        .find(|(before, now)| before != now);
    assert!(
        committed == page,
        "docs/reliability.md says something else; UPDATE_DOCS=1 writes it anew. First difference: {difference:#?}"
    );
}

/// Each fault once, and for as long as the flow lasts.
fn rows(mut meet: impl FnMut(&Fault, u32) -> String) -> Vec<[String; 3]> {
    let row = |fault: &Fault| [fault.name.to_owned(), meet(fault, 1), meet(fault, LASTING)];
    FAULTS.iter().map(row).collect()
}
