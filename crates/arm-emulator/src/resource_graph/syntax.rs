//! What a query is made of, and why a text is none.

use serde_json::Value;

/// A table and what is done to its rows, in order.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Query {
    pub(super) table: Table,
    pub(super) operators: Vec<Operator>,
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Table {
    Resources,
    RecoveryServicesResources,
    ResourceContainers,
}

/// One step between two bars.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Operator {
    Where(Expression),
    Project(Vec<Column>),
    Extend(Vec<Column>),
    ProjectAway(Vec<String>),
    Order(Vec<SortKey>),
    Take(usize),
    Count,
}

/// A name and what stands under it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) value: Expression,
}

/// By what rows are ordered.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SortKey {
    pub(super) value: Expression,
    pub(super) is_descending: bool,
}

/// Something that has a value in each row.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expression {
    Literal(Value),
    /// A column and the members below it.
    Path(Vec<String>),
    Call(Function, Box<Expression>),
    Compare(Comparison, Box<Expression>, Box<Expression>),
    In {
        value: Box<Expression>,
        among: Vec<Expression>,
        ignores_case: bool,
    },
    All(Vec<Expression>),
    Any(Vec<Expression>),
}

/// A function of one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Function {
    ToString,
    ToLower,
    IsEmpty,
    IsNotEmpty,
    Not,
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    NotEqual,
    EqualIgnoringCase,
    NotEqualIgnoringCase,
    Has,
    Contains,
}

/// Why a text is no query of the subset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum QueryError {
    /// A place where something else was expected; lines and positions count as the service does.
    Parser {
        line: usize,
        position: usize,
        token: String,
    },
    /// An operator or function that is not in the subset.
    Unsupported(String),
}
