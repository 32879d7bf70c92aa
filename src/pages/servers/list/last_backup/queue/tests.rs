use super::*;

fn queue(keys: &[&str]) -> Queue {
    let mut queue = Queue::default();
    keys.iter().for_each(|key| queue.want(key));
    queue
}

/// Everything that may be asked for now.
fn asked(queue: &mut Queue) -> Vec<String> {
    std::iter::from_fn(|| queue.next()).collect()
}

#[test]
fn four_are_read_at_a_time_in_the_order_in_which_they_came_into_sight() {
    let mut queue = queue(&["a", "b", "c", "d", "e", "f"]);
    queue.want("a");
    assert_eq!(asked(&mut queue), ["a", "b", "c", "d"]);
    queue.want("b");
    queue.done("c");
    assert_eq!(asked(&mut queue), ["e"]);
    ["a", "b", "d", "e"].iter().for_each(|key| queue.done(key));
    assert_eq!(
        asked(&mut queue),
        ["f"],
        "what is being read is not asked for again"
    );
}

#[test]
fn what_is_scrolled_away_before_its_turn_is_not_read() {
    let mut queue = queue(&["a", "b", "c", "d", "e", "f"]);
    assert_eq!(asked(&mut queue).len(), 4);
    queue.leave("e");
    queue.leave("a");
    queue.done("a");
    queue.done("b");
    assert_eq!(asked(&mut queue), ["f"]);
    queue.want("e");
    assert_eq!(asked(&mut queue), ["e"], "until it comes back");
}

#[test]
fn a_service_that_has_too_many_requests_is_left_alone_until_all_rests_are_over() {
    let mut queue = queue(&["a", "b", "c", "d", "e"]);
    assert_eq!(asked(&mut queue).len(), 4);
    assert_eq!(queue.failed("a", true), Then::Rest);
    assert_eq!(queue.failed("b", true), Then::Rest);
    queue.done("c");
    assert_eq!(asked(&mut queue), [""; 0]);
    assert_eq!(queue.rested("b", true), Then::Rest);
    assert_eq!(asked(&mut queue), [""; 0], "the other rest goes on");
    assert_eq!(queue.rested("a", true), Then::Rest);
    assert_eq!(
        asked(&mut queue),
        ["a", "b", "e"],
        "who was turned away comes first"
    );
}

#[test]
fn the_trouble_of_one_does_not_slow_the_others() {
    let mut queue = queue(&["a", "b", "c", "d", "e", "f"]);
    assert_eq!(asked(&mut queue).len(), 4);
    assert_eq!(queue.failed("a", false), Then::Rest);
    assert_eq!(asked(&mut queue), ["e"]);
    assert_eq!(queue.rested("a", false), Then::Rest);
    queue.done("b");
    assert_eq!(asked(&mut queue), ["a"]);
}

#[test]
fn nothing_is_asked_for_more_than_four_times() {
    for slows_all in [false, true] {
        let mut queue = queue(&["a"]);
        let mut tries = 0;
        let end = loop {
            tries += asked(&mut queue).len();
            assert_eq!(queue.tries("a") as usize, tries);
            match queue.failed("a", slows_all) {
                Then::Rest => match queue.rested("a", slows_all) {
                    Then::Rest => {}
                    end => break end,
                },
                end => break end,
            }
        };
        assert_eq!((end, tries), (Then::GiveUp, 4), "{slows_all}");
        assert_eq!(asked(&mut queue), [""; 0]);
    }
}

#[test]
fn what_fails_out_of_sight_is_forgotten_and_read_anew_when_it_comes_back() {
    for (slows_all, leaves_late) in [(false, false), (false, true), (true, false), (true, true)] {
        let mut queue = queue(&["a"]);
        assert_eq!(asked(&mut queue), ["a"]);
        if !leaves_late {
            queue.leave("a");
        }
        let mut then = queue.failed("a", slows_all);
        if then == Then::Rest {
            queue.leave("a");
            then = queue.rested("a", slows_all);
        }
        assert_eq!(then, Then::Forget, "{slows_all} {leaves_late}");
        assert_eq!(asked(&mut queue), [""; 0]);
        queue.want("a");
        assert_eq!((asked(&mut queue), queue.tries("a")), (vec!["a".to_owned()], 1));
    }
}

/// A sequence of numbers that look random, from a seed.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}

#[test]
fn whatever_happens_the_limits_hold_and_all_that_stays_in_sight_ends() {
    for seed in 0..500 {
        let (mut numbers, mut queue) = (Numbers(seed), Queue::default());
        let key = |number: usize| format!("server-{number}");
        let (mut in_sight, mut under_way, mut resting) = (Vec::new(), Vec::new(), Vec::new());
        let mut ended: Vec<String> = Vec::new();
        for step in 0..400 {
            let scrolls = step < 200;
            let server = key(numbers.below(12));
            match numbers.below(if scrolls { 5 } else { 3 }) {
                0 if !under_way.is_empty() => {
                    let key: String = under_way.swap_remove(numbers.below(under_way.len()));
                    queue.done(&key);
                    ended.push(key);
                }
                1 if !under_way.is_empty() => {
                    let key: String = under_way.swap_remove(numbers.below(under_way.len()));
                    let slows_all = numbers.below(2) == 0;
                    match queue.failed(&key, slows_all) {
                        Then::Rest => resting.push((key, slows_all)),
                        Then::GiveUp => ended.push(key),
                        Then::Forget => assert!(!in_sight.contains(&key), "{seed}"),
                    }
                }
                2 if !resting.is_empty() => {
                    let (key, slowed_all): (String, bool) = resting.swap_remove(numbers.below(resting.len()));
                    match queue.rested(&key, slowed_all) {
                        Then::Rest => {}
                        Then::GiveUp => ended.push(key),
                        Then::Forget => assert!(!in_sight.contains(&key), "{seed}"),
                    }
                }
                3 if !in_sight.contains(&server) => {
                    ended.retain(|key| *key != server);
                    in_sight.push(server.clone());
                    queue.want(&server);
                }
                4 => {
                    in_sight.retain(|key| *key != server);
                    queue.leave(&server);
                }
                _ => {}
            }
            let is_paused = resting.iter().any(|(_, slows_all)| *slows_all);
            for key in asked(&mut queue) {
                assert!(!is_paused, "{seed}: {key} in a pause");
                assert!(in_sight.contains(&key), "{seed}: {key} is out of sight");
                assert!(!under_way.contains(&key), "{seed}: {key} twice");
                under_way.push(key);
            }
            assert!(under_way.len() <= AT_ONCE, "{seed}: {under_way:?}");
        }
        // Nothing fails any more, and everything comes to its end.
        for _ in 0..100 {
            resting.drain(..).for_each(|(key, slowed_all)| {
                if queue.rested(&key, slowed_all) == Then::GiveUp {
                    ended.push(key);
                }
            });
            under_way.extend(asked(&mut queue));
            under_way.drain(..).for_each(|key: String| {
                queue.done(&key);
                ended.push(key);
            });
        }
        let left: Vec<_> = in_sight.iter().filter(|key| !ended.contains(key)).collect();
        assert!(left.is_empty(), "{seed}: {left:?}");
    }
}
