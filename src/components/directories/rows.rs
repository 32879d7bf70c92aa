//! Which directories the pane lists, in which order; pure.

use arm_client::resources::Tenant;

use crate::session::Directory;

/// A directory of the user's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// It.
    pub directory: Directory,
    /// Its domain, where Azure tells it.
    pub domain: Option<String>,
    /// Whether it is the user's own, in which they are signed in anyway.
    pub is_home: bool,
}

/// The home first, the others by name; those that were chosen stay, whether Azure still lists them or not.
pub fn rows(tenants: &[Tenant], home: &str, chosen: &[Directory]) -> Vec<Row> {
    let mut rows: Vec<Row> = tenants
        .iter()
        .map(|tenant| Row {
            directory: Directory {
                id: tenant.tenant_id.clone(),
                name: tenant.shown_name().to_owned(),
            },
            domain: tenant.default_domain.clone(),
            is_home: tenant.tenant_id.eq_ignore_ascii_case(home),
        })
        .collect();
    for directory in chosen {
        let is_listed = rows
            .iter()
            .any(|row| row.directory.id.eq_ignore_ascii_case(&directory.id));
        if !is_listed {
            rows.push(Row {
                directory: directory.clone(),
                domain: None,
                is_home: false,
            });
        }
    }
    rows.sort_by_key(|row| (!row.is_home, row.directory.name.to_lowercase()));
    rows
}

/// Whether a row is searched for, by name, domain or id.
pub fn is_found(row: &Row, search: &str) -> bool {
    let search = search.trim().to_lowercase();
    let texts = [
        Some(&row.directory.name),
        row.domain.as_ref(),
        Some(&row.directory.id),
    ];
    texts
        .into_iter()
        .flatten()
        .any(|text| text.to_lowercase().contains(&search))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tenant(id: &str, name: &str, domain: &str) -> Tenant {
        let tenant = serde_json::json!({ "tenantId": id, "displayName": name, "defaultDomain": domain });
        serde_json::from_value(tenant).expect("a tenant")
    }

    fn directory(id: &str, name: &str) -> Directory {
        Directory {
            id: id.to_owned(),
            name: name.to_owned(),
        }
    }

    #[test]
    fn the_home_comes_first_and_what_was_chosen_is_never_lost() {
        let tenants = [
            tenant("t-2", "tailwind", "tailwind.com"),
            tenant("t-1", "Fabrikam", "fabrikam.com"),
            tenant("H", "Zeta", "zeta.com"),
        ];
        let chosen = [directory("T-1", "Fabrikam"), directory("t-3", "Gone")];
        let rows = rows(&tenants, "h", &chosen);
        let told: Vec<_> = rows
            .iter()
            .map(|row| (row.directory.name.as_str(), row.is_home))
            .collect();
        assert_eq!(
            told,
            [
                ("Zeta", true),
                ("Fabrikam", false),
                ("Gone", false),
                ("tailwind", false)
            ]
        );
    }

    #[test]
    fn a_directory_is_found_by_name_domain_and_id() {
        let rows = rows(&[tenant("72f9", "Fabrikam", "fabrikam.example")], "h", &[]);
        for (search, expected) in [
            ("", true),
            (" FABRI", true),
            (".example", true),
            ("72F", true),
            ("contoso", false),
        ] {
            assert_eq!(is_found(&rows[0], search), expected, "{search}");
        }
    }
}
