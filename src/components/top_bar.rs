//! The bar at the top: menu, product, bell, theme, account.

use crate::{
    app::{DemoStorage, is_demo},
    components::frame_state::{MenuState, Panels},
    location::link,
    prelude::*,
    routes,
    session::use_session,
    stores::notifications::use_notifications,
    text,
    theme::use_theme,
    transport::WorkerStorage,
    ui::{
        badge::Badge,
        changing::{text_of, view_if, view_of},
        icon::{Icon, IconName},
    },
};

/// The top bar.
#[component]
pub fn TopBar() -> impl IntoView {
    view! {
        <header class="top-bar" aria-label="Top bar">
            <MenuToggle />
            <a class="product" href=link(&routes::servers())>
                <span class="product-full">"PG Backup Portal"</span>
                <span class="product-short">"PG Backup"</span>
            </a>
            {is_demo().then(|| view! { <DemoBadge /> })}
            <div class="top-bar-end">
                <BellButton />
                <ThemeButton />
                <AccountButton />
            </div>
        </header>
    }
}

/// Takes the menu away and brings it back.
#[component]
pub fn MenuToggle() -> impl IntoView {
    let menu: MenuState = expect_context();
    view! {
        <button
            class="top-bar-button"
            type="button"
            aria-label="Menu"
            aria-expanded=move || menu.is_open().to_string()
            on:click=move |_| menu.toggle()
        >
            <Icon name=IconName::Navigation size=20 />
        </button>
    }
}

/// Says that nothing here is real, and where it is kept.
#[component]
fn DemoBadge() -> impl IntoView {
    let DemoStorage(storage) = expect_context();
    let title = move || match storage.get() {
        Some(WorkerStorage::Memory) => {
            "The emulator's world is kept in memory: this browser refuses storage."
        }
        Some(WorkerStorage::Dropped) => "The emulator's world is new: the stored one was of another version.",
        Some(WorkerStorage::Kept) | None => "Everything here is made up by the built-in emulator of Azure.",
    };
    view! { <span title=title><Badge>"Demo"</Badge></span> }
}

#[component]
fn BellButton() -> impl IntoView {
    let Panels { bell: is_open, .. } = expect_context();
    let unread = use_notifications().unread();
    let label = move || match unread.get() {
        0 => "Notifications".to_owned(),
        number => format!("Notifications, {number} new"),
    };
    let count = view_of(move || match unread.get() {
        0 => ().into_any(),
        number => {
            view! { <span class="bell-count" aria-hidden="true">{number.to_string()}</span> }.into_any()
        }
    });
    view! {
        <button
            class="top-bar-button bell-button"
            type="button"
            aria-label=label
            aria-expanded=move || is_open.get().to_string()
            on:click=move |_| is_open.update(|open| *open = !*open)
        >
            <Icon name=IconName::Alert size=20 />
            {count}
        </button>
    }
}

/// The theme, and the help beside it.
#[component]
fn ThemeButton() -> impl IntoView {
    let theme = use_theme();
    let Panels { help, .. } = expect_context();
    view! {
        <button
            class="top-bar-button theme-toggle from-640"
            type="button"
            aria-label=move || if theme.is_dark() { "Light theme" } else { "Dark theme" }
            on:click=move |_| theme.toggle()
        >
            {view_of(move || {
                let name = if theme.is_dark() { IconName::WeatherSunny } else { IconName::WeatherMoon };
                view! { <Icon name size=20 /> }.into_any()
            })}
        </button>
        <button
            class="top-bar-button help-button from-640"
            type="button"
            aria-label="Help"
            aria-haspopup="dialog"
            on:click=move |_| help.set(true)
        >
            <Icon name=IconName::QuestionCircle size=20 />
        </button>
    }
}

/// Who is signed in; its menu signs out, and has theme and help where the bar has no room for them.
#[component]
fn AccountButton() -> impl IntoView {
    let (session, theme) = (use_session(), use_theme());
    let Panels {
        directories, help, ..
    } = expect_context();
    let account = move || session.account().get();
    let username = move || account().map(|account| account.username).unwrap_or_default();
    let name = move || account().map(|account| account.name).unwrap_or_default();
    let initials = move || {
        account()
            .map(|account| text::initials(&account.name))
            .unwrap_or_default()
    };
    let directory = move || {
        let username = username();
        username
            .split_once('@')
            .map(|(_, domain)| domain.to_owned())
            .unwrap_or_default()
    };
    let source = StoredValue::new(session.source());
    let until = move || match session.until() {
        _ if source.with_value(Option::is_some) => {
            source.with_value(|source| format!("Signed in by {}", source.as_deref().unwrap_or_default()))
        }
        Some(until) => format!("Signed in until {}\u{a0}UTC", &text::time_of_day(until)[..5]),
        None => "The sign-in has ended.".to_owned(),
    };
    view! {
        <button
            class="account-button"
            type="button"
            popovertarget="account-menu"
        >
            <span class="visually-hidden">"Account: "</span>
            <span class="account">
                <span class="account-name">{text_of(username)}</span>
                <span class="account-directory">{text_of(directory)}</span>
            </span>
            <span class="avatar" aria-hidden="true">{text_of(initials)}</span>
        </button>
        <div id="account-menu" class="menu account-menu" popover="auto">
            <p class="account-menu-who">{text_of(name)}<br />{text_of(username)}<br />{text_of(until)}</p>
            {view_if(session.has_ended(), move || {
                view! {
                    <button
                        class="button button-subtle"
                        type="button"
                        popovertarget="account-menu"
                        popovertargetaction="hide"
                        on:click=move |_| session.sign_in_again()
                    >
                        "Sign in again"
                    </button>
                }
                .into_any()
            })}
            <button
                class="button button-subtle theme-toggle below-640"
                type="button"
                popovertarget="account-menu"
                popovertargetaction="hide"
                on:click=move |_| theme.toggle()
            >
                {text_of(move || if theme.is_dark() { "Light theme" } else { "Dark theme" }.to_owned())}
            </button>
            <button
                class="button button-subtle"
                type="button"
                popovertarget="account-menu"
                popovertargetaction="hide"
                on:click=move |_| directories.set(true)
            >
                "Directories"
            </button>
            <button
                class="button button-subtle below-640"
                type="button"
                popovertarget="account-menu"
                popovertargetaction="hide"
                on:click=move |_| help.set(true)
            >
                "Help"
            </button>
            {source.with_value(Option::is_none).then(|| {
                view! {
                    <button class="button button-subtle" type="button" on:click=move |_| session.sign_in(Some(entra_auth::Prompt::SelectAccount))>
                        "Sign in as somebody else"
                    </button>
                    <button class="button button-subtle" type="button" on:click=move |_| session.sign_out()>
                        "Sign out"
                    </button>
                }
            })}
        </div>
    }
}
