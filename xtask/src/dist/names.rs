//! Short names for what a program and its JavaScript call each other by.
//!
//! Those of wasm-bindgen end in a hash: three hundred in both files, of which nothing can be compressed.

use super::bindings::Bound;
use anyhow::{Result, anyhow};
use std::collections::BTreeMap;
use std::convert::Infallible;
use wasm_encoder::reencode::{self, Reencode};
use wasm_encoder::{ExportSection, ImportSection, Module};
use wasmparser::Parser;

/// Names that hold a hash begin so: what the program takes, and what it gives (by the compiler's name).
const BEGINNINGS: [&str; 3] = ["__wbg_", "__wbindgen_", "_ZN"];

/// The digits of a hash.
const HASH: usize = 16;

/// Gives such names new ones in the program and its script.
pub fn shorten(bound: Bound) -> Result<Bound> {
    let script = String::from_utf8(bound.script)?;
    let mut names = Names::default();
    for (word, _) in words(&script) {
        names.add(word);
    }
    let mut wasm = Module::new();
    let read = names.parse_core_module(&mut wasm, Parser::new(0), &bound.wasm);
    read.map_err(|error| anyhow!("{error}"))?;
    let script: String = words(&script)
        .flat_map(|(word, rest)| [names.of(word), rest])
        .collect();
    Ok(Bound {
        script: script.into_bytes(),
        wasm: wasm.finish(),
    })
}

/// The new names by the old ones.
#[derive(Default)]
struct Names(BTreeMap<String, String>);

impl Names {
    fn add(&mut self, name: &str) {
        if has_hash(name) && !self.0.contains_key(name) {
            self.0.insert(name.to_owned(), format!("${}", self.0.len()));
        }
    }

    fn of<'a>(&'a self, name: &'a str) -> &'a str {
        self.0.get(name).map_or(name, String::as_str)
    }
}

impl Reencode for Names {
    type Error = Infallible;

    fn parse_imports(
        &mut self,
        section: &mut ImportSection,
        imports: wasmparser::Imports<'_>,
    ) -> Result<(), reencode::Error<Infallible>> {
        for import in imports {
            let (_, import) = import?;
            let kind = self.entity_type(import.ty)?;
            section.import(import.module, self.of(import.name), kind);
        }
        Ok(())
    }

    fn parse_export(
        &mut self,
        exports: &mut ExportSection,
        export: wasmparser::Export<'_>,
    ) -> Result<(), reencode::Error<Infallible>> {
        let export = wasmparser::Export {
            name: self.0.get(export.name).map_or(export.name, String::as_str),
            ..export
        };
        reencode::utils::parse_export(&mut reencode::RoundtripReencoder, exports, export)
    }
}

fn has_hash(name: &str) -> bool {
    // The compiler's newer names.
    if name.starts_with("_R") {
        return true;
    }
    let is_digit = |byte: &u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    BEGINNINGS.iter().any(|beginning| name.starts_with(beginning))
        && name
            .as_bytes()
            .windows(HASH)
            .any(|window| window.iter().all(is_digit))
}

/// Each word of a script, with what comes between it and the next.
fn words(script: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = script;
    std::iter::from_fn(move || {
        let is_inside = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '$';
        let word = rest.find(|letter| !is_inside(letter)).unwrap_or(rest.len());
        let between = rest[word..].find(is_inside).unwrap_or(rest.len() - word);
        let found = (&rest[..word], &rest[word..word + between]);
        rest = &rest[word + between..];
        (!found.0.is_empty() || !found.1.is_empty()).then_some(found)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &[u8] = b"\0asm\x01\0\0\0";
    const SCRIPT: &str = "const imports = { __wbg_now_0123456789abcdef: f, __wbindgen_throw: g };\n\
        wasm._ZN4call17hfedcba9876543210E_2(1);\nwasm._ZN4call17hfedcba9876543210E();\n\
        import \"./0123456789abcdef.js\"; /_ZN/.test(__wbg_now_0123456789abcdef)\n";

    fn program(import: &str, export: &str) -> Vec<u8> {
        let text = |name: &str| [&[u8::try_from(name.len()).unwrap()], name.as_bytes()].concat();
        let section =
            |id: u8, content: Vec<u8>| [vec![id, u8::try_from(content.len()).unwrap()], content].concat();
        let imports = [&[1, 1, b'm'][..], &text(import), &[0, 0]].concat();
        let exports = [&[1][..], &text(export), &[0, 0]].concat();
        [
            HEADER.to_vec(),
            section(1, vec![1, 0x60, 0, 0]),
            section(2, imports),
            section(7, exports),
        ]
        .concat()
    }

    #[test]
    fn program_and_script_call_each_other_by_the_same_short_names() {
        let bound = Bound {
            script: SCRIPT.as_bytes().to_vec(),
            wasm: program("__wbg_now_0123456789abcdef", "_ZN4call17hfedcba9876543210E"),
        };
        let short = shorten(bound).unwrap();
        assert_eq!(
            String::from_utf8(short.script).unwrap(),
            "const imports = { $0: f, __wbindgen_throw: g };\nwasm.$1(1);\nwasm.$2();\n\
             import \"./0123456789abcdef.js\"; /_ZN/.test($0)\n"
        );
        assert_eq!(short.wasm, program("$0", "$2"));
    }

    #[test]
    fn names_that_the_script_does_not_know_stay() {
        let wasm = program("__wbg_other_0123456789abcdef", "memory");
        let bound = Bound {
            script: b"wasm.memory".to_vec(),
            wasm: wasm.clone(),
        };
        assert_eq!(shorten(bound).unwrap().wasm, wasm);
    }
}
