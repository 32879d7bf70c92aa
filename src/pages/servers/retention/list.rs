//! What the parts of the page have in common.

use arm_client::postgres::long_term_retention::LongTermBackup;
use arm_core::ResourceId;

use super::{
    list_sort::{Column, STATES, Sort},
    pace::Paces,
    row::Row,
};
use crate::{hooks::Reading, location::use_query_value, pages::servers::backups::Said, prelude::*};

/// The list and what is done with it.
#[derive(Clone, Copy)]
pub struct List {
    /// Whose backups they are.
    pub server: StoredValue<ResourceId>,
    /// The backups as they are read.
    pub reading: Reading<Vec<LongTermBackup>>,
    /// All rows.
    pub rows: Memo<Vec<Row>>,
    /// The rows shown, in their order.
    pub shown: Memo<Vec<Row>>,
    /// How fast those go that run.
    pub paces: RwSignal<Paces>,
    /// The filter and the order.
    pub query: ListQuery,
    /// What the page says aloud of its list.
    pub said: Said,
    /// The key of the row whose details are open.
    pub detailed: Memo<Option<String>>,
    /// Opens the details of the row of this key, or closes them.
    pub set_detailed: Callback<Option<String>>,
    /// Opens the pane that starts a backup.
    pub on_start: Callback<()>,
}

/// What the URL's query says, and how it is changed.
#[derive(Clone, Copy)]
pub struct ListQuery {
    /// The word of the *State* filter; empty for all.
    pub state: Memo<&'static str>,
    /// The order.
    pub sort: Memo<Sort>,
    /// Sets the word of the *State* filter.
    pub set_state: Callback<String>,
    /// Sorts by a column, or the other way round.
    pub sort_by: Callback<Column>,
}

/// The query of this page.
pub fn use_list_query() -> ListQuery {
    let (state, state_to) = use_query_value("state");
    let (sort, sort_to) = use_query_value("sort");
    let sort = Memo::new(move |_| sort.with(|word| Sort::from_query(word.as_deref())));
    ListQuery {
        state: Memo::new(move |_| {
            let word = state.get().unwrap_or_default();
            let known = STATES.iter().find(|(known, _)| *known == word);
            known.map_or("", |(known, _)| *known)
        }),
        sort,
        set_state: Callback::new(move |word: String| state_to.run((!word.is_empty()).then_some(word))),
        sort_by: Callback::new(move |column| {
            sort_to.run(sort.get_untracked().after_click(column).to_query());
        }),
    }
}
