//! *Protection* of one server: whether a backup vault protects it, and where.

mod card;
mod deleted;
mod kept;
mod not_protected;

use arm_client::data_protection::BackupInstance;
use arm_core::ResourceId;

use super::subtitle;
use crate::{
    components::{
        ActLink, CommandBar, Crumb, MenuPage, PageHeader, PageMain, ReadAt, ReadingView, ResourceMenu,
    },
    hooks::use_reading,
    location::link,
    prelude::*,
    rights::Act,
    routes,
    services::use_arm,
    stores::operations::{OperationState, use_operations},
    text,
    ui::{
        button::{Button, ButtonAppearance},
        changing::view_of,
        icon::IconName,
    },
};

use card::InstanceCard;
use deleted::Deleted;
use not_protected::NotProtected;

/// The page of one server.
#[component]
pub fn ProtectionPage(server: ResourceId) -> impl IntoView {
    let id = StoredValue::new(server.clone());
    let arm = StoredValue::new_local(use_arm());
    let details = use_reading(move || {
        let arm = arm.get_value();
        async move { arm.flexible_servers().get(&id.get_value()).await }
    });
    let instances = use_reading(move || {
        let service = arm.with_value(|arm| arm.data_protection());
        async move { service.instances_of(&id.get_value()).await }
    });
    let kept = use_reading(move || kept::read(arm.get_value(), id.get_value()));
    let refresh = Callback::new(move |()| {
        details.again.run(());
        instances.again.run(());
        kept.again.run(());
    });
    // What this browser begins or sees end in a vault may be about this server.
    let operations = use_operations();
    let going = Memo::new(move |_| {
        let all = operations.all().into_iter();
        let going =
            all.filter(|operation| !operation.has_ended() && operation.progress != OperationState::Sent);
        going.map(|operation| operation.id).collect::<Vec<_>>()
    });
    Effect::watch(move || going.get(), move |_, _, _| refresh.run(()), false);
    let view = move |read: Signal<Vec<BackupInstance>>| {
        // The cards read on their own; they are made anew where an instance is another one than before.
        let read = Memo::new(move |_| read.get());
        view_of(move || {
            let read = read.get();
            if read.is_empty() {
                return view! { <NotProtected server=id details /> }.into_any();
            }
            let number = text::count(read.len(), "backup instance");
            view! {
                <div class="list-bar">
                    <p class="list-count">{number} " · " <ReadAt reading=instances /></p>
                </div>
                {read.into_iter().map(|instance| view! { <InstanceCard instance /> }).collect_view()}
            }
            .into_any()
        })
    };
    let wizard = link(&routes::protect(Some(&server)));
    let is_protected = Memo::new(move |_| {
        instances
            .data
            .with(|instances| instances.as_ref().is_some_and(|all| !all.is_empty()))
    });
    let configure = view_of(move || {
        if is_protected.get() {
            let reason = "A backup instance of this server is there already; Azure takes one.".to_owned();
            return view! {
                <Button
                    act=Act::Protect
                    appearance=ButtonAppearance::Subtle
                    icon=IconName::Shield
                    disabled_reason=Some(reason)
                    on_click=Callback::new(|()| ())
                >
                    "Configure backup"
                </Button>
            }
            .into_any();
        }
        view! { <ActLink act=Act::Protect href=wizard.clone() icon=IconName::Shield label="Configure backup" /> }.into_any()
    });
    view! {
        <PageHeader
            name=server.name().to_owned()
            page="Protection"
            subtitle=subtitle(id, details)
            icon=IconName::Database
            crumbs=vec![
                Crumb { label: "Servers".to_owned(), path: routes::servers() },
                Crumb { label: server.name().to_owned(), path: routes::backups(&server) },
            ]
        />
        <ResourceMenu current=MenuPage::Protection server=Some(server.clone()) />
        <CommandBar>
            {configure}
            <Button
                appearance=ButtonAppearance::Subtle
                icon=IconName::ArrowClockwise
                busy=instances.is_loading
                on_click=refresh
            >
                "Refresh"
            </Button>
        </CommandBar>
        <PageMain>
            <Deleted kept />
            <ReadingView reading=instances what="protection of this server" view />
        </PageMain>
    }
}
