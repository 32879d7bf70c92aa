//! Several modules of the split app as one.
//!
//! Each chunk repeats the types of all functions and what it takes from the main module; in one module they stand once,
//! and the browser compiles one instead of a hundred. Chunks know no function of each other by name (they meet in the
//! table), so that nothing but numbers changes.

use anyhow::{Result, anyhow, bail};
use std::collections::BTreeMap;
use std::convert::Infallible;
use wasm_encoder::reencode::{Error, Reencode, RoundtripReencoder};
use wasm_encoder::{
    CodeSection, DataCountSection, DataSection, ElementSection, FuncType, FunctionSection, ImportSection,
    Module, RawSection, SectionId, TypeSection,
};
use wasmparser::{ExternalKind, Import, Parser, Payload, TypeRef};

/// The chunks as one module, which takes from outside what any of them takes.
pub fn merged(chunks: &[&[u8]]) -> Result<Vec<u8>> {
    let mut all = Merged::default();
    for chunk in chunks {
        all.add(chunk)?;
    }
    Ok(all.finish())
}

/// A module with chunks in it, which find there what they take from it; its own numbers stay.
pub fn merged_into(main: &[u8], chunks: &[&[u8]]) -> Result<Vec<u8>> {
    let mut all = Merged::default();
    all.add(main)?;
    all.is_closed = true;
    for chunk in chunks {
        all.add(chunk)?;
    }
    Ok(all.finish())
}

/// What has a name outside of its module, functions apart.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Table,
    Memory,
    Global,
}

/// The module that grows.
#[derive(Default)]
struct Merged {
    types: Vec<FuncType>,
    imports: ImportSection,
    /// The number of what is taken from outside, or given to it, by kind and name.
    known: BTreeMap<(Kind, String), u32>,
    functions: FunctionSection,
    /// How many functions there are, with those from outside.
    function_count: u32,
    /// Sections that only the first module has, as they are.
    kept: Vec<(u8, Vec<u8>)>,
    elements: ElementSection,
    code: CodeSection,
    data: DataSection,
    counts_data: bool,
    /// Whether nothing more may be taken from outside: it would move the numbers of what the first module has.
    is_closed: bool,
}

/// The numbers that those of one module become; the first module keeps what is not in a list.
#[derive(Default)]
struct Numbers {
    types: Vec<u32>,
    lists: BTreeMap<Kind, Vec<u32>>,
    first_function: u32,
    first_data: u32,
}

