//! The commands, to copy and to save.

use super::draft::{Shown, file_name, single, steps};
use crate::{
    export::download::download,
    hooks::{Copied, REFUSED, use_copying},
    prelude::*,
    restore_kit::{RestoreKit, Shell},
    services::use_services,
    ui::{
        button::Button,
        changing::{text_of, view_of},
        code_block::{CodeBlock, CodeSample},
        icon::IconName,
    },
};

/// Where the choice of language is remembered.
const KEY: &str = "pgbp.shell";

/// The commands of what is shown.
#[component]
pub fn Commands(kit: RestoreKit, shown: RwSignal<Shown>) -> impl IntoView {
    let kit = StoredValue::new(kit);
    let language = use_language();
    let is_script = Memo::new(move |_| shown.with(|shown| *shown == Shown::Script));
    view_of(move || {
        if is_script.get() {
            return view! { <Script kit language /> }.into_any();
        }
        let codes = move || {
            let of = |shell| kit.with_value(|kit| shown.with(|shown| single(kit, shown, shell)));
            samples(Shell::ALL.map(of).into_iter().flatten().collect())
        };
        view! {
            <p class="caption">
                "For one file, under the name that Azure is known to give it. Where it is not found, list what is there:"
            </p>
            <Code label="Commands for one file".to_owned() samples=Signal::derive(codes) language />
            <Code label="List the files".to_owned() samples=Signal::derive(move || listing(kit)) language />
        }
        .into_any()
    })
}

#[component]
fn Script(kit: StoredValue<RestoreKit>, language: Language) -> impl IntoView {
    let clock = StoredValue::new_local(use_services().page_clock.clone());
    let said = RwSignal::new(String::new());
    let copying = use_copying();
    let shell = move || {
        let name = language.name.get();
        let found = Shell::ALL.into_iter().find(|shell| shell.name() == name);
        found.unwrap_or(Shell::Bash)
    };
    let save = Callback::new(move |()| {
        let shell = untrack(shell);
        let (name, script) = kit.with_value(|kit| (file_name(kit, shell), kit.script(shell)));
        let done = download(&name, "text/plain;charset=utf-8", &script, clock.get_value());
        said.set(match done {
            Ok(()) => format!("Saved as {name}."),
            Err(_) => "Not saved: the browser does not let this page make a file.".to_owned(),
        });
    });
    let copy = Callback::new(move |()| {
        let shell = untrack(shell);
        copying.copy.run(kit.with_value(|kit| kit.script(shell)));
    });
    let copied = move || match copying.state.get() {
        Copied::Done => "Copied".to_owned(),
        Copied::NotYet | Copied::Refused => format!("Copy {} script", shell().name()),
    };
    let steps = kit
        .with_value(steps)
        .into_iter()
        .enumerate()
        .map(|(index, step)| {
            let label = format!("Step {}: {}", index + 1, step.step.title);
            let heading = label.clone();
            let samples = Signal::stored(samples(step.codes));
            view! {
                <div class="after-step">
                    <h3>{heading}</h3>
                    <p class="caption">{step.step.note}</p>
                    <Code label samples language />
                </div>
            }
        });
    view! {
        <div class="after-acts">
            <Button icon=IconName::ArrowDownload on_click=save>
                {text_of(move || format!("Download {} script", shell().name()))}
            </Button>
            <Button icon=IconName::Copy on_click=copy>{text_of(copied)}</Button>
            <span class="caption" role="status">
                {text_of(move || match copying.state.get() {
                    Copied::Refused => REFUSED.to_owned(),
                    _ => said.get(),
                })}
            </span>
        </div>
        {steps.collect_view()}
    }
}

/// Which language is shown, in all blocks at once.
#[derive(Clone, Copy)]
struct Language {
    name: RwSignal<String>,
    choose: Callback<String>,
}

fn use_language() -> Language {
    let storage = || window().local_storage().ok().flatten();
    let remembered = storage().and_then(|storage| storage.get_item(KEY).ok().flatten());
    let name = RwSignal::new(remembered.unwrap_or_else(|| Shell::Bash.name().to_owned()));
    let choose = Callback::new(move |chosen: String| {
        // Best effort: a browser that refuses storage only forgets the choice.
        if let Some(storage) = storage() {
            storage.set_item(KEY, &chosen).ok();
        }
        name.set(chosen);
    });
    Language { name, choose }
}

fn samples(codes: Vec<String>) -> Vec<CodeSample> {
    let codes = Shell::ALL.into_iter().zip(codes);
    let sample = |(shell, code): (Shell, String)| CodeSample {
        language: shell.name().to_owned(),
        code,
    };
    codes.map(sample).collect()
}

/// The same words in both shells: nothing in them has a quote that the two read differently.
fn listing(kit: StoredValue<RestoreKit>) -> Vec<CodeSample> {
    vec![CodeSample {
        language: crate::code::AZURE_CLI.to_owned(),
        code: kit.with_value(RestoreKit::list_command),
    }]
}

#[component]
fn Code(label: String, samples: Signal<Vec<CodeSample>>, language: Language) -> impl IntoView {
    let copying = use_copying();
    let copied = Signal::derive(move || copying.state.get() == Copied::Done);
    view! {
        <CodeBlock
            label
            samples
            selected=language.name
            on_select=language.choose
            on_copy=copying.copy
            copied
        />
        <span class="visually-hidden" role="status">{copying.spoken()}</span>
    }
}
