//! *Select resources to back up*: the pane that adds servers or databases.

use arm_client::{
    ArmClient, ArmError,
    data_protection::DatasourceKind,
    postgres::{SingleDatabase, SingleServer},
};
use arm_core::ResourceId;

use super::{
    Wizard,
    candidates::{self, Candidate},
};
use crate::{
    components::{BELOW_A_PANE, ReadingView, directories::subscriptions_everywhere},
    hooks::{Reading, use_reading},
    location::link,
    prelude::*,
    problem::unless_denied,
    routes,
    services::use_arm,
    session::{Session, use_session},
    text,
    ui::{
        button::{Button, ButtonAppearance},
        changing::{text_of, view_of},
        empty_state::EmptyState,
        icon::IconName,
        pane::Pane,
        pick_list::{PickItem, PickList},
        search_box::SearchBox,
    },
};

/// How many are listed at once; a search finds the rest.
const MOST: usize = 200;

/// A single server with its databases.
type Single = (SingleServer, Vec<SingleDatabase>);

/// What can be picked, of whatever kind.
#[derive(Clone, Copy)]
struct Picking {
    wizard: Wizard,
    picked: RwSignal<Vec<String>>,
    search: RwSignal<String>,
}

/// The pane.
#[component]
pub fn Picker(wizard: Wizard, on_close: Callback<()>) -> impl IntoView {
    let choices = wizard.choices;
    let noun = choices.with_untracked(|choices| noun(choices.kind));
    let picking = Picking {
        wizard,
        picked: RwSignal::new(Vec::new()),
        search: RwSignal::new(String::new()),
    };
    let picked = picking.picked;
    let reason = Signal::derive(move || {
        picked
            .with(Vec::is_empty)
            .then(|| format!("Pick at least one {noun}."))
    });
    let add = Callback::new(move |()| {
        let more: Vec<ResourceId> =
            picked.with_untracked(|picked| picked.iter().filter_map(|id| id.parse().ok()).collect());
        if !more.is_empty() {
            wizard.change.run(choices.get_untracked().with_sources(more));
            on_close.run(());
        }
    });
    let label = move || match picked.with(Vec::len) {
        0 => "Add".to_owned(),
        number => format!("Add {}", text::count(number, noun)),
    };
    let content = move || match choices.with_untracked(|choices| choices.kind) {
        DatasourceKind::FlexibleServer => {
            let view = move |_| servers(picking);
            view! { <ReadingView reading=wizard.known.servers what="list of servers" view /> }.into_any()
        }
        DatasourceKind::SingleServerDatabase => {
            let singles = use_singles();
            let view = move |singles| databases(picking, singles);
            view! { <ReadingView reading=singles what="list of single servers" view /> }.into_any()
        }
    };
    view! {
        <Pane
            title="Select resources to back up"
            on_close
            inert=BELOW_A_PANE
            footer=move || {
                view! {
                    <Button appearance=ButtonAppearance::Primary disabled_reason=reason on_click=add>{text_of(label)}</Button>
                    <Button on_click=on_close>"Cancel"</Button>
                    <span class="pane-hint"><kbd>"Esc"</kbd> " closes"</span>
                }
            }
        >
            <SearchBox
                label="Search by name, group or region"
                value=picking.search
                on_input=Callback::new(move |words| picking.search.set(words))
                class="search search-wide"
            />
            {content()}
        </Pane>
    }
}

/// *server* or *database*.
pub const fn noun(kind: DatasourceKind) -> &'static str {
    match kind {
        DatasourceKind::FlexibleServer => "server",
        DatasourceKind::SingleServerDatabase => "database",
    }
}

/// The flexible servers of all subscriptions.
fn servers(picking: Picking) -> AnyView {
    let Wizard { choices, known, .. } = picking.wizard;
    let found = Memo::new(move |_| {
        let choices = choices.get();
        let location = known.location(&choices);
        let instances = known.instances.data.get().unwrap_or_default();
        let all = known.servers.data.with(|servers| {
            let servers = servers.as_deref().unwrap_or_default();
            candidates::servers(servers, location.as_deref(), &instances, &choices.sources)
        });
        picking.search.with(|words| candidates::search(all, words))
    });
    picking.list("Servers", found)
}

/// The single servers with their databases, each server a list of its own.
fn databases(picking: Picking, singles: Signal<Vec<Single>>) -> AnyView {
    let Wizard { choices, known, .. } = picking.wizard;
    view_of(move || {
        let singles = singles.get();
        if singles.is_empty() {
            return view! {
                <EmptyState icon=IconName::Database title="No single server">
                    "None of your subscriptions has a legacy single server of Azure Database for PostgreSQL."
                </EmptyState>
            }
            .into_any();
        }
        let lists = singles.into_iter().map(|(server, databases)| {
            let name = server.name.clone();
            let ids: Vec<ResourceId> = databases.into_iter().map(|database| database.id).collect();
            let found = Memo::new(move |_| {
                let choices = choices.get();
                let location = known.location(&choices);
                let instances = known.instances.data.get().unwrap_or_default();
                let (here, there) = (server.location.as_deref(), location.as_deref());
                let all = candidates::databases(&ids, here, there, &instances, &choices.sources);
                picking.search.with(|words| candidates::search(all, words))
            });
            view! {
                <section class="wizard-group">
                    <h3>{name.clone()}</h3>
                    {picking.list(&format!("Databases of {name}"), found)}
                </section>
            }
        });
        lists.collect_view().into_any()
    })
}

impl Picking {
    fn list(self, label: &str, found: Memo<Vec<Candidate>>) -> AnyView {
        let picked = self.picked;
        let on_pick = Callback::new(move |id: String| {
            picked.update(|picked| match picked.iter().position(|known| *known == id) {
                Some(at) => drop(picked.remove(at)),
                None => picked.push(id),
            });
        });
        let items = Signal::derive(move || found.with(|found| found.iter().take(MOST).map(item).collect()));
        let number = Memo::new(move |_| found.with(Vec::len));
        let label = label.to_owned();
        view_of(move || {
            let label = label.clone();
            let more = number.get().checked_sub(MOST).filter(|more| *more > 0);
            let more = more
                .map(|more| view! { <p class="caption">{format!("{more} more: search to find them.")}</p> });
            if number.get() == 0 {
                return view! { <p class="caption">"Nothing matches the search."</p> }.into_any();
            }
            view! { <PickList label items picked several=true on_pick /> {more} }.into_any()
        })
    }
}

fn item(candidate: &Candidate) -> PickItem {
    let why = candidate.why_not.as_ref();
    let instance = why.and_then(|why| routes::instance(why.instance.as_ref()?));
    PickItem {
        key: candidate.id.to_string(),
        name: candidate.name.clone(),
        note: candidate.place.clone(),
        why_not: why.map(|why| why.reason.clone()),
        link: instance.map(|path| ("View instance".to_owned(), link(&path))),
    }
}

/// The single servers of all subscriptions, with the databases that are their owners'.
fn use_singles() -> Reading<Vec<Single>> {
    let arm = StoredValue::new_local(use_arm());
    let session = use_session();
    use_reading(move || read_singles(arm.get_value(), session))
}

async fn read_singles(arm: ArmClient, session: Session) -> Result<Vec<Single>, ArmError> {
    let servers = arm.single_servers();
    let mut singles = Vec::new();
    for subscription in subscriptions_everywhere(arm.clone(), session).await? {
        for server in unless_denied(servers.list(&subscription.id).await)? {
            let mut databases = servers.databases(&server.id).await?;
            databases.retain(|database| !database.is_systems());
            singles.push((server, databases));
        }
    }
    Ok(singles)
}
