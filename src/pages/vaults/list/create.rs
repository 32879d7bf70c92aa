//! *Create vault*, and the vault that was made.

use arm_client::data_protection::VaultSummary;

use crate::{
    components::{LazyView, pane_not_offered, protection::CreateVault},
    hooks::rights,
    lazy::lazy,
    pages::vaults::filter_sheet::in_pane,
    prelude::*,
    rights::Act,
};

lazy! {
    vault_panes: fn create_pane(made: RwSignal<Vec<VaultSummary>>, on_close: Callback<()>) -> AnyView {
        let on_created = Callback::new(move |vault| {
            made.try_update(|made| made.push(VaultSummary::from(vault)));
        });
        if rights().offers(Act::CreateVault) {
            view! { <CreateVault location=None on_created on_close /> }.into_any()
        } else {
            pane_not_offered("Create backup vault", on_close)
        }
    }
}

/// The form of a new vault; what was made is put into `made`.
pub fn create_vault(made: RwSignal<Vec<VaultSummary>>, on_close: Callback<()>) -> AnyView {
    let around = Box::new(move |content| in_pane("Create backup vault", on_close, content));
    let load = Box::new(move || Box::pin(create_pane(made, on_close)) as _);
    view! { <LazyView load around rows=0 /> }.into_any()
}

/// Adds what was made to what was listed, unless that has it already.
pub fn add(listed: &mut Vec<VaultSummary>, made: &[VaultSummary]) {
    for vault in made {
        if listed.iter().all(|known| known.id != vault.id) {
            listed.push(vault.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::pages::vaults::list::row::vault;

    #[test]
    fn what_was_made_is_listed_once_however_it_is_spelled() {
        let mut listed = vec![vault("s/BV-a", json!({}))];
        add(
            &mut listed,
            &[vault("S/bv-A", json!({})), vault("s/bv-b", json!({}))],
        );
        let names: Vec<_> = listed.iter().map(|vault| vault.name.as_str()).collect();
        assert_eq!(names, ["BV-a", "bv-b"]);
    }
}
