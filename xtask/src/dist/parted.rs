//! A module in two: what the first page runs, and what comes once its files are there.
//!
//! Half of a program is never called before a page has its data: commands, menus, what is done about errors. Which
//! functions these are, `first_page.rs` knows from a run in a browser. They become a module of their own, and where the
//! program reaches them a placeholder stands. The two reach each other through the table of functions. A placeholder
//! that is called before the second module is there has it fetched at once (`loader.js`) and then calls what it stands
//! for, so that a list that is wrong makes the program slower and never another one.

mod program;

use super::split::LOADER;
use anyhow::{Context as _, Result, anyhow};
use program::{FUNCTIONS, NoPlace, Program, SHARED};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use wasm_encoder::reencode::{self, Error, Reencode, RoundtripReencoder};
use wasm_encoder::{
    CodeSection, ConstExpr, ElementSection, Elements, EntityType, Function, FunctionSection, ImportSection,
    Module, TableSection, TypeSection,
};
use wasmparser::{CodeSectionReader, ElementSectionReader, ImportSectionReader, Parser, TypeSectionReader};

/// A body of fewer bytes is hardly longer than a placeholder.
const SHORTEST: usize = 14;

/// A module in two.
pub struct Parted {
    /// The module, with placeholders.
    pub first: Vec<u8>,
    /// What they stand for.
    pub later: Vec<u8>,
}

/// Takes the functions out of a module that are called later, by their numbers. Those that its surroundings know by name,
/// and those that use what the second module cannot, stay.
///
/// The module asks `loader.js` for the rest by the name `asks_by`. The table has `length` places so far; it gets more where
/// it must, and the module that has the table makes it as long.
pub fn parted(
    module: &[u8],
    asks_by: &str,
    length: &mut u32,
    is_later: impl Fn(u32) -> bool,
) -> Result<Parted> {
    let mut program = Program::read(module)?;
    program.length = *length;
    let mut later = BTreeSet::new();
    for (number, body) in (program.imported..).zip(&program.bodies) {
        let length = body.range().end - body.range().start;
        if length >= SHORTEST as u64
            && is_later(number)
            && !program.named.contains(&number)
            && program.can_move(body)?
        {
            later.insert(number);
        }
    }
    program.give_slots(&later)?;
    *length = program.length;
    Ok(Parted {
        first: First::of(&program, &later, asks_by).module(module)?,
        later: Later::of(&program, &later).module()?,
    })
}

/// How long the table is that a module has.
pub fn length_of_table(module: &[u8]) -> Result<u32> {
    let program = Program::read(module)?;
    let (table, _) = program.table.context("the table is not exported")?;
    Ok(u32::try_from(table.initial)?)
}

/// Runs of places in the table that follow each other, as lists of functions.
fn lists(slots: impl Iterator<Item = (u32, u32)>) -> ElementSection {
    let mut runs = Vec::<(u32, Vec<u32>)>::new();
    for (slot, function) in slots {
        match runs.last_mut() {
            Some((start, run)) if *start as usize + run.len() == slot as usize => run.push(function),
            _ => runs.push((slot, vec![function])),
        }
    }
    let mut section = ElementSection::new();
    for (start, run) in runs {
        // The number of a place is one of the module's own, where it has this form.
        let start = ConstExpr::i32_const(start.cast_signed());
        section.active(None, &start, Elements::Functions(run.into()));
    }
    section
}

/// The module as it is loaded first.
struct First<'a> {
    program: &'a Program<'a>,
    later: &'a BTreeSet<u32>,
    asks_by: &'a str,
    /// The type of a function that takes and gives nothing.
    plain: u32,
}

impl<'a> First<'a> {
    fn of(program: &'a Program<'a>, later: &'a BTreeSet<u32>, asks_by: &'a str) -> Self {
        let plain = program
            .types
            .iter()
            .position(|kind| kind.params().is_empty() && kind.results().is_empty());
        // Where there is none it is added at the end.
        let plain = u32::try_from(plain.unwrap_or(program.types.len())).unwrap_or(u32::MAX);
        Self {
            program,
            later,
            asks_by,
            plain,
        }
    }

    fn module(mut self, module: &[u8]) -> Result<Vec<u8>> {
        let mut first = Module::new();
        let read = self.parse_core_module(&mut first, Parser::new(0), module);
        read.map_err(said)?;
        Ok(first.finish())
    }

    /// Has the second module fetched and calls what it stands for; nothing where nobody reaches it.
    fn placeholder(&self, number: u32) -> Result<Function, Error<NoPlace>> {
        let mut body = Function::new([]);
        if self.program.slot_of.contains_key(&number) {
            // It is the last that comes from outside.
            body.instructions().call(self.program.imported);
            let kind = &self.program.types[self.program.kinds[number as usize] as usize];
            for (place, _) in (0..).zip(kind.params()) {
                body.instructions().local_get(place);
            }
            self.program.far_call(number, &mut body)?;
        } else {
            body.instructions().unreachable();
        }
        body.instructions().end();
        Ok(body)
    }
}

