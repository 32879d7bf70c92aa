//! One instance that protects the server: where, by which policy, since when, and how it is doing.

use arm_client::{
    ArmError,
    data_protection::{BackupInstance, BackupPolicy, RecoveryPoint},
};

use crate::{
    components::ProtectionStateView,
    hooks::{Reading, use_now, use_reading},
    location::link,
    pages::vaults::instance::{
        Known, Next, bar_of, failure, moment, newest, next_backup, none, oldest, points_of, unknown,
    },
    prelude::*,
    problem::Problem,
    protection_words, routes,
    services::use_arm,
    stores::operations::use_operations,
    ui::{
        changing::view_of,
        facts_strip::{Fact, FactsStrip},
        skeleton::SkeletonCell,
    },
};

/// The card.
#[component]
pub fn InstanceCard(instance: BackupInstance) -> impl IntoView {
    let arm = StoredValue::new_local(use_arm());
    let service = move || arm.with_value(|arm| arm.data_protection());
    let id = StoredValue::new(instance.id.clone());
    let points = use_reading(move || points_of(service(), id.get_value()));
    let policy_id = StoredValue::new(instance.policy.clone());
    let policies = use_reading(move || {
        let service = service();
        async move {
            match policy_id.get_value() {
                Some(policy) => Ok(vec![service.policy(&policy).await?]),
                None => Ok(Vec::new()),
            }
        }
    });
    let operations = use_operations();
    let going = Memo::new_with_compare(move |_| operations.unfinished_on(&id.get_value()), |_, _| true);
    let live = view_of(move || going.get().into_iter().map(bar_of).collect_view().into_any());
    let failed = instance.error.clone().map(|error| {
        // The vault is read for its identity, which Azure names by its object id.
        let vault_id = StoredValue::new(instance.vault());
        let vault = use_reading(move || {
            let service = service();
            async move {
                match vault_id.get_value() {
                    Some(vault) => Ok(Some(service.vault(&vault).await?)),
                    None => Ok(None),
                }
            }
        });
        view_of(move || {
            let title = "The server is not protected by this backup instance.";
            vault
                .data
                .with(|vault| failure(title, &error, vault.as_ref().and_then(Option::as_ref), None))
        })
    });
    let (state, name) = (instance.state.clone(), instance.name.clone());
    let page = routes::instance(&instance.id).map(|path| link(&path));
    let heading = match page.clone() {
        Some(href) => view! { <a href=href>{name}</a> }.into_any(),
        None => name.into_any(),
    };
    let vault = instance.vault().map(|vault| {
        let path = routes::vault(&vault);
        view! { <a href=link(&path)>{vault.name().to_owned()}</a> }
    });
    let policy = instance
        .policy
        .as_ref()
        .map_or("Unknown".to_owned(), |policy| policy.name().to_owned());
    let known = Known {
        instance,
        is_deleted: false,
    };
    view! {
        <section class="instance-card">
            <h2>{heading}</h2>
            {live}
            {failed}
            <FactsStrip label="Protection by this backup instance">
                <Fact key="Protection"><ProtectionStateView state /></Fact>
                <Fact key="Backup vault">{vault}</Fact>
                <Fact key="Backup policy">{policy} {schedule(policies)}</Fact>
                <Fact key="Last backup">{of_points(points, newest)}</Fact>
                <Fact key="Next backup">{next(policies, known)}</Fact>
                <Fact key="Recovery points since">{of_points(points, oldest)}</Fact>
            </FactsStrip>
        </section>
    }
}

fn schedule(policies: Reading<Vec<BackupPolicy>>) -> AnyView {
    view_of(move || {
        let words = policies
            .data
            .with(|policies| Some(protection_words::schedule(&policies.as_ref()?.first()?.rules)));
        words
            .map(|words| view! { " " <span class="fact-note">{words}</span> })
            .into_any()
    })
}

fn of_points(
    points: Reading<Vec<RecoveryPoint>>,
    which: fn(&[RecoveryPoint]) -> Option<arm_core::Timestamp>,
) -> AnyView {
    let found = Memo::new(move |_| points.data.with(|points| points.as_deref().map(which)));
    let why = why(points.problem);
    view_of(move || match (found.get(), why.get()) {
        (Some(Some(at)), _) => moment(at),
        (Some(None), _) => "None yet".into_any(),
        (None, Some(why)) => unknown(why),
        (None, None) => view! { <SkeletonCell label="Being read" /> }.into_any(),
    })
}

fn next(policies: Reading<Vec<BackupPolicy>>, known: Known) -> AnyView {
    let now = use_now();
    let next = Memo::new(move |_| {
        let now = now.get();
        policies
            .data
            .with(|policies| next_backup(&known, policies.as_deref(), now))
    });
    let why = why(policies.problem);
    view_of(move || match (next.get(), why.get()) {
        (Next::At(at), _) => moment(at),
        (Next::Never(why), _) => none(why),
        (Next::Unknown | Next::Unread, Some(why)) => unknown(why),
        (Next::Unread, None) => view! { <SkeletonCell label="Being read" /> }.into_any(),
        (Next::Unknown, None) => unknown("The policy says nothing that can be read here.".to_owned()),
    })
}

fn why(problem: RwSignal<Option<ArmError>>) -> Memo<Option<String>> {
    Memo::new(move |_| problem.with(|error| Some(Problem::from(error.as_ref()?).reason)))
}
