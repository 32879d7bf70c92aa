//! The databases of a server that its backups leave out, and why (reference E, G2).

/// A database that was not restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Its name.
    pub name: String,
    /// Why, as a sentence.
    pub why: &'static str,
}

impl Skipped {
    /// Whether every server has it of its own, so that no backup has it whenever it was taken.
    pub fn is_of_the_service(&self) -> bool {
        OF_THE_SERVICE.contains(&self.name.as_str())
    }
}

/// What the service keeps for itself on every server.
const OF_THE_SERVICE: [&str; 5] = [
    "azure_maintenance",
    "azure_sys",
    "postgres",
    "template0",
    "template1",
];

/// The databases that the server has and the restore has not.
pub fn skipped_databases(on_server: &[String], restored: &[String]) -> Vec<Skipped> {
    let left_out = on_server.iter().filter(|name| !restored.contains(name));
    let told = left_out.map(|name| Skipped {
        name: name.clone(),
        why: if OF_THE_SERVICE.contains(&name.as_str()) {
            "It belongs to the service (azuresu or azure_pg_admin), and such databases are never backed up. Every server has its own."
        } else {
            "It was made after the backup, or it is owned by azuresu or azure_pg_admin: databases of these owners are never backed up."
        },
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_told_with_its_reason() {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let on_server = names(&["azure_sys", "orders", "postgres", "new", "Orders"]);
        let found = skipped_databases(&on_server, &names(&["orders", "gone"]));
        let told: Vec<_> = found
            .iter()
            .inspect(|found| assert_eq!(found.is_of_the_service(), found.why.starts_with("It belongs")))
            .map(|found| (found.name.as_str(), found.is_of_the_service()))
            .collect();
        assert_eq!(
            told,
            [
                ("azure_sys", true),
                ("postgres", true),
                ("new", false),
                ("Orders", false)
            ]
        );
    }
}