impl Merged {
    fn add(&mut self, module: &[u8]) -> Result<()> {
        let is_first = self.types.is_empty();
        let mut numbers = Numbers {
            first_function: if is_first { 0 } else { self.function_count },
            first_data: self.data.len(),
            ..Numbers::default()
        };
        for payload in Parser::new(0).parse_all(module) {
            let payload = payload?;
            let section = payload.as_section();
            match payload {
                Payload::TypeSection(types) => {
                    for read in types.into_iter_err_on_gc_types() {
                        let function = RoundtripReencoder.func_type(read?).map_err(said)?;
                        numbers.types.push(self.type_number(function, is_first)?);
                    }
                }
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        self.import(&import?, is_first, &mut numbers)?;
                    }
                }
                Payload::FunctionSection(functions) => {
                    self.function_count += functions.count();
                    let read = numbers.parse_function_section(&mut self.functions, functions);
                    read.map_err(said)?;
                }
                Payload::ElementSection(elements) => {
                    let read = numbers.parse_element_section(&mut self.elements, elements);
                    read.map_err(said)?;
                }
                Payload::CodeSectionEntry(body) => {
                    let read = numbers.parse_function_body(&mut self.code, body);
                    read.map_err(said)?;
                }
                Payload::DataSection(data) => {
                    numbers.parse_data_section(&mut self.data, data).map_err(said)?;
                }
                Payload::DataCountSection { .. } => self.counts_data = true,
                Payload::ExportSection(exports) if is_first => {
                    for export in exports.clone() {
                        let export = export?;
                        if let Some(kind) = exported(export.kind) {
                            self.known.insert((kind, export.name.to_owned()), export.index);
                        }
                    }
                    self.keep(module, section)?;
                }
                Payload::ExportSection(exports) if exports.count() == 0 => {}
                Payload::TableSection(_)
                | Payload::MemorySection(_)
                | Payload::GlobalSection(_)
                | Payload::StartSection { .. }
                    if is_first =>
                {
                    self.keep(module, section)?;
                }
                Payload::CodeSectionStart { .. }
                | Payload::CustomSection(_)
                | Payload::Version { .. }
                | Payload::End(_) => {}
                other => bail!("a chunk has what cannot be merged: {other:?}"),
            }
        }
        Ok(())
    }

    /// Types of functions are the same wherever they stand; the first module's keep their places.
    fn type_number(&mut self, function: FuncType, is_first: bool) -> Result<u32> {
        let known = self.types.iter().position(|known| *known == function);
        let number = known.filter(|_| !is_first).unwrap_or_else(|| {
            self.types.push(function);
            self.types.len() - 1
        });
        Ok(u32::try_from(number)?)
    }

    fn import(&mut self, import: &Import<'_>, is_first: bool, numbers: &mut Numbers) -> Result<()> {
        let kind = match import.ty {
            TypeRef::Table(_) => Kind::Table,
            TypeRef::Memory(_) => Kind::Memory,
            TypeRef::Global(_) => Kind::Global,
            TypeRef::Func(_) if is_first => {
                self.function_count += 1;
                return self.take(import);
            }
            other => bail!("a chunk takes {} from outside, a {other:?}", import.name),
        };
        let key = (kind, import.name.to_owned());
        let number = match self.known.get(&key) {
            Some(known) => *known,
            None if self.is_closed => bail!(
                "a chunk takes {}, which the main module does not give",
                import.name
            ),
            None => {
                let before = self.known.keys().filter(|(known, _)| *known == kind).count();
                let number = u32::try_from(before)?;
                self.take(import)?;
                self.known.insert(key, number);
                number
            }
        };
        numbers.lists.entry(kind).or_default().push(number);
        Ok(())
    }

    fn take(&mut self, import: &Import<'_>) -> Result<()> {
        let kind = RoundtripReencoder.entity_type(import.ty).map_err(said)?;
        self.imports.import(import.module, import.name, kind);
        Ok(())
    }

    fn keep(&mut self, module: &[u8], section: Option<(u8, std::ops::Range<u64>)>) -> Result<()> {
        if let Some((id, range)) = section {
            let data = &module[usize::try_from(range.start)?..usize::try_from(range.end)?];
            self.kept.push((id, data.to_vec()));
        }
        Ok(())
    }

    fn finish(self) -> Vec<u8> {
        let mut module = Module::new();
        let mut types = TypeSection::new();
        for function in &self.types {
            types.ty().func_type(function);
        }
        module
            .section(&types)
            .section(&self.imports)
            .section(&self.functions);
        // In the order in which a module has them.
        for id in [
            SectionId::Table,
            SectionId::Memory,
            SectionId::Global,
            SectionId::Export,
            SectionId::Start,
        ] {
            for (kept, data) in &self.kept {
                if *kept == id as u8 {
                    module.section(&RawSection { id: *kept, data });
                }
            }
        }
        module.section(&self.elements);
        if self.counts_data {
            let count = self.data.len();
            module.section(&DataCountSection { count });
        }
        module.section(&self.code).section(&self.data);
        module.finish()
    }
}

impl Numbers {
    fn of(&self, kind: Kind, number: u32) -> u32 {
        let list = self.lists.get(&kind);
        let new = list.and_then(|list| list.get(usize::try_from(number).ok()?));
        new.copied().unwrap_or(number)
    }
}

impl Reencode for Numbers {
    type Error = Infallible;

