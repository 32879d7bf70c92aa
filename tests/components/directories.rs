//! The pane of directories, and what a list says of those that are not in it.

use arm_core::Method;
use pg_backup_portal::components::directories::{Absent, AbsentDirectories, DirectoriesPane};
use pg_backup_portal::prelude::*;
use pg_backup_portal::problem::{Problem, ProblemKind};
use pg_backup_portal::session::Directory;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::backups_page::{BackupsRig, provide_azure_of, refuse, settle};
use crate::support::{
    all, by_role, click_button, press, role, see_no_text, see_text, spoken_text, type_into,
};

/// Mira's, of Contoso, until the year 2100.
const MIRA: &str = "eyJhbGciOiJub25lIn0.eyJpc3MiOiJodHRwczovL2VtdWxhdG9yLmludmFsaWQvNzJmOTg4YmYtMDAwMC00MDAwLTgwMDAtMDAwMDAwMDBjMGRlLyIsImF1ZCI6Imh0dHBzOi8vbWFuYWdlbWVudC5henVyZS5jb20vIiwidGlkIjoiNzJmOTg4YmYtMDAwMC00MDAwLTgwMDAtMDAwMDAwMDBjMGRlIiwib2lkIjoiMGExYjJjM2QtMDAwMC00MDAwLTgwMDAtMDAwMDAwMDAwMDAxIiwiZXhwIjo0MTAyNDQ0ODAwfQ.ZW11bGF0b3I";

async fn pane(closed: RwSignal<bool>) -> BackupsRig {
    let rig = BackupsRig::with_view(
        |_| (),
        move || {
            provide_azure_of(MIRA);
            view! { <DirectoriesPane on_close=Callback::new(move |()| closed.set(true)) /> }.into_any()
        },
    )
    .await;
    settle().await;
    rig
}

fn names() -> Vec<String> {
    all(".directory strong")
        .iter()
        .map(|name| spoken_text(name))
        .collect()
}

#[wasm_bindgen_test]
async fn the_directories_of_the_user_are_listed_and_searched_by_name_domain_and_id() {
    let closed = RwSignal::new(false);
    let _rig = pane(closed).await;
    assert_eq!(names(), ["Contoso", "Fabrikam", "Tailwind Traders"]);
    see_text("3 directories");
    see_text("fabrikam.com · 72f988bf-0000-4000-8000-0000000fab01");
    let search = role("searchbox", "Search directories");
    for (typed, expected, count) in [
        ("tailwindtraders.com", "Tailwind Traders", "1 of 3 directories"),
        ("FAB01", "Fabrikam", "1 of 3 directories"),
    ] {
        type_into(&search, typed).await;
        assert_eq!(names(), [expected], "{typed}");
        see_text(count);
    }
    assert_eq!(by_role("button", "Sign in to Fabrikam").len(), 1);
    type_into(&search, "adatum").await;
    see_text("No directory matches the search.");
    press(&search, "Escape").await;
    assert_eq!(names().len(), 3, "Esc clears the search first");
    assert!(!closed.get_untracked());
    press(&search, "Escape").await;
    assert!(closed.get_untracked());
}

#[wasm_bindgen_test]
async fn directories_that_cannot_be_read_are_no_empty_list() {
    let message = "You may not list tenants.";
    let prepare = |world: &mut arm_emulator::World| {
        refuse(
            world,
            Method::Get,
            "/tenants",
            403,
            "AuthorizationFailed",
            message,
        );
    };
    let _rig = BackupsRig::with_view(prepare, || {
        view! { <DirectoriesPane on_close=Callback::new(|()| ()) /> }.into_any()
    })
    .await;
    settle().await;
    see_text("You may not see the list of directories");
    see_no_text("0 directories");
}

#[wasm_bindgen_test]
async fn a_directory_that_is_missing_in_a_list_is_named_with_the_way_to_have_it() {
    let (again, asked) = (RwSignal::new(0), RwSignal::new(Vec::<Absent>::new()));
    let _rig = BackupsRig::with_view(
        |_| (),
        move || {
            let again = Callback::new(move |()| again.update(|number| *number += 1));
            view! { <AbsentDirectories absent=Signal::from(asked) again /> }.into_any()
        },
    )
    .await;
    see_no_text("is not shown");
    let absent = |name: &str, kind, reason: &str| Absent {
        directory: Directory {
            id: format!("id-of-{name}"),
            name: name.to_owned(),
        },
        problem: Problem {
            kind,
            reason: reason.to_owned(),
            ..Problem::default()
        },
    };
    asked.set(vec![
        absent("Fabrikam", ProblemKind::SignIn, ""),
        absent("Adatum", ProblemKind::Passing, "Azure answered 503."),
    ]);
    settle().await;
    see_text("Fabrikam is not shown.");
    see_text("You are not signed in to this directory; what it holds is missing below.");
    role("button", "Sign in to Fabrikam");
    see_text("Adatum is not shown.");
    see_text("Azure answered 503.");
    click_button("Check again").await;
    assert_eq!(again.get_untracked(), 1);
}
