//! Many small chunks in few files.
//!
//! What two parts share is a chunk of its own, so ten parts make a hundred chunks. As one module they weigh a fifth less, and
//! a page asks for two files instead of sixty.

use super::merged::merged;
use super::size::FIRST_PAGES;
use super::split::Chunk;
use anyhow::{Context as _, Result};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// These load while nobody sees a page yet.
pub const BEFORE_A_PAGE: [&str; 2] = ["demo", "sign_in_begin"];

/// What no page needs is put into one file up to this length. Longer chunks are worth a request of their own.
const SHORT: usize = 16_000;

/// A file of the split app.
pub struct Pack {
    /// The stem of its name.
    pub stem: String,
    /// A module: one chunk, or several.
    pub content: Vec<u8>,
    /// What its functions are known by (`first_page.rs`), in their order.
    pub labels: Vec<String>,
    /// The parts that need it.
    pub parts: Vec<String>,
}

/// Whether what these parts share belongs to the main module: none of the pages is seen without it, or the page before
/// them needs it, which is to fetch nothing of a page.
pub fn is_in_main(parts: &[String]) -> bool {
    let needs = |name: &str| parts.iter().any(|part| part == name);
    let pages = FIRST_PAGES.iter().filter(|(_, page)| needs(page)).count();
    pages == FIRST_PAGES.len() || (pages > 0 && BEFORE_A_PAGE.iter().any(|part| needs(part)))
}

/// Puts those chunks into one file that the same page needs.
///
/// What another part has for itself alone stays a file of its own. What no page needs before its data is one file as far
/// as it is short, since the browser fetches it while nobody waits (`prefetch.rs`).
pub fn pack(chunks: Vec<Chunk>) -> Result<Vec<Pack>> {
    let mut by_file = BTreeMap::<String, Vec<Chunk>>::new();
    for chunk in chunks {
        by_file.entry(file_of(&chunk)).or_default().push(chunk);
    }
    by_file
        .into_iter()
        .map(|(stem, chunks)| together(stem, chunks))
        .collect()
}

fn file_of(chunk: &Chunk) -> String {
    let mut pages = FIRST_PAGES
        .iter()
        .map(|(_, page)| page)
        .filter(|page| chunk.parts.iter().any(|part| part == *page));
    match pages.next() {
        Some(page) => format!("page_{page}"),
        None if chunk.parts.len() == 1 || chunk.content.len() > SHORT => chunk.stem.clone(),
        None => "shared_later".to_owned(),
    }
}

fn together(stem: String, mut chunks: Vec<Chunk>) -> Result<Pack> {
    // What is longest says which of its numbers are short.
    chunks.sort_by_key(|chunk| Reverse(chunk.content.len()));
    let mut parts: Vec<_> = chunks.iter().flat_map(|chunk| chunk.parts.clone()).collect();
    parts.sort();
    parts.dedup();
    let contents: Vec<_> = chunks.iter().map(|chunk| chunk.content.as_slice()).collect();
    let content = merged(&contents).with_context(|| stem.clone())?;
    let labels = chunks.iter().flat_map(|chunk| chunk.labels.clone()).collect();
    Ok(Pack {
        stem,
        content,
        labels,
        parts,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const EMPTY: &[u8] = b"\0asm\x01\0\0\0";

    fn chunk(stem: &str, parts: &[&str], content: &[u8]) -> Chunk {
        Chunk {
            stem: stem.to_owned(),
            content: content.to_vec(),
            labels: vec![stem.to_owned()],
            parts: parts.iter().map(|part| (*part).to_owned()).collect(),
        }
    }

    #[test]
    fn what_all_pages_need_and_what_comes_before_them_is_in_the_main_module() {
        let is_in_main = |parts: &[&str]| is_in_main(&chunk("own", parts, b"").parts);
        assert!(is_in_main(&["backups", "servers"]));
        assert!(is_in_main(&["backups", "operations", "servers"]));
        assert!(!is_in_main(&["backups", "operations"]));
        assert!(is_in_main(&["backups", "sign_in_begin"]));
        assert!(!is_in_main(&["operations", "sign_in_begin"]));
    }

    #[test]
    fn a_chunk_lies_with_those_that_the_same_page_needs() {
        let file = |parts: &[&str]| file_of(&chunk("own", parts, b""));
        assert_eq!(file(&["backups"]), "page_backups");
        assert_eq!(file(&["backups", "operations"]), "page_backups");
        assert_eq!(file(&["operations", "servers"]), "page_servers");
        assert_eq!(file(&["operations"]), "own", "no page needs it");
        assert_eq!(file(&["frame", "operations"]), "shared_later", "no page needs it");
        let long = chunk("own", &["frame", "operations"], &[0; SHORT + 1]);
        assert_eq!(file_of(&long), "own", "no page needs it, and it is long");
    }

    #[test]
    fn a_file_is_needed_by_all_that_need_one_of_its_chunks() {
        let one = chunk("1", &["backups", "operations"], EMPTY);
        let two = chunk("2", &["backups", "frame"], EMPTY);
        let packs = pack(vec![one, two, chunk("3", &["demo"], EMPTY)]).unwrap();
        let known: Vec<_> = packs
            .iter()
            .map(|pack| (pack.stem.as_str(), pack.parts.join(" "), pack.labels.join(" ")))
            .collect();
        let pack = |stem, parts: &str, labels: &str| (stem, parts.to_owned(), labels.to_owned());
        assert_eq!(
            known,
            [
                pack("3", "demo", "3"),
                pack("page_backups", "backups frame operations", "1 2")
            ]
        );
    }

    #[test]
    fn what_is_no_module_is_said_with_its_name() {
        let error = pack(vec![chunk("own", &["demo"], b"nothing")]).err();
        assert!(error.is_some_and(|error| error.to_string() == "own"));
    }
}
