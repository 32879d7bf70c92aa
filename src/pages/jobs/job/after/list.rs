//! What there are commands for: the whole script, the roles, and each database.

use super::{
    draft::{Shown, wrong_database},
    names::Names,
};
use crate::{
    prelude::*,
    ui::{
        button::Button,
        changing::{text_of, view_of},
        icon::{Icon, IconName},
        text_field::TextField,
    },
};

/// The list, and a field for a database that is missing in it.
#[component]
pub fn Files(names: Names, shown: RwSignal<Shown>) -> impl IntoView {
    let item = move |this: Shown, icon: IconName, name: String, more: &'static str| {
        let (is_it, chosen) = (this.clone(), this);
        let is_current = move || shown.with(|shown| *shown == is_it).then_some("true");
        view! {
            <li>
                <button
                    type="button"
                    class="after-item"
                    aria-current=is_current
                    on:click=move |_| shown.set(chosen.clone())
                >
                    <Icon name=icon size=20 />
                    <span class="after-item-name">{name}</span>
                    <span class="cell-note">{more}</span>
                </button>
            </li>
        }
    };
    let databases = view_of(move || {
        let names = names.shown.get().into_iter();
        let one = |name: String| {
            let this = Shown::Database(name.clone());
            item(
                this,
                IconName::Database,
                name,
                "pg_restore or psql, by its first bytes",
            )
        };
        names.map(one).collect_view().into_any()
    });
    let typed = RwSignal::new(String::new());
    let wrong = Memo::new(move |_| {
        let typed = typed.get();
        names
            .shown
            .with(|known| wrong_database(&typed, known))
            .map(str::to_owned)
    });
    let add = Callback::new(move |()| {
        let name = typed.get_untracked();
        if name.is_empty() || wrong.with_untracked(Option::is_some) {
            return;
        }
        names.added.update(|added| added.push(name.clone()));
        shown.set(Shown::Database(name));
        typed.set(String::new());
    });
    let missing = Signal::derive(move || {
        typed
            .with(String::is_empty)
            .then(|| "Type the name of a database.".to_owned())
    });
    view! {
        <div class="after-list">
            <ul role="list" aria-label="What to load">
                {item(Shown::Script, IconName::Code, "Whole script".to_owned(), "all that is there")}
                {item(Shown::Roles, IconName::Key, "Roles".to_owned(), "cleaned first, psql")}
                {databases}
            </ul>
            <p class="caption">{text_of(move || names.source.get())}</p>
            <form
                class="after-add"
                on:submit=move |event| {
                    event.prevent_default();
                    add.run(());
                }
            >
                <TextField label="Another database" value=typed error=wrong />
                <Button icon=IconName::Add small=true disabled_reason=missing on_click=add>"Add"</Button>
            </form>
        </div>
    }
}
