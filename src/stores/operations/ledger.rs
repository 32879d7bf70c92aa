//! Entries and their journal: what an event changes in both, without signals.

use arm_core::Timestamp;
use uuid::Uuid;

use super::{
    Event, Journal, Operation,
    consequences::{News, apply},
};

/// What became of an event.
pub enum Heard {
    /// It is in the entry and in the journal; this is how the entry stands, and what is said about it.
    Taken(Box<Operation>, Option<News>),
    /// Another tab has seen the end before: it must not be overwritten, nor said twice.
    EndedElsewhere(Box<Operation>),
    /// The request was refused, so there is nothing to remember.
    Forgotten,
    /// There is no such entry.
    Unknown,
}

/// Takes an event in: journal read, entry, journal written, in this order.
pub fn hear(
    entries: &mut Vec<Operation>,
    journal: Option<&Journal>,
    id: Uuid,
    event: Event,
    now: Timestamp,
) -> Heard {
    let Some(entry) = entries.iter_mut().find(|entry| entry.id == id) else {
        return Heard::Unknown;
    };
    let written = journal.and_then(|journal| journal.read(id));
    if let Some(ended) = written.filter(|written| written.has_ended() && !entry.has_ended()) {
        return Heard::EndedElsewhere(Box::new(ended));
    }
    if matches!(event, Event::Refused(..)) {
        entries.retain(|entry| entry.id != id);
        if let Some(journal) = journal {
            journal.remove(id);
        }
        return Heard::Forgotten;
    }
    let news = apply(entry, event, now);
    if let Some(journal) = journal {
        journal.write(entry);
    }
    Heard::Taken(Box::new(entry.clone()), news)
}
