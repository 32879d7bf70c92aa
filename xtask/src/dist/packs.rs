//! Many small chunks in few files.
//!
//! What two parts share is a chunk of its own, so ten parts make a hundred chunks. Each of them repeats the types of
//! functions and the names of what it takes from the others; compressed in one file they weigh a fifth less, and a
//! page asks for a handful of files instead of sixty.

use super::size::FIRST_PAGES;
use super::split::Chunk;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// These load while nobody sees a page yet.
const BEFORE_A_PAGE: [&str; 2] = ["demo", "sign_in_begin"];

/// What no page needs is put into one file up to this length. Longer chunks are worth a request of their own.
const SHORT: usize = 16_000;

/// A file of the split app: one chunk, or several.
pub struct Pack {
    /// The stem of its name.
    pub stem: String,
    /// The chunk itself, or a module whose custom sections [`SECTION`] are the chunks.
    pub content: Vec<u8>,
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
pub fn pack(chunks: Vec<Chunk>) -> Vec<Pack> {
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
        // Constants: only functions can be kept in the main module.
        Some(_) if is_in_main(&chunk.parts) => "shared_pages".to_owned(),
        Some(page) => format!("page_{page}"),
        None if chunk.parts.len() == 1 || chunk.content.len() > SHORT => chunk.stem.clone(),
        None => "shared_later".to_owned(),
    }
}

/// A chunk that is alone stays as it is.
fn together(stem: String, mut chunks: Vec<Chunk>) -> Pack {
    // In this order they compress best.
    chunks.sort_by_key(|chunk| Reverse(chunk.content.len()));
    let mut parts: Vec<_> = chunks.iter().flat_map(|chunk| chunk.parts.clone()).collect();
    parts.sort();
    parts.dedup();
    let content = match chunks.as_mut_slice() {
        [chunk] => std::mem::take(&mut chunk.content),
        chunks => chunks.iter().fold(HEADER.to_vec(), |mut module, chunk| {
            let section = [&leb128(SECTION.len())[..], SECTION.as_bytes(), &chunk.content].concat();
            module.push(CUSTOM_SECTION);
            module.extend(leb128(section.len()));
            module.extend(section);
            module
        }),
    };
    Pack { stem, content, parts }
}

const HEADER: &[u8] = b"\0asm\x01\0\0\0";
const CUSTOM_SECTION: u8 = 0;

/// The name of a section that is a chunk; `loader.js` asks for it.
const SECTION: &str = "chunk";

/// A number as modules write it.
fn leb128(mut value: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let low = u8::try_from(value & 0x7f).unwrap_or_default();
        value >>= 7;
        if value == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(stem: &str, parts: &[&str], content: &[u8]) -> Chunk {
        Chunk {
            stem: stem.to_owned(),
            content: content.to_vec(),
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
        assert_eq!(file(&["backups", "operations", "servers"]), "shared_pages");
        assert_eq!(file(&["operations"]), "own", "no page needs it");
        assert_eq!(file(&["frame", "operations"]), "shared_later", "no page needs it");
        let long = chunk("own", &["frame", "operations"], &[0; SHORT + 1]);
        assert_eq!(file_of(&long), "own", "no page needs it, and it is long");
    }

    #[test]
    fn a_file_is_needed_by_all_that_need_one_of_its_chunks() {
        let one = chunk("1", &["backups", "operations"], b"1");
        let two = chunk("2", &["backups", "frame"], b"2");
        let packs = pack(vec![one, two, chunk("3", &["demo"], b"3")]);
        let known: Vec<_> = packs
            .iter()
            .map(|pack| (pack.stem.as_str(), pack.parts.join(" ")))
            .collect();
        assert_eq!(
            known,
            [
                ("3", "demo".to_owned()),
                ("page_backups", "backups frame operations".to_owned())
            ]
        );
        assert_eq!(packs[0].content, b"3", "a chunk that is alone stays as it is");
    }

    #[test]
    fn several_chunks_are_sections_of_a_module_the_longest_first() {
        let long = [7; 200];
        let packs = pack(vec![
            chunk("a", &["backups", "frame"], b"xyz"),
            chunk("b", &["backups", "frame"], &long),
        ]);
        let expected = [
            HEADER,
            &[0, 0xce, 0x01, 5],
            b"chunk",
            &long,
            &[0, 9, 5],
            b"chunk",
            b"xyz",
        ]
        .concat();
        assert_eq!(packs[0].content, expected);
    }
}
