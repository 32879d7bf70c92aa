//! Buttons, fields, filters and menus.

use super::{Exhibit, LONG};
use crate::{
    prelude::*,
    ui::{
        button::{Button, ButtonAppearance},
        filter_pill::{FilterOption, FilterPill},
        icon::IconName,
        icon_button::IconButton,
        menu_button::{MenuButton, MenuEntry},
        search_box::SearchBox,
        select::{Choice, Select},
        text_field::TextField,
        toolbar::Toolbar,
    },
};

const CHOICES: [&str; 2] = ["stcommercebackup", "stinsightsarchive"];

const LOOKS: [(&str, ButtonAppearance); 4] = [
    ("Primary", ButtonAppearance::Primary),
    ("Default", ButtonAppearance::Default),
    ("Subtle", ButtonAppearance::Subtle),
    ("Danger", ButtonAppearance::Danger),
];

#[component]
pub fn Controls() -> impl IntoView {
    let nothing = Callback::new(|()| ());
    let buttons = LOOKS.map(|(name, appearance)| {
        let state = move |state: &str| format!("{name} {state}");
        view! {
            <Button appearance on_click=nothing>{state("at rest")}</Button>
            <Button appearance icon=IconName::Add on_click=nothing>{state("with icon")}</Button>
            <Button appearance icon=IconName::Add busy=true on_click=nothing>{state("busy")}</Button>
            <Button appearance disabled_reason="The server is stopped." on_click=nothing>{state("disabled")}</Button>
            <Button appearance small=true icon=IconName::Delete on_click=nothing>{state("small")}</Button>
        }
    });
    let entry = |label: &str, reason: Option<&str>| MenuEntry {
        label: label.to_owned(),
        icon: Some(IconName::Copy),
        disabled_reason: reason.map(str::to_owned),
        on_select: nothing,
    };
    let entries = vec![
        entry("Copy name", None),
        entry(LONG, None),
        entry("Delete", Some("Automatic backups are deleted by retention.")),
    ];
    let more = entries.clone();
    let searched = RwSignal::new("before".to_owned());
    view! {
        <Exhibit name="Button">{buttons.collect_view()}</Exhibit>
        <Exhibit name="Button with its reason beside it">
            <Button disabled_reason="Select a storage account first." reason_beside=true on_click=nothing>"Validate"</Button>
        </Exhibit>
        <Exhibit name="Icon button">
            <IconButton icon=IconName::Dismiss label="Close" on_click=nothing />
            <IconButton icon=IconName::Dismiss label="Close, small" small=true on_click=nothing />
        </Exhibit>
        <Exhibit name="Toolbar">
            <Toolbar label="Commands of the gallery">
                <Button appearance=ButtonAppearance::Subtle icon=IconName::Add on_click=nothing>"Backup now"</Button>
                <Button appearance=ButtonAppearance::Subtle icon=IconName::ArrowClockwise on_click=nothing>"Refresh"</Button>
                <MenuButton label="More" entries=more />
            </Toolbar>
        </Exhibit>
        <Exhibit name="Menu button">
            <MenuButton label="Actions" show_label=true entries />
        </Exhibit>
        <Exhibit name="Search box">
            <SearchBox label="Search, empty" value=String::new() on_input=Callback::new(|_| ()) />
            <SearchBox label="Search, with text" value=searched on_input=Callback::new(move |text| searched.set(text)) />
        </Exhibit>
        <Exhibit name="Filter pill">
            <Pill selected="" />
            <Pill selected="on-demand" />
        </Exhibit>
        <Exhibit name="Text field"><Fields /></Exhibit>
    }
}

#[component]
fn Pill(selected: &'static str) -> impl IntoView {
    let options = [("", "All"), ("on-demand", "On-Demand backup")]
        .map(|(value, label)| FilterOption::new(value, label));
    let name = if selected.is_empty() {
        "Types"
    } else {
        "Types, chosen"
    };
    let selected = RwSignal::new(selected.to_owned());
    view! {
        <FilterPill name options=options.to_vec() selected on_select=Callback::new(move |value| selected.set(value)) />
    }
}

#[component]
fn Fields() -> impl IntoView {
    let value = |text: &str| RwSignal::new(text.to_owned());
    view! {
        <TextField label="At rest" value=value("") />
        <TextField label="Required with hint" value=value("smoke-test") required=true hint="Letters, digits and hyphen." max_length=128_usize />
        <TextField label="With a success" value=value("smoke-test") success="No backup of this server has this name." />
        <TextField label="With an error" value=value("a b") error="A name holds no spaces." hint="Letters, digits and hyphen." />
        <Select label="A choice" choices=Signal::stored(CHOICES.map(Choice::new).to_vec()) value=value(CHOICES[1]) hint="Where it goes." />
        <TextField label="With a long text" value=value(LONG) max_length=20_usize error="That is longer than 20 characters." />
    }
}
