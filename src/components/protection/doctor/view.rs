//! The permission doctor: what is missing where, and both ways to mend it.

use arm_client::authorization::RoleNeed;
use arm_core::ResourceId;
use leptos::html;

use super::{
    diagnosis::{AssignAt, Diagnosis, Grant, Patient, all_of, as_code, place},
    use_doctor::{Doctor, Treatment},
};
use crate::{
    code,
    components::{CodeOf, Refusal},
    hooks::use_now,
    prelude::*,
    problem::Problem,
    rights::Act,
    services::use_services,
    text,
    ui::{
        button::{Button, ButtonAppearance},
        changing::{text_of, view_of},
        disclosure::Disclosure,
        focus::focus,
        icon::IconName,
        message_bar::{MessageBar, MessageIntent},
        names::with_names,
        progress::Spinner,
        select::{Choice, Select},
        status::{Status, StatusKind},
    },
};

/// Which roles the identity of a vault lacks; assigns them, or gives the commands for a colleague who may.
#[component]
pub fn PermissionDoctor(
    /// What was found, and what is done about it.
    doctor: Doctor,
) -> impl IntoView {
    let is_healthy = Memo::new(move |_| {
        let is_healthy = |diagnosis: &Option<Diagnosis>| diagnosis.as_ref().map(Diagnosis::is_healthy);
        doctor.reading.data.with(is_healthy)
    });
    let content = view_of(move || match is_healthy.get() {
        None => not_known(doctor),
        Some(true) => view! { {healthy(doctor)} {table_of(doctor)} {countdown(doctor)} }.into_any(),
        Some(false) => {
            view! { {lacking(doctor)} {table_of(doctor)} {refusals(doctor)} {acts(doctor)} }.into_any()
        }
    });
    // Who has just mended it had the focus on a button that is gone with what was missing.
    let place = NodeRef::<html::Div>::new();
    Effect::watch(
        move || is_healthy.get(),
        move |now, before, _| {
            if *now == Some(true) && before == Some(&Some(false)) {
                request_animation_frame(move || take_lost_focus(place));
            }
        },
        false,
    );
    view! {
        <div class="doctor" tabindex="-1" node_ref=place>
            {content}
            <p class="caption">
                "Roles count however they are held: directly, inherited, through a group, as a custom role. Conditions of assignments and deny assignments cannot be looked into from here; validation decides."
            </p>
        </div>
    }
}

fn take_lost_focus(place: NodeRef<html::Div>) {
    let is_lost = document()
        .active_element()
        .is_none_or(|element| element.tag_name().eq_ignore_ascii_case("body"));
    if let Some(place) = place.try_get_untracked().flatten().filter(|_| is_lost) {
        focus(&place);
    }
}

/// While it is being read, or why it cannot be.
fn not_known(doctor: Doctor) -> AnyView {
    view_of(move || {
        let problem = doctor
            .reading
            .problem
            .with(|error| error.as_ref().map(Problem::in_full));
        let Some(problem) = problem else {
            return view! { <p class="status"><Spinner size=16 /> "Reading role assignments"</p> }.into_any();
        };
        let all = doctor.patient.with_value(all_of);
        view! {
            <Refusal title="The roles of the vault\u{2019}s identity are not known" problem />
            <p>
                <Button busy=doctor.reading.is_loading on_click=doctor.reading.again>"Check again"</Button>
            </p>
            <p>"Somebody who may assign roles can run this; what is there already stays as it is."</p>
            {commands(doctor, Signal::stored(all))}
        }
        .into_any()
    })
}

fn vault_name(doctor: Doctor) -> String {
    doctor
        .patient
        .with_value(|patient| patient.vault.name().to_owned())
}

fn healthy(doctor: Doctor) -> AnyView {
    let title = format!("The identity of vault '{}' has what it needs", vault_name(doctor));
    let given = text_of(move || {
        doctor.given.with(|given| match given.as_slice() {
            [] => String::new(),
            given => format!("Assigned here: {}.", listed(given)),
        })
    });
    view! { <MessageBar intent=MessageIntent::Ok stacked=true title><p>{given}</p></MessageBar> }.into_any()
}

