//! What a key means, and what the help sheet says of it; pure.

/// A key that was pressed, and where.
#[derive(Debug, Clone, Copy)]
pub struct Press<'a> {
    /// The key as the browser names it.
    pub key: &'a str,
    /// Ctrl, Alt or the system's own key is held.
    pub has_modifier: bool,
    /// Shift is held.
    pub has_shift: bool,
    /// It belongs to a field or a menu.
    pub is_typing: bool,
    /// A modal dialog is open.
    pub is_modal: bool,
    /// The user has not switched single keys off.
    pub has_single_keys: bool,
    /// `g` was pressed just before.
    pub is_after_g: bool,
}

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// The command that shows this key.
    Command(&'static str),
    /// The page whose second key this is.
    Go(char),
    /// The second key of a page comes next.
    Wait,
    /// The next region of the page, or the one before.
    Region {
        /// The one before.
        backwards: bool,
    },
}

/// Keys of commands; those that are no letters may need Shift, which depends on the keyboard.
const COMMANDS: [&str; 5] = ["/", "?", "B", "R", "N"];

/// The pages that `g` leads to: the second key and the name.
pub const PAGES: [(char, &str); 3] = [('s', "Servers"), ('v', "Backup vaults"), ('j', "Jobs")];

/// The lines of the help sheet: keys, and what they do. Keys that follow each other stand in one text.
pub const SHORTCUTS: [(&str, &[(&str, &str)]); 2] = [
    (
        "Single keys",
        &[
            ("/", "Search the list"),
            ("b", "Backup now"),
            ("r", "Refresh"),
            ("n", "Notifications"),
            ("g s", "Servers"),
            ("g v", "Backup vaults"),
            ("g j", "Jobs"),
            ("?", "This help"),
        ],
    ),
    (
        "Everywhere",
        &[
            ("Tab", "Next control; with Shift the one before"),
            ("F6", "Next part of the page; with Shift the one before"),
            ("← → Home End", "Through the commands above a list"),
            ("↑ ↓", "Through a menu"),
            ("Enter", "Follows a link, presses a button, triggers from a field"),
            ("Esc", "Closes what was opened last"),
        ],
    ),
];

/// What a key asks for, if anything.
pub fn meaning(press: Press<'_>) -> Option<Meaning> {
    if press.is_modal || press.has_modifier {
        return None;
    }
    if press.key == "F6" {
        return Some(Meaning::Region {
            backwards: press.has_shift,
        });
    }
    if press.is_typing || !press.has_single_keys {
        return None;
    }
    let mut characters = press.key.chars();
    let (Some(key), None) = (characters.next(), characters.next()) else {
        return None;
    };
    // With Shift a letter is another key; what caps lock writes is not.
    if press.has_shift && key.is_alphabetic() {
        return None;
    }
    let (lower, upper) = (key.to_ascii_lowercase(), key.to_ascii_uppercase());
    if press.is_after_g && PAGES.iter().any(|(second, _)| *second == lower) {
        return Some(Meaning::Go(lower));
    }
    if lower == 'g' {
        return Some(Meaning::Wait);
    }
    let command = COMMANDS.into_iter().find(|command| command.starts_with(upper));
    command.map(Meaning::Command)
}

