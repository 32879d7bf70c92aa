//! The rows of a long table in the document: mounted, kept, measured, and taken away.
//!
//! By hand and not as a keyed list of Leptos: a row that stays is never moved, so that it keeps the focus, and one
//! piece of code serves every table.

use std::{cell::RefCell, ops::Range};

use crate::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement, Node};

use super::{
    focus::{active_element, focus},
    number::in_digits,
    window_range::{Sight, median, runs},
};

/// The height of a row before one was measured, in CSS pixels.
const FIRST_GUESS: f64 = 40.0;
/// Lengths that differ by less are the same: the browser rounds.
const SAME: f64 = 0.5;

/// Where the rows come from.
pub struct Source {
    /// How many there are.
    pub count: Signal<usize>,
    /// What tells the row at a place from the others.
    pub key: Callback<usize, u64>,
    /// The view of the row at a place.
    pub row: Callback<usize, AnyView>,
    /// `aria-rowindex` of the first.
    pub first_index: Signal<usize>,
    /// The place of a row that was asked for from outside.
    pub revealed: RwSignal<Option<usize>>,
    /// Whose the rows' views are.
    pub owner: Owner,
}

/// Why the rows are fitted to what is in sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fitting {
    /// The page was scrolled or got another size, or the focus moved.
    Scrolled,
    /// The list has changed: what is in sight stays where it is.
    Changed,
    /// The list is another one: it is shown from its first row.
    FromStart,
}

/// Whether the page was scrolled to where none of its rows is.
pub type IsJump = bool;

/// The rows of one table.
pub struct WindowRows {
    source: Source,
    state: RefCell<State>,
}

struct State {
    mounted: Vec<Mounted>,
    /// Room for the rows before, between and after the two runs of mounted rows.
    rooms: Option<[HtmlElement; 3]>,
    /// From the upper edge of a row to that of the next.
    pitch: f64,
    /// The uppermost row in sight, once the page is scrolled below the first.
    anchor: Option<Anchor>,
}

struct Mounted {
    key: u64,
    position: usize,
    element: Element,
    view: <AnyView as Render>::State,
    owner: Owner,
}

#[derive(Clone)]
struct Anchor {
    key: u64,
    position: usize,
    /// Its upper edge, below that of the viewport.
    top: f64,
    /// What is scrolled.
    scroller: Element,
}

impl WindowRows {
    /// Rows of which none is mounted.
    pub fn new(source: Source) -> Self {
        Self {
            source,
            state: RefCell::new(State {
                mounted: Vec::new(),
                rooms: None,
                pitch: FIRST_GUESS,
                anchor: None,
            }),
        }
    }

    /// Mounts what is in sight and takes the rest away.
    ///
    /// After a jump, of which no row in the page is left, only what is in sight is mounted: all of it at once would keep the
    /// page from answering for twice as long. Then it says so, and is to be called again in the next frame.
    pub fn fit(&self, body: &HtmlElement, fitting: Fitting) -> IsJump {
        // A row that takes the focus while rows are being fitted comes back here; the fitting under way sees to it.
        let Ok(mut state) = self.state.try_borrow_mut() else {
            return false;
        };
        let count = self.source.count.get();
        if fitting == Fitting::FromStart {
            state.anchor = None;
        }
        let anchor = (fitting == Fitting::Changed)
            .then(|| self.found_again(state.anchor.as_ref()?, count))
            .flatten();
        let is_jump = fitting == Fitting::Scrolled && state.is_jump(body, count);
        self.mount(&mut state, body, count, anchor.as_ref(), is_jump);
        // The height of rows is known once some are there, and changes with the size of text and window.
        let measured = state
            .measured_pitch()
            .filter(|pitch| (pitch - state.pitch).abs() > SAME);
        if let Some(pitch) = measured {
            let anchor = anchor.or_else(|| self.found_again(state.anchor.as_ref()?, count));
            state.pitch = pitch;
            self.mount(&mut state, body, count, anchor.as_ref(), is_jump);
        }
        if fitting == Fitting::FromStart
            && let Some(Anchor { scroller, .. }) = state.uppermost_in_sight(body)
        {
            // The table, whose heads are to be seen above the first row.
            let table = body.parent_element().unwrap_or_else(|| body.clone().into());
            let above = top_of(&table) - top_of(&scroller).max(0.0);
            scroller.set_scroll_top(scroller.scroll_top() + above.round() as i32);
            self.mount(&mut state, body, count, None, false);
        }
        state.anchor = state.uppermost_in_sight(body);
        is_jump
    }

