//! Backup policies (reference B4, G5).

pub(crate) mod duration;
pub(crate) mod read;
pub(crate) mod rules;
pub(crate) mod write;
