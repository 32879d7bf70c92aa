//! From words and signs to a query.

use serde_json::{Value, json};

use super::{
    cursor::Cursor,
    lexer::{Kind, lex},
    syntax::{Column, Comparison, Expression, Function, Operator, Query, QueryError, SortKey, Table},
};

/// What a query without a table may begin with.
const OPERATORS: [&str; 9] = [
    "where",
    "project",
    "project-away",
    "extend",
    "order",
    "sort",
    "take",
    "limit",
    "count",
];

/// How deeply parentheses and functions may be nested.
const DEEPEST: usize = 32;

/// Reads a query; a text without a table asks for `resources`, as the service does (reference G10).
pub(super) fn parse(text: &str) -> Result<Query, QueryError> {
    let mut parser = Parser {
        cursor: Cursor::new(lex(text)?),
        depth: 0,
    };
    let (table, mut operators) = match parser.table()? {
        Some(table) => (table, Vec::new()),
        None => (Table::Resources, vec![parser.operator()?]),
    };
    while !parser.cursor.is_at_end() {
        parser.cursor.expect("|")?;
        operators.push(parser.operator()?);
    }
    Ok(Query { table, operators })
}

struct Parser {
    cursor: Cursor,
    depth: usize,
}

impl Parser {
    /// The table; none where the text begins with an operator.
    fn table(&mut self) -> Result<Option<Table>, QueryError> {
        let Kind::Word(name) = self.cursor.peek().clone() else {
            return Err(self.cursor.unexpected());
        };
        let table = match name.to_ascii_lowercase().as_str() {
            "resources" => Table::Resources,
            "recoveryservicesresources" => Table::RecoveryServicesResources,
            "resourcecontainers" => Table::ResourceContainers,
            _ if OPERATORS.contains(&name.to_ascii_lowercase().as_str()) => return Ok(None),
            _ => return Err(QueryError::Unsupported(name)),
        };
        self.cursor.skip(1);
        Ok(Some(table))
    }

    fn operator(&mut self) -> Result<Operator, QueryError> {
        let name = self.cursor.word()?;
        match name.to_ascii_lowercase().as_str() {
            "where" => Ok(Operator::Where(self.expression()?)),
            "project" => Ok(Operator::Project(self.columns()?)),
            "extend" => Ok(Operator::Extend(self.columns()?)),
            "project-away" => Ok(Operator::ProjectAway(
                self.separated(|parser| parser.cursor.word())?,
            )),
            "order" | "sort" => {
                self.cursor.keyword("by")?;
                Ok(Operator::Order(self.separated(Self::sort_key)?))
            }
            "take" | "limit" => Ok(Operator::Take(self.cursor.number()?)),
            "count" => Ok(Operator::Count),
            _ => Err(QueryError::Unsupported(name)),
        }
    }

    fn columns(&mut self) -> Result<Vec<Column>, QueryError> {
        let mut columns = self.separated(Self::column)?;
        let unnamed = columns.iter_mut().filter(|column| column.name.is_empty());
        for (index, column) in unnamed.enumerate() {
            column.name = format!("Column{}", index + 1);
        }
        Ok(columns)
    }

    fn column(&mut self) -> Result<Column, QueryError> {
        if let (Kind::Word(name), Some(Kind::Sign("="))) =
            (self.cursor.peek().clone(), self.cursor.after_next())
        {
            self.cursor.skip(2);
            return Ok(Column {
                name,
                value: self.expression()?,
            });
        }
        let value = self.expression()?;
        Ok(Column {
            name: name_of(&value).unwrap_or_default(),
            value,
        })
    }

    fn sort_key(&mut self) -> Result<SortKey, QueryError> {
        let value = self.expression()?;
        // Without a word the order is descending, in this language.
        let is_descending = !self.cursor.takes_keyword("asc");
        if is_descending {
            self.cursor.takes_keyword("desc");
        }
        Ok(SortKey { value, is_descending })
    }

