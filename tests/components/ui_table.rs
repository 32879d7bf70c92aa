//! Parts of tables and lists: sort heads, states, badges, facts, skeletons, progress.

use pg_backup_portal::ui::badge::Badge;
use pg_backup_portal::ui::progress::ProgressBar;
use pg_backup_portal::ui::skeleton::{Skeleton, SkeletonCell};
use pg_backup_portal::ui::sort_header::{SortDirection, SortHeader};
use pg_backup_portal::ui::status::{Status, StatusKind};
use pg_backup_portal::{
    prelude::*,
    ui::facts_strip::{Fact, FactLink, FactsStrip},
};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

use crate::support::{all, click_button, mount, one, role, see_text, spoken_text, tick};

#[wasm_bindgen_test]
async fn a_sort_head_tells_its_direction_and_asks_for_another() {
    let direction = RwSignal::new(None);
    let _page = mount(move || {
        let on_sort = move |()| {
            direction.update(|now| {
                *now = Some(now.map_or(SortDirection::Descending, SortDirection::reversed));
            });
        };
        view! { <table><thead><tr><SortHeader label="Completed" direction on_sort /></tr></thead></table> }
    })
    .await;
    let head = role("columnheader", "Completed");
    assert_eq!((head.get_attribute("aria-sort"), all("th svg").len()), (None, 0));
    for expected in ["descending", "ascending", "descending"] {
        click_button("Completed").await;
        assert_eq!(head.get_attribute("aria-sort").as_deref(), Some(expected));
        assert_eq!(all("th svg").len(), 1);
    }
}

#[wasm_bindgen_test]
async fn each_state_has_a_shape_of_its_own_beside_its_text() {
    let kinds = [
        StatusKind::Ok,
        StatusKind::Warning,
        StatusKind::Error,
        StatusKind::Neutral,
        StatusKind::Stopped,
        StatusKind::Running,
    ];
    let mut shapes = Vec::new();
    for kind in kinds {
        let _page = mount(move || view! { <Status kind>"The state"</Status> }).await;
        assert_eq!(spoken_text(&one(".status")), "The state");
        let paths = all(".status svg path");
        let drawing: Vec<_> = paths.iter().map(|path| path.get_attribute("d")).collect();
        assert!(
            !shapes.contains(&drawing),
            "{kind:?} looks like another: {drawing:?}"
        );
        shapes.push(drawing);
    }
}

#[wasm_bindgen_test]
async fn facts_are_pairs_of_key_and_value() {
    let _page = mount(|| {
        view! {
            <FactsStrip label="Backups of pg-orders-prod">
                <Fact key="On-demand backups" note="kept by Azure".to_owned()>"3 of 7"</Fact>
                <Fact key="Redundancy" tooltip="Azure did not say.".to_owned()>"Unknown"</Fact>
                <FactLink key="Not protected" href="?protection=none".to_owned()>"10"</FactLink>
            </FactsStrip>
            <Badge brand=true>"On-demand"</Badge>
        }
    })
    .await;
    let pairs: Vec<(String, String)> = all("dl > div")
        .iter()
        .map(|pair| {
            let part = |name| pair.query_selector(name).unwrap().unwrap();
            (spoken_text(&part("dt")), spoken_text(&part("dd")))
        })
        .collect();
    let expected = [
        ("On-demand backups", "3 of 7 kept by Azure"),
        ("Redundancy", "Unknown"),
        ("Not protected", "10"),
    ];
    assert_eq!(
        pairs,
        expected.map(|(key, value)| (key.to_owned(), value.to_owned()))
    );
    assert_eq!(one("dd[title]").title(), "Azure did not say.");
    assert_eq!(
        role("link", "Not protected 10").get_attribute("href").as_deref(),
        Some("?protection=none")
    );
    see_text("On-demand");
}

#[wasm_bindgen_test]
async fn a_progress_bar_has_a_value_only_when_there_is_one() {
    let percent = RwSignal::new(None);
    let words = RwSignal::new(None);
    let _page = mount(move || view! { <ProgressBar label="Restore" percent value_text=words /> }).await;
    let bar: Element = role("progressbar", "Restore").unchecked_into();
    assert!(bar.matches(":indeterminate").unwrap());

    percent.set(Some(162.0));
    words.set(Some("62 percent".to_owned()));
    tick().await;
    assert_eq!(bar.get_attribute("value").as_deref(), Some("100"), "clamped");
    assert_eq!(bar.get_attribute("aria-valuetext").as_deref(), Some("62 percent"));

    percent.set(None);
    tick().await;
    assert!(bar.matches(":indeterminate").unwrap());
}

#[wasm_bindgen_test]
async fn skeletons_say_nothing_but_a_late_cell_does() {
    let _page = mount(|| {
        view! {
            <Skeleton rows=3 />
            <p class="late">
                <SkeletonCell label="Reading the last backup" />
            </p>
        }
    })
    .await;
    assert_eq!(all(".skeleton[aria-hidden=true] .skeleton-row").len(), 3);
    assert_eq!(spoken_text(&one(".late")), "Reading the last backup");
}
