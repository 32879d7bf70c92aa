//! What the installation, or the page around the portal, does not allow.

use super::{Act, act::place};

/// Who has set a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// `config.json`.
    Config,
    /// The page around the portal.
    Host,
}

/// What is not allowed, whatever the user's roles.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Limits {
    read_only: Option<By>,
    /// A bit for each act that is not offered.
    hidden: u32,
}

impl Limits {
    /// Limits as one of the two sets them; `hide` has the names of acts.
    ///
    /// # Errors
    /// When a name is none of an act: the sentence says which there are.
    pub fn new(by: By, is_read_only: bool, hide: &[String]) -> Result<Self, String> {
        let mut hidden = 0;
        for name in hide {
            hidden |= 1 << place(name)?;
        }
        let read_only = is_read_only.then_some(by);
        Ok(Self { read_only, hidden })
    }

    /// These and others: what one of them forbids is forbidden.
    #[must_use]
    pub fn and(self, others: Self) -> Self {
        Self {
            read_only: self.read_only.or(others.read_only),
            hidden: self.hidden | others.hidden,
        }
    }

    /// Whether nothing may be changed, and who says so.
    pub fn read_only(self) -> Option<By> {
        self.read_only
    }

    /// Whether an act is not even shown.
    pub fn hides(self, act: Act) -> bool {
        self.hidden & (1 << act as u32) != 0
    }

    /// Whether anything is forbidden.
    pub fn are_any(self) -> bool {
        self != Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::{super::act::tests::ALL, *};

    fn limits(by: By, is_read_only: bool, hide: &[&str]) -> Limits {
        let hide: Vec<_> = hide.iter().map(|name| (*name).to_owned()).collect();
        Limits::new(by, is_read_only, &hide).expect("limits")
    }

    #[test]
    fn each_act_is_hidden_by_its_own_name_alone() {
        for (hidden, name) in ALL {
            let limits = limits(By::Config, false, &[name]);
            for (act, _) in ALL {
                assert_eq!(limits.hides(act), act == hidden, "{name} {act:?}");
            }
            assert_eq!(limits.read_only(), None);
        }
    }

    #[test]
    fn a_host_adds_to_the_configuration_and_takes_nothing_away() {
        let of_config = [
            limits(By::Config, false, &[]),
            limits(By::Config, true, &["restore"]),
        ];
        let of_host = [limits(By::Host, false, &[]), limits(By::Host, true, &["protect"])];
        for config in of_config {
            for host in of_host {
                let both = config.and(host);
                for (act, _) in ALL {
                    assert_eq!(both.hides(act), config.hides(act) || host.hides(act), "{act:?}");
                }
                assert_eq!(both.read_only(), config.read_only().or(host.read_only()));
                assert_eq!(both.are_any(), config.are_any() || host.are_any());
            }
        }
    }

    #[test]
    fn a_name_of_no_act_is_refused_with_those_that_there_are() {
        let hide = ["restore".to_owned(), "restroe".to_owned()];
        let said = Limits::new(By::Host, false, &hide).expect_err("no act");
        assert!(
            said.starts_with("unknown act `restroe`, expected one of take-backup, "),
            "{said}"
        );
    }
}