impl Reencode for First<'_> {
    type Error = NoPlace;

    fn function_index(&mut self, number: u32) -> Result<u32, Error<NoPlace>> {
        Ok(number + u32::from(number >= self.program.imported))
    }

    fn parse_type_section(
        &mut self,
        types: &mut TypeSection,
        section: TypeSectionReader<'_>,
    ) -> Result<(), Error<NoPlace>> {
        reencode::utils::parse_type_section(self, types, section)?;
        if self.plain as usize == self.program.types.len() {
            types.ty().function([], []);
        }
        Ok(())
    }

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: ImportSectionReader<'_>,
    ) -> Result<(), Error<NoPlace>> {
        reencode::utils::parse_import_section(self, imports, section)?;
        imports.import(LOADER, self.asks_by, EntityType::Function(self.plain));
        Ok(())
    }

    fn parse_table_section(
        &mut self,
        tables: &mut TableSection,
        _: wasmparser::TableSectionReader<'_>,
    ) -> Result<(), Error<NoPlace>> {
        for (number, table) in (0..).zip(&self.program.tables) {
            let mut table = self.table_type(*table)?;
            if number == FUNCTIONS {
                table.minimum = self.program.length.into();
                table.maximum = table.maximum.map(|_| table.minimum);
            }
            tables.table(table);
        }
        Ok(())
    }

    fn parse_element_section(
        &mut self,
        elements: &mut ElementSection,
        _: ElementSectionReader<'_>,
    ) -> Result<(), Error<NoPlace>> {
        let mut slots = Vec::new();
        for (slot, number) in &self.program.slots {
            slots.push((*slot, self.function_index(*number)?));
        }
        *elements = lists(slots.into_iter());
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        _: CodeSectionReader<'_>,
    ) -> Result<(), Error<NoPlace>> {
        let (program, later) = (self.program, self.later);
        for (number, body) in (program.imported..).zip(&program.bodies) {
            let function = if later.contains(&number) {
                self.placeholder(number)?
            } else {
                program.body(self, body, |called| later.contains(&called))?
            };
            code.function(&function);
        }
        Ok(())
    }
}

/// The module that comes later.
struct Later<'a> {
    program: &'a Program<'a>,
    /// The new number of each of its functions: it takes none from outside.
    numbers: BTreeMap<u32, u32>,
    /// The new numbers of what all modules share.
    globals: BTreeMap<u32, u32>,
}

impl<'a> Later<'a> {
    fn of(program: &'a Program<'a>, later: &BTreeSet<u32>) -> Self {
        Self {
            program,
            numbers: later.iter().copied().zip(0..).collect(),
            globals: program.shared_globals.keys().copied().zip(0..).collect(),
        }
    }

    fn module(mut self) -> Result<Vec<u8>> {
        let program = self.program;
        let (mut types, mut imports) = (TypeSection::new(), ImportSection::new());
        for kind in &program.types {
            types
                .ty()
                .func_type(&RoundtripReencoder.func_type(kind.clone()).map_err(said)?);
        }
        for (number, name) in &program.shared_globals {
            let kind = RoundtripReencoder
                .global_type(program.globals[*number as usize])
                .map_err(said)?;
            imports.import(SHARED, name, kind);
        }
        let (memory, name) = program.memory.as_ref().context("the memory is not exported")?;
        imports.import(
            SHARED,
            name,
            RoundtripReencoder.memory_type(*memory).map_err(said)?,
        );
        let (table, name) = program.table.as_ref().context("the table is not exported")?;
        let mut table = RoundtripReencoder.table_type(*table).map_err(said)?;
        table.maximum = None;
        imports.import(SHARED, name, table);

        let (mut functions, mut code) = (FunctionSection::new(), CodeSection::new());
        let numbers = self.numbers.clone();
        for number in numbers.keys() {
            functions.function(program.kinds[*number as usize]);
            let body = &program.bodies[(number - program.imported) as usize];
            let function = program.body(&mut self, body, |called| !numbers.contains_key(&called));
            code.function(&function.map_err(said)?);
        }
        let slots = program.slots.iter();
        let slots = slots.filter_map(|(slot, function)| Some((*slot, *numbers.get(function)?)));
        let mut module = Module::new();
        module
            .section(&types)
            .section(&imports)
            .section(&functions)
            .section(&lists(slots))
            .section(&code);
        Ok(module.finish())
    }
}

impl Reencode for Later<'_> {
    type Error = NoPlace;

    fn function_index(&mut self, number: u32) -> Result<u32, Error<NoPlace>> {
        Ok(self.numbers.get(&number).copied().unwrap_or(number))
    }

    fn global_index(&mut self, number: u32) -> Result<u32, Error<NoPlace>> {
        Ok(self.globals.get(&number).copied().unwrap_or(number))
    }
}

fn said<E: fmt::Display>(error: Error<E>) -> anyhow::Error {
    anyhow!("{error}")
}

#[cfg(test)]
mod tests;
