//! Long tables: what is in the page of them, and that nobody notices what is not.

use std::sync::atomic::{AtomicUsize, Ordering};

use pg_backup_portal::ui::focus::focus;
use pg_backup_portal::{
    prelude::*,
    ui::window::{Window, WindowedRows},
};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::support::{Mounted, all, focused, mount, one, role, text, tick, until_event};

/// The height of a row of these tests, and of the part of the page that scrolls.
const ROW: usize = 30;
const VIEW: usize = 300;

/// How often a row was made.
static MADE: AtomicUsize = AtomicUsize::new(0);

/// A table of rows with these numbers, each with a button, in a box that scrolls.
async fn table_of(numbers: RwSignal<Vec<u64>>) -> (Mounted, Window) {
    let window = Window::new();
    let row = Callback::new(move |position: usize| {
        MADE.fetch_add(1, Ordering::Relaxed);
        let number = numbers.with(|numbers| numbers[position]);
        view! {
            <tr style:height=format!("{ROW}px")>
                <td style:padding="0"><button style:height="20px">{format!("Row {number}")}</button></td>
            </tr>
        }
        .into_any()
    });
    let mounted = mount(move || {
        view! {
            <div class="scroller" style:height=format!("{VIEW}px") style:overflow-y="auto">
                <table style:border-spacing="0" aria-rowcount=move || numbers.with(Vec::len) + 1>
                    <thead><tr><th>"Number"</th></tr></thead>
                    <WindowedRows
                        count=Signal::derive(move || numbers.with(Vec::len))
                        key=Callback::new(move |position: usize| numbers.with(|numbers| numbers[position]))
                        row
                        first_index=2
                        window
                    />
                </table>
            </div>
        }
    })
    .await;
    (mounted, window)
}

fn numbers(count: u64) -> RwSignal<Vec<u64>> {
    RwSignal::new((0..count).collect())
}

/// The numbers of the rows in the page, each of which has the right `aria-rowindex`.
fn mounted_rows(numbers: RwSignal<Vec<u64>>) -> Vec<u64> {
    let rows = all("tbody tr:not([aria-hidden])");
    let number = |row: &HtmlElement| text(row).trim_start_matches("Row ").parse::<u64>().unwrap();
    let read: Vec<u64> = rows.iter().map(number).collect();
    for (row, number) in rows.iter().zip(&read) {
        let position = numbers.with_untracked(|numbers| numbers.iter().position(|known| known == number));
        let index = row.get_attribute("aria-rowindex").unwrap();
        assert_eq!(index, (position.unwrap() + 2).to_string(), "row {number}");
    }
    read
}

async fn scroll_to(top: usize) {
    let scroller = one(".scroller");
    until_event(&scroller, "scroll", || {
        scroller.set_scroll_top(i32::try_from(top).unwrap());
    })
    .await;
}

/// Waits for the next frame.
async fn frame() {
    let next = js_sys::Promise::new(&mut |resolve, _| {
        window().request_animation_frame(&resolve).unwrap();
    });
    wasm_bindgen_futures::JsFuture::from(next).await.unwrap();
}

/// The numbers of the rows that are in sight.
fn rows_in_sight() -> Vec<String> {
    let view = one(".scroller").get_bounding_client_rect();
    let rows = all("tbody tr:not([aria-hidden])");
    let in_sight = rows.iter().filter(|row| {
        let row = row.get_bounding_client_rect();
        row.bottom() > view.top() + 1.0 && row.top() < view.bottom() - 1.0
    });
    in_sight.map(|row| text(row)).collect()
}

#[wasm_bindgen_test]
async fn a_short_list_is_in_the_page_as_a_whole() {
    let numbers = numbers(100);
    let (_page, _) = table_of(numbers).await;
    assert_eq!(mounted_rows(numbers), (0..100).collect::<Vec<_>>());
}

