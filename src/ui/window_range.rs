//! Which rows of a long list are in the page; pure.

use std::ops::Range;

/// Up to so many rows a list is in the page as a whole: the browser's own search then finds all of them.
const WHOLE: usize = 100;
/// How far above and below what is in sight rows are made ready, in CSS pixels.
const AHEAD: f64 = 480.0;
/// How many rows are made ready at least on either side.
const ROWS_AHEAD: usize = 3;

/// Where the rows lie and what of them is in sight; lengths in CSS pixels.
#[derive(Debug, Clone, Copy)]
pub struct Sight {
    /// How many rows there are.
    pub count: usize,
    /// From the upper edge of a row to that of the next.
    pub pitch: f64,
    /// The upper edge of the first row, below that of the viewport; negative once it is scrolled out.
    pub top: f64,
    /// The height of the viewport.
    pub height: f64,
}

impl Sight {
    /// The rows in sight, and those made ready around them.
    pub fn rows(&self) -> Range<usize> {
        self.rows_around(AHEAD, ROWS_AHEAD)
    }

    /// The rows in sight alone.
    pub fn in_sight(&self) -> Range<usize> {
        self.rows_around(0.0, 0)
    }

    fn rows_around(&self, ahead: f64, rows_ahead: usize) -> Range<usize> {
        if self.count <= WHOLE {
            return 0..self.count;
        }
        let row_at = |y: f64| ((y - self.top) / self.pitch).max(0.0) as usize;
        let start = row_at(-ahead).min(row_at(0.0).saturating_sub(rows_ahead));
        let end = row_at(self.height + ahead).max(row_at(self.height) + rows_ahead) + 1;
        // Below the end of the list its last rows stay, as they do above it.
        let start = start.min(self.count.saturating_sub(end - start));
        start..end.min(self.count)
    }
}

/// The rows to be mounted as at most two runs, in their order: those in sight, and the kept row with its neighbours,
/// so that Tab leads to the next row wherever the page was scrolled meanwhile.
pub fn runs(in_sight: Range<usize>, kept: Option<usize>, count: usize) -> [Range<usize>; 2] {
    let none = count..count;
    let Some(kept) = kept.filter(|kept| *kept < count) else {
        return [in_sight, none];
    };
    let kept = kept.saturating_sub(1)..(kept + 2).min(count);
    if kept.end < in_sight.start {
        [kept, in_sight]
    } else if in_sight.end < kept.start {
        [in_sight, kept]
    } else {
        [kept.start.min(in_sight.start)..kept.end.max(in_sight.end), none]
    }
}

/// The middle one of several lengths: rows of another height, such as cards with a name of two lines, do not move it.
///
/// They are those of a hundred rows at most, so each is counted against the others instead of bringing a sort along.
pub fn median(lengths: &[f64]) -> Option<f64> {
    let middle = lengths.len() / 2;
    let count = |is_counted: &dyn Fn(f64) -> bool| lengths.iter().filter(|other| is_counted(**other)).count();
    lengths.iter().copied().find(|length| {
        let (shorter, not_longer) = (count(&|other| other < *length), count(&|other| other <= *length));
        (shorter..not_longer).contains(&middle)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_list_is_whole_and_a_long_one_what_is_in_sight() {
        for (count, pitch, top, expected) in [
            (0, 40.0, 300.0, 0..0),
            (100, 40.0, -3000.0, 0..100),
            (50_000, 40.0, 300.0, 0..25),
            (50_000, 40.0, -400.0, 0..43),
            (50_000, 40.0, -40_000.0, 988..1033),
            (50_000, 170.0, -170_000.0, 997..1008),
            // The last page, and more than it, as a page shows that became shorter.
            (50_000, 40.0, 800.0 - 2_000_000.0, 49_955..50_000),
            (101, 40.0, -100_000.0, 56..101),
        ] {
            let sight = Sight {
                count,
                pitch,
                top,
                height: 800.0,
            };
            assert_eq!(sight.rows(), expected, "{count} rows of {pitch} at {top}");
        }
    }

    #[test]
    fn in_sight_is_what_a_viewport_holds() {
        for (count, top, expected) in [
            (100, -3000.0, 0..100),
            (50_000, 300.0, 0..13),
            (50_000, -40_000.0, 1000..1021),
            (50_000, 800.0 - 2_000_000.0, 49_979..50_000),
        ] {
            let sight = Sight {
                count,
                pitch: 40.0,
                top,
                height: 800.0,
            };
            assert_eq!(sight.in_sight(), expected, "{count} rows at {top}");
        }
    }

    #[test]
    fn the_kept_row_stays_with_its_neighbours() {
        for (in_sight, kept, expected) in [
            (10..20, None, [10..20, 100..100]),
            (10..20, Some(15), [10..20, 100..100]),
            (10..20, Some(10), [9..20, 100..100]),
            (10..20, Some(20), [10..22, 100..100]),
            (10..20, Some(4), [3..6, 10..20]),
            (10..20, Some(0), [0..2, 10..20]),
            (10..20, Some(99), [10..20, 98..100]),
            (10..20, Some(100), [10..20, 100..100]),
        ] {
            assert_eq!(runs(in_sight, kept, 100), expected, "{kept:?}");
        }
    }

    #[test]
    fn the_median_is_that_of_most_rows() {
        for (lengths, expected) in [
            (vec![], None),
            (vec![40.5], Some(40.5)),
            (vec![190.0, 170.0, 170.0, 190.0, 170.0], Some(170.0)),
        ] {
            assert_eq!(median(&lengths), expected);
        }
    }
}