/// Where the focus goes in a round of `count`; from outside of it to its beginning or its end.
pub fn next_in_round(current: Option<usize>, count: usize, backwards: bool) -> Option<usize> {
    let last = count.checked_sub(1)?;
    Some(match (current, backwards) {
        (Some(current), false) if current < last => current + 1,
        (_, false) => 0,
        (Some(current), true) if current > 0 => current - 1,
        (_, true) => last,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(key: &str) -> Press<'_> {
        Press {
            key,
            has_modifier: false,
            has_shift: false,
            is_typing: false,
            is_modal: false,
            has_single_keys: true,
            is_after_g: false,
        }
    }

    #[test]
    fn single_keys_are_commands_and_two_keys_are_pages() {
        for (key, expected) in [
            ("b", Some(Meaning::Command("B"))),
            ("B", Some(Meaning::Command("B"))),
            ("/", Some(Meaning::Command("/"))),
            ("?", Some(Meaning::Command("?"))),
            ("g", Some(Meaning::Wait)),
            ("s", None),
            ("x", None),
            ("é", None),
            ("Enter", None),
            ("Backspace", None),
            ("", None),
            ("F6", Some(Meaning::Region { backwards: false })),
        ] {
            assert_eq!(meaning(press(key)), expected, "{key}");
        }
        let after_g = |key| Press {
            is_after_g: true,
            ..press(key)
        };
        for (key, expected) in [
            ("s", Some(Meaning::Go('s'))),
            ("j", Some(Meaning::Go('j'))),
            ("b", Some(Meaning::Command("B"))),
            ("g", Some(Meaning::Wait)),
            ("x", None),
        ] {
            assert_eq!(meaning(after_g(key)), expected, "g {key}");
        }
    }

    #[test]
    fn a_key_that_belongs_to_something_else_is_left_alone() {
        let has_modifier = |key| Press {
            has_modifier: true,
            ..press(key)
        };
        let is_typing = |key| Press {
            is_typing: true,
            ..press(key)
        };
        let is_modal = |key| Press {
            is_modal: true,
            ..press(key)
        };
        let is_off = |key| Press {
            has_single_keys: false,
            ..press(key)
        };
        for key in ["/", "?", "b", "g"] {
            for press in [has_modifier(key), is_typing(key), is_modal(key), is_off(key)] {
                assert_eq!(meaning(press), None, "{press:?}");
            }
        }
        let has_shift = |key| Press {
            has_shift: true,
            ..press(key)
        };
        assert_eq!(meaning(has_shift("B")), None, "Shift makes it another key");
        assert_eq!(meaning(has_shift("?")), Some(Meaning::Command("?")));
        assert_eq!(
            meaning(has_shift("/")),
            Some(Meaning::Command("/")),
            "as on a German keyboard"
        );
    }

    #[test]
    fn regions_are_reached_from_a_field_and_without_single_keys_but_not_under_a_dialog() {
        let region = |backwards| Some(Meaning::Region { backwards });
        for (changed, expected) in [
            (
                Press {
                    is_typing: true,
                    ..press("F6")
                },
                region(false),
            ),
            (
                Press {
                    has_single_keys: false,
                    has_shift: true,
                    ..press("F6")
                },
                region(true),
            ),
            (
                Press {
                    is_modal: true,
                    ..press("F6")
                },
                None,
            ),
            (
                Press {
                    has_modifier: true,
                    ..press("F6")
                },
                None,
            ),
        ] {
            assert_eq!(meaning(changed), expected, "{changed:?}");
        }
    }

    #[test]
    fn a_round_begins_again_at_its_ends() {
        for (current, count, backwards, expected) in [
            (None, 3, false, Some(0)),
            (None, 3, true, Some(2)),
            (Some(0), 3, false, Some(1)),
            (Some(2), 3, false, Some(0)),
            (Some(0), 3, true, Some(2)),
            (Some(1), 3, true, Some(0)),
            (Some(0), 1, false, Some(0)),
            (None, 0, false, None),
        ] {
            assert_eq!(
                next_in_round(current, count, backwards),
                expected,
                "{current:?} of {count}, backwards: {backwards}"
            );
        }
    }

    #[test]
    fn the_help_sheet_names_every_single_key() {
        let (_, lines) = SHORTCUTS[0];
        let named: Vec<String> = lines.iter().map(|(keys, _)| (*keys).to_owned()).collect();
        let commands = COMMANDS.iter().map(|key| key.to_lowercase());
        let pages = PAGES.iter().map(|(key, _)| format!("g {key}"));
        for key in commands.chain(pages) {
            assert!(named.contains(&key), "{key} is not among {named:?}");
        }
        assert_eq!(named.len(), COMMANDS.len() + PAGES.len());
    }
}
