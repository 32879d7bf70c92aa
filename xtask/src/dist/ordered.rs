//! A module whose functions stand beside their like.
//!
//! wasm-bindgen writes the longest function first. Sorted by type and then by what they do, each finds what it repeats just
//! before it, and the list of their types becomes a few runs: 3 % of a module's compressed bytes. Functions that do
//! the same are kept once; each keeps its place in the table, by which the program tells functions apart.

use anyhow::{Result, anyhow};
use std::collections::BTreeMap;
use std::convert::Infallible;
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{CodeSection, FunctionSection, Module};
use wasmparser::{CodeSectionReader, FunctionBody, FunctionSectionReader, Parser, Payload, TypeRef};

/// The module with each function beside its like, and once.
pub fn ordered(module: &[u8]) -> Result<Vec<u8>> {
    let mut order = Order::of(module)?;
    let mut out = Module::new();
    let read = order.parse_core_module(&mut out, Parser::new(0), module);
    read.map_err(|error| anyhow!("{error}"))?;
    Ok(out.finish())
}

/// Where the functions of a module go.
struct Order {
    /// How many functions come from outside; they keep their numbers.
    imported: u32,
    /// The types of the others.
    types: Vec<u32>,
    /// The new number of each of the others.
    new_numbers: Vec<u32>,
    /// Those that stay, by their old places, in their new order.
    kept: Vec<usize>,
}

/// What a function is: its type and its code.
type Content = (u32, Vec<u8>);

impl Order {
    fn of(module: &[u8]) -> Result<Self> {
        let (mut imported, mut types, mut bodies) = (0, Vec::new(), Vec::new());
        for payload in Parser::new(0).parse_all(module) {
            match payload? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::FunctionSection(functions) => {
                    types = functions.into_iter().collect::<Result<_, _>>()?;
                }
                Payload::CodeSectionEntry(body) => bodies.push(body),
                _ => {}
            }
        }
        let new_numbers = (imported..).take(bodies.len()).collect();
        let kept = (0..bodies.len()).collect();
        let mut order = Self {
            imported,
            types,
            new_numbers,
            kept,
        };
        // Those that call what turned out to be the same function may now be the same themselves.
        while order.sort(&bodies)? {}
        Ok(order)
    }

    /// Sorts the functions as they are with the numbers so far; whether some turned out to be the same.
    fn sort(&mut self, bodies: &[FunctionBody<'_>]) -> Result<bool> {
        let mut like = BTreeMap::<Content, Vec<usize>>::new();
        for (place, body) in bodies.iter().enumerate() {
            let content = (self.types[place], self.content(body)?);
            like.entry(content).or_default().push(place);
        }
        let is_shorter = like.len() < self.kept.len();
        self.kept.clear();
        for (number, places) in (self.imported..).zip(like.values()) {
            self.kept.push(places[0]);
            for place in places {
                self.new_numbers[*place] = number;
            }
        }
        Ok(is_shorter)
    }

    fn content(&mut self, body: &FunctionBody<'_>) -> Result<Vec<u8>> {
        let said = |error: Error<Infallible>| anyhow!("{error}");
        let mut function = self.new_function_with_parsed_locals(body).map_err(said)?;
        let mut operators = body.get_operators_reader()?;
        while !operators.eof() {
            function.instruction(&self.parse_instruction(&mut operators).map_err(said)?);
        }
        Ok(function.into_raw_body())
    }
}

impl Reencode for Order {
    type Error = Infallible;