    fn expression(&mut self) -> Result<Expression, QueryError> {
        let mut terms = vec![self.conjunction()?];
        while self.cursor.takes_keyword("or") {
            terms.push(self.conjunction()?);
        }
        Ok(single_or(terms, Expression::Any))
    }

    fn conjunction(&mut self) -> Result<Expression, QueryError> {
        let mut terms = vec![self.comparison()?];
        while self.cursor.takes_keyword("and") {
            terms.push(self.comparison()?);
        }
        Ok(single_or(terms, Expression::All))
    }

    fn comparison(&mut self) -> Result<Expression, QueryError> {
        let left = self.operand()?;
        let comparison = match self.cursor.peek() {
            Kind::Sign("==") => Comparison::Equal,
            Kind::Sign("!=") => Comparison::NotEqual,
            Kind::Sign("=~") => Comparison::EqualIgnoringCase,
            Kind::Sign("!~") => Comparison::NotEqualIgnoringCase,
            Kind::Word(word) if word.eq_ignore_ascii_case("has") => Comparison::Has,
            Kind::Word(word) if word.eq_ignore_ascii_case("contains") => Comparison::Contains,
            Kind::Word(word) if word.eq_ignore_ascii_case("in") => return self.among(left, false),
            Kind::Word(word) if word.eq_ignore_ascii_case("in~") => return self.among(left, true),
            _ => return Ok(left),
        };
        self.cursor.skip(1);
        Ok(Expression::Compare(
            comparison,
            Box::new(left),
            Box::new(self.operand()?),
        ))
    }

    fn among(&mut self, value: Expression, ignores_case: bool) -> Result<Expression, QueryError> {
        self.cursor.skip(1);
        self.cursor.expect("(")?;
        let among = self.separated(Self::operand)?;
        self.cursor.expect(")")?;
        Ok(Expression::In {
            value: Box::new(value),
            among,
            ignores_case,
        })
    }

    fn operand(&mut self) -> Result<Expression, QueryError> {
        match self.cursor.peek().clone() {
            Kind::Text(text) => self.literal(json!(text)),
            Kind::Number(number) => self.literal(json!(number)),
            Kind::Sign("(") => {
                self.cursor.skip(1);
                self.nested(Self::expression)
            }
            Kind::Word(word) if self.cursor.after_next() == Some(&Kind::Sign("(")) => {
                self.cursor.skip(2);
                let function = function(&word).ok_or(QueryError::Unsupported(word))?;
                Ok(Expression::Call(
                    function,
                    Box::new(self.nested(Self::expression)?),
                ))
            }
            Kind::Word(word) if word.eq_ignore_ascii_case("true") => self.literal(json!(true)),
            Kind::Word(word) if word.eq_ignore_ascii_case("false") => self.literal(json!(false)),
            Kind::Word(_) => self.path(),
            Kind::Sign(_) | Kind::End => Err(self.cursor.unexpected()),
        }
    }

    fn literal(&mut self, value: Value) -> Result<Expression, QueryError> {
        self.cursor.skip(1);
        Ok(Expression::Literal(value))
    }

    /// What stands before a closing parenthesis.
    fn nested(
        &mut self,
        inner: fn(&mut Self) -> Result<Expression, QueryError>,
    ) -> Result<Expression, QueryError> {
        if self.depth == DEEPEST {
            return Err(self.cursor.unexpected());
        }
        self.depth += 1;
        let value = inner(self)?;
        self.depth -= 1;
        self.cursor.expect(")")?;
        Ok(value)
    }

    /// `a.b['c'][0]`.
    fn path(&mut self) -> Result<Expression, QueryError> {
        let mut path = vec![self.cursor.word()?];
        loop {
            if self.cursor.takes(".") {
                path.push(self.cursor.word()?);
            } else if self.cursor.takes("[") {
                let name = match self.cursor.peek() {
                    Kind::Text(name) => name.clone(),
                    Kind::Number(index) => index.to_string(),
                    _ => return Err(self.cursor.unexpected()),
                };
                self.cursor.skip(1);
                self.cursor.expect("]")?;
                path.push(name);
            } else {
                return Ok(Expression::Path(path));
            }
        }
    }

