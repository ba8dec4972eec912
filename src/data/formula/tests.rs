use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::data::{Preprocessing, ScalingMethod, people};

fn read(text: &str) -> Result<String, String> {
    let formula: Result<Formula<String>> = text.parse();
    let text = formula.map(|formula| formula.to_string());
    text.map_err(|problem| problem.to_string())
}

/// The inputs that texts make of two features, or why they make none.
fn inputs(texts: &[&str], features: &[Feature]) -> Result<Vec<Input>, String> {
    let typed: Result<Vec<Formula<String>>> = texts.iter().map(|text| text.parse()).collect();
    let made = typed.and_then(|typed| resolved(&typed, features));
    let made = made.map(|all| all.iter().map(|formula| formula.input(features)).collect());
    made.map_err(|problem| problem.to_string())
}

fn numbers(names: &[&str]) -> Vec<Feature> {
    let features = names.iter().map(|name| Feature::number(name, ""));
    features.collect()
}

#[test]
fn a_formula_is_read_in_every_usual_spelling() {
    for (text, canonical) in [
        ("x1", "x1"),
        (" x2 ", "x2"),
        ("x1^2", "x1^2"),
        ("x1²", "x1^2"),
        ("x1 ^ 2", "x1^2"),
        ("x1*x2", "x1*x2"),
        ("x1 · x2", "x1*x2"),
        ("x2×x1", "x2*x1"),
        ("sin(x1)", "sin(x1)"),
        ("sin ( x1 )", "sin(x1)"),
        ("sin x2", "sin(x2)"),
        ("weight (lb)^2", "weight (lb)^2"),
        ("sin(weight (lb))", "sin(weight (lb))"),
        ("since", "since"),
    ] {
        assert_eq!(read(text).as_deref(), Ok(canonical), "{text:?}");
    }
}

#[test]
fn what_is_no_formula_is_refused_with_all_that_are() {
    let expected = "is not an input: expected x1, x2, x1^2, x2^2, x1*x2, sin(x1) or sin(x2)";
    for text in [
        "",
        "x1^3",
        "x1**2",
        "x1*x2*x1",
        "x1^2*x2",
        "*x1",
        "^2",
        "sin()",
        "sin(x1^2)",
        "2^x1",
    ] {
        assert_eq!(read(text), Err(format!("{text:?} {expected}")));
    }
    for text in [
        "cos(x1)",
        "x3",
        "x1+x2",
        "-x1",
        "2*x1",
        "sin(sin(x1))",
        "weight",
    ] {
        let found = inputs(&[text], &numbers(&["x1", "x2"]));
        assert_eq!(found, Err(format!("{text:?} {expected}")));
    }
    let weights = [
        Feature::number("weight", "lb"),
        Feature::number("height", "in"),
    ];
    let here = format!("\"x3\" {expected}, where x1 is \"weight\" and x2 is \"height\"");
    assert_eq!(inputs(&["x3"], &weights), Err(here));
}

#[test]
fn features_are_named_by_their_place_or_their_name() {
    let weights = [
        Feature::number("weight", "lb"),
        Feature::number("height", "in"),
    ];
    for (text, name, label, symbol) in [
        ("x1", "weight", "weight", "x1"),
        ("height^2", "height^2", "height²", "x2²"),
        ("HEIGHT (in)^2", "height^2", "height²", "x2²"),
        ("x2*weight_lb", "weight*height", "weight·height", "x1·x2"),
        ("weight*weight", "weight^2", "weight²", "x1²"),
        ("sin weight", "sin(weight)", "sin weight", "sin(x1)"),
    ] {
        let expected = [name, label, symbol].map(str::to_owned);
        let [name, label, symbol] = expected;
        let expected = Input {
            name,
            label,
            symbol,
        };
        assert_eq!(inputs(&[text], &weights), Ok(vec![expected]), "{text}");
    }
}

#[test]
fn a_feature_that_is_called_x1_is_x1_wherever_it_stands() {
    let name = |text, names: [&str; 2]| {
        inputs(&[text], &numbers(&names)).map(|inputs| inputs[0].symbol.clone())
    };
    assert_eq!(name("x1^2", ["x2", "x1"]), Ok("x2²".to_owned()));
    assert_eq!(name("x1^2", ["y", "x1"]), Ok("x2²".to_owned()));
    let message = "\"x2\" is not an input: expected y, x1, y^2, x1^2, y*x1, sin(y) or sin(x1)";
    assert_eq!(name("x2", ["y", "x1"]), Err(message.to_owned()));
    // Cases tell names apart where they have to.
    assert_eq!(name("A", ["a", "A"]), Ok("x2".to_owned()));
    // A name with signs of formulas, or one of both, leaves the place.
    assert_eq!(name("x2^2", ["a*b", "c^2"]), Ok("x2²".to_owned()));
    assert!(name("same", ["same", "same"]).is_err());
}