    fn function_index(&mut self, number: u32) -> Result<u32, Error<Infallible>> {
        let place = number.checked_sub(self.imported);
        let place = place.and_then(|place| usize::try_from(place).ok());
        let new = place.and_then(|place| self.new_numbers.get(place));
        Ok(new.copied().unwrap_or(number))
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        _: FunctionSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        for place in &self.kept {
            functions.function(self.types[*place]);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        let bodies = section.into_iter().collect::<Result<Vec<_>, _>>()?;
        for place in self.kept.clone() {
            self.parse_function_body(code, bodies[place].clone())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{
        ConstExpr, ElementSection, Elements, EntityType, ExportKind, ExportSection, Function, ImportSection,
        RefType, TableSection, TableType, TypeSection, ValType,
    };
    use wasmparser::{ElementItems, Operator};

    /// A function `i.f` from outside is 0. Of the others 1 and 4 are the same, and so, since they call these, 2 and 3; 5 has
    /// another type. The table holds 1 to 5, and 3 is exported.
    fn module() -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], [ValType::I32]);
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        imports.import("i", "f", EntityType::Function(1));
        let mut functions = FunctionSection::new();
        for kind in [0, 0, 0, 0, 1] {
            functions.function(kind);
        }
        let mut tables = TableSection::new();
        tables.table(TableType {
            element_type: RefType::FUNCREF,
            table64: false,
            minimum: 6,
            maximum: None,
            shared: false,
        });
        let mut exports = ExportSection::new();
        exports.export("e", ExportKind::Func, 3);
        let mut elements = ElementSection::new();
        elements.active(
            None,
            &ConstExpr::i32_const(1),
            Elements::Functions((&[1, 2, 3, 4, 5]).into()),
        );
        let mut code = CodeSection::new();
        for body in [
            Body::Gives(7),
            Body::Calls(1),
            Body::Calls(4),
            Body::Gives(7),
            Body::Calls(0),
        ] {
            let mut function = Function::new([]);
            match body {
                Body::Gives(value) => function.instructions().i32_const(value).end(),
                Body::Calls(number) => function.instructions().call(number).end(),
            };
            code.function(&function);
        }
        let mut module = Module::new();
        module
            .section(&types)
            .section(&imports)
            .section(&functions)
            .section(&tables);
        module.section(&exports).section(&elements).section(&code);
        module.finish()
    }

    enum Body {
        Gives(i32),
        Calls(u32),
    }

    /// What the slots of the table do, each by its whole course of calls.
    fn told(module: &[u8]) -> (Vec<String>, usize) {
        let (mut table, mut bodies, mut types, mut exported) = (Vec::new(), Vec::new(), Vec::new(), None);
        for payload in Parser::new(0).parse_all(module) {
            match payload.unwrap() {
                Payload::ElementSection(elements) => {
                    for element in elements {
                        let ElementItems::Functions(functions) = element.unwrap().items else {
                            panic!()
                        };
                        table.extend(functions.into_iter().map(Result::unwrap));
                    }
                }
                Payload::FunctionSection(functions) => {
                    types.extend(functions.into_iter().map(Result::unwrap))
                }
                Payload::ExportSection(exports) => {
                    exported = Some(exports.into_iter().next().unwrap().unwrap().index)
                }
                Payload::CodeSectionEntry(body) => bodies.push(body),
                _ => {}
            }
        }
        fn tell(number: u32, types: &[u32], bodies: &[FunctionBody<'_>]) -> String {
            let Some(place) = number.checked_sub(1) else {
                return "outside".to_owned();
            };
            let place = usize::try_from(place).unwrap();
            let operator = bodies[place].get_operators_reader().unwrap().read().unwrap();
            let does = match operator {
                Operator::I32Const { value } => value.to_string(),
                Operator::Call { function_index } => tell(function_index, types, bodies),
                other => panic!("{other:?}"),
            };
            format!("{}({does})", types[place])
        }
        table.extend(exported);
        let told = table
            .iter()
            .map(|number| tell(*number, &types, &bodies))
            .collect();
        (told, bodies.len())
    }

    #[test]
    fn each_place_in_the_table_does_what_it_did_with_fewer_functions() {
        let does = ["0(7)", "0(0(7))", "0(0(7))", "0(7)", "1(outside)", "0(0(7))"].map(str::to_owned);
        assert_eq!(told(&module()), (does.to_vec(), 5));
        assert_eq!(told(&ordered(&module()).unwrap()), (does.to_vec(), 3));
    }

    #[test]
    fn an_ordered_module_stays_as_it_is() {
        let once = ordered(&module()).unwrap();
        assert_eq!(ordered(&once).unwrap(), once);
    }
}
