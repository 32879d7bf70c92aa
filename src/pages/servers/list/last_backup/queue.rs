//! Which server's backups are read next; pure.

/// How many are read at a time.
pub const AT_ONCE: usize = 4;

/// How often one is asked for at most.
pub const TRIES: u32 = 4;

/// The servers whose last backup is wanted.
///
/// It has no clock: whoever reads waits, and tells when the wait is over.
#[derive(Debug, Default)]
pub struct Queue {
    waiting: Vec<Wanted>,
    under_way: Vec<Wanted>,
    /// Those that are asked again after a wait of their own.
    resting: Vec<Wanted>,
    /// How many waits for all are under way.
    pauses: usize,
}

#[derive(Debug)]
struct Wanted {
    key: String,
    tries: u32,
    /// It was scrolled away; its answer is kept, but it is not asked for again.
    is_gone: bool,
}

/// What the one who reads does after a reading that gave nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// It waits and then calls [`Queue::rested`].
    Rest,
    /// It says that nobody knows: that was the last try.
    GiveUp,
    /// Nothing: nobody wants it any more.
    Forget,
}

impl Queue {
    /// A server came into sight.
    pub fn want(&mut self, key: &str) {
        let mut others = self.under_way.iter_mut().chain(&mut self.resting);
        if let Some(wanted) = others.find(|wanted| wanted.key == key) {
            wanted.is_gone = false;
        } else if !self.waiting.iter().any(|wanted| wanted.key == key) {
            self.waiting.push(Wanted {
                key: key.to_owned(),
                tries: 0,
                is_gone: false,
            });
        }
    }

    /// A server went out of sight; what was not asked for yet is not asked for.
    pub fn leave(&mut self, key: &str) {
        self.waiting.retain(|wanted| wanted.key != key);
        let others = self.under_way.iter_mut().chain(&mut self.resting);
        others
            .filter(|wanted| wanted.key == key)
            .for_each(|wanted| wanted.is_gone = true);
    }

    /// The server to read now, if there is one and not too many are being read.
    pub fn next(&mut self) -> Option<String> {
        if self.pauses > 0 || self.under_way.len() >= AT_ONCE || self.waiting.is_empty() {
            return None;
        }
        let mut wanted = self.waiting.remove(0);
        wanted.tries += 1;
        let key = wanted.key.clone();
        self.under_way.push(wanted);
        Some(key)
    }

    /// A reading ended for good.
    pub fn done(&mut self, key: &str) {
        self.under_way.retain(|wanted| wanted.key != key);
    }

    /// A reading gave nothing, and another may. Where the service has too many requests (`slows_all`) nothing at all
    /// is asked for until the rest is over.
    pub fn failed(&mut self, key: &str, slows_all: bool) -> Then {
        let Some(place) = self.under_way.iter().position(|wanted| wanted.key == key) else {
            return Then::Forget;
        };
        let wanted = self.under_way.remove(place);
        if slows_all {
            self.pauses += 1;
        } else if wanted.is_gone {
            return Then::Forget;
        } else if wanted.tries >= TRIES {
            return Then::GiveUp;
        }
        self.resting.push(wanted);
        Then::Rest
    }

    /// How often a server was asked for.
    pub fn tries(&self, key: &str) -> u32 {
        let mut all = self.under_way.iter().chain(&self.resting);
        all.find(|wanted| wanted.key == key)
            .map_or(0, |wanted| wanted.tries)
    }

    /// The rest after [`Queue::failed`] is over: what is still wanted is the next to be asked for.
    pub fn rested(&mut self, key: &str, slowed_all: bool) -> Then {
        if slowed_all {
            self.pauses = self.pauses.saturating_sub(1);
        }
        let Some(place) = self.resting.iter().position(|wanted| wanted.key == key) else {
            return Then::Forget;
        };
        let wanted = self.resting.remove(place);
        if wanted.is_gone {
            return Then::Forget;
        }
        if wanted.tries >= TRIES {
            return Then::GiveUp;
        }
        self.waiting.insert(0, wanted);
        Then::Rest
    }
}

#[cfg(test)]
mod tests;
