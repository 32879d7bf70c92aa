//! Whether a request is sent again (design 3, *Repeating a request*).

use std::time::Duration;

/// What sending a request twice does; a property of the operation, not of the method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repetition {
    /// The same as sending it once: a read, or a PUT that converges.
    Converges,
    /// It may begin something twice, or fail because of what the first one began.
    Triggers,
    /// The caller repeats it, or nobody does.
    Never,
}

/// What to do after an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decision {
    /// This is the outcome.
    Stop,
    /// Wait so long and send it again.
    Repeat(Duration),
    /// It might be repeated, but a limit is reached.
    GiveUp,
}

impl Repetition {
    /// How often a request is sent at most.
    pub(super) const ATTEMPTS: u32 = 4;

    /// The longest wait that is kept in silence; who is asked to wait longer is told so instead.
    pub(super) const LONGEST_WAIT: Duration = Duration::from_secs(120);

    /// Decides after attempt number `attempts` (from 1) that ended with `status`, `None` for no answer.
    ///
    /// `asked_wait` is what the service asks for and is kept to the letter; the wait of our own doubles
    /// from 1 s, half of it spread by `spread` in `0.0..1.0` (auth #92).
    pub(super) fn decide(
        self,
        status: Option<u16>,
        asked_wait: Option<Duration>,
        attempts: u32,
        spread: f64,
    ) -> Decision {
        if !self.allows(status, asked_wait.is_some()) {
            return Decision::Stop;
        }
        let wait = asked_wait.unwrap_or_else(|| own_wait(attempts, spread));
        if attempts >= Self::ATTEMPTS || wait > Self::LONGEST_WAIT {
            return Decision::GiveUp;
        }
        Decision::Repeat(wait)
    }

    fn allows(self, status: Option<u16>, is_wait_asked: bool) -> bool {
        match (self, status) {
            (Self::Never, _) => false,
            (_, Some(429)) => true,
            // Refused with a time to come back: nothing has begun.
            (Self::Triggers, Some(503)) => is_wait_asked,
            (Self::Triggers, _) => false,
            // The service does not know the method or the version; it will not learn it (auth #92).
            (Self::Converges, Some(501 | 505)) => false,
            (Self::Converges, Some(status)) => status == 408 || status >= 500,
            (Self::Converges, None) => true,
        }
    }
}

fn own_wait(attempts: u32, spread: f64) -> Duration {
    let seconds = f64::from(1_u32 << attempts.saturating_sub(1).min(6));
    Duration::from_secs_f64(seconds / 2.0 + seconds / 2.0 * spread)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASKED: Option<Duration> = Some(Duration::from_secs(10));
    const AFTER_ASKED: Decision = Decision::Repeat(Duration::from_secs(10));
    const AFTER_OWN: Decision = Decision::Repeat(Duration::from_millis(750));

    fn check(repetition: Repetition, status: Option<u16>, asked: Option<Duration>, expected: Decision) {
        let decision = repetition.decide(status, asked, 1, 0.5);
        assert_eq!(decision, expected, "{repetition:?} {status:?} {asked:?}");
    }

    #[test]
    fn what_converges_is_sent_again_when_the_service_or_the_way_to_it_is_unwell() {
        for status in [
            Some(408),
            Some(429),
            Some(500),
            Some(502),
            Some(503),
            Some(504),
            None,
        ] {
            check(Repetition::Converges, status, None, AFTER_OWN);
        }
        for status in [Some(429), Some(503), Some(500)] {
            check(Repetition::Converges, status, ASKED, AFTER_ASKED);
        }
        for status in [200, 202, 204, 301, 400, 401, 403, 404, 409, 412, 501, 505] {
            check(Repetition::Converges, Some(status), ASKED, Decision::Stop);
        }
    }

    #[test]
    fn what_triggers_is_sent_again_only_when_it_was_turned_away() {
        check(Repetition::Triggers, Some(429), ASKED, AFTER_ASKED);
        check(Repetition::Triggers, Some(429), None, AFTER_OWN);
        check(Repetition::Triggers, Some(503), ASKED, AFTER_ASKED);
        check(Repetition::Triggers, Some(503), None, Decision::Stop);
        for status in [
            Some(408),
            Some(500),
            Some(502),
            Some(504),
            Some(409),
            Some(202),
            None,
        ] {
            check(Repetition::Triggers, status, ASKED, Decision::Stop);
            check(Repetition::Triggers, status, None, Decision::Stop);
        }
    }

    #[test]
    fn what_the_caller_repeats_is_sent_once() {
        for status in [Some(429), Some(503), Some(500), Some(200), None] {
            check(Repetition::Never, status, ASKED, Decision::Stop);
        }
    }

    #[test]
    fn limits_end_the_repetition() {
        let after = |attempts, wait| Repetition::Converges.decide(Some(503), wait, attempts, 0.0);
        assert_eq!(after(3, None), Decision::Repeat(Duration::from_secs(2)));
        assert_eq!(after(4, None), Decision::GiveUp);
        assert_eq!(
            after(1, Some(Duration::from_secs(120))),
            Decision::Repeat(Duration::from_secs(120))
        );
        assert_eq!(after(1, Some(Duration::from_secs(121))), Decision::GiveUp);
    }

    #[test]
    fn waits_of_our_own_double_and_spread() {
        let waits: Vec<u128> = [(1, 0.0), (1, 1.0), (2, 0.0), (3, 0.0), (3, 1.0), (40, 1.0)]
            .into_iter()
            .map(|(attempts, spread)| own_wait(attempts, spread).as_millis())
            .collect();
        assert_eq!(waits, [500, 1000, 1000, 2000, 4000, 64_000]);
    }
}
