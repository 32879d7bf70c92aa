//! On-demand backups, taken and deleted.

use super::*;
use crate::stores::operations::drive_rig::SERVER;

const KNOWN: &str = "before-schema-v42";
const NEW: &str = "v43";

impl Browser {
    fn names(&self) -> Vec<String> {
        let server = SERVER.parse().expect("an id");
        let list = block_on(self.onlooker().backups(&server).list()).expect("a list");
        list.into_iter().map(|backup| backup.name).collect()
    }
}

const REQUESTS: &[(Method, &str)] = &[
    (Method::Put, "/backups/"),
    (Method::Delete, "/backups/"),
    (Method::Get, "/azureAsyncOperation/"),
    (Method::Get, "/operationResults/"),
    (Method::Get, "/backups"),
];

fn any_act() -> impl Strategy<Value = Act> {
    let name = || prop_oneof![Just(NEW.to_owned()), Just(KNOWN.to_owned())];
    prop_oneof![
        name().prop_map(|name| Act::TakeBackup { name }),
        name().prop_map(|name| Act::DeleteBackup { name }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, ..ProptestConfig::default() })]
    #[test]
    fn the_journal_ends_in_the_worlds_truth_with_one_request(
        seed in 1_u64..60,
        (hides_headers, refuses_at_once) in (any::<bool>(), any::<bool>()),
        act in any_act(),
        script in any_script(REQUESTS),
        tabs in proptest::collection::vec(0_usize..80, 1..5),
    ) {
        let browser = Browser::new(seed, hides_headers, refuses_at_once);
        let before = browser.names();
        for (matching, kind, times) in script {
            browser.world.borrow_mut().faults().inject(Fault { matching, kind, times });
        }
        let name = act.backup_name().unwrap_or_default().to_owned();
        let server = SERVER.parse().expect("an id");
        let now = browser.clock.now();
        let click = Operation::about_to_start(Uuid::from_u128(1), act.clone(), server, Some(before.clone()), now);
        for (index, closes_after) in tabs.into_iter().enumerate() {
            browser.tab((index == 0).then(|| (click.clone(), Asked::Nothing)), closes_after);
        }
        browser.clear_up();

        let is_there = browser.names().contains(&name);
        let was_there = before.contains(&name);
        let entry = browser.journal().entries().pop();
        let ended = entry.as_ref().map(|entry| &entry.progress);
        let is_completed = ended == Some(&OperationState::Completed);
        let context = format!("{act:?}: was there {was_there}, is there {is_there}, {ended:?}");
        match act {
            Act::TakeBackup { .. } => prop_assert_eq!(is_completed, is_there && !was_there, "{}", context),
            Act::DeleteBackup { .. } => {
                // What was refused is not remembered; what was never there may be refused as well.
                prop_assert!(!is_completed || !is_there, "{}", context);
                prop_assert!(is_completed || is_there || !was_there, "{}", context);
            }
            _ => prop_assert!(false, "no story has one"),
        }
        let triggers = browser.sent(Method::Put, |_| true);
        prop_assert!(triggers <= 1, "{} requests; {}", triggers, context);
        prop_assert!(browser.said.borrow().len() <= 1, "said {} times; {}", browser.said.borrow().len(), context);
        if let Some(entry) = entry {
            prop_assert!(!entry.has_ended() || entry.token.is_none(), "a signed URL is kept: {}", context);
        }
    }
}
