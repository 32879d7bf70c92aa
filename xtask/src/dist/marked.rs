//! A module that notes which of its functions have run.

use anyhow::{Result, anyhow};
use std::collections::BTreeMap;
use std::convert::Infallible;
use wasm_encoder::reencode::{self, Error, Reencode};
use wasm_encoder::{
    CodeSection, ConstExpr, ExportKind, ExportSection, Function, GlobalSection, GlobalType, Module,
    RawSection, ValType,
};
use wasmparser::{CodeSectionReader, ExportSectionReader, GlobalSectionReader, Parser, Payload, TypeRef};

/// So begins what tells of a function whether it has run: 1 then, and 0 before. The name goes on with the function's label
/// and its number.
const MARK: &str = "ran";

/// The module with a mark for each function that has a label; functions by their numbers.
pub fn marked(module: &[u8], labels: &BTreeMap<u32, String>) -> Result<Vec<u8>> {
    let (mut imported, mut globals) = (0, 0);
    let mut with_globals = Module::new();
    let mut has_globals = false;
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload?;
        let section = payload.as_section();
        match payload {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    match import?.ty {
                        TypeRef::Func(_) => imported += 1,
                        TypeRef::Global(_) => globals += 1,
                        _ => {}
                    }
                }
            }
            Payload::GlobalSection(section) => {
                globals += section.count();
                has_globals = true;
            }
            // A part of the app has none of its own; they would stand here.
            Payload::ExportSection(_) if !has_globals => {
                with_globals.section(&GlobalSection::new());
            }
            _ => {}
        }
        if let Some((id, range)) = section {
            let data = &module[usize::try_from(range.start)?..usize::try_from(range.end)?];
            with_globals.section(&RawSection { id, data });
        }
    }
    let mut marks = Marks {
        imported,
        globals,
        labels,
    };
    let mut out = Module::new();
    let read = marks.parse_core_module(&mut out, Parser::new(0), &with_globals.finish());
    read.map_err(|error| anyhow!("{error}"))?;
    Ok(out.finish())
}

struct Marks<'a> {
    /// How many functions come from outside.
    imported: u32,
    /// How many globals there are without the marks.
    globals: u32,
    labels: &'a BTreeMap<u32, String>,
}

impl Reencode for Marks<'_> {
    type Error = Infallible;

    fn parse_global_section(
        &mut self,
        globals: &mut GlobalSection,
        section: GlobalSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        reencode::utils::parse_global_section(self, globals, section)?;
        let kind = GlobalType {
            val_type: ValType::I32,
            mutable: true,
            shared: false,
        };
        for _ in self.labels {
            globals.global(kind, &ConstExpr::i32_const(0));
        }
        Ok(())
    }

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: ExportSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        reencode::utils::parse_export_section(self, exports, section)?;
        for (mark, (number, label)) in (self.globals..).zip(self.labels) {
            exports.export(&format!("{MARK} {label} {number}"), ExportKind::Global, mark);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        let marks: BTreeMap<_, _> = self.labels.keys().copied().zip(self.globals..).collect();
        for (number, body) in (self.imported..).zip(section) {
            let body = body?;
            let mut function: Function = self.new_function_with_parsed_locals(&body)?;
            if let Some(mark) = marks.get(&number) {
                function.instructions().i32_const(1).global_set(*mark);
            }
            let mut operators = body.get_operators_reader()?;
            while !operators.eof() {
                function.instruction(&self.parse_instruction(&mut operators)?);
            }
            code.function(&function);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasmparser::{Operator, Validator};

    /// A global that is 5, a function from outside, and two more; the second is exported.
    const MODULE: &[u8] = &[
        0, b'a', b's', b'm', 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 2, 7, 1, 1, b'i', 1, b'f', 0, 0, 3, 3, 2, 0, 0,
        6, 6, 1, 0x7f, 0, 0x41, 5, 0x0b, 7, 5, 1, 1, b'e', 0, 2, 10, 9, 2, 4, 0, 0x10, 2, 0x0b, 2, 0, 0x0b,
    ];

    /// A part of the app: it takes a global, has none, and one function.
    const PART: &[u8] = &[
        0, b'a', b's', b'm', 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 2, 8, 1, 1, b'i', 1, b'g', 3, 0x7f, 1, 3, 2, 1,
        0, 7, 1, 0, 10, 4, 1, 2, 0, 0x0b,
    ];

    #[test]
    fn a_part_without_globals_gets_marks_too() {
        let marked = marked(PART, &[(0, "one".to_owned())].into()).unwrap();
        Validator::new().validate_all(&marked).unwrap();
        let mut exports = Vec::new();
        for payload in Parser::new(0).parse_all(&marked) {
            if let Payload::ExportSection(section) = payload.unwrap() {
                let told = section.into_iter().map(Result::unwrap);
                exports.extend(told.map(|export| (export.name.to_owned(), export.index)));
            }
        }
        assert_eq!(exports, [("ran one 0".to_owned(), 1)]);
    }

    #[test]
    fn each_function_with_a_label_sets_its_mark_first() {
        let labels = [(1, "one".to_owned()), (2, "two".to_owned())].into();
        let marked = marked(MODULE, &labels).unwrap();
        Validator::new().validate_all(&marked).unwrap();
        let (mut exports, mut sets) = (Vec::new(), Vec::new());
        for payload in Parser::new(0).parse_all(&marked) {
            match payload.unwrap() {
                Payload::ExportSection(section) => {
                    let told = section.into_iter().map(Result::unwrap);
                    exports.extend(told.map(|export| (export.name.to_owned(), export.index)));
                }
                Payload::CodeSectionEntry(body) => {
                    let mut operators = body.get_operators_reader().unwrap();
                    assert_eq!(operators.read().unwrap(), Operator::I32Const { value: 1 });
                    sets.push(operators.read().unwrap());
                }
                _ => {}
            }
        }
        let export = |name: &str, index| (name.to_owned(), index);
        assert_eq!(
            exports,
            [export("e", 2), export("ran one 1", 1), export("ran two 2", 2)]
        );
        let set = |global_index| Operator::GlobalSet { global_index };
        assert_eq!(sets, [set(1), set(2)]);
    }
}
