//! The page that a run writes.

const HEAD: &str = "# What bad weather does

Written by the test run that asserts it (`src/weather/`): the real client, the journal's drive and the words of the app
against the emulator, in process and in virtual time. Every request of every flow meets every fault, once and for as
long as the flow lasts. Where this page and a run differ, the run fails; `UPDATE_DOCS=1 cargo test --lib weather` writes
the page anew.

What holds in every cell:

- one triggering request per click; it is sent again only where Azure turned it away with a time to come back
- *completed* is said only of what is so
- a failure has its sentence, Azure's code and the request id where the browser may read them, and a way to go on
- data that was read before stays on the page (`hooks/use_reading.rs` and its tests)

The polled state is the end of a backup or a deletion: the app needs no last read of the resource. Protection is there
once the backup instance says so, and a backup to a vault or a restore once its job has ended, as the job says.
";

/// One request, and what each fault does to it.
pub struct Section {
    /// The request.
    pub title: String,
    /// Fault, outcome once, outcome for as long as it lasts.
    pub rows: Vec<[String; 3]>,
}

/// The whole page.
pub fn page(sections: &[Section]) -> String {
    let mut page = HEAD.to_owned();
    for Section { title, rows } in sections {
        page.push_str(&format!(
            "\n## {title}\n\n| fault | once | as long as it lasts |\n|---|---|---|\n"
        ));
        for [fault, once, lasting] in rows {
            let lasting = if once == lasting { "the same" } else { lasting };
            let cells = [fault, once, lasting].map(|cell| cell.replace('\u{a0}', " ").replace('|', "\\|"));
            page.push_str(&format!("| {} |\n", cells.join(" | ")));
        }
    }
    page
}