    /// Takes all rows away: the table goes, and what the rows show must not follow anything any more.
    pub fn clear(&self) {
        if let Ok(mut state) = self.state.try_borrow_mut() {
            state.mounted.drain(..).for_each(Mounted::take_away);
        }
    }

    /// The same row where the list has it now.
    fn found_again(&self, anchor: &Anchor, count: usize) -> Option<Anchor> {
        let position = self.position_of(anchor.key, anchor.position, count)?;
        Some(Anchor {
            position,
            ..anchor.clone()
        })
    }

    /// The place of a key, which mostly is the one it had.
    fn position_of(&self, key: u64, before: usize, count: usize) -> Option<usize> {
        let is_at = |position: usize| self.source.key.run(position) == key;
        if before < count && is_at(before) {
            return Some(before);
        }
        (0..count).find(|position| is_at(*position))
    }

    fn mount(
        &self,
        state: &mut State,
        body: &HtmlElement,
        count: usize,
        anchor: Option<&Anchor>,
        is_jump: IsJump,
    ) {
        let top = match anchor {
            Some(anchor) => anchor.top - anchor.position as f64 * state.pitch,
            None => top_of(body),
        };
        let sight = state.sight(top, count);
        let rows = if is_jump { sight.in_sight() } else { sight.rows() };
        let focused = state.focused_key(body);
        let focused = || focused.and_then(|(key, before)| self.position_of(key, before, count));
        let kept = self.source.revealed.get().or_else(focused);
        let runs = runs(rows, kept, count);
        self.show(state, body, &runs, count);
        if let Some(anchor) = anchor {
            state.hold(anchor);
        }
    }

    /// Makes the body hold these rows in their order, with room for all others.
    fn show(&self, state: &mut State, body: &HtmlElement, runs: &[Range<usize>; 2], count: usize) {
        if state.rooms.is_none() {
            state.rooms = make_rooms();
        }
        let Some(rooms) = state.rooms.clone() else { return };
        let focused = active_element().filter(|element| body.contains(Some(element)));
        let mut before = std::mem::take(&mut state.mounted);
        let mut wanted = Vec::new();
        for position in runs.iter().cloned().flatten() {
            let key = self.source.key.run(position);
            let known = before.iter().position(|row| row.key == key);
            wanted.push((position, key, known.map(|index| before.swap_remove(index))));
        }
        // First those that go, so that what stays is in its order already and need not be moved.
        for row in before {
            row.take_away();
        }
        let first_index = self.source.first_index.get();
        let mut cursor = body.first_child();
        place(body, &rooms[0], &mut cursor);
        for (position, key, known) in wanted {
            if position == runs[1].start {
                place(body, &rooms[1], &mut cursor);
            }
            let mut row = match known {
                Some(row) => row,
                None => {
                    let Some(row) = self.make(position, key) else {
                        continue;
                    };
                    row
                }
            };
            row.position = position;
            let index = (first_index + position).to_string();
            if row.element.get_attribute("aria-rowindex").as_deref() != Some(index.as_str()) {
                row.element.set_attribute("aria-rowindex", &index).ok();
            }
            if cursor.as_ref() == Some(row.element.as_ref()) {
                cursor = row.element.next_sibling();
            } else {
                row.view.mount(body, cursor.as_ref());
            }
            state.mounted.push(row);
        }
        if runs[1].is_empty() {
            place(body, &rooms[1], &mut cursor);
        }
        place(body, &rooms[2], &mut cursor);
        for (room, rows) in
            rooms
                .iter()
                .zip([runs[0].start, runs[1].start - runs[0].end, count - runs[1].end])
        {
            size_room(room, rows as f64 * state.pitch);
        }
        // Only a row that changed its place among the others was moved, and lost the focus by it.
        if let Some(focused) = focused
            && active_element().is_none()
            && body.contains(Some(&focused))
        {
            focus(&focused);
        }
    }

