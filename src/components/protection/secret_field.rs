//! The Key Vault secret with a database's credentials: its identifier, typed or chosen.

use arm_client::{ArmError, key_vault::KeyVault};
use arm_core::ResourceId;

use super::secret;
use crate::{
    components::{ReadingView, directories::subscriptions_everywhere},
    hooks::{use_reading, use_reading_of, use_rested},
    prelude::*,
    problem::unless_denied,
    services::use_arm,
    session::use_session,
    ui::{
        changing::{view_if, view_of},
        icon::{Icon, IconName},
        select::{Choice, Select},
        text_field::TextField,
    },
};

/// The field, and below it the key vaults to choose from.
#[component]
pub fn SecretField(
    /// What is typed.
    value: RwSignal<String>,
    /// Called when another secret is named, once the typing rests.
    on_another: Callback<()>,
) -> impl IntoView {
    let (rested, _) = use_rested(value);
    let error = Signal::derive(move || {
        rested.with(|text| {
            let judged = secret::judge(text).err().filter(|_| !text.is_empty());
            judged.map(str::to_owned)
        })
    });
    let success = Signal::derive(move || {
        let judged = rested.with(|text| secret::judge(text)).ok()?;
        let version = if judged.had_version {
            " Its version is left out, so that a renewed secret is read."
        } else {
            ""
        };
        Some(format!(
            "The secret '{}' of the key vault '{}'.{version}",
            judged.name, judged.key_vault
        ))
    });
    Effect::watch(
        move || rested.with(|text| secret::judge(text).ok()),
        move |now, before, _| {
            if now.is_some() && before != Some(now) {
                on_another.run(());
            }
        },
        false,
    );
    let is_choosing = RwSignal::new(false);
    view! {
        <div class="secret-field">
            <TextField
                label="Key Vault secret identifier"
                value
                required=true
                hint="The secret with the connection string of the database: https://kv-name.vault.azure.net/secrets/secret-name"
                error
                success
            />
            <details class="disclosure" on:toggle=move |_| is_choosing.set(true)>
                <summary><Icon name=IconName::ChevronRight size=16 /> "Choose from a key vault"</summary>
                <div class="secret-choice">
                    {view_if(is_choosing, move || view! { <KeyVaults value /> }.into_any())}
                </div>
            </details>
        </div>
    }
}

/// The key vaults that the user sees; the secrets of the one that is chosen.
#[component]
fn KeyVaults(value: RwSignal<String>) -> impl IntoView {
    let arm = StoredValue::new_local(use_arm());
    let session = use_session();
    let vaults = use_reading(move || {
        let arm = arm.get_value();
        async move {
            let mut all = Vec::new();
            for subscription in subscriptions_everywhere(arm.clone(), session).await? {
                all.extend(unless_denied(arm.key_vaults().list(&subscription.id).await)?);
            }
            Ok::<Vec<KeyVault>, ArmError>(all)
        }
    });
    let view = move |_| {
        let chosen = RwSignal::new(String::new());
        let choices = Signal::derive(move || {
            let vaults = vaults.data.get().unwrap_or_default();
            vaults
                .into_iter()
                .map(|vault| Choice::new(vault.name))
                .collect::<Vec<_>>()
        });
        let vault = Memo::new(move |_| {
            let name = chosen.get();
            let vaults = vaults.data.get().unwrap_or_default();
            vaults.into_iter().find(|vault| vault.name == name)
        });
        view! {
            <Select label="Key vault" choices value=chosen placeholder="Choose a key vault" />
            <Secrets vault value />
        }
        .into_any()
    };
    view! { <ReadingView reading=vaults what="list of key vaults" view /> }
}

#[component]
fn Secrets(vault: Memo<Option<KeyVault>>, value: RwSignal<String>) -> impl IntoView {
    let arm = StoredValue::new_local(use_arm());
    let id = Memo::new(move |_| vault.with(|vault| Some(vault.as_ref()?.id.clone())));
    let secrets = use_reading_of(id, move |vault: ResourceId| {
        let vaults = arm.get_value().key_vaults();
        Box::pin(async move { vaults.secrets(&vault).await })
    });
    let is_chosen = Memo::new(move |_| id.with(Option::is_some));
    let view = move |_| {
        let chosen = RwSignal::new(String::new());
        let choices = Signal::derive(move || {
            let secrets = secrets.data.get().unwrap_or_default();
            secrets
                .into_iter()
                .map(|secret| Choice::new(secret.name))
                .collect::<Vec<_>>()
        });
        Effect::watch(
            move || chosen.get(),
            move |name: &String, _, _| {
                let uri = vault.with_untracked(|vault| vault.as_ref()?.secret_uri(name));
                if let Some(uri) = uri.filter(|_| !name.is_empty()) {
                    value.set(uri);
                }
            },
            false,
        );
        view! { <Select label="Secret" choices value=chosen placeholder="Choose a secret" /> }.into_any()
    };
    view_of(move || {
        if is_chosen.get() {
            view! { <ReadingView reading=secrets what="list of secrets" view /> }.into_any()
        } else {
            ().into_any()
        }
    })
}
