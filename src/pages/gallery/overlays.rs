//! What lies above the page: toasts, panes, dialogs.

use super::Exhibit;
use crate::{
    components::HelpSheet,
    keyboard::SingleKeys,
    prelude::*,
    ui::{
        button::{Button, ButtonAppearance},
        changing::view_if,
        confirm_dialog::ConfirmDialog,
        live_region::LiveRegion,
        names::with_names,
        pane::Pane,
        text_field::TextField,
        toast::{Toast, ToastIntent},
    },
};

const TOASTS: [(&str, ToastIntent); 4] = [
    ("On-demand backup initiated", ToastIntent::Initiated),
    ("On-demand backup completed", ToastIntent::Completed),
    ("Outcome not known", ToastIntent::Warning),
    ("On-demand backup failed", ToastIntent::Failed),
];

#[component]
pub fn Overlays() -> impl IntoView {
    let nothing = Callback::new(|()| ());
    let toasts = TOASTS.map(|(title, intent)| {
        view! {
            <Toast
                intent
                title
                body="'smoke-test' of server 'pg-dev-checkout'."
                time=|| "09:41:08 UTC"
                actions=|| view! { <a href="#list">"Show in list"</a> }
                on_dismiss=nothing
            />
        }
    });
    let [pane, dialog, help] = [(); 3].map(|()| RwSignal::new(false));
    let close = |which: RwSignal<bool>| Callback::new(move |()| which.set(false));
    let opener = |which: RwSignal<bool>, name: &'static str| {
        view! { <Button on_click=Callback::new(move |()| which.set(true))>{name}</Button> }
    };
    view! {
        <Exhibit name="Toast">{toasts.collect_view()}</Exhibit>
        <Exhibit name="Names in sentences">
            <p>{with_names("'ondemandbackup-20260312T093812' of server 'pg-orders-prod' is being taken.")}</p>
        </Exhibit>
        <Exhibit name="Live region"><LiveRegion /></Exhibit>
        <Exhibit name="Pane, dialog, help sheet">
            {opener(pane, "Open a pane")} {opener(dialog, "Open a dialog")} {opener(help, "Open the help sheet")}
        </Exhibit>
        {view_if(pane, move || {
            view! {
                <Pane
                    title="Take backup"
                    on_close=close(pane)
                    footer=move || view! { <Button appearance=ButtonAppearance::Primary on_click=close(pane)>"Trigger"</Button> }
                >
                    <TextField label="Backup name" value=RwSignal::new("smoke-test".to_owned()) />
                </Pane>
            }
            .into_any()
        })}
        {view_if(dialog, move || {
            view! {
                <ConfirmDialog
                    title="Delete backup"
                    act="Delete"
                    destructive=true
                    on_confirm=close(dialog)
                    on_cancel=close(dialog)
                >
                    <p>"Are you sure you want to delete the backup 'smoke-test'?"</p>
                </ConfirmDialog>
            }
            .into_any()
        })}
        {view_if(help, move || {
            view! { <HelpSheet single_keys=SingleKeys::remembered() on_close=close(help) /> }.into_any()
        })}
    }
}
