//! The page: what is chosen left, what is found right, the acts below.

use arm_client::{ArmError, data_protection::DatasourceKind};
use arm_core::ResourceId;

use super::{
    about::About,
    acting::{Acting, use_acting},
    checks::Checks,
    footer::Footer,
    form::{Form, use_form},
    point::{PointSection, point_pane},
    stage::Stage,
    state::Way,
    target_database::DatabaseTarget,
    target_files::FilesTarget,
};
use crate::{
    code,
    components::{
        Crumb, LeaveQuestion, MenuPage, MenuState, PageHeader, PageMain, ReadingView, ResourceMenu,
        ShowAsCode, protection::ProtectionProblem,
    },
    hooks::{use_leaving, use_rights},
    location::link,
    pages::vaults::instance::{Known as Instance, bar_of},
    prelude::*,
    region,
    rights::Act,
    routes,
    services::use_services,
    stores::operations::{Failure, Operation, OperationState},
    ui::{
        changing::view_of,
        icon::IconName,
        icon_button::IconButton,
        message_bar::{MessageBar, MessageIntent},
        unique_id::unique_id,
    },
};

/// The page.
#[component]
pub fn RestorePage(instance: ResourceId) -> impl IntoView {
    let form = use_form(&instance);
    let acting = use_acting(form);
    use_rights(&[Act::Restore], move || {
        form.known
            .instance
            .read_at
            .get()
            .map(|_| form.known.id.get_value())
    });
    let vault = form.known.vault_id.get_value();
    let path = routes::restore(&instance, None).unwrap_or_default();
    let is_dirty = Signal::derive(move || form.is_dirty.get() && !acting.stage.with(Stage::is_begun));
    let leaving = use_leaving(&path, is_dirty);
    expect_context::<MenuState>().take_away_until_cleanup();
    let back = StoredValue::new(link(&routes::instance(&instance).unwrap_or_else(routes::vaults)));
    let on_cancel = Callback::new(move |()| leaving.to.run(back.get_value()));
    let close = move || view! { <IconButton icon=IconName::Dismiss label="Close" on_click=on_cancel /> };
    let (is_picking, is_blocked) = (RwSignal::new(false), RwSignal::new(false));
    let columns = move |known: Signal<Instance>| {
        view! {
            <Note known />
            <div class="wizard-columns restore-columns">
                <div class="restore-choices">
                    <PointSection form is_picking />
                    <TargetSection form />
                </div>
                <div class="restore-results">
                    {view_of(move || said(form, acting))}
                    {view_of(move || match form.actual_way() {
                        Way::Files => view! { <Checks form is_blocked /> }.into_any(),
                        Way::Database => ().into_any(),
                    })}
                    <About form />
                    <Code form />
                </div>
            </div>
        }
        .into_any()
    };
    view! {
        <PageHeader
            name="Restore"
            subtitle=subtitle(form)
            icon=IconName::Document
            crumbs=vec![
                Crumb { label: "Backup vaults".to_owned(), path: routes::vaults() },
                Crumb { label: vault.name().to_owned(), path: routes::vault(&vault) },
                Crumb {
                    label: instance.name().to_owned(),
                    path: routes::instance(&instance).unwrap_or_else(routes::vaults),
                },
            ]
            end=close
        />
        <ResourceMenu current=MenuPage::Vaults server=None />
        <PageMain>
            <ReadingView reading=form.known.instance what="backup instance" view=columns />
        </PageMain>
        <Footer form acting is_blocked on_cancel />
        {point_pane(form, is_picking)}
        <LeaveQuestion is_asking=leaving.is_asking on_leave=leaving.leave />
    }
}

/// That a soft-deleted instance has to be undeleted first.
#[component]
fn Note(known: Signal<Instance>) -> impl IntoView {
    let is_deleted = Memo::new(move |_| known.with(|known| known.is_deleted));
    view_of(move || {
        if !is_deleted.get() {
            return ().into_any();
        }
        view! {
            <MessageBar intent=MessageIntent::Warning title="This backup instance is soft-deleted.">
                "Undelete it on its page first; Azure restores nothing of it until then."
            </MessageBar>
        }
        .into_any()
    })
}

