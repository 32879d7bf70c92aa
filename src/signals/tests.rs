use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use leptos::prelude::Owner;

use super::*;

/// Runs it where signals may be made; gives the owner, whose end is theirs.
fn within<T>(run: impl FnOnce() -> T) -> (Owner, T) {
    let owner = Owner::new();
    let made = owner.with(run);
    (owner, made)
}

#[test]
fn a_signal_holds_what_was_set_last() {
    let (_owner, names) = within(|| RwSignal::new(vec!["a".to_owned()]));
    names.update(|names| names.push("b".to_owned()));
    assert_eq!(names.get_untracked(), ["a", "b"]);
    assert_eq!(names.try_update(Vec::pop), Some(Some("b".to_owned())));
    names.set(Vec::new());
    assert_eq!(names.with_untracked(Vec::len), 0);
    assert_eq!(RwSignal::<u32>::default().get_untracked(), 0);
}

#[test]
fn a_signal_whose_owner_is_gone_says_so() {
    let (owner, (signal, kept)) = within(|| (RwSignal::new(1), StoredValue::new(2)));
    assert_eq!(
        (signal.try_get_untracked(), kept.try_get_value()),
        (Some(1), Some(2))
    );
    assert_eq!((signal.is_disposed(), signal.try_set(3)), (false, None));
    owner.cleanup();
    assert_eq!((signal.try_get_untracked(), kept.try_get_value()), (None, None));
    assert_eq!((signal.is_disposed(), signal.try_set(4)), (true, Some(4)));
    assert_eq!(signal.try_update(|value| *value), None);
    assert_eq!(kept.try_update_value(|value| *value), None);
}

#[test]
fn a_memo_is_computed_anew_only_where_what_it_reads_has_changed() {
    let computed = Arc::new(AtomicUsize::new(0));
    let (_owner, (number, is_even, words)) = within(|| {
        let number = RwSignal::new(1);
        let is_even = Memo::new(move |_| number.get() % 2 == 0);
        let computed = computed.clone();
        let words = Memo::new(move |before: Option<&String>| {
            computed.fetch_add(1, Ordering::Relaxed);
            let word = if is_even.get() { "even" } else { "odd" };
            before.map_or(word.to_owned(), |before| format!("{before}, {word}"))
        });
        (number, is_even, words)
    });
    assert_eq!(words.get_untracked(), "odd");
    number.set(3);
    assert_eq!(
        (words.get_untracked(), computed.load(Ordering::Relaxed)),
        ("odd".to_owned(), 1)
    );
    number.set(4);
    assert!(is_even.get_untracked());
    assert_eq!(
        (words.get_untracked(), computed.load(Ordering::Relaxed)),
        ("odd, even".to_owned(), 2)
    );
}

#[test]
fn a_memo_may_have_its_own_word_for_another_value() {
    let (_owner, (number, above)) = within(|| {
        let number = RwSignal::new(1);
        let tens = Memo::new_with_compare(
            move |_| number.get(),
            |before, now| before.map(|before| before / 10) != now.map(|now| now / 10),
        );
        (number, Memo::new(move |_| tens.get()))
    });
    for (set, expected) in [(1, 1), (9, 1), (12, 12), (15, 12)] {
        number.set(set);
        assert_eq!(above.get_untracked(), expected, "{set}");
    }
}

#[test]
fn a_signal_is_made_of_whatever_gives_its_value() {
    let (_owner, ()) = within(|| {
        let word = RwSignal::new("a".to_owned());
        let signals: [Signal<String>; 5] = [
            word.into(),
            Memo::new(move |_| word.get()).into(),
            (move || word.get()).into(),
            "a".into(),
            "a".to_owned().into(),
        ];
        assert_eq!(signals.map(|signal| signal.get_untracked()), ["a"; 5]);
        word.set("b".to_owned());
        assert_eq!(
            signals.map(|signal| signal.get_untracked()),
            ["b", "b", "b", "a", "a"]
        );
        assert_eq!(signals[2].with_untracked(String::len), 1);
    });
}

#[test]
fn what_reads_a_signal_is_told_wherever_its_value_comes_from() {
    let (_owner, ()) = within(|| {
        let word = RwSignal::new("a".to_owned());
        let sources: [Signal<String>; 3] = [
            word.into(),
            Memo::new(move |_| word.get()).into(),
            (move || word.get()).into(),
        ];
        let readers = sources.map(|source| Memo::new(move |_| source.get()));
        assert_eq!(readers.map(|reader| reader.get_untracked()), ["a"; 3]);
        word.set("b".to_owned());
        assert_eq!(readers.map(|reader| reader.get_untracked()), ["b"; 3]);
    });
}

#[test]
fn a_property_may_be_none() {
    let (_owner, ()) = within(|| {
        let word = RwSignal::new(None::<String>);
        let none = MaybeProp::<String>::default();
        let given: [MaybeProp<String>; 3] = [word.into(), "a".into(), Signal::stored("b".to_owned()).into()];
        assert_eq!(none.get_untracked(), None);
        assert_eq!(
            given.map(|given| given.get_untracked().unwrap_or_default()),
            ["", "a", "b"]
        );
        word.set(Some("c".to_owned()));
        assert!(given[0].with_untracked(Option::is_some));
    });
}

#[test]
fn a_kept_value_and_a_callback_are_there_for_each_copy() {
    let (_owner, ()) = within(|| {
        let kept = StoredValue::new_local(vec![1]);
        let copy = kept;
        kept.update_value(|kept| kept.push(2));
        assert_eq!((copy.get_value(), copy.read_value().len()), (vec![1, 2], 2));
        copy.set_value(vec![]);
        assert!(kept.with_value(Vec::is_empty));
        let double = Callback::new(|number: u32| 2 * number);
        let copy = double;
        assert_eq!((double.run(2), copy.run(3)), (4, 6));
    });
}
