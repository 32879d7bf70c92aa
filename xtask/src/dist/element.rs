//! One HTML element on a line of its own, as index.html is written.

/// The start tag of an element.
#[derive(Debug, PartialEq)]
pub struct Element {
    name: String,
    attributes: Vec<(String, String)>,
}

impl Element {
    /// Reads a line that begins with a start tag.
    pub fn parse(line: &str) -> Option<Self> {
        let tag = line.trim_start().strip_prefix('<')?;
        let end = tag.find(|c: char| c.is_whitespace() || c == '>' || c == '/')?;
        let (name, mut rest) = tag.split_at(end);
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start();
            if rest.is_empty() || rest.starts_with(['>', '/']) {
                break;
            }
            let end = rest
                .find(|c: char| c.is_whitespace() || "=>/".contains(c))
                .unwrap_or(rest.len());
            let (key, after) = rest.split_at(end);
            if let Some(quoted) = after.strip_prefix("=\"") {
                let (value, after) = quoted.split_once('"')?;
                attributes.push((key.to_owned(), value.to_owned()));
                rest = after;
            } else {
                attributes.push((key.to_owned(), String::new()));
                rest = after.strip_prefix('=').unwrap_or(after);
            }
        }
        Some(Self {
            name: name.to_ascii_lowercase(),
            attributes,
        })
    }

    /// The element's name in lower case.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The value of an attribute; empty for one without a value.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Whether the attribute is there.
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, name: &str, attributes: &[(&str, &str)]) {
        let attributes = attributes
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect();
        let expected = Element {
            name: name.to_owned(),
            attributes,
        };
        assert_eq!(Element::parse(line), Some(expected), "{line}");
    }

    #[test]
    fn a_start_tag_is_read_with_its_attributes() {
        check(
            "<base data-trunk-public-url>",
            "base",
            &[("data-trunk-public-url", "")],
        );
        check(
            "  <base data-trunk-public-url />",
            "base",
            &[("data-trunk-public-url", "")],
        );
        check(
            r#"<link data-trunk rel="css" href="style/a b.css">"#,
            "link",
            &[("data-trunk", ""), ("rel", "css"), ("href", "style/a b.css")],
        );
        check(r#"<script src="x.js"></script>"#, "script", &[("src", "x.js")]);
        check("<p>text", "p", &[]);
    }

    #[test]
    fn a_line_without_a_start_tag_is_none() {
        for line in ["", "text", "    text <b>", "<unended", r#"<link href="open"#] {
            assert_eq!(Element::parse(line), None, "{line}");
        }
    }
}