#[wasm_bindgen_test]
async fn of_a_long_list_only_what_is_in_sight_is_and_the_scroll_bar_is_that_of_all() {
    let numbers = numbers(50_000);
    let made = MADE.load(Ordering::Relaxed);
    let (_page, _) = table_of(numbers).await;
    let first = mounted_rows(numbers);
    assert_eq!(first[0], 0);
    assert!(first.len() < 150, "{} rows", first.len());
    assert!(MADE.load(Ordering::Relaxed) - made < 200, "rows are made once");
    assert_eq!(
        one("table").get_attribute("aria-rowcount").as_deref(),
        Some("50001")
    );
    let height = one("tbody").offset_height();
    assert_eq!(height, i32::try_from(50_000 * ROW).unwrap());

    let head = usize::try_from(one("thead").offset_height()).unwrap();
    scroll_to(head + 20_000 * ROW).await;
    assert!(rows_in_sight().len() >= VIEW / ROW, "{:?}", rows_in_sight());
    assert_eq!(rows_in_sight()[0], "Row 20000");
    let middle = mounted_rows(numbers);
    assert!(middle.len() < 150, "{} rows", middle.len());

    scroll_to(50_000 * ROW).await;
    assert_eq!(rows_in_sight().last().unwrap(), "Row 49999");
    assert_eq!(mounted_rows(numbers).last(), Some(&49_999));
    assert_eq!(one("tbody").offset_height(), height);
}

#[wasm_bindgen_test]
async fn after_a_jump_the_rows_in_sight_come_first_and_those_around_them_in_the_next_frame() {
    let numbers = numbers(50_000);
    let (_page, _) = table_of(numbers).await;
    let made = MADE.load(Ordering::Relaxed);
    scroll_to(20_000 * ROW).await;
    let window = window().inner_height().unwrap().as_f64().unwrap();
    let in_sight = window as usize / ROW + 2;
    let made_at_once = MADE.load(Ordering::Relaxed) - made;
    assert!(
        (VIEW / ROW..=in_sight).contains(&made_at_once),
        "{made_at_once} rows for {in_sight}"
    );
    let first = mounted_rows(numbers)[0];
    for _ in 0..2 {
        frame().await;
    }
    assert!(
        mounted_rows(numbers)[0] + 10 < first,
        "{:?}",
        mounted_rows(numbers)
    );
    assert!(rows_in_sight().len() >= VIEW / ROW, "{:?}", rows_in_sight());

    // What is scrolled from there has its rows around it at once.
    scroll_to(20_010 * ROW).await;
    assert!(
        mounted_rows(numbers)[0] + 5 < 20_000,
        "{:?}",
        mounted_rows(numbers)
    );
}

#[wasm_bindgen_test]
async fn the_row_with_the_focus_stays_with_its_neighbours_wherever_the_page_scrolls() {
    let numbers = numbers(50_000);
    let (_page, _) = table_of(numbers).await;
    focus(&role("button", "Row 3"));
    let element = one("tbody").query_selector(":focus").unwrap();
    for top in [600_000, 1_400_000, 900] {
        scroll_to(top).await;
        assert_eq!(focused(), "Row 3");
        assert_eq!(one("tbody").query_selector(":focus").unwrap(), element);
        let mounted = mounted_rows(numbers);
        assert_eq!(
            mounted.iter().filter(|number| (2..=4).contains(*number)).count(),
            3,
            "{top}"
        );
    }
    // Tab leads to the next row's button, and from there on: each time the row after it is there.
    scroll_to(600_000).await;
    for number in 4..60 {
        let next = role("button", &format!("Row {number}"));
        focus(&next);
        tick().await;
        assert_eq!(focused(), format!("Row {number}"));
        role("button", &format!("Row {}", number + 1));
    }
}

#[wasm_bindgen_test]
async fn a_row_out_of_sight_can_be_revealed_for_the_focus() {
    let numbers = numbers(50_000);
    let (_page, window) = table_of(numbers).await;
    assert!(all("button").iter().all(|button| text(button) != "Row 40000"));
    window.reveal(40_000);
    tick().await;
    let scroller = one(".scroller");
    until_event(&scroller, "scroll", || focus(&role("button", "Row 40000"))).await;
    assert!(
        rows_in_sight().contains(&"Row 40000".to_owned()),
        "{:?}",
        rows_in_sight()
    );
    assert_eq!(focused(), "Row 40000");
}

