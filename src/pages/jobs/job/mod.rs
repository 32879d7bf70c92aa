//! One job: how it goes, what it is about, its parts, and why it ended as it did.

mod about;
mod after;
mod details;
mod progress;
mod said;
mod target;

use arm_client::data_protection::{BackupJob, BackupVault};
use arm_core::ResourceId;

use super::{
    row::{Row, end},
    state::State,
};
use crate::{
    components::{CommandBar, Crumb, LazyView, MenuPage, PageHeader, PageMain, ReadingView, ResourceMenu},
    hooks::{Copied, Reading, use_copying, use_reading},
    location::link,
    pages::vaults::list_bar::again_while,
    prelude::*,
    problem::{Problem, ProblemKind},
    region, routes,
    services::use_arm,
    stores::operations::use_operations,
    ui::{
        button::{Button, ButtonAppearance},
        changing::{text_of, view_if, view_of},
        icon::{Icon, IconName},
    },
};

use about::About;
use after::{Files, after_restore};
use details::details;
use progress::{Parts, Progress};
use said::said;
use target::Target;

/// What the parts of the page have in common.
#[derive(Clone, Copy)]
pub struct Page {
    /// The job, as the address names it.
    pub id: StoredValue<ResourceId>,
    /// Its vault.
    pub vault_id: StoredValue<ResourceId>,
    /// The job as it is read.
    pub job: Reading<BackupJob>,
    /// The vault as it is read.
    pub vault: Reading<BackupVault>,
}

/// The page.
#[component]
pub fn JobPage(job: ResourceId) -> impl IntoView {
    let page = use_page(&job);
    let goes_on = Memo::new(move |_| page.is_to_be_followed());
    again_while(goes_on, page.job.again);
    follow_operations(page);
    let vault = page.vault_id.get_value();
    let refresh = Callback::new(move |()| {
        page.job.again.run(());
        page.vault.again.run(());
    });
    let view = move |job: Signal<BackupJob>| {
        view! {
            {view_of(move || job.with(|job| said(page, job)))}
            <Progress job />
            <About page job />
            <Parts job />
            {after(job)}
        }
        .into_any()
    };
    view! {
        <PageHeader
            name=job.name().to_owned()
            page="Job"
            subtitle=subtitle(page)
            icon=IconName::TaskListLtr
            crumbs=vec![
                Crumb { label: "Backup vaults".to_owned(), path: routes::vaults() },
                Crumb { label: vault.name().to_owned(), path: routes::vault(&vault) },
                Crumb { label: "Jobs".to_owned(), path: routes::vault_jobs(&vault) },
            ]
        />
        <ResourceMenu current=MenuPage::Jobs server=None />
        <Commands page refresh />
        <PageMain>
            <p class="visually-hidden" role="status">{text_of(ending(page))}</p>
            <ReadingView reading=page.job what="job" view />
        </PageMain>
    }
}

/// What is to be done with the files of a restore that has written them, or is about to.
fn after(job: Signal<BackupJob>) -> AnyView {
    let state = Memo::new(move |_| job.with(|job| State::of(job.status.as_ref()).0));
    let files = Memo::new(move |_| {
        let is_of_use = state.with(|state| state.has_succeeded() || *state == State::Running);
        job.with(|job| match Target::of(job).filter(|_| is_of_use) {
            Some(Target::Files { container, prefix }) => Some(Files {
                container: container.to_string(),
                prefix,
                source: job.source.clone(),
            }),
            _ => None,
        })
    });
    view_of(move || match files.get() {
        Some(files) => {
            let load = Box::new(move || Box::pin(after_restore(files.clone(), state)) as _);
            view! { <LazyView load rows=3 /> }.into_any()
        }
        None => ().into_any(),
    })
}

fn use_page(job: &ResourceId) -> Page {
    let id = StoredValue::new(job.clone());
    // The page's path names a vault, so there is one above it.
    let vault_id = StoredValue::new(job.parent().unwrap_or_else(|| job.clone()));
    let arm = StoredValue::new_local(use_arm());
    Page {
        id,
        vault_id,
        job: use_reading(move || {
            let service = arm.with_value(|arm| arm.data_protection());
            async move { service.job(&id.get_value()).await }
        }),
        vault: use_reading(move || {
            let service = arm.with_value(|arm| arm.data_protection());
            async move { service.vault(&vault_id.get_value()).await }
        }),
    }
}

