//! The files of a restore, told apart by their names (reference E, D-RF).

/// A file that a restore has written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestoredFile {
    /// The blob's name.
    pub name: String,
    /// What is in it.
    pub kind: FileKind,
}

/// What is in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileKind {
    /// Schema and data of this database.
    Database(String),
    /// The roles of the server.
    Roles,
    /// The schemas of all databases, for reading only: they are part of the files of the databases.
    Schema,
    /// The tablespaces, which a flexible server has none of its own of.
    Tablespaces,
    /// Nothing that a restore is known to write.
    Other,
}

/// The files among the blobs of a container: those that begin with the prefix of the restore.
pub fn restored_files<'a>(names: impl IntoIterator<Item = &'a str>, prefix: &str) -> Vec<RestoredFile> {
    let files = names.into_iter().filter_map(|name| {
        let kind = kind(name.strip_prefix(prefix)?);
        Some(RestoredFile {
            name: name.to_owned(),
            kind,
        })
    });
    files.collect()
}

/// What stands between the prefix and these words is not known; the first of them counts, as a database's name may have
/// them too.
fn kind(rest: &str) -> FileKind {
    let database = rest
        .split_once("_database_")
        .and_then(|(_, name)| name.strip_suffix(".sql"));
    if let Some(name) = database.filter(|name| !name.is_empty()) {
        return FileKind::Database(name.to_owned());
    }
    let kinds = [
        ("_roles.sql", FileKind::Roles),
        ("_schema.sql", FileKind::Schema),
        ("_tablespace.sql", FileKind::Tablespaces),
        ("_tablespaces.sql", FileKind::Tablespaces),
    ];
    let found = kinds.into_iter().find(|(ending, _)| rest.ends_with(ending));
    found.map_or(FileKind::Other, |(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_apart_by_what_follows_the_prefix() {
        let database = |name: &str| FileKind::Database(name.to_owned());
        for (name, expected) in [
            ("p_database_orders.sql", Some(database("orders"))),
            ("p_pg-a-20260301_database_orders.sql", Some(database("orders"))),
            ("p_database_a_database_b.sql", Some(database("a_database_b"))),
            ("p_database_my_roles.sql", Some(database("my_roles"))),
            ("p_database_a/b & c.sql.sql", Some(database("a/b & c.sql"))),
            ("p_roles.sql", Some(FileKind::Roles)),
            ("p_x_roles.sql", Some(FileKind::Roles)),
            ("p_schema.sql", Some(FileKind::Schema)),
            ("p_tablespace.sql", Some(FileKind::Tablespaces)),
            ("p_tablespaces.sql", Some(FileKind::Tablespaces)),
            ("p_database_.sql", Some(FileKind::Other)),
            ("p_database_orders.dump", Some(FileKind::Other)),
            ("p", Some(FileKind::Other)),
            ("q_database_orders.sql", None),
        ] {
            let found = restored_files([name], "p")
                .into_iter()
                .next()
                .map(|file| file.kind);
            assert_eq!(found, expected, "{name}");
        }
    }

    #[test]
    fn a_prefix_may_have_the_words_of_a_file_in_it() {
        let found = restored_files(["a_database_x_database_orders.sql"], "a_database_x");
        assert_eq!(found[0].kind, FileKind::Database("orders".to_owned()));
    }
}
