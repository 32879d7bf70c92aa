//! What else can be done with a backup of the list.

use super::{row::Row, table::List};
use crate::{
    prelude::*,
    ui::{
        icon::IconName,
        menu_button::{MenuButton, MenuEntry},
    },
};

/// The menu behind the three dots of a row.
#[component]
pub fn RowMenu(row: Row, list: List) -> impl IntoView {
    let name = StoredValue::new(row.name.clone());
    let entry = |label: &str, icon, on_select| MenuEntry {
        label: label.to_owned(),
        icon: Some(icon),
        disabled_reason: None,
        on_select,
    };
    let copy_name = Callback::new(move |()| list.copying.copy.run(name.get_value()));
    let copy_id = Callback::new(move |()| {
        // The name came from Azure, so that the id is one.
        let id = list
            .server
            .with_value(|server| format!("{server}/backups/{}", name.get_value()));
        list.copying.copy.run(id);
    });
    let show = Callback::new(move |()| list.set_detailed.run(Some(name.get_value())));
    let entries = vec![
        entry("Details", IconName::Info, show),
        entry("Copy name", IconName::Copy, copy_name),
        entry("Copy resource ID", IconName::Copy, copy_id),
    ];
    view! { <MenuButton label=format!("More actions for {}", row.name) entries /> }
}
