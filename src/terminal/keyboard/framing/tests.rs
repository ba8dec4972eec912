//! How bytes become keys, however they are cut.

use proptest::prelude::*;

use super::*;

fn typed(framing: &mut Framing, bytes: impl AsRef<[u8]>) -> Vec<Typed> {
    let now = Instant::now();
    let bytes = bytes.as_ref().iter();
    bytes.flat_map(|&byte| framing.push(byte, now)).collect()
}

fn typed_at_once(bytes: impl AsRef<[u8]>) -> Vec<Typed> {
    let mut framing = Framing::default();
    let typed = typed(&mut framing, bytes);
    assert_eq!(framing.patience(Instant::now()), None, "it waits for more");
    typed
}

fn keys<const N: usize>(keys: [&str; N]) -> Vec<Typed> {
    keys.map(|key| Typed::Sequence(key.into())).into()
}

fn paste(text: &str) -> Typed {
    Typed::Paste(text.to_owned())
}

#[test]
fn a_burst_is_as_many_keys() {
    assert_eq!(typed_at_once("j".repeat(60_000)).len(), 60_000);
    let mixed = "q\x1b[A\x1bOP\x1b[1;5Cßx€\x1bx\x1bß🧠\x1b[[Az";
    let expected = [
        "q",
        "\x1b[A",
        "\x1bOP",
        "\x1b[1;5C",
        "ß",
        "x",
        "€",
        "\x1bx",
        "\x1bß",
        "🧠",
        "\x1b[[A",
        "z",
    ];
    assert_eq!(typed_at_once(mixed), keys(expected));
}

#[test]
fn an_answer_of_the_terminal_is_not_typed() {
    let kinds = [
        "]11;rgb:0000/0000/0000",
        "P>|r R q(1)",
        "_Gi=31;OK",
        "^r",
        "Xr",
    ];
    for kind in kinds {
        for end in ["\x07", "\x1b\\", "\x18", "\x1a"] {
            let answer = format!("a\x1b{kind}{end}b");
            assert_eq!(typed_at_once(&answer), keys(["a", "b"]), "{answer:?}");
        }
        // One that never ends is followed by a pause.
        let mut framing = Framing::default();
        assert_eq!(typed(&mut framing, format!("\x1b{kind}")), []);
        assert_eq!(framing.patience(Instant::now()), Some(PATIENCE_WITHIN_TEXT));
        assert_eq!(framing.give_up(), []);
        assert_eq!(typed(&mut framing, "r"), keys(["r"]));
        // Or by a key.
        let answer = format!("\x1b{kind}\x1b[A\x1b\x1b");
        assert_eq!(typed(&mut framing, answer), keys(["\x1b[A", "\x1b"]));
    }
    let long = format!("\x1b]52;{}", "r".repeat(LONGEST_ANSWER));
    assert_eq!(typed_at_once(long), keys(["r"; 2]));
}

#[test]
fn a_report_of_the_mouse_is_whole_however_slowly_it_comes() {
    let report = "\x1b[<0;35;120M";
    assert_eq!(
        typed_at_once(format!("{report}{report}q")),
        keys([report, report, "q"])
    );
    for end in MOUSE_BEGINS.len()..report.len() {
        let mut framing = Framing::default();
        assert_eq!(typed(&mut framing, &report[..end]), []);
        assert_eq!(framing.patience(Instant::now()), Some(PATIENCE_WITHIN_TEXT));
        assert_eq!(typed(&mut framing, &report[end..]), keys([report]));
    }
}

#[test]
fn a_report_of_an_old_terminal_types_nothing() {
    assert_eq!(
        typed_at_once(b"a\x1b[Mqqqb\x1b[M \xff\xfec"),
        keys(["a", "b", "c"])
    );
    let mut framing = Framing::default();
    assert_eq!(typed(&mut framing, "\x1b[Mq"), []);
    assert_eq!(framing.give_up(), []);
    assert_eq!(typed(&mut framing, "r\x1b[M \x1b[A"), keys(["r", "\x1b[A"]));
}

#[test]
fn ctrl_c_is_heard_within_anything_but_a_paste() {
    for begun in [
        "",
        "\x1b[1;",
        "\x1bO",
        "\x1b[<0;1",
        "\x1b[M!",
        "\x1b]11;rgb",
        "\x1bP",
        "\u{20ac}",
        "\x1b_G",
    ] {
        let bytes = format!("{begun}\x03");
        assert_eq!(
            typed_at_once(&bytes).last(),
            keys(["\x03"]).last(),
            "{bytes:?}"
        );
    }
    assert_eq!(typed_at_once(b"\xe2\x82\x03"), keys(["\x03"]));
    assert_eq!(typed_at_once("\x1b\x03"), keys(["\x1b", "\x03"]));
}

#[test]
fn esc_is_a_key_if_nothing_follows() {
    let mut framing = Framing::default();
    assert_eq!(typed(&mut framing, "\x1b"), []);
    assert_eq!(framing.patience(Instant::now()), Some(PATIENCE_AFTER_ESC));
    assert_eq!(framing.give_up(), keys(["\x1b"]));
    assert_eq!(framing.patience(Instant::now()), None);
}

#[test]
fn a_paste_is_one_text_whatever_is_in_it() {
    let text = "70 kg\n\x03\x1b[A\x1b[20x\x1b\x1b[ß";
    let pasted = format!("\x1b[200~{text}\x1b[201~q");
    let [q] = keys(["q"]).try_into().unwrap();
    assert_eq!(typed_at_once(pasted), [paste(text), q]);
}

#[test]
fn a_paste_without_an_end_ends_with_a_pause_and_its_length_is_limited() {
    let mut framing = Framing::default();
    let text = "j".repeat(10 * LONGEST_PASTE);
    assert_eq!(typed(&mut framing, format!("\x1b[200~{text}\x03")), []);
    assert!(framing.bytes.capacity() <= 2 * LONGEST_PASTE);
    let now = Instant::now();
    assert_eq!(framing.patience(now), Some(PATIENCE_WITHIN_TEXT));
    let later = now + LONGEST_PASTING + Duration::from_millis(1);
    assert_eq!(framing.patience(later), Some(PATIENCE_WITHIN_KEY));
    let [ctrl_c, q] = keys(["\x03", "q"]).try_into().unwrap();
    assert_eq!(framing.give_up(), [paste(&text[..LONGEST_PASTE]), ctrl_c]);
    assert_eq!(typed(&mut framing, "q"), [q]);
}

proptest! {
    #[test]
    fn whatever_was_sent_a_key_is_heard_after_a_pause(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut framing = Framing::default();
        typed(&mut framing, &bytes);
        framing.give_up();
        prop_assert_eq!(typed(&mut framing, "q"), keys(["q"]));
    }
}
