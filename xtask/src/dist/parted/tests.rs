use super::*;
use wasm_encoder::{ExportKind, ExportSection, GlobalSection, MemorySection, RefType, ValType};
use wasmparser::{Operator, Payload, TypeRef, Validator};

/// What a function does, in order.
#[derive(Clone, Copy)]
enum Does {
    Adds(i32),
    Calls(u32),
    CallsSlot(i32),
    /// Reads a global.
    Reads(u32),
    LooksIntoTheTable,
}
use Does::{Adds, Calls, CallsSlot, LooksIntoTheTable, Reads};

/// Enough for a function that is not too short to move.
const LONG: [Does; 8] = [Adds(0); 8];

/// A function takes a number and gives it with what it adds. `i.f` from outside is 0; 1 is exported, the others follow.
/// Global 0 is shared, 1 is not; the table holds 2 and 3 at 1 and 2, the one as a list of functions, the other as expressions.
fn module(functions: &[&[Does]]) -> Vec<u8> {
    let mut types = TypeSection::new();
    types.ty().function([ValType::I32], [ValType::I32]);
    let mut imports = ImportSection::new();
    imports.import("i", "f", EntityType::Function(0));
    let (mut declared, mut code) = (FunctionSection::new(), CodeSection::new());
    for does in functions {
        declared.function(0);
        let mut function = Function::new([]);
        let mut body = function.instructions();
        body.local_get(0);
        for does in *does {
            match does {
                Adds(value) => body.i32_const(*value).i32_add(),
                Calls(number) => body.call(*number),
                CallsSlot(slot) => body.i32_const(*slot).call_indirect(0, 0),
                Reads(number) => body.global_get(*number).i32_add(),
                LooksIntoTheTable => body.i32_const(0).table_get(0).drop(),
            };
        }
        body.end();
        code.function(&function);
    }
    let mut tables = TableSection::new();
    tables.table(wasm_encoder::TableType {
        element_type: RefType::FUNCREF,
        table64: false,
        minimum: 4,
        maximum: Some(4),
        shared: false,
    });
    let mut memories = MemorySection::new();
    memories.memory(wasm_encoder::MemoryType {
        minimum: 1,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    });
    let mut globals = GlobalSection::new();
    for _ in 0..2 {
        let kind = wasm_encoder::GlobalType {
            val_type: ValType::I32,
            mutable: true,
            shared: false,
        };
        globals.global(kind, &ConstExpr::i32_const(0));
    }
    let mut exports = ExportSection::new();
    exports
        .export("e", ExportKind::Func, 1)
        .export("table", ExportKind::Table, 0)
        .export("memory", ExportKind::Memory, 0)
        .export("__wasm_split_shared0", ExportKind::Global, 0)
        .export("other", ExportKind::Global, 1);
    let mut elements = ElementSection::new();
    elements.active(None, &ConstExpr::i32_const(1), Elements::Functions((&[2]).into()));
    let expression = [
        ConstExpr::ref_func(3),
        ConstExpr::ref_null(wasm_encoder::HeapType::FUNC),
    ];
    elements.active(
        None,
        &ConstExpr::i32_const(2),
        Elements::Expressions(RefType::FUNCREF, (&expression).into()),
    );
    let mut module = Module::new();
    module
        .section(&types)
        .section(&imports)
        .section(&declared)
        .section(&tables)
        .section(&memories)
        .section(&globals)
        .section(&exports)
        .section(&elements)
        .section(&code);
    module.finish()
}

/// A module, and the function by which it asks for the rest.
struct Running<'a> {
    program: Program<'a>,
    asks: Option<u32>,
}

/// Two modules that share a table, as a browser runs them.
struct Machine<'a> {
    modules: [Running<'a>; 2],
    /// Module and function at each place of the table.
    table: BTreeMap<u32, (usize, u32)>,
    has_later: bool,
}

impl<'a> Machine<'a> {
    fn new(first: &'a [u8], later: &'a [u8]) -> Self {
        let modules = [first, later].map(|module| {
            Validator::new().validate_all(module).unwrap();
            read_any(module)
        });
        let mut machine = Self {
            modules,
            table: BTreeMap::new(),
            has_later: false,
        };
        machine.fill(0);
        machine
    }