#[wasm_bindgen_test]
async fn what_is_in_sight_stays_when_rows_come_and_go_above_it() {
    let numbers = numbers(50_000);
    let (_page, _) = table_of(numbers).await;
    let head = usize::try_from(one("thead").offset_height()).unwrap();
    scroll_to(head + 10_000 * ROW).await;
    focus(&role("button", "Row 10002"));
    tick().await;
    let seen = rows_in_sight();
    let made = MADE.load(Ordering::Relaxed);

    let scroller = one(".scroller");
    until_event(&scroller, "scroll", || {
        numbers.update(|numbers| drop(numbers.splice(0..0, 60_000..60_010)));
    })
    .await;
    assert_eq!(rows_in_sight(), seen);
    assert_eq!(focused(), "Row 10002");
    until_event(&scroller, "scroll", || {
        numbers.update(|numbers| drop(numbers.drain(100..5_000)));
    })
    .await;
    assert_eq!(rows_in_sight(), seen);
    assert_eq!(focused(), "Row 10002");
    mounted_rows(numbers);
    assert!(
        MADE.load(Ordering::Relaxed) - made < 20,
        "a row that stays is not made again"
    );
}

#[wasm_bindgen_test]
async fn another_order_is_shown_from_its_start() {
    let numbers = numbers(50_000);
    let (_page, window) = table_of(numbers).await;
    scroll_to(900_000).await;
    let scroller = one(".scroller");
    until_event(&scroller, "scroll", || {
        numbers.update(|numbers| numbers.reverse());
        window.back_to_start();
    })
    .await;
    assert_eq!(rows_in_sight()[0], "Row 49999");
    assert_eq!(mounted_rows(numbers)[0], 49_999);
}

#[wasm_bindgen_test]
async fn rows_of_another_height_are_measured_and_what_is_in_sight_stays() {
    let numbers = numbers(50_000);
    let (_page, _) = table_of(numbers).await;
    let head = usize::try_from(one("thead").offset_height()).unwrap();
    scroll_to(head + 10_000 * ROW).await;
    assert_eq!(rows_in_sight()[0], "Row 10000");

    // As with larger text: every row grows, also those that are still to be made.
    let style: HtmlElement = document().create_element("style").unwrap().unchecked_into();
    style.set_text_content(Some("tbody tr:not([aria-hidden]) td { height: 60px; }"));
    one("table").append_child(&style).unwrap();
    let resized = web_sys::Event::new("resize").unwrap();
    window().dispatch_event(&resized).unwrap();
    assert_eq!(one("tbody").offset_height(), 50_000 * 60);
    assert_eq!(rows_in_sight()[0], "Row 10000");
}

#[wasm_bindgen_test]
async fn rows_of_a_table_that_goes_follow_nothing_any_more() {
    static FOLLOWED: AtomicUsize = AtomicUsize::new(0);
    let (is_shown, time) = (RwSignal::new(true), RwSignal::new(0));
    let row = Callback::new(move |_| {
        let now = Signal::derive(move || time.get());
        let text = move || {
            FOLLOWED.fetch_add(1, Ordering::Relaxed);
            now.get()
        };
        view! { <tr><td>{text}</td></tr> }.into_any()
    });
    let table = move || {
        view! {
            <table>
                <WindowedRows
                    count=Signal::stored(1)
                    key=Callback::new(|_| 1)
                    row
                    first_index=Signal::stored(2)
                    window=Window::new()
                />
            </table>
        }
    };
    let _mounted = mount(move || move || is_shown.get().then(table)).await;
    time.set(1);
    leptos::task::tick().await;
    assert_eq!(text(&one("td")), "1");
    is_shown.set(false);
    leptos::task::tick().await;
    let before = FOLLOWED.load(Ordering::Relaxed);
    time.set(2);
    leptos::task::tick().await;
    assert_eq!(FOLLOWED.load(Ordering::Relaxed), before);
}
