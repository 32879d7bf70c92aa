//! Messages, states, progress and code.

use super::{Exhibit, LONG};
use crate::{
    prelude::*,
    ui::{
        badge::Badge,
        button::Button,
        code_block::{CodeBlock, CodeSample},
        disclosure::Disclosure,
        facts_strip::{Fact, FactLink, FactsStrip},
        icon::{Icon, IconName},
        message_bar::{MessageBar, MessageIntent},
        progress::{ProgressBar, Spinner},
        skeleton::{Skeleton, SkeletonCell},
        status::{Status, StatusKind},
        tooltip::Tooltip,
    },
};

const MESSAGES: [(&str, MessageIntent); 5] = [
    ("Neutral", MessageIntent::Neutral),
    ("Tint", MessageIntent::Tint),
    ("Ok", MessageIntent::Ok),
    ("Warning", MessageIntent::Warning),
    ("Error", MessageIntent::Error),
];

const STATES: [(&str, StatusKind); 6] = [
    ("Ready", StatusKind::Ok),
    ("Not protected", StatusKind::Warning),
    ("Protection error", StatusKind::Error),
    ("Unknown", StatusKind::Neutral),
    ("Stopped", StatusKind::Stopped),
    ("Updating", StatusKind::Running),
];

#[component]
pub fn Texts() -> impl IntoView {
    let nothing = Callback::new(|()| ());
    let messages = MESSAGES.map(|(name, intent)| {
        view! {
            <MessageBar
                intent
                title=format!("{name}: what happened.")
                evidence="'pre-migration-v43' has not completed."
                actions=move || view! { <Button small=true on_click=nothing>"Try now"</Button> }
                on_dismiss=nothing
            >
                "What to do about it. "
                {LONG}
            </MessageBar>
        }
    });
    let states = STATES.map(|(name, kind)| view! { <Status kind>{name}</Status> });
    let icons = IconName::ALL.map(|name| view! { <Icon name size=24 /> });
    view! {
        <Exhibit name="Message bar">{messages.collect_view()}</Exhibit>
        <Exhibit name="Status">{states.collect_view()} <Status kind=StatusKind::Ok>{LONG}</Status></Exhibit>
        <Exhibit name="Badge"><Badge>"Automatic"</Badge> <Badge brand=true>"On-demand"</Badge> <Badge>{LONG}</Badge></Exhibit>
        <Exhibit name="Icon">{icons.collect_view()}</Exhibit>
        <Exhibit name="Progress">
            <ProgressBar label="Nothing known" />
            <ProgressBar label="None yet" percent=Some(0.0) />
            <ProgressBar label="More than half" percent=Some(62.0) value_text="62 percent, 132.7 GiB transferred" />
            <ProgressBar label="Thin" percent=Some(100.0) thin=true />
            <span><Spinner size=16 /> "16"</span>
            <span><Spinner size=20 /> "20"</span>
            <span><Spinner size=24 /> "24"</span>
        </Exhibit>
        <Exhibit name="Skeleton"><Skeleton rows=2 /> <SkeletonCell label="Last backup" /></Exhibit>
        <Exhibit name="Facts strip">
            <FactsStrip label="Facts">
                <Fact key="Backup retention" note="then deleted automatically">"14 days"</Fact>
                <Fact key="Redundancy" tooltip="The server could not be read.">"Unknown"</Fact>
                <Fact key="Name">{LONG}</Fact>
                <FactLink key="Not protected" href="#not-protected".to_owned()><Icon name=IconName::Warning class="icon-warning" /> "10"</FactLink>
            </FactsStrip>
        </Exhibit>
        <Exhibit name="Tooltip">
            <Tooltip id="gallery-tooltip" text="It shows while the button has the focus.">
                <button class="button button-default" type="button" aria-describedby="gallery-tooltip">"With a tooltip"</button>
            </Tooltip>
        </Exhibit>
        <Exhibit name="Disclosure">
            <Disclosure summary="Show as code" note="az, REST, curl"><Code /></Disclosure>
            <Code />
        </Exhibit>
    }
}

#[component]
fn Code() -> impl IntoView {
    let samples = [
        (
            "Azure CLI",
            "# Takes a backup\naz postgres flexible-server backup create --backup-name $NAME",
        ),
        (
            "curl",
            "curl -X PUT 'https://management.azure.com/subscriptions/0000/resourceGroups/rg/providers/and-so-on'",
        ),
    ];
    let samples = samples.map(|(language, code)| CodeSample {
        language: language.to_owned(),
        code: code.to_owned(),
    });
    let (selected, copied) = (RwSignal::new("Azure CLI".to_owned()), RwSignal::new(false));
    view! {
        <CodeBlock
            label="Takes a backup"
            samples=samples.to_vec()
            selected
            on_select=Callback::new(move |language| selected.set(language))
            on_copy=Callback::new(move |_| copied.set(true))
            copied
        />
    }
}
