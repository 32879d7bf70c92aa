//! The app in several files: a main module, and parts that are fetched when they are first needed (decision 3).

use super::bindings::{Bound, bind};
use super::compact;
use super::fingerprint::short;
use super::first_page::{self, Rest};
use super::merged::merged_into;
use super::names;
use super::ordered::ordered;
use super::packs::{BEFORE_A_PAGE, Pack, is_in_main, pack};
use super::rooted::{functions, shortened, with_roots};
use anyhow::{Context as _, Result, anyhow};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use wasm_split_cli_support as wasm_split;

/// By this name the app's script imports the loader.
pub const LOADER: &str = "./__wasm_split.js";

/// In the splitting's loader, where what it does with chunks begins.
const CHUNKS: &str = "function makeLoad(";

/// What ours does with files.
const FILES_LOADER: &str = include_str!("loader.js");

/// The app, split and bound.
pub struct SplitApp {
    /// Script and main module.
    pub main: Bound,
    /// What comes once a page's files are there.
    pub later: Vec<Rest>,
    /// The JavaScript that fetches the other files; it imports the script and the script imports it.
    pub loader: Vec<u8>,
    /// The other files.
    pub packs: Vec<Pack>,
}

/// A piece of one or several parts.
#[derive(Debug, PartialEq, Eq)]
pub struct Chunk {
    /// The loader asks for `./STEM.wasm`.
    pub stem: String,
    /// Its content.
    pub content: Vec<u8>,
    /// What its functions are known by (`first_page.rs`), in their order.
    pub labels: Vec<String>,
    /// The parts that need it.
    pub parts: Vec<String>,
}

/// Splits what the linker made with relocations kept, and binds the main module.
///
/// It is split twice: only the first time tells which functions the pages share, and the second leaves them in the main
/// module.
///
/// Where it is `to_be_recorded`, the main module stays whole and notes which of its functions run.
pub fn split(
    bindgen: &Path,
    linked: &Path,
    name: &str,
    folder: &Path,
    to_be_recorded: bool,
) -> Result<SplitApp> {
    let folder = folder.join(format!("{name}-split"));
    let linked = fs::read(linked)?;
    let mut shared = BTreeSet::new();
    for chunk in chunks(&linked, name, &folder)? {
        if is_in_main(&chunk.parts) {
            shared.extend(functions(&chunk.content)?);
        }
    }
    let mut chunks = chunks(&with_roots(&linked, &shared)?, name, &folder)?;
    for chunk in &mut chunks {
        chunk.labels = first_page::labels(&chunk.content)?.into_values().collect();
        chunk.content = shortened(&chunk.content).with_context(|| chunk.stem.clone())?;
    }
    let main = folder.join(format!("{name}.wasm"));
    let main = bind(
        bindgen,
        &main,
        name,
        &folder,
        &["--keep-lld-exports", "--no-demangle"],
    )?;
    let labels = first_page::labels(&main.wasm)?;
    let main = names::shorten(Bound {
        wasm: shortened(&main.wasm)?,
        ..main
    })?;
    // What is left of these is constants: only functions can be kept in the main module.
    let (of_main, others): (Vec<_>, Vec<_>) = chunks.into_iter().partition(|chunk| is_in_main(&chunk.parts));
    let of_main: Vec<_> = of_main.iter().map(|chunk| chunk.content.as_slice()).collect();
    let mut whole = merged_into(&main.wasm, &of_main)?;
    let mut packs = pack(others)?;
    let later = if to_be_recorded {
        first_page::mark(&mut whole, &labels, &mut packs)?;
        Vec::new()
    } else {
        first_page::part(&mut whole, &labels, &mut packs)?
    };
    for pack in &mut packs {
        pack.content = ordered(&pack.content)?;
    }
    let main = Bound {
        wasm: ordered(&whole)?,
        ..main
    };
    Ok(SplitApp {
        later,
        packs,
        loader: compact::boot(&fs::read_to_string(folder.join(LOADER))?).into_bytes(),
        main,
    })
}

/// Splits a program into a new folder; gives what is not its main module.
fn chunks(linked: &[u8], name: &str, folder: &Path) -> Result<Vec<Chunk>> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    let main = folder.join(format!("{name}.wasm"));
    let script = format!("./{name}.js");
    let mut options = wasm_split::Options::new(linked);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.main_module = &script;
    options.link_name = LOADER;
    let made = wasm_split::transform(options).map_err(|error| anyhow!("splitting {name}: {error:?}"))?;

    let mut parts = BTreeMap::<String, Vec<String>>::new();
    for (part, stems) in made.prefetch_map {
        for stem in stems {
            parts.entry(stem).or_default().push(part.clone());
        }
    }
    let chunks = parts.into_iter().map(|(stem, mut parts)| {
        parts.sort();
        let content = fs::read(folder.join(format!("{stem}.wasm"))).with_context(|| stem.clone())?;
        Ok(Chunk {
            stem,
            content,
            labels: Vec::new(),
            parts,
        })
    });
    chunks.collect()
}

impl SplitApp {
    /// The hash that script and loader share, since each holds the other's name.
    ///
    /// `files` are the final names of the packs, in their order, and `later` those of what comes later.
    pub fn link(&mut self, name: &str, files: &[String], later: &[String]) -> Result<String> {
        let loader = String::from_utf8(std::mem::take(&mut self.loader))?;
        let loader = self.loader_of_files(&loader, files, later)?;
        let script = String::from_utf8(std::mem::take(&mut self.main.script))?;
        let hash = short(format!("{script}{loader}").as_bytes());
        let from = |name: &str| format!("from \"{name}\"");
        let script = replaced(
            &script,
            &from(LOADER),
            &from(&format!("./{}", loader_name(name, &hash))),
        )?;
        let loader = replaced(
            &loader,
            &from(&format!("./{name}.js")),
            &from(&format!("./{name}-{hash}.js")),
        )?;
        (self.main.script, self.loader) = (script.into_bytes(), loader.into_bytes());
        Ok(hash)
    }

