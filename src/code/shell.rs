//! Text as one word of a POSIX shell.

use std::borrow::Cow;

/// The text so that a shell takes it as one word and changes nothing in it (POSIX, *Shell Command Language*, 2.2).
pub fn quote(text: &str) -> Cow<'_, str> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=,+%@".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    // Nothing is special between single quotes but the quote itself, which has to stand outside of them.
    Cow::Owned(format!("'{}'", text.replace('\'', r"'\''")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_changes_nothing_in_what_is_quoted() {
        for (text, expected) in [
            ("before-schema_v42.1", "before-schema_v42.1"),
            ("/subscriptions/s/x?", "'/subscriptions/s/x?'"),
            ("", "''"),
            ("rg (prod)", "'rg (prod)'"),
            ("it's", r"'it'\''s'"),
            ("$(reboot)", "'$(reboot)'"),
            ("a`b`", "'a`b`'"),
            ("a\"b\\c", "'a\"b\\c'"),
            ("~root", "'~root'"),
            ("a;b&c|d>e", "'a;b&c|d>e'"),
            ("größe", "'größe'"),
            ("*", "'*'"),
            ("a\nb", "'a\nb'"),
        ] {
            assert_eq!(quote(text), expected, "{text}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_real_shell_gives_each_text_back() {
        for text in [
            "it's $HOME",
            "`id`",
            "a\\'b",
            "-n",
            "!!",
            "\"",
            "a b\tc",
            "#no comment",
            "größe",
        ] {
            let script = format!("printf %s {}", quote(text));
            let ran = std::process::Command::new("sh").arg("-c").arg(&script).output();
            let printed = ran.unwrap_or_else(|error| panic!("{script}: {error}")).stdout;
            assert_eq!(String::from_utf8_lossy(&printed), text, "{script}");
        }
    }
}