    fn type_index(&mut self, number: u32) -> Result<u32, Error<Infallible>> {
        let new = usize::try_from(number)
            .ok()
            .and_then(|number| self.types.get(number));
        Ok(new.copied().unwrap_or(number))
    }

    fn function_index(&mut self, number: u32) -> Result<u32, Error<Infallible>> {
        Ok(self.first_function + number)
    }

    fn table_index(&mut self, number: u32) -> Result<u32, Error<Infallible>> {
        Ok(self.of(Kind::Table, number))
    }

    fn memory_index(&mut self, number: u32) -> Result<u32, Error<Infallible>> {
        Ok(self.of(Kind::Memory, number))
    }

    fn global_index(&mut self, number: u32) -> Result<u32, Error<Infallible>> {
        Ok(self.of(Kind::Global, number))
    }

    fn data_index(&mut self, number: u32) -> Result<u32, Error<Infallible>> {
        Ok(self.first_data + number)
    }
}

fn exported(kind: ExternalKind) -> Option<Kind> {
    match kind {
        ExternalKind::Table => Some(Kind::Table),
        ExternalKind::Memory => Some(Kind::Memory),
        ExternalKind::Global => Some(Kind::Global),
        _ => None,
    }
}

fn said(error: Error<Infallible>) -> anyhow::Error {
    anyhow!("{error}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{
        ConstExpr, Elements, EntityType, ExportKind, ExportSection, Function, GlobalType, MemArg,
        MemorySection, MemoryType, TableSection, TableType, ValType,
    };
    use wasmparser::{Operator, Validator};

    const MEMORY: MemoryType = MemoryType {
        minimum: 1,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    };
    const TABLE: TableType = TableType {
        element_type: wasm_encoder::RefType::FUNCREF,
        table64: false,
        minimum: 8,
        maximum: None,
        shared: false,
    };
    const GLOBAL: GlobalType = GlobalType {
        val_type: ValType::I32,
        mutable: true,
        shared: false,
    };

    /// A chunk takes memory, table and these globals. Its function `number` calls the table by the last of its types, the
    /// one of `last`, and lies at `slot`; its data are its globals' names.
    fn chunk(globals: &[&str], last: ValType, slot: i32) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        types.ty().function([], [last]);
        let mut imports = ImportSection::new();
        imports.import("m", "memory", EntityType::Memory(MEMORY));
        for name in globals {
            imports.import("m", name, EntityType::Global(GLOBAL));
        }
        imports.import("m", "table", EntityType::Table(TABLE));
        let mut functions = FunctionSection::new();
        functions.function(0);
        let mut elements = ElementSection::new();
        elements.active(
            None,
            &ConstExpr::i32_const(slot),
            Elements::Functions((&[0]).into()),
        );
        let mut code = CodeSection::new();
        let mut function = Function::new([]);
        let last_global = u32::try_from(globals.len() - 1).unwrap();
        function
            .instructions()
            .global_get(last_global)
            .call_indirect(0, 1)
            .drop()
            .call(0)
            .end();
        code.function(&function);
        let mut data = DataSection::new();
        data.active(0, &ConstExpr::i32_const(slot * 16), globals.concat().into_bytes());
        let mut module = Module::new();
        module
            .section(&types)
            .section(&imports)
            .section(&functions)
            .section(&elements);
        module.section(&code).section(&data);
        module.finish()
    }

    /// A main module that gives memory, table and the globals `a` and `b`, and takes a function.
    fn main_module() -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([ValType::F64], []);
        let mut imports = ImportSection::new();
        imports.import("js", "f", EntityType::Function(0));
        let mut functions = FunctionSection::new();
        functions.function(0);
        let (mut tables, mut memories) = (TableSection::new(), MemorySection::new());
        tables.table(TABLE);
        memories.memory(MEMORY);
        let mut globals = wasm_encoder::GlobalSection::new();
        globals.global(GLOBAL, &ConstExpr::i32_const(0));
        globals.global(GLOBAL, &ConstExpr::i32_const(1));
        let mut exports = ExportSection::new();
        exports
            .export("memory", ExportKind::Memory, 0)
            .export("table", ExportKind::Table, 0);
        exports
            .export("a", ExportKind::Global, 0)
            .export("b", ExportKind::Global, 1);
        let mut code = CodeSection::new();
        let mut function = Function::new([]);
        function
            .instructions()
            .i32_const(0)
            .i32_load(MemArg {
                offset: 0,
                align: 2,
                memory_index: 0,
            })
            .drop()
            .end();
        code.function(&function);
        let mut module = Module::new();
        module
            .section(&types)
            .section(&imports)
            .section(&functions)
            .section(&tables)
            .section(&memories);
        module.section(&globals).section(&exports).section(&code);
        module.finish()
    }

    /// What a valid module takes from outside, how many types of functions it has, the numbers in its functions, its
    /// elements' functions and its data.
    fn told(module: &[u8]) -> (Vec<String>, u32, Vec<String>, Vec<u32>, Vec<String>) {
        Validator::new().validate_all(module).unwrap();
        let mut told = (Vec::new(), 0, Vec::new(), Vec::new(), Vec::new());
        for payload in Parser::new(0).parse_all(module) {
            match payload.unwrap() {
                Payload::TypeSection(types) => told.1 = types.count(),
                Payload::ImportSection(imports) => {
                    told.0.extend(
                        imports
                            .into_imports()
                            .map(|import| import.unwrap().name.to_owned()),
                    );
                }
                Payload::ElementSection(elements) => {
                    for element in elements {
                        let wasmparser::ElementItems::Functions(functions) = element.unwrap().items else {
                            panic!()
                        };
                        told.3.extend(functions.into_iter().map(Result::unwrap));
                    }
                }
                Payload::CodeSectionEntry(body) => {
                    let operators = body
                        .get_operators_reader()
                        .unwrap()
                        .into_iter()
                        .map(Result::unwrap);
                    let numbers = operators.filter_map(|operator| match operator {
                        Operator::GlobalGet { global_index } => Some(format!("global {global_index}")),
                        Operator::CallIndirect { type_index, .. } => Some(format!("type {type_index}")),
                        Operator::Call { function_index } => Some(format!("call {function_index}")),
                        _ => None,
                    });
                    told.2.push(numbers.collect::<Vec<_>>().join(", "));
                }
                Payload::DataSection(data) => {
                    let texts = data.into_iter().map(|data| data.unwrap().data.to_vec());
                    told.4.extend(texts.map(|text| String::from_utf8(text).unwrap()));
                }
                _ => {}
            }
        }
        told
    }

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn chunks_become_one_that_takes_and_declares_everything_once() {
        let one = chunk(&["a"], ValType::I32, 1);
        let two = chunk(&["b", "a"], ValType::I64, 2);
        let expected = (
            texts(&["memory", "a", "table", "b"]),
            3,
            texts(&["global 0, type 1, call 0", "global 0, type 2, call 1"]),
            vec![0, 1],
            texts(&["a", "ba"]),
        );
        assert_eq!(told(&merged(&[&one, &two]).unwrap()), expected);
    }

    #[test]
    fn chunks_in_the_main_module_find_there_what_they_take() {
        let two = chunk(&["a", "b"], ValType::I64, 2);
        let expected = (
            texts(&["f"]),
            3,
            texts(&["", "global 1, type 2, call 2"]),
            vec![2],
            texts(&["ab"]),
        );
        assert_eq!(told(&merged_into(&main_module(), &[&two]).unwrap()), expected);
        let error = merged_into(&main_module(), &[&chunk(&["c"], ValType::I64, 2)]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "a chunk takes c, which the main module does not give"
        );
    }

    #[test]
    fn what_chunks_never_have_is_said() {
        let error = merged(&[&chunk(&["a"], ValType::I32, 1), &main_module()]).unwrap_err();
        assert!(error.to_string().contains("takes f from outside"), "{error}");
    }
}