    fn fill(&mut self, module: usize) {
        let slots = self.modules[module].program.slots.iter();
        self.table
            .extend(slots.map(|(slot, function)| (*slot, (module, *function))));
    }

    fn run(&mut self, module: usize, function: u32, given: i32) -> i32 {
        let imported = self.modules[module].program.imported;
        if function < imported {
            // `i.f` adds a thousand.
            return given + 1000;
        }
        let body = self.modules[module].program.bodies[(function - imported) as usize].clone();
        let mut stack = Vec::new();
        for operator in body.get_operators_reader().unwrap() {
            match operator.unwrap() {
                Operator::LocalGet { .. } => stack.push(given),
                Operator::I32Const { value } => stack.push(value),
                Operator::GlobalGet { .. } => stack.push(0),
                Operator::I32Add => {
                    let (one, other) = (stack.pop().unwrap(), stack.pop().unwrap());
                    stack.push(one + other);
                }
                Operator::Call { function_index } if Some(function_index) == self.modules[module].asks => {
                    self.has_later = true;
                    self.fill(1);
                }
                Operator::Call { function_index } => {
                    let given = stack.pop().unwrap();
                    stack.push(self.run(module, function_index, given));
                }
                Operator::CallIndirect { .. } => {
                    let slot = u32::try_from(stack.pop().unwrap()).unwrap();
                    let (module, function) = self.table[&slot];
                    let given = stack.pop().unwrap();
                    stack.push(self.run(module, function, given));
                }
                Operator::End => {}
                other => panic!("{other:?}"),
            }
        }
        stack.pop().unwrap()
    }
}

/// Reads a module that has no table of its own, too.
fn read_any(module: &[u8]) -> Running<'_> {
    let (mut program, mut asks) = (Program::default(), None);
    for payload in Parser::new(0).parse_all(module) {
        match payload.unwrap() {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    let import = import.unwrap();
                    if import.name.starts_with("complete") {
                        asks = Some(program.imported);
                    }
                    program.imported += u32::from(matches!(import.ty, TypeRef::Func(_)));
                }
            }
            Payload::ElementSection(elements) => program.fill(elements).unwrap(),
            Payload::CodeSectionEntry(body) => program.bodies.push(body),
            _ => {}
        }
    }
    Running { program, asks }
}

fn long(does: &[Does]) -> Vec<Does> {
    [does, &LONG].concat()
}

fn sizes(parted: &Parted) -> (usize, usize) {
    (
        read_any(&parted.first).program.bodies.len(),
        read_any(&parted.later).program.bodies.len(),
    )
}

#[test]
fn a_program_in_two_does_what_it_did_and_asks_for_the_rest_when_it_comes_to_it() {
    // 2 comes later and calls one of each: what stays, what comes from outside, what comes later too, and the table.
    let functions = [
        vec![Adds(1), Calls(3), Calls(2)],
        long(&[Adds(10), Calls(3), Calls(0), Calls(4), CallsSlot(2), Reads(0)]),
        vec![Adds(100)],
        long(&[Adds(7)]),
    ];
    let functions: Vec<_> = functions.iter().map(Vec::as_slice).collect();
    let whole = module(&functions);
    let mut length = 4;
    let is_later = |number| [2, 4].contains(&number);
    let parted = parted(&whole, "complete", &mut length, is_later).unwrap();
    assert_eq!(length, 5, "a place for what comes from outside; all else has one");
    assert_eq!(sizes(&parted), (4, 2), "a placeholder for each that moved");
    let mut machine = Machine::new(&parted.first, &parted.later);
    // Once by a placeholder, and once without.
    for _ in 0..2 {
        assert_eq!(machine.run(0, 2, 0), 1 + 100 + 10 + 100 + 1000 + 7 + 100);
    }
    assert!(machine.has_later);
    // By the table as well.
    let mut machine = Machine::new(&parted.first, &parted.later);
    let (in_module, function) = machine.table[&1];
    assert_eq!(machine.run(in_module, function, 0), 10 + 100 + 1000 + 7 + 100);
}

