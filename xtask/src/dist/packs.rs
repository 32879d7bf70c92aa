//! Many small chunks in few files.
//!
//! What two parts share is a chunk of its own, so ten parts make a hundred chunks. Each of them repeats the types of
//! functions and the names of what it takes from the others; compressed in one file they weigh a fifth less, and a
//! page asks for a handful of files instead of sixty.

use super::split::Chunk;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// These load while nobody sees a page yet: what they share with pages lies apart from what pages alone share.
const BEFORE_A_PAGE: [&str; 3] = ["demo", "sign_in_begin", "sign_in_finish"];

/// Each loads all of every file it needs, and nothing that it does not.
const PAGES: [&str; 2] = ["backups", "servers"];

/// What no page needs is put into one file up to this length. Longer chunks are worth a request of their own.
const SHORT: usize = 16_000;

/// A file of the split app: one chunk, or several.
pub struct Pack {
    /// The stem of its name.
    pub stem: String,
    /// The chunk itself, or a module whose custom sections are the chunks, named by their stems.
    pub content: Vec<u8>,
    /// The stems of the chunks it holds.
    pub chunks: Vec<String>,
    /// The parts that need it.
    pub parts: Vec<String>,
}

/// Puts those chunks into one file that the same pages need.
///
/// What a part has for itself alone stays a file of its own. What no page needs before its data is one file as far as it
/// is short, since the browser fetches it while nobody waits (`prefetch.rs`).
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
    let needs = |part: &&str| chunk.parts.iter().any(|own| own == part);
    let pages: Vec<_> = PAGES.into_iter().filter(needs).collect();
    let is_judging = needs(&"sign_in_finish");
    if chunk.parts.len() == 1 {
        chunk.stem.clone()
    } else if pages.is_empty() && !is_judging {
        if chunk.content.len() > SHORT {
            chunk.stem.clone()
        } else {
            "shared_later".to_owned()
        }
    } else if BEFORE_A_PAGE.iter().any(needs) {
        "shared_start".to_owned()
    } else {
        format!("shared_{}", pages.join("_"))
    }
}

/// A chunk that is alone stays as it is.
fn together(stem: String, mut chunks: Vec<Chunk>) -> Pack {
    // In this order they compress best.
    chunks.sort_by_key(|chunk| Reverse(chunk.content.len()));
    let mut parts: Vec<_> = chunks.iter().flat_map(|chunk| chunk.parts.clone()).collect();
    parts.sort();
    parts.dedup();
    let names = chunks.iter().map(|chunk| chunk.stem.clone()).collect();
    let content = match chunks.as_mut_slice() {
        [chunk] => std::mem::take(&mut chunk.content),
        chunks => chunks.iter().fold(HEADER.to_vec(), |mut module, chunk| {
            let section = [
                &leb128(chunk.stem.len())[..],
                chunk.stem.as_bytes(),
                &chunk.content,
            ]
            .concat();
            module.push(CUSTOM_SECTION);
            module.extend(leb128(section.len()));
            module.extend(section);
            module
        }),
    };
    Pack {
        stem,
        content,
        chunks: names,
        parts,
    }
}

/// How the loader gets a chunk out of a file that holds several: as an answer like that of `fetch`.
///
/// A file that could not be fetched is forgotten, so that the next try fetches it again.
pub const LOADER: &str = r#"
const packs = new Map();
async function unpack(file, chunk) {
    if (!packs.has(file)) {
        const pack = WebAssembly.compileStreaming(fetch(new URL(file, import.meta.url)));
        pack.catch(() => packs.delete(file));
        packs.set(file, pack);
    }
    const [content] = WebAssembly.Module.customSections(await packs.get(file), chunk);
    return new Response(content, { headers: { "Content-Type": "application/wasm" } });
}
"#;

const HEADER: &[u8] = b"\0asm\x01\0\0\0";
const CUSTOM_SECTION: u8 = 0;

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
    fn a_chunk_lies_with_those_that_the_same_pages_need() {
        let file = |parts: &[&str]| file_of(&chunk("own", parts, b""));
        assert_eq!(file(&["backups"]), "own", "only the page itself needs it");
        assert_eq!(file(&["backups", "operations"]), "shared_backups");
        assert_eq!(file(&["operations", "servers"]), "shared_servers");
        assert_eq!(file(&["backups", "frame", "servers"]), "shared_backups_servers");
        assert_eq!(file(&["frame", "operations"]), "shared_later", "no page needs it");
        let long = chunk("own", &["frame", "operations"], &[0; SHORT + 1]);
        assert_eq!(file_of(&long), "own", "no page needs it, and it is long");
        assert_eq!(file(&["backups", "servers", "sign_in_finish"]), "shared_start");
        assert_eq!(file(&["demo", "operations"]), "shared_later", "no page needs it");
    }

    #[test]
    fn a_file_is_needed_by_all_that_need_one_of_its_chunks() {
        let one = chunk("1", &["backups", "operations"], b"1");
        let two = chunk("2", &["backups", "frame"], b"2");
        let packs = pack(vec![one, two, chunk("3", &["demo"], b"3")]);
        let known: Vec<_> = packs
            .iter()
            .map(|pack| (pack.stem.as_str(), pack.chunks.join(" "), pack.parts.join(" ")))
            .collect();
        assert_eq!(
            known,
            [
                ("3", "3".to_owned(), "demo".to_owned()),
                (
                    "shared_backups",
                    "1 2".to_owned(),
                    "backups frame operations".to_owned()
                )
            ]
        );
        assert_eq!(packs[0].content, b"3", "a chunk that is alone stays as it is");
    }

    #[test]
    fn several_chunks_are_sections_of_a_module_the_longest_first() {
        let long = [7; 200];
        let packs = pack(vec![
            chunk("a", &["backups", "frame"], b"xyz"),
            chunk("bc", &["backups", "frame"], &long),
        ]);
        let expected = [
            HEADER,
            &[0, 0xcb, 0x01, 2],
            b"bc",
            &long,
            &[0, 5, 1],
            b"a",
            b"xyz",
        ]
        .concat();
        assert_eq!(packs[0].content, expected);
    }
}