fn listed(grants: &[Grant]) -> String {
    let words: Vec<_> = grants.iter().map(Grant::words).collect();
    words.join(", ")
}

fn lacking(doctor: Doctor) -> AnyView {
    let purpose = doctor.patient.with_value(Patient::purpose);
    let vault = vault_name(doctor);
    view_of(move || {
        let lacks = doctor.reading.data.with(|diagnosis| {
            let diagnosis = diagnosis.as_ref()?;
            Some((diagnosis.missing.len(), diagnosis.count()))
        });
        let needs = match lacks {
            Some((0, _)) => "an access policy".to_owned(),
            Some((roles, all)) if roles < all => {
                format!("{} and an access policy", text::count(roles, "role"))
            }
            Some((roles, _)) => text::count(roles, "role"),
            None => String::new(),
        };
        let sentence = format!("The identity of vault '{vault}' needs {needs} before it can {purpose}.");
        view! { <p>{with_names(&sentence)}</p> }.into_any()
    })
}

fn table_of(doctor: Doctor) -> AnyView {
    view! { {not_read_again(doctor)} {table(doctor)} }.into_any()
}

/// What stands there was read before; the last reading failed.
fn not_read_again(doctor: Doctor) -> AnyView {
    view_of(move || {
        let problem = doctor
            .reading
            .problem
            .with(|error| error.as_ref().map(Problem::in_full));
        match problem {
            Some(problem) => {
                view! { <Refusal title="The roles could not be read again" problem /> }.into_any()
            }
            None => ().into_any(),
        }
    })
}