impl Page {
    /// Whether it is worth another look by itself: it runs, or nobody knows yet and the service may answer next time.
    fn is_to_be_followed(self) -> bool {
        let known = self
            .job
            .data
            .with(|job| Some(Row::from(job.as_ref()?).is_to_be_followed()));
        match known {
            Some(is_to_be_followed) => is_to_be_followed,
            None => self.job.problem.with(|error| {
                let kind = error.as_ref().map(|error| Problem::from(error).kind);
                matches!(kind, Some(ProblemKind::Passing | ProblemKind::Network))
            }),
        }
    }
}

/// What this user's operations learn of the job is worth a look.
fn follow_operations(page: Page) {
    let operations = use_operations();
    let going = Memo::new(move |_| {
        let is_it = |job: &ResourceId| page.id.with_value(|id| id == job);
        let all = operations.all().into_iter();
        all.filter(|operation| operation.job.as_ref().is_some_and(is_it) && !operation.has_ended())
            .count()
    });
    Effect::watch(move || going.get(), move |_, _, _| page.job.again.run(()), false);
}

/// What a screen reader is told when it ends while somebody looks.
fn ending(page: Page) -> impl Fn() -> String + Send + 'static {
    let row = Memo::new(move |_| page.job.data.with(|job| job.as_ref().map(Row::from)));
    let told = RwSignal::new(String::new());
    Effect::watch(
        move || row.get(),
        move |row, before, _| {
            let ran = before.and_then(|before| before.as_ref().map(|row| row.state));
            if let Some(row) = row
                && ran == Some(State::Running)
                && row.state != State::Running
            {
                told.set(end(row));
            }
        },
        false,
    );
    move || told.get()
}

/// *Restore of pg-a · Vault bv-a · West Europe*, as far as it is known.
fn subtitle(page: Page) -> Signal<String> {
    Signal::derive(move || {
        let what = page.job.data.with(|job| {
            let row = Row::from(job.as_ref()?);
            Some(format!("{} of {}", row.operation, row.source))
        });
        let vault = page
            .vault_id
            .with_value(|vault| format!("Vault {}", vault.name()));
        let location = page.vault.data.with(|vault| vault.as_ref()?.location.clone());
        let location = location.map(|location| region::display_name(&location).to_owned());
        let parts = what.into_iter().chain([vault]).chain(location);
        parts.collect::<Vec<_>>().join(" · ")
    })
}

#[component]
fn Commands(page: Page, refresh: Callback<()>) -> impl IntoView {
    // Only what they lead to and copy counts: a bar that is made anew loses the focus.
    let facts = Memo::new(move |_| {
        page.job
            .data
            .with(|job| job.as_ref().map(|job| (details(job), job.instance.clone())))
    });
    let instance = Memo::new(move |_| {
        facts.with(|facts| {
            let (_, instance) = facts.as_ref()?;
            routes::instance(instance.as_ref()?)
        })
    });
    let copying = use_copying();
    let copy = Callback::new(move |()| {
        if let Some((text, _)) = facts.get_untracked() {
            copying.copy.run(text);
        }
    });
    let copied = move || match copying.state.get() {
        Copied::NotYet => "Copy details".to_owned(),
        Copied::Done => "Copied".to_owned(),
        Copied::Refused => "Not copied: the browser refuses".to_owned(),
    };
    let is_known = Memo::new(move |_| facts.with(Option::is_some));
    view! {
        <CommandBar>
            <Button
                appearance=ButtonAppearance::Subtle
                icon=IconName::ArrowClockwise
                busy=page.job.is_loading
                on_click=refresh
            >
                "Refresh"
            </Button>
            {view_of(move || match instance.get() {
                Some(path) => view! {
                    <a class="button button-subtle" href=link(&path)>
                        <Icon name=IconName::Shield />
                        "Backup instance"
                    </a>
                }
                .into_any(),
                None => ().into_any(),
            })}
            {view_if(is_known, move || {
                view! {
                    <Button appearance=ButtonAppearance::Subtle icon=IconName::Copy on_click=copy>
                        {text_of(copied)}
                    </Button>
                }
                .into_any()
            })}
        </CommandBar>
        <span class="visually-hidden" role="status">{copying.spoken()}</span>
    }
}