#[test]
fn what_the_surroundings_know_what_is_short_and_what_cannot_move_stays() {
    let functions = [
        long(&[Calls(2), Calls(3), Calls(4), Calls(5)]),
        vec![Adds(1)],
        long(&[Reads(1)]),
        long(&[LooksIntoTheTable]),
        long(&[Adds(1)]),
    ];
    let functions: Vec<_> = functions.iter().map(Vec::as_slice).collect();
    let parted = parted(&module(&functions), "complete", &mut 4, |_| true).unwrap();
    assert_eq!(sizes(&parted), (5, 1), "only the last is in the second module");
}

#[test]
fn where_nothing_comes_later_the_second_module_is_empty() {
    let whole = module(&[&[Adds(1)], &[Adds(2)], &[Adds(3)]]);
    let parted = parted(&whole, "complete", &mut 4, |_| false).unwrap();
    assert_eq!(sizes(&parted), (3, 0));
    assert_eq!(Machine::new(&parted.first, &parted.later).run(0, 2, 0), 1);
}

#[test]
fn a_module_that_gives_no_table_is_refused() {
    let error = length_of_table(b"\0asm\x01\0\0\0").err();
    let error = error.map(|error| error.to_string());
    assert_eq!(error.as_deref(), Some("the table is not exported"));
    assert_eq!(length_of_table(&module(&[&[], &[], &[]])).unwrap(), 4);
}

/// A part of the app takes memory, table and globals from outside, and lies behind the main module's places.
#[test]
fn a_part_of_the_app_is_parted_as_well() {
    let main = module(&[&[CallsSlot(3)], &[], &[]]);
    let program = Program::read(&main).unwrap();
    let mut types = TypeSection::new();
    types.ty().function([ValType::I32], [ValType::I32]);
    let mut imports = ImportSection::new();
    let (table, _) = program.table.unwrap();
    let table = RoundtripReencoder.table_type(table).unwrap();
    imports.import(
        SHARED,
        "table",
        wasm_encoder::TableType {
            maximum: None,
            ..table
        },
    );
    let (memory, _) = program.memory.unwrap();
    imports.import(SHARED, "memory", RoundtripReencoder.memory_type(memory).unwrap());
    let (mut declared, mut code) = (FunctionSection::new(), CodeSection::new());
    for _ in 0..2 {
        declared.function(0);
    }
    let mut function = Function::new([]);
    function
        .instructions()
        .local_get(0)
        .call(1)
        .i32_const(1)
        .i32_add()
        .end();
    code.function(&function);
    let mut function = Function::new([]);
    function.instructions().local_get(0);
    for _ in 0..8 {
        function.instructions().i32_const(5).i32_add();
    }
    function.instructions().end();
    code.function(&function);
    let mut elements = ElementSection::new();
    elements.active(
        Some(0),
        &ConstExpr::i32_const(3),
        Elements::Functions((&[0]).into()),
    );
    let mut part = Module::new();
    part.section(&types)
        .section(&imports)
        .section(&declared)
        .section(&elements)
        .section(&code);
    let part = part.finish();

    let mut length = 4;
    let parted_part = parted(&part, "complete_7", &mut length, |number| number == 1).unwrap();
    assert_eq!((length, sizes(&parted_part)), (5, (2, 1)));
    let asks = Parser::new(0)
        .parse_all(&parted_part.first)
        .find_map(|payload| match payload.unwrap() {
            Payload::ImportSection(imports) => {
                imports.into_imports().last().map(|import| import.unwrap().name)
            }
            _ => None,
        });
    assert_eq!(asks, Some("complete_7"));
    let parted_main = parted(&main, "complete_main", &mut length, |_| false).unwrap();
    assert_eq!(
        length_of_table(&parted_main.first).unwrap(),
        5,
        "as long as the part needs it"
    );
    let mut machine = Machine::new(&parted_part.first, &parted_part.later);
    assert_eq!(machine.run(0, 1, 2), 2 + 40 + 1);
    assert!(machine.has_later);
}