    /// The view of a row that is not mounted yet.
    fn make(&self, position: usize, key: u64) -> Option<Mounted> {
        let owner = self.source.owner.child();
        let view = untrack(|| owner.with(|| self.source.row.run(position).build()));
        let element = view.elements().into_iter().next()?;
        Some(Mounted {
            key,
            position,
            element,
            view,
            owner,
        })
    }
}

impl State {
    fn sight(&self, top: f64, count: usize) -> Sight {
        Sight {
            count,
            pitch: self.pitch,
            top,
            height: viewport_height(),
        }
    }

    /// Whether none of the rows in sight is mounted.
    fn is_jump(&self, body: &HtmlElement, count: usize) -> IsJump {
        let in_sight = self.sight(top_of(body), count).in_sight();
        !self.mounted.iter().any(|row| in_sight.contains(&row.position))
    }

    /// The key of the row that has the focus, and the place it had.
    fn focused_key(&self, body: &HtmlElement) -> Option<(u64, usize)> {
        let focused = active_element().filter(|element| body.contains(Some(element)))?;
        let row = self
            .mounted
            .iter()
            .find(|row| row.element.contains(Some(&focused)))?;
        Some((row.key, row.position))
    }

    /// From row to row, as most of the mounted rows have it.
    fn measured_pitch(&self) -> Option<f64> {
        let tops: Vec<_> = self
            .mounted
            .iter()
            .map(|row| (row.position, top_of(&row.element)))
            .collect();
        let neighbours = tops.windows(2).filter(|pair| pair[0].0 + 1 == pair[1].0);
        let pitches = neighbours.map(|pair| pair[1].1 - pair[0].1);
        median(&pitches.collect::<Vec<_>>()).filter(|pitch| *pitch > SAME)
    }

    fn uppermost_in_sight(&self, body: &HtmlElement) -> Option<Anchor> {
        let scroller = scrolled_around(body)?;
        // The page itself begins where it was scrolled to.
        let visible_from = top_of(&scroller).max(0.0);
        if top_of(body) >= visible_from {
            return None;
        }
        self.mounted.iter().find_map(|row| {
            let top = top_of(&row.element);
            (top + self.pitch > visible_from + SAME).then(|| Anchor {
                key: row.key,
                position: row.position,
                top,
                scroller: scroller.clone(),
            })
        })
    }

    /// Scrolls so that the row is where it was.
    fn hold(&self, anchor: &Anchor) {
        let row = self.mounted.iter().find(|row| row.key == anchor.key);
        let Some(row) = row else { return };
        let moved = top_of(&row.element) - anchor.top;
        if moved.abs() > SAME {
            let scrolled = anchor.scroller.scroll_top() + moved.round() as i32;
            anchor.scroller.set_scroll_top(scrolled);
        }
    }
}

impl Mounted {
    fn take_away(mut self) {
        self.view.unmount();
        self.owner.cleanup();
    }
}

/// Puts a node where the cursor is, unless it is there already, and the cursor behind it.
fn place(body: &HtmlElement, node: &HtmlElement, cursor: &mut Option<Node>) {
    if cursor.as_ref() == Some(node.as_ref()) {
        *cursor = node.next_sibling();
    } else {
        body.insert_before(node, cursor.as_ref()).ok();
    }
}

fn make_rooms() -> Option<[HtmlElement; 3]> {
    let room = || {
        let room = document().create_element("tr").ok()?;
        room.set_class_name("window-room");
        // It holds nothing that could be read out.
        room.set_attribute("aria-hidden", "true").ok()?;
        room.dyn_into::<HtmlElement>().ok()
    };
    Some([room()?, room()?, room()?])
}

fn size_room(room: &HtmlElement, height: f64) {
    if height < SAME {
        room.set_attribute("hidden", "").ok();
    } else {
        room.remove_attribute("hidden").ok();
    }
    room.style()
        .set_property("height", &format!("{}px", in_digits(height)))
        .ok();
}

fn viewport_height() -> f64 {
    let height = window().inner_height().ok();
    height.and_then(|height| height.as_f64()).unwrap_or_default()
}

/// The nearest element around this one that is scrolled.
fn scrolled_around(element: &Element) -> Option<Element> {
    let mut around = element.parent_element();
    while let Some(candidate) = around {
        if candidate.scroll_top() > 0 {
            return Some(candidate);
        }
        around = candidate.parent_element();
    }
    None
}

fn top_of(element: &Element) -> f64 {
    element.get_bounding_client_rect().top()
}
