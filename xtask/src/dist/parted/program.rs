//! What has to be known of a module to make two of it.

use anyhow::{Result, bail};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use wasm_encoder::Function;
use wasm_encoder::reencode::{Error, Reencode};
use wasmparser::{
    ElementItems, ElementKind, ElementSectionReader, ExternalKind, FuncType, FunctionBody, GlobalType,
    Import, MemoryType, Operator, Parser, Payload, TableType, TypeRef,
};

/// From this the loader takes what all modules share.
pub(super) const SHARED: &str = "__wasm_split";

/// The table that functions are called through.
pub(super) const FUNCTIONS: u32 = 0;

/// What has to be known of a module.
#[derive(Default)]
pub(super) struct Program<'a> {
    /// How many functions come from outside; they have the first numbers.
    pub(super) imported: u32,
    pub(super) types: Vec<FuncType>,
    /// The type of each function.
    pub(super) kinds: Vec<u32>,
    pub(super) bodies: Vec<FunctionBody<'a>>,
    /// The functions that are known by name, or run at the start.
    pub(super) named: BTreeSet<u32>,
    pub(super) globals: Vec<GlobalType>,
    /// The names of those that all modules share.
    pub(super) shared_globals: BTreeMap<u32, String>,
    /// The names of table and memory.
    pub(super) table: Option<(TableType, String)>,
    pub(super) memory: Option<(MemoryType, String)>,
    pub(super) tables: Vec<TableType>,
    memories: Vec<MemoryType>,
    /// Which function lies where in the table.
    pub(super) slots: BTreeMap<u32, u32>,
    /// One place of each function that lies there.
    pub(super) slot_of: BTreeMap<u32, u32>,
    /// The length of the table.
    pub(super) length: u32,
}