fn table(doctor: Doctor) -> AnyView {
    view_of(move || {
        let rows = doctor.reading.data.with(|diagnosis| {
            let Some(diagnosis) = diagnosis else {
                return Vec::new();
            };
            let of_role = |need: &RoleNeed| row(need.role.name(), &need.scope, diagnosis.is_missing(need));
            let roles = diagnosis.needs.iter().map(of_role);
            let policies = diagnosis.by_policies.iter();
            let policies =
                policies.map(|(vault, lets)| row("Access policy: Get and List on secrets", &vault.id, !lets));
            roles.chain(policies).collect()
        });
        view! {
            <div class="table-card">
                <table class="table doctor-table">
                    <thead>
                        <tr>
                            <th scope="col">"Role"</th>
                            <th scope="col">"Scope"</th>
                            <th scope="col">"State"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    })
}

fn row(role: &'static str, scope: &ResourceId, is_missing: bool) -> AnyView {
    let (kind, name) = place(scope);
    let state = if is_missing {
        view! { <Status kind=StatusKind::Error>"Missing"</Status> }.into_any()
    } else {
        view! { <Status kind=StatusKind::Ok>"Assigned"</Status> }.into_any()
    };
    view! {
        <tr>
            <th scope="row">{role}</th>
            <td title=scope.to_string()><span class="caption">{kind}</span> " " {name.to_owned()}</td>
            <td>{state}</td>
        </tr>
    }
    .into_any()
}

/// Why something could not be assigned.
fn refusals(doctor: Doctor) -> AnyView {
    view_of(move || {
        let refused = doctor.refused.get().into_iter();
        let refused = refused.map(|(grant, problem)| {
            view! {
                <p class="doctor-refused">{with_names(&format!("Not assigned: {}.", grant.words()))}</p>
                <Refusal title="Azure refused it" problem />
            }
        });
        refused.collect_view().into_any()
    })
}

fn acts(doctor: Doctor) -> AnyView {
    let chosen = RwSignal::new(doctor.at.get_untracked().label().to_owned());
    Effect::watch(
        move || chosen.get(),
        move |label, _, _| doctor.at.set(AssignAt::of(label)),
        false,
    );
    let choices: Vec<_> = AssignAt::ALL.iter().map(|at| Choice::new(at.label())).collect();
    let forbidden = Memo::new(move |_| {
        doctor
            .forbidden()
            .map(|grant| (grant.scope().name().to_owned(), grant.takes()))
    });
    let reason_not_to = Signal::derive(move || {
        let (scope, action) = forbidden.get()?;
        Some(format!("Your roles lack the action '{action}' on '{scope}'."))
    });
    let is_assigning = Signal::derive(move || doctor.treatment.get() == Treatment::Assigning);
    let only_policies = Memo::new(move |_| {
        let no_role = |grant: &Grant| matches!(grant, Grant::AccessPolicy(..));
        doctor.cure().iter().all(no_role)
    });
    let label = text_of(move || {
        let label = if only_policies.get() {
            "Add access policy"
        } else {
            "Assign missing roles"
        };
        label.to_owned()
    });
    let cure = Memo::new(move |_| doctor.cure());
    let has_scopes = view_of(move || {
        if only_policies.get() {
            return ().into_any();
        }
        view! {
            <Select
                label="Assign at"
                choices=Signal::stored(choices.clone())
                value=chosen
                hint=Signal::derive(move || Some(doctor.at.get().hint().to_owned()))
            />
        }
        .into_any()
    });
    let for_a_colleague = view_of(move || {
        if forbidden.with(Option::is_some) {
            view! {
                <p>"You may not assign this. Somebody who may, such as an owner, can run it; then check again."</p>
                {commands(doctor, cure.into())}
            }
            .into_any()
        } else {
            view! {
                <Disclosure summary="Commands for a colleague" note="Azure CLI, ARM template">
                    {commands(doctor, cure.into())}
                </Disclosure>
            }
            .into_any()
        }
    });
    let then = format!(
        "Then it is {} again; a new role takes about a minute to work.",
        doctor.patient.with_value(Patient::again).0
    );
    view! {
        <div class="doctor-acts">
            {has_scopes}
            <div class="doctor-buttons">
                <Button
                    act=Act::AssignRoles
                    appearance=ButtonAppearance::Primary
                    icon=IconName::Key
                    busy=is_assigning
                    disabled_reason=reason_not_to
                    on_click=doctor.assign
                >
                    {label}
                </Button>
                <Button
                    appearance=ButtonAppearance::Subtle
                    icon=IconName::ArrowClockwise
                    busy=doctor.reading.is_loading
                    on_click=doctor.reading.again
                >
                    "Check again"
                </Button>
                <span class="caption">{then}</span>
            </div>
        </div>
        {for_a_colleague}
    }
    .into_any()
}

fn commands(doctor: Doctor, grants: Signal<Vec<Grant>>) -> AnyView {
    let samples = Signal::derive(move || {
        let grants = grants.get();
        doctor
            .patient
            .with_value(|patient| code::assign_roles(&as_code(patient, &grants)))
    });
    view! { <CodeOf label="Assign the roles" samples /> }.into_any()
}

/// Until what was assigned works.
fn countdown(doctor: Doctor) -> AnyView {
    let (now, clock) = (use_now(), StoredValue::new_local(use_services().clock.clone()));
    let (participle, again) = doctor.patient.with_value(Patient::again);
    let now_button = StoredValue::new(format!("{again} now"));
    view_of(move || {
        let until = match doctor.treatment.get() {
            Treatment::Waiting(until) => until,
            Treatment::Over | Treatment::None | Treatment::Assigning => {
                return view! {
                    <div class="doctor-buttons">
                        <Button icon=IconName::ArrowClockwise on_click=doctor.revalidate>{again}</Button>
                    </div>
                }
                .into_any();
            }
        };
        let left = text_of(move || {
            // The page's second ticks; the clock of operations says how far it is.
            now.track();
            let left = (until - clock.get_value().now()).to_std().unwrap_or_default();
            format!(
                "A new role takes about a minute to work: it is {participle} again in {}.",
                text::duration(left)
            )
        });
        view! {
            <div class="doctor-buttons">
                <span class="status"><Spinner size=16 /> <span>{left}</span></span>
                <Button icon=IconName::ArrowClockwise on_click=doctor.revalidate>{now_button.get_value()}</Button>
            </div>
        }
        .into_any()
    })
}
