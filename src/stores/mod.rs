//! State that outlives a page: what is being done, and what was said about it.

pub mod drafts;
pub mod notifications;
pub mod operations;