impl<'a> Program<'a> {
    pub(super) fn read(module: &'a [u8]) -> Result<Self> {
        let mut program = Self::default();
        for payload in Parser::new(0).parse_all(module) {
            match payload? {
                Payload::TypeSection(types) => {
                    program.types = types.into_iter_err_on_gc_types().collect::<Result<_, _>>()?;
                }
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        program.import(&import?)?;
                    }
                    program.imported = u32::try_from(program.kinds.len())?;
                }
                Payload::FunctionSection(functions) => {
                    for kind in functions {
                        program.kinds.push(kind?);
                    }
                }
                Payload::TableSection(tables) => {
                    for table in tables {
                        program.tables.push(table?.ty);
                    }
                }
                Payload::MemorySection(memories) => {
                    program.memories = memories.into_iter().collect::<Result<_, _>>()?;
                }
                Payload::GlobalSection(globals) => {
                    for global in globals {
                        program.globals.push(global?.ty);
                    }
                }
                Payload::ExportSection(exports) => {
                    for export in exports {
                        let export = export?;
                        program.export(export.kind, export.index, export.name);
                    }
                }
                Payload::StartSection { func, .. } => {
                    program.named.insert(func);
                }
                Payload::ElementSection(elements) => program.fill(elements)?,
                Payload::CodeSectionEntry(body) => program.bodies.push(body),
                _ => {}
            }
        }
        for (slot, function) in &program.slots {
            program.slot_of.entry(*function).or_insert(*slot);
        }
        Ok(program)
    }

    /// A part of the app takes from outside what the main module gives.
    fn import(&mut self, import: &Import<'_>) -> Result<()> {
        let name = import.name.to_owned();
        match import.ty {
            TypeRef::Func(kind) => self.kinds.push(kind),
            TypeRef::Global(kind) => {
                self.shared_globals
                    .insert(u32::try_from(self.globals.len())?, name);
                self.globals.push(kind);
            }
            TypeRef::Memory(kind) => self.memory = Some((kind, name)),
            TypeRef::Table(kind) => self.table = Some((kind, name)),
            other => bail!("a module takes a {other:?} from outside"),
        }
        Ok(())
    }

    fn export(&mut self, kind: ExternalKind, number: u32, name: &str) {
        let place = number as usize;
        match kind {
            ExternalKind::Func => {
                self.named.insert(number);
            }
            ExternalKind::Global if name.starts_with(SHARED) => {
                self.shared_globals.insert(number, name.to_owned());
            }
            ExternalKind::Table if number == FUNCTIONS => {
                self.table = self.tables.get(place).map(|table| (*table, name.to_owned()));
            }
            ExternalKind::Memory => {
                self.memory = self.memories.get(place).map(|memory| (*memory, name.to_owned()));
            }
            _ => {}
        }
    }

    pub(super) fn fill(&mut self, elements: ElementSectionReader<'_>) -> Result<()> {
        for element in elements {
            let element = element?;
            let ElementKind::Active {
                table_index: None | Some(FUNCTIONS),
                offset_expr,
            } = element.kind
            else {
                bail!("a list of functions that is for no place in the table");
            };
            let slot = match offset_expr.get_operators_reader().read()? {
                Operator::I32Const { value } => u32::try_from(value)?,
                other => bail!("a list of functions begins at {other:?}"),
            };
            match element.items {
                ElementItems::Functions(functions) => {
                    for (slot, function) in (slot..).zip(functions) {
                        self.slots.insert(slot, function?);
                    }
                }
                ElementItems::Expressions(_, items) => {
                    for (slot, item) in (slot..).zip(items) {
                        match item?.get_operators_reader().read()? {
                            Operator::RefFunc { function_index } => {
                                self.slots.insert(slot, function_index);
                            }
                            // A place that a part of the app takes when it comes.
                            Operator::RefNull { .. } => {}
                            other => bail!("the table holds {other:?}"),
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// Whether a function uses nothing but what all modules share.
    pub(super) fn can_move(&self, body: &FunctionBody<'_>) -> Result<bool> {
        for operator in body.get_operators_reader()? {
            let can = match operator? {
                Operator::GlobalGet { global_index } | Operator::GlobalSet { global_index } => {
                    self.shared_globals.contains_key(&global_index)
                }
                Operator::CallIndirect { table_index, .. } => table_index == FUNCTIONS,
                Operator::RefFunc { .. }
                | Operator::TableGet { .. }
                | Operator::TableSet { .. }
                | Operator::TableGrow { .. }
                | Operator::TableSize { .. }
                | Operator::TableFill { .. }
                | Operator::TableCopy { .. }
                | Operator::TableInit { .. }
                | Operator::ElemDrop { .. }
                | Operator::MemoryInit { .. }
                | Operator::DataDrop { .. } => false,
                _ => true,
            };
            if !can {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Gives a place in the table to whatever is called from the other module.
    pub(super) fn give_slots(&mut self, later: &BTreeSet<u32>) -> Result<()> {
        for (number, body) in (self.imported..).zip(&self.bodies) {
            for operator in body.get_operators_reader()? {
                let Operator::Call { function_index } = operator? else {
                    continue;
                };
                let crosses = later.contains(&number) != later.contains(&function_index);
                if crosses && !self.slot_of.contains_key(&function_index) {
                    self.slots.insert(self.length, function_index);
                    self.slot_of.insert(function_index, self.length);
                    self.length += 1;
                }
            }
        }
        Ok(())
    }

    /// The call of a function in the other module, which has a place in the table.
    pub(super) fn far_call(&self, function: u32, body: &mut Function) -> Result<(), Error<NoPlace>> {
        let slot = self.slot_of.get(&function).copied();
        let (Some(slot), Some(kind)) = (slot, self.kinds.get(function as usize)) else {
            return Err(Error::UserError(NoPlace(function)));
        };
        let slot = slot.cast_signed();
        body.instructions()
            .i32_const(slot)
            .call_indirect(FUNCTIONS, *kind);
        Ok(())
    }

    /// A function with calls of those that `is_far` turned into calls through the table.
    pub(super) fn body(
        &self,
        numbers: &mut impl Reencode<Error = NoPlace>,
        body: &FunctionBody<'_>,
        is_far: impl Fn(u32) -> bool,
    ) -> Result<Function, Error<NoPlace>> {
        let mut function = numbers.new_function_with_parsed_locals(body)?;
        let mut operators = body.get_operators_reader()?;
        while !operators.eof() {
            match operators.clone().read()? {
                Operator::Call { function_index } if is_far(function_index) => {
                    operators.read()?;
                    self.far_call(function_index, &mut function)?;
                }
                _ => {
                    function.instruction(&numbers.parse_instruction(&mut operators)?);
                }
            }
        }
        Ok(function)
    }
}

/// A function of the other module that has no place in the table, by its number.
#[derive(Debug)]
pub(super) struct NoPlace(u32);

impl fmt::Display for NoPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "function {} has no place in the table", self.0)
    }
}