    fn separated<T>(&mut self, item: fn(&mut Self) -> Result<T, QueryError>) -> Result<Vec<T>, QueryError> {
        let mut items = vec![item(self)?];
        while self.cursor.takes(",") {
            items.push(item(self)?);
        }
        Ok(items)
    }
}

/// One term stands for itself; several are put together.
fn single_or(mut terms: Vec<Expression>, together: fn(Vec<Expression>) -> Expression) -> Expression {
    if terms.len() == 1 {
        terms.remove(0)
    } else {
        together(terms)
    }
}

fn function(name: &str) -> Option<Function> {
    match name.to_ascii_lowercase().as_str() {
        "tostring" => Some(Function::ToString),
        "tolower" => Some(Function::ToLower),
        "isempty" => Some(Function::IsEmpty),
        "isnotempty" => Some(Function::IsNotEmpty),
        "not" => Some(Function::Not),
        _ => None,
    }
}

/// The name of a column that was given none: its path joined by underscores.
fn name_of(value: &Expression) -> Option<String> {
    match value {
        Expression::Path(path) => Some(path.join("_")),
        Expression::Call(_, inner) => name_of(inner),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_of_the_subset_is_read() {
        for text in [
            "resources",
            "Resources | where type =~ 'microsoft.dbforpostgresql/flexibleservers'",
            "where name == 'a' // the default table",
            "resourcecontainers | WHERE name in~ ('a', \"b\") AND not(isempty(tags.team)) | count",
            "recoveryservicesresources | extend ds = tolower(tostring(properties.dataSourceInfo.resourceID)) | project-away ds",
            "resources | project id, sub = subscriptionId, properties['a b'].c[0] | order by id asc, sub desc | limit 5",
            "resources | where (a == 1 or b != true) and c !~ 'x' and d has 'y' and e contains 'z' | sort by a | take 3",
        ] {
            assert!(parse(text).is_ok(), "{text}: {:?}", parse(text));
        }
    }

    fn check(text: &str, line: usize, position: usize, token: &str) {
        let token = token.to_owned();
        assert_eq!(
            parse(text),
            Err(QueryError::Parser {
                line,
                position,
                token
            }),
            "{text}"
        );
    }

    #[test]
    fn a_mistake_is_told_with_its_place() {
        check("", 1, 0, "<EOF>");
        check("resources | where", 1, 17, "<EOF>");
        check("resources where", 1, 10, "where");
        check("resources\n| where name == 'open", 2, 16, "'");
        check("resources | where (a == 1", 1, 25, "<EOF>");
        check("resources | take 'five'", 1, 17, "five");
        check("resources | take 99999999999999999999", 1, 17, "9");
        check("resources | order name", 1, 18, "name");
        check("resources | where a[b] == 2", 1, 20, "b");
        check("resources | where ;", 1, 18, ";");
        let deep = format!("resources | where {}a{}", "(".repeat(40), ")".repeat(40));
        check(&deep, 1, 51, "(");
    }

    #[test]
    fn what_is_not_in_the_subset_is_named() {
        for (text, token) in [
            ("advisorresources", "advisorresources"),
            ("resources | summarize count() by type", "summarize"),
            ("resources | join kind=inner (resources) on id", "join"),
            ("resources | where strlen(name) == 3", "strlen"),
        ] {
            assert_eq!(
                parse(text),
                Err(QueryError::Unsupported(token.to_owned())),
                "{text}"
            );
        }
    }

    #[test]
    fn columns_without_a_name_get_the_one_of_their_path() {
        let query = parse("resources | project a.b, tostring(c.d), 'x', 1, e = f")
            .unwrap_or_else(|error| panic!("{error:?}"));
        let [Operator::Project(columns)] = query.operators.as_slice() else {
            panic!("{query:?}");
        };
        let names: Vec<_> = columns.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(names, ["a_b", "c_d", "Column1", "Column2", "e"]);
    }
}