/// Where to; of a legacy database also as what.
#[component]
fn TargetSection(form: Form) -> impl IntoView {
    let is_legacy = Memo::new(move |_| form.known.kind() == Some(DatasourceKind::SingleServerDatabase));
    let way = Memo::new(move |_| form.actual_way());
    let group = unique_id("way");
    let radio = move |value: Way, label: &'static str, group: String| {
        view! {
            <label class="retention-way">
                <input
                    type="radio"
                    name=group
                    prop:checked=move || form.way.get() == value
                    on:change=move |_| form.way.set(value)
                />
                {label}
            </label>
        }
    };
    let ways = view_of(move || {
        if !is_legacy.get() {
            return ().into_any();
        }
        view! {
            <fieldset class="restore-ways">
                <legend class="visually-hidden">"Restore"</legend>
                {radio(Way::Files, "Restore as files", group.clone())}
                {radio(Way::Database, "Restore to a database", group.clone())}
            </fieldset>
        }
        .into_any()
    });
    view! {
        <section class="wizard-block restore-target" aria-labelledby="restore-target">
            <h2 class="restore-heading" id="restore-target">"Target"</h2>
            {ways}
            {view_of(move || match way.get() {
                Way::Files => view! { <FilesTarget form /> }.into_any(),
                Way::Database => view! { <DatabaseTarget form /> }.into_any(),
            })}
        </section>
    }
}

/// What came of asking and of sending.
fn said(form: Form, acting: Acting) -> AnyView {
    let identity = form.known.vault.data.with_untracked(|vault| {
        let vault = vault.as_ref()?;
        Some((vault.principal_id.clone()?, vault.name.clone()))
    });
    match acting.stage.get() {
        Stage::NotValid(error) => {
            view! { <ProtectionProblem title="It cannot be restored so" error=*error identity /> }.into_any()
        }
        Stage::Refused(error) => refused(*error, identity),
        Stage::Failed(failure) => failed(failure),
        // What came of the request before stays said while the form asks for something else already.
        Stage::NotValidated => match (acting.refusal.get(), acting.operation.get()) {
            (Some(error), _) => refused(*error, identity),
            (
                None,
                Some(Operation {
                    progress: OperationState::Failed(failure),
                    ..
                }),
            ) => failed(failure),
            _ => ().into_any(),
        },
        Stage::OutcomeNotKnown => {
            let jobs = link(&routes::vault_jobs(&form.known.vault_id.get_value()));
            view! {
                <div role="alert">
                    <MessageBar
                        intent=MessageIntent::Warning
                        stacked=true
                        title="Whether the restore has begun is not known"
                    >
                        <p>
                            "Azure\u{2019}s answer was lost, and no job of it has been seen. Look at the "
                            <a href=jobs>"jobs of the vault"</a> " before you restore again."
                        </p>
                    </MessageBar>
                </div>
            }
            .into_any()
        }
        Stage::Begun => match acting.operation.get() {
            Some(operation) => bar_of(operation),
            None => ().into_any(),
        },
        _ => ().into_any(),
    }
}

fn refused(error: ArmError, identity: Option<(String, String)>) -> AnyView {
    view! { <ProtectionProblem title="Azure did not take the request to restore" error identity /> }
        .into_any()
}

fn failed(failure: Failure) -> AnyView {
    view! {
        <div role="alert">
            <MessageBar intent=MessageIntent::Error stacked=true title="The restore failed before its job began">
                <p>{failure.message}</p>
                <p><code>{failure.code}</code></p>
            </MessageBar>
        </div>
    }
    .into_any()
}

/// Both requests as code.
#[component]
fn Code(form: Form) -> impl IntoView {
    let origin = StoredValue::new(use_services().config.arm.clone());
    let kind = move || form.known.kind().unwrap_or(DatasourceKind::FlexibleServer);
    let of = move |write: fn(
        &str,
        &ResourceId,
        DatasourceKind,
        &arm_client::data_protection::RestoreRequest,
    ) -> Vec<crate::ui::code_block::CodeSample>| {
        Signal::derive(move || match form.request.get() {
            Ok(request) => {
                origin.with_value(|origin| form.known.id.with_value(|id| write(origin, id, kind(), &request)))
            }
            Err(_) => Vec::new(),
        })
    };
    let (validating, restoring) = (of(code::validate_restore), of(code::restore));
    view! {
        <div class="review-code">
            <h3>"Validate"</h3>
            <ShowAsCode label="Validate this restore" samples=validating />
        </div>
        <div class="review-code">
            <h3>"Restore"</h3>
            <ShowAsCode label="Restore this recovery point" samples=restoring />
        </div>
    }
}

/// *Backup instance pg-orders-prod · Vault: bv-weu-prod · West Europe*.
fn subtitle(form: Form) -> Signal<String> {
    Signal::derive(move || {
        let source = form
            .known
            .instance
            .data
            .with(|known| known.as_ref().map(Instance::source_name));
        let name = source.unwrap_or_else(|| form.known.id.with_value(|id| id.name().to_owned()));
        let vault = form
            .known
            .vault_id
            .with_value(|vault| format!("Vault: {}", vault.name()));
        let location = form
            .known
            .vault
            .data
            .with(|vault| vault.as_ref()?.location.clone());
        let location = location.map(|location| region::display_name(&location).to_owned());
        let parts = [format!("Backup instance {name}"), vault];
        parts.into_iter().chain(location).collect::<Vec<_>>().join(" · ")
    })
}
