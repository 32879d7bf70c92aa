//! What the page makes on a click: a part of its own, which comes when it is asked for.

use std::rc::Rc;

use arm_core::Clock;

use super::export_list::export;
use crate::{export::Format, lazy::lazy, pages::jobs::row::Row};

lazy! {
    /// Gives the user the rows as a file, and what is said of it.
    export: pub fn exported(rows: Vec<Row>, format: Format, clock: Rc<dyn Clock>) -> String {
        export(&rows, format, clock)
    }
}
