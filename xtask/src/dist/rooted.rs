//! Keeps functions in the main module that the splitting would put into chunks.
//!
//! What several parts share becomes a chunk; chunks reach each other through the table of functions, and each repeats
//! what it takes from the others. Where nobody sees a page without a function, that is a loss. The splitting leaves what
//! the program exports in the main module, so these functions are exported for it, and no longer once it is done.

use anyhow::{Result, anyhow};
use std::collections::BTreeSet;
use std::convert::Infallible;
use wasm_encoder::reencode::{self, Reencode, RoundtripReencoder};
use wasm_encoder::{ExportKind, ExportSection, Module, RawSection};
use wasmparser::{CustomSectionReader, KnownCustom, Name, Parser, Payload, TypeRef};

/// So begins an export that stands here only for the splitting.
const MARK: &str = "__rooted_";

/// The names of the functions whose code a module holds.
pub fn functions(module: &[u8]) -> Result<BTreeSet<String>> {
    Ok(named_functions(module)?
        .into_iter()
        .map(|(_, name)| name)
        .collect())
}

/// Classes that come with what Leptos has for servers, by a part of their names: nobody makes one, but what is exported is
/// kept, and what it needs.
const UNUSED: &str = "intounderlying";

/// The linked program with the functions of these names exported, and without the classes that nobody uses.
pub fn with_roots(linked: &[u8], names: &BTreeSet<String>) -> Result<Vec<u8>> {
    let rooted = named_functions(linked)?
        .into_iter()
        .filter(|(_, name)| names.contains(name));
    let rooted: Vec<_> = rooted.collect();
    let mut module = Module::new();
    // Section by section as they are: what relocations say counts from where a section begins.
    for payload in Parser::new(0).parse_all(linked) {
        let payload = payload?;
        if let Payload::ExportSection(exports) = payload {
            let mut section = ExportSection::new();
            for export in exports {
                let export = export?;
                if export.name.contains(UNUSED) {
                    continue;
                }
                RoundtripReencoder
                    .parse_export(&mut section, export)
                    .map_err(|error| anyhow!("{error}"))?;
            }
            for (index, _) in &rooted {
                section.export(&format!("{MARK}{index}"), ExportKind::Func, *index);
            }
            module.section(&section);
        } else if let Some((id, range)) = payload.as_section() {
            let data = &linked[usize::try_from(range.start)?..usize::try_from(range.end)?];
            module.section(&RawSection { id, data });
        }
    }
    Ok(module.finish())
}

/// A module in its shortest form, without those exports.
///
/// The linker keeps room for the largest number wherever it may put another one, five bytes each, and the splitting
/// leaves them as they are. Names of functions, for debuggers, go as well.
pub fn shortened(module: &[u8]) -> Result<Vec<u8>> {
    let mut short = Module::new();
    let read = Shortened.parse_core_module(&mut short, Parser::new(0), module);
    read.map_err(|error| anyhow!("{error}"))?;
    Ok(short.finish())
}

struct Shortened;

impl Reencode for Shortened {
    type Error = Infallible;

    fn parse_export(
        &mut self,
        exports: &mut ExportSection,
        export: wasmparser::Export<'_>,
    ) -> Result<(), reencode::Error<Infallible>> {
        if export.name.starts_with(MARK) {
            return Ok(());
        }
        reencode::utils::parse_export(self, exports, export)
    }

    fn parse_custom_section(
        &mut self,
        _module: &mut Module,
        _section: CustomSectionReader<'_>,
    ) -> Result<(), reencode::Error<Infallible>> {
        Ok(())
    }
}

/// The functions whose code a module holds, by number and name.
pub fn named_functions(module: &[u8]) -> Result<Vec<(u32, String)>> {
    let mut imported = 0;
    let mut found = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CustomSection(section) => found.extend(names_in(&section)?),
            _ => {}
        }
    }
    found.retain(|(index, _)| *index >= imported);
    Ok(found)
}

fn names_in(section: &CustomSectionReader<'_>) -> Result<Vec<(u32, String)>> {
    let KnownCustom::Name(names) = section.as_known() else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    for names in names {
        if let Name::Function(functions) = names? {
            for function in functions {
                let function = function?;
                found.push((function.index, function.name.to_owned()));
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &[u8] = b"\0asm\x01\0\0\0";
    const TYPES: &[u8] = &[1, 4, 1, 0x60, 0, 0];
    /// A function `i.f` from outside.
    const IMPORTS: &[u8] = &[2, 7, 1, 1, b'i', 1, b'f', 0, 0];
    const FUNCTIONS: &[u8] = &[3, 3, 2, 0, 0];
    /// The first of the two functions is exported as `e`.
    const EXPORTS: &[u8] = &[7, 5, 1, 1, b'e', 0, 1];
    /// The first calls the second by a number of five bytes; the second does nothing.
    const CODE: &[u8] = &[
        10, 13, 2, 8, 0, 0x10, 0x82, 0x80, 0x80, 0x80, 0x00, 0x0b, 2, 0, 0x0b,
    ];
    /// `i` from outside, `a` and `b`.
    const NAMES: &[u8] = &[
        0, 17, 4, b'n', b'a', b'm', b'e', 1, 10, 3, 0, 1, b'i', 1, 1, b'a', 2, 1, b'b',
    ];

    fn linked() -> Vec<u8> {
        [HEADER, TYPES, IMPORTS, FUNCTIONS, EXPORTS, CODE, NAMES].concat()
    }

    #[test]
    fn a_module_tells_the_functions_it_holds() {
        let names: Vec<_> = functions(&linked()).unwrap().into_iter().collect();
        assert_eq!(names, ["a", "b"], "what it imports is not among them");
        assert!(functions(&linked()[..30]).is_err(), "a module that is cut off");
    }

    #[test]
    fn functions_are_exported_for_the_splitting_and_nothing_else_moves() {
        let names = ["b", "unknown"].map(str::to_owned).into();
        let exports = [&[7, 18, 2, 1, b'e', 0, 1, 10][..], b"__rooted_2", &[0, 2]].concat();
        let expected = [HEADER, TYPES, IMPORTS, FUNCTIONS, &exports, CODE, NAMES].concat();
        assert_eq!(with_roots(&linked(), &names).unwrap(), expected);
    }

    #[test]
    fn classes_that_nobody_uses_are_not_exported() {
        let name = b"intounderlyingsource_pull";
        let class = [&[7, 29, 1, 25][..], name, &[0, 1]].concat();
        let linked = [HEADER, TYPES, IMPORTS, FUNCTIONS, &class, CODE].concat();
        let expected = [HEADER, TYPES, IMPORTS, FUNCTIONS, &[7, 1, 0], CODE].concat();
        assert_eq!(with_roots(&linked, &BTreeSet::new()).unwrap(), expected);
    }

    #[test]
    fn a_module_keeps_what_it_does_in_fewer_bytes() {
        let rooted = with_roots(&linked(), &["b".to_owned()].into()).unwrap();
        let code = [10, 9, 2, 4, 0, 0x10, 2, 0x0b, 2, 0, 0x0b];
        let expected = [HEADER, TYPES, IMPORTS, FUNCTIONS, EXPORTS, &code].concat();
        assert_eq!(shortened(&rooted).unwrap(), expected);
    }
}