    /// The splitting's loader names each chunk, a hundred of them, and for each part the chunks it needs. Ours has the
    /// files, and for each part those.
    fn loader_of_files(&self, made: &str, files: &[String], later: &[String]) -> Result<String> {
        let (beginning, _) = made
            .split_once(CHUNKS)
            .with_context(|| format!("the loader does not hold {CHUNKS}"))?;
        let names: Vec<_> = files.iter().map(|file| format!("\"./{file}\"")).collect();
        let parts: BTreeSet<_> = self.packs.iter().flat_map(|pack| &pack.parts).collect();
        let parts = parts.into_iter().map(|part| {
            let needed = self
                .packs
                .iter()
                .enumerate()
                .filter(|(_, pack)| pack.parts.contains(part));
            let needed: Vec<_> = needed.map(|(number, _)| number.to_string()).collect();
            let kind = if BEFORE_A_PAGE.contains(&part.as_str()) {
                "part"
            } else {
                "page"
            };
            format!(
                "export const __wasm_split_load_{part} = {kind}({});\n",
                needed.join(", ")
            )
        });
        let later = self.later.iter().zip(later);
        let later: Vec<_> = later
            .map(|(rest, file)| format!("{}: \"./{file}\"", rest.of))
            .collect();
        Ok(format!(
            "{beginning}const FILES = [\n{}\n];\nconst LATER = {{\n{}\n}};\n{}{}",
            names.join(",\n"),
            later.join(",\n"),
            compact::boot(FILES_LOADER),
            parts.collect::<String>()
        ))
    }
}

/// The final name of the loader.
pub fn loader_name(name: &str, hash: &str) -> String {
    format!("{name}-parts-{hash}.js")
}

fn replaced(text: &str, from: &str, to: &str) -> Result<String> {
    let is_there = text.contains(from);
    is_there
        .then(|| text.replace(from, to))
        .with_context(|| format!("the split app's JavaScript does not hold {from}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn app() -> SplitApp {
        let pack = |parts: &[&str]| Pack {
            stem: "shared".to_owned(),
            content: b"wasm".to_vec(),
            labels: Vec::new(),
            parts: parts.iter().map(|part| (*part).to_owned()).collect(),
        };
        SplitApp {
            main: Bound {
                script: b"import * as parts from \"./__wasm_split.js\"\n{\"./__wasm_split.js\": parts}"
                    .to_vec(),
                wasm: b"wasm".to_vec(),
            },
            loader:
                b"import { initSync } from \"./app.js\"\nfunction makeLoad(fetcher, deps) {}\nconst __chunk_1"
                    .to_vec(),
            later: vec![Rest {
                of: "main".to_owned(),
                content: b"wasm".to_vec(),
            }],
            packs: vec![pack(&["demo"]), pack(&["demo", "later"])],
        }
    }

    fn files(names: [&str; 2]) -> Vec<String> {
        names.map(str::to_owned).to_vec()
    }

    #[test]
    fn script_loader_and_files_name_each_other_by_their_final_names() {
        let mut app = app();
        let hash = app
            .link(
                "app",
                &files(["a-1.wasm", "b-1.wasm"]),
                &["later-1.wasm".to_owned()],
            )
            .unwrap();
        let script = String::from_utf8(app.main.script).unwrap();
        let expected =
            format!("import * as parts from \"./app-parts-{hash}.js\"\n{{\"./__wasm_split.js\": parts}}");
        assert_eq!(script, expected, "the module's own name for its imports stays");
        let loader = String::from_utf8(app.loader).unwrap();
        let beginning = format!(
            "import {{ initSync }} from \"./app-{hash}.js\"\nconst FILES = [\n\"./a-1.wasm\",\n\"./b-1.wasm\"\n];\nconst LATER = {{\nmain: \"./later-1.wasm\"\n}};\n"
        );
        assert!(loader.starts_with(&beginning), "{loader}");
        let end = "\nexport const __wasm_split_load_demo = part(0, 1);\nexport const __wasm_split_load_later = page(1);\n";
        assert!(loader.ends_with(end), "{loader}");
        assert!(!loader.contains("__chunk_1"), "{loader}");
    }

    #[test]
    fn another_file_is_another_hash() {
        let hash =
            |file: &str, later: &[String]| app().link("app", &files([file, "b-1.wasm"]), later).unwrap();
        assert_ne!(
            hash("a-1.wasm", &["later-1.wasm".to_owned()]),
            hash("a-2.wasm", &["later-1.wasm".to_owned()])
        );
        assert_ne!(
            hash("a-1.wasm", &["later-1.wasm".to_owned()]),
            hash("a-1.wasm", &["later-2.wasm".to_owned()])
        );
    }

    #[test]
    fn what_cannot_be_linked_is_said() {
        let mut app = app();
        app.loader = b"nothing".to_vec();
        let error = app
            .link(
                "app",
                &files(["a-1.wasm", "b-1.wasm"]),
                &["later-1.wasm".to_owned()],
            )
            .unwrap_err();
        assert!(error.to_string().contains("makeLoad"), "{error}");
    }
}
