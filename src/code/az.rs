//! Commands of the Azure CLI.

use super::shell::quote;

/// A command that is put together option by option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Az(String);

impl Az {
    /// `az` and the words of the command, such as `postgres flexible-server backup list`.
    pub fn command(words: &str) -> Self {
        Self(format!("az {words}"))
    }

    /// An option with its value.
    #[must_use]
    pub fn option(self, name: &str, value: &str) -> Self {
        // Azure CLI would take a value that begins with a hyphen for the next option.
        let between = if value.starts_with('-') { '=' } else { ' ' };
        Self(format!("{} {name}{between}{}", self.0, quote(value)))
    }

    /// What is to be kept of the answer, in JMESPath.
    ///
    /// It stands between double quotes, as in the documents, because every shell takes those; it is ours and holds
    /// nothing that is special between them.
    #[must_use]
    pub fn query(self, jmespath: &str) -> Self {
        Self(format!("{} --query \"{jmespath}\"", self.0))
    }

    /// The command in one line.
    pub fn line(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stay_values_whatever_they_hold() {
        let line = |value: &str| Az::command("x").option("--name", value).line();
        assert_eq!(line("pg-a"), "az x --name pg-a");
        assert_eq!(line("--yes"), "az x --name=--yes");
        assert_eq!(line("a; reboot"), "az x --name 'a; reboot'");
    }
}