#[test]
fn formulas_are_of_two_numbers_and_each_stands_once() {
    for (names, message) in [
        (
            &["a"][..],
            "formulas of inputs take 2 features, the data has 1",
        ),
        (
            &["a", "b", "c"],
            "formulas of inputs take 2 features, the data has 3; --features chooses them",
        ),
    ] {
        assert_eq!(inputs(&["x1"], &numbers(names)), Err(message.to_owned()));
        assert_eq!(inputs(&[], &numbers(names)), Ok(Vec::new()));
    }
    let pet = Feature::Category {
        name: "pet".to_owned(),
        words: ["cat", "dog"].map(str::to_owned).to_vec(),
    };
    let message = "formulas of inputs take numbers, \"pet\" has words";
    let found = inputs(&["x1"], &[Feature::number("weight", "lb"), pet]);
    assert_eq!(found, Err(message.to_owned()));
    let twice = inputs(&["a*b", "x2", "b*a"], &numbers(&["a", "b"]));
    assert_eq!(twice, Err("the input a*b is there twice".to_owned()));
}

#[test]
fn inputs_are_computed_from_what_is_scaled_and_not_scaled_again() {
    let mut people = people();
    let typed = ["weight", "height^2", "x1*x2", "sin(height)"];
    let typed: Vec<Formula<String>> = typed.iter().map(|text| text.parse().unwrap()).collect();
    people.choose_inputs(&typed).unwrap();
    // Alice: 133 lb − 135 and 65 in − 66.
    let alice = [-2.0, 1.0, 2.0, (-1.0_f64).sin()];
    assert_eq!(people.training().copied().0[..4], alice);
    assert_eq!(people.network_inputs(&[133.0, 65.0]), alice);
    people.scale(&ScalingMethod::None).unwrap();
    let unscaled = [133.0, 65.0 * 65.0, 133.0 * 65.0, 65.0_f64.sin()];
    assert_eq!(people.training().copied().0[..4], unscaled);
    let scaling = people.preprocessing.scaling();
    assert_eq!((scaling.shift.len(), scaling.divisor.len()), (2, 2));
    people.choose_inputs(&[]).unwrap();
    assert_eq!(people.training().copied().0[..2], [133.0, 65.0]);
}

#[test]
fn an_input_that_overflows_is_refused() {
    let mut people = people();
    people.scale(&ScalingMethod::None).unwrap();
    Arc::make_mut(&mut people.raw)[0] = 1e200;
    let problem = people.choose_inputs(&["x1^2".parse().unwrap()]);
    let words =
        "the input weight^2 overflows: the features need another scaling (--scaling standardize)";
    assert_eq!(problem.unwrap_err().to_string(), words);
    assert!(!people.preprocessing.has_formulas());
}

fn formula() -> impl Strategy<Value = Formula<String>> {
    // What a header may have, but for the signs of formulas.
    let name = || "[a-zA-Z0-9_ ,\"()=%µß.-]{1,12}".prop_filter_map("a name", |name| named(&name));
    prop_oneof![
        name().prop_map(Formula::Value),
        name().prop_map(Formula::Square),
        (name(), name()).prop_map(|(a, b)| Formula::Product(a, b)),
        name().prop_map(Formula::Sine),
    ]
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(formula in formula()) {
        // A name that looks like a sine is one.
        let is_name = |name: &str| in_sine(name).is_none();
        prop_assume!(formula.try_map(|name| is_name(name).then_some(()).ok_or(())).is_ok());
        let text = formula.to_string();
        let read: Formula<String> = text.parse().unwrap();
        prop_assert_eq!(&read, &formula);
        let json = serde_json::to_string(&formula).unwrap();
        let read: Formula<String> = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(read, formula);
    }

    #[test]
    fn every_choice_of_inputs_is_read_from_their_names(
        chosen in proptest::sample::subsequence(
            vec!["x1", "x2", "x1^2", "x2^2", "x1*x2", "sin(x1)", "sin(x2)"], 1..=7,
        ).prop_shuffle(),
        names in prop::sample::select(vec![["x1", "x2"], ["weight", "height"], ["x2", "x1"], ["a b", "c,d"]]),
    ) {
        let features = numbers(&names);
        let named = inputs(&chosen, &features).map(|inputs| {
            inputs.into_iter().map(|input| input.name).collect::<Vec<_>>()
        }).unwrap();
        let again: Vec<&str> = named.iter().map(String::as_str).collect();
        prop_assert_eq!(inputs(&again, &features).unwrap(), inputs(&chosen, &features).unwrap());
    }

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        let _ = text.parse::<Formula<String>>();
        let _ = inputs(&[&text], &numbers(&["x1", "x2"]));
    }

    #[test]
    fn inputs_are_the_same_one_by_one_and_all_together(raw in [-100.0..100.0, -100.0..100.0]) {
        let [a, b]: [f64; 2] = raw;
        let texts = ["x1", "x2", "x1^2", "x2^2", "x1*x2", "sin(x1)", "sin(x2)"];
        let all = [a, b, a * a, b * b, a * b, a.sin(), b.sin()];
        let with = |texts: &[&str]| {
            let typed: Vec<_> = texts.iter().map(|text| text.parse().unwrap()).collect();
            let features = Preprocessing::unscaled(numbers(&["x1", "x2"]));
            features.with_inputs(&typed).unwrap().network_inputs(&raw)
        };
        prop_assert_eq!(with(&texts), all.to_vec());
        for (text, value) in texts.iter().zip(all) {
            prop_assert_eq!(with(&[text]), vec![value]);
        }
    }
}
