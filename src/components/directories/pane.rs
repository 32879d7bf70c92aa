//! The pane *Directories*: those the user belongs to, and which of them are shown.

use arm_client::resources::Tenant;
use entra_auth::SignInProblem;

use super::rows::{Row, is_found, rows};
use crate::{
    components::{BELOW_A_PANE, ReadingView},
    hooks::use_reading,
    prelude::*,
    services::use_arm,
    session::{Directory, Standing, use_session},
    ui::{
        badge::Badge,
        button::Button,
        changing::{text_of, view_of},
        pane::Pane,
        search_box::SearchBox,
        status::{Status, StatusKind},
    },
};

/// The pane.
#[component]
pub fn DirectoriesPane(
    /// Called by Esc and by the cross.
    on_close: Callback<()>,
) -> impl IntoView {
    let (session, arm) = (use_session(), use_arm());
    let home = session
        .account()
        .get_untracked()
        .map(|account| account.tenant_id)
        .unwrap_or_default();
    let reading = use_reading(move || {
        let subscriptions = arm.subscriptions();
        async move { subscriptions.tenants().await }
    });
    let search = RwSignal::new(String::new());
    let home = StoredValue::new(home);
    let found = Memo::new(move |_| {
        let chosen = session.directories().get();
        let listed = reading.data.get().unwrap_or_default();
        let mut found = home.with_value(|home| rows(&listed, home, &chosen));
        let all = found.len();
        search.with(|search| found.retain(|row| is_found(row, search)));
        (found, all)
    });
    let view = Callback::new(move |_: Signal<Vec<Tenant>>| {
        view_of(move || {
            let (found, _) = found.get();
            if found.is_empty() {
                return view! { <p class="caption">"No directory matches the search."</p> }.into_any();
            }
            let items = found.into_iter().map(|row| item(row).into_any());
            view! { <ul class="directories" aria-label="Directories">{items.collect_view()}</ul> }.into_any()
        })
        .into_any()
    });
    let count = move || {
        let (found, all) = found.with(|(found, all)| (found.len(), *all));
        match all {
            0 => String::new(),
            1 => "1 directory".to_owned(),
            all if found == all => format!("{all} directories"),
            all => format!("{found} of {all} directories"),
        }
    };
    view! {
        <Pane title="Directories" inert=BELOW_A_PANE on_close>
            <p>
                "Servers and vaults of the directories you sign in to here are listed with those of your own. The choice is kept in this browser."
            </p>
            <SearchBox label="Search directories" value=search on_input=Callback::new(move |typed| search.set(typed)) />
            <p class="caption" role="status">{text_of(count)}</p>
            <ReadingView reading what="list of directories" view />
        </Pane>
    }
}

fn item(row: Row) -> impl IntoView {
    let session = use_session();
    let Row {
        directory,
        domain,
        is_home,
    } = row;
    let known = [domain, Some(directory.id.clone())];
    let known = known.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let name = directory.name.clone();
    let end = if is_home {
        view! { <Badge brand=true>"Your directory"</Badge> }.into_any()
    } else {
        view! { <Choice directory=directory.clone() /> }.into_any()
    };
    let standing = (!is_home).then(|| {
        let id = directory.id.clone();
        view_of(move || match session.standing_in(&id) {
            Standing::NotChosen => ().into_any(),
            Standing::SignedIn => view! { <Status kind=StatusKind::Ok>"Shown"</Status> }.into_any(),
            Standing::SignedOut(why) => {
                view! { <Status kind=StatusKind::Warning>{signed_out(why)}</Status> }.into_any()
            }
        })
    });
    view! {
        <li class="directory" aria-current=is_home.then_some("true")>
            <div class="directory-who">
                <strong>{name}</strong>
                <span class="caption">{known}</span>
                {standing}
            </div>
            <div class="directory-acts">{end}</div>
        </li>
    }
}

/// What can be done about a directory that is not the home.
#[component]
fn Choice(directory: Directory) -> impl IntoView {
    let session = use_session();
    view_of(move || {
        let Directory { id, name } = directory.clone();
        let standing = session.standing_in(&id);
        let sign_in = (standing != Standing::SignedIn).then(|| {
            let directory = directory.clone();
            let on_click = Callback::new(move |()| session.sign_in_to(directory.clone()));
            let where_to = format!(" to {name}");
            view! { <Button small=true on_click>"Sign in" <span class="visually-hidden">{where_to}</span></Button> }
        });
        let leave = (standing != Standing::NotChosen).then(|| {
            let on_click = Callback::new(move |()| session.leave_directory(&id));
            let what = format!(" {name}");
            view! { <Button small=true on_click>"Leave out" <span class="visually-hidden">{what}</span></Button> }
        });
        view! { {sign_in} {leave} }.into_any()
    })
}

/// Why the user has to sign in themselves.
fn signed_out(why: Option<SignInProblem>) -> &'static str {
    match why {
        Some(SignInProblem::Entra(_)) => "Not shown: Microsoft Entra wants you to sign in",
        Some(_) => "Not shown: the sign-in could not be renewed",
        None => "Not shown: not signed in",
    }
}
