//! The optimizers against numbers that are computed by hand, and what they remember.

use super::*;
use crate::executor::tests::Several;

const USUAL: Coefficients = Coefficients {
    momentum: 0.9,
    alpha: 0.99,
    beta1: 0.9,
    beta2: 0.999,
};

/// Two steps with η = 0.5 from p = 1 and the gradients 2 and −1.
fn two_steps_with(coefficients: Coefficients, kind: OptimizerKind) -> f64 {
    let mut optimizer = Optimizer::new(kind, 1);
    let mut p = [1.0];
    optimizer.update(0.5, coefficients, &mut p, &[2.0]);
    optimizer.update(0.5, coefficients, &mut p, &[-1.0]);
    p[0]
}

#[test]
fn the_memory_of_one_parameter_is_its_own() {
    for kind in OptimizerKind::ALL {
        let mut optimizer = Optimizer::new(kind, 3);
        let mut parameters = [1.0, 2.0, 3.0];
        for gradient in [[0.1, -0.2, 0.3], [0.5, 0.25, -1.0]] {
            let before = optimizer.memory.map(|part| part[1]);
            let change = optimizer.change_of(1, USUAL, gradient[1]);
            optimizer.update(0.1, USUAL, &mut parameters, &gradient);
            let after = optimizer.memory.map(|part| part[1]);
            assert_eq!(change.map(|part| part.before), before, "{kind:?}");
            assert_eq!(change.map(|part| part.after), after, "{kind:?}");
        }
    }
}

#[test]
fn the_memory_of_the_first_run_files_is_read() {
    let file = |kind: &str, first: &str, second: &str| {
        format!(
            r#"{{"kind":"{kind}","steps":3,"first_moments":{first},"second_moments":{second}}}"#
        )
    };
    let read = |text: &str| serde_json::from_str::<Optimizer>(text).unwrap();
    let expected = |memory| Optimizer { steps: 3, memory };
    assert_eq!(read(&file("sgd", "[]", "[]")), expected(Memory::Sgd {}));
    let v = vec![0.1, -0.25];
    assert_eq!(
        read(&file("momentum", "[0.1,-0.25]", "[]")),
        expected(Memory::Momentum { v })
    );
    let s = vec![0.5];
    assert_eq!(
        read(&file("rmsprop", "[]", "[0.5]")),
        expected(Memory::Rmsprop { s })
    );
    let (m, v) = (vec![0.1], vec![1e-300]);
    assert_eq!(
        read(&file("adam", "[0.1]", "[1e-300]")),
        expected(Memory::Adam { m, v })
    );
}

#[test]
fn an_optimizer_is_read_as_it_was_written() {
    for kind in OptimizerKind::ALL {
        let mut optimizer = Optimizer::new(kind, 2);
        optimizer.update(0.1, USUAL, &mut [1.0, 2.0], &[1.0 / 3.0, -0.7]);
        let written = serde_json::to_string(&optimizer).unwrap();
        assert_eq!(
            serde_json::from_str::<Optimizer>(&written).unwrap(),
            optimizer
        );
    }
}

#[test]
fn a_copy_is_the_same_of_whatever_kind() {
    for (from, to) in OptimizerKind::ALL
        .map(|from| OptimizerKind::ALL.map(|to| (from, to)))
        .concat()
    {
        let [mut from, mut to] = [from, to].map(|kind| Optimizer::new(kind, 2));
        from.update(0.1, USUAL, &mut [1.0, 2.0], &[0.5, -0.25]);
        to.copy_from(&from);
        assert_eq!(to, from);
    }
}

#[test]
fn two_steps_are_as_computed_by_hand() {
    let two_steps = |kind| two_steps_with(USUAL, kind);
    let close =
        |ours: f64, by_hand: f64| assert!((ours - by_hand).abs() < 1e-6, "{ours}, {by_hand}");
    close(two_steps(OptimizerKind::Sgd), 1.0 - 0.5 * 2.0 + 0.5);
    close(
        two_steps(OptimizerKind::Momentum),
        1.0 - 0.5 * 2.0 - 0.5 * (1.8 - 1.0),
    );
    close(
        two_steps(OptimizerKind::Nesterov),
        1.0 - 0.5 * (2.0 + 0.9 * 2.0) - 0.5 * (-1.0 + 0.9 * (1.8 - 1.0)),
    );
    let s: f64 = 0.99 * 0.04 + 0.01;
    close(
        two_steps(OptimizerKind::Rmsprop),
        1.0 - 0.5 * 2.0 / 0.2 + 0.5 / s.sqrt(),
    );
    let (m, v): (f64, f64) = (0.9 * 0.2 - 0.1, 0.999 * 0.004 + 0.001);
    let second = 0.5 * (m / 0.19) / (v / (1.0 - 0.999f64.powi(2))).sqrt();
    close(two_steps(OptimizerKind::Adam), 1.0 - 0.5 - second);
    close(two_steps(OptimizerKind::AdamW), 1.0 - 0.5 - second);
    for kind in OptimizerKind::ALL {
        let mut p = [2.0];
        Optimizer::new(kind, 1).decay(0.5, 0.1, &mut p);
        let is_decayed = kind == OptimizerKind::AdamW;
        assert_eq!(p, if is_decayed { [1.9] } else { [2.0] }, "{kind:?}");
    }
}

#[test]
fn a_correction_without_the_power_is_the_one_with_it() {
    let begins_near = [
        (0.0, 38),
        (0.1, 42),
        (0.5, 76),
        (0.9, 380),
        (0.99, 3800),
        (0.999, 38_000),
        (0.9999, 380_000),
    ];
    for (beta, near) in begins_near {
        for steps in [1, 2, 10, near - 1, near, near + 1, near + 2, 10 * near] {
            let formula = 1.0 - f64::powf(beta, steps as f64);
            assert_eq!(correction(beta, steps), formula, "{beta}, {steps}");
        }
    }
}

#[test]
fn every_coefficient_is_where_the_formulas_have_it() {
    let close =
        |ours: f64, by_hand: f64| assert!((ours - by_hand).abs() < 1e-6, "{ours}, {by_hand}");
    let two_steps = |kind| {
        let coefficients = Coefficients {
            momentum: 0.5,
            alpha: 0.75,
            beta1: 0.25,
            beta2: 0.5,
        };
        two_steps_with(coefficients, kind)
    };
    // v: 2, 0.
    close(
        two_steps(OptimizerKind::Momentum),
        1.0 - 0.5 * 2.0 - 0.5 * 0.0,
    );
    close(
        two_steps(OptimizerKind::Nesterov),
        1.0 - 0.5 * (2.0 + 0.5 * 2.0) - 0.5 * (-1.0 + 0.5 * 0.0),
    );
    // s: 1, 1.
    close(two_steps(OptimizerKind::Rmsprop), 1.0 - 0.5 * 2.0 + 0.5);
    // m: 1.5, −0.375; v: 2, 1.5; corrected in step 2: −0.4 and 2.
    let adam = 1.0 - 0.5 * 2.0 / 2.0 + 0.5 * 0.4 / 2.0_f64.sqrt();
    close(two_steps(OptimizerKind::Adam), adam);
    close(two_steps(OptimizerKind::AdamW), adam);
    let zeros = Coefficients {
        momentum: 0.0,
        alpha: 0.0,
        beta1: 0.0,
        beta2: 0.0,
    };
    for kind in [OptimizerKind::Momentum, OptimizerKind::Nesterov] {
        close(two_steps_with(zeros, kind), 1.0 - 0.5 * 2.0 + 0.5);
    }
    for kind in [OptimizerKind::Rmsprop, OptimizerKind::Adam] {
        close(two_steps_with(zeros, kind), 1.0 - 0.5 + 0.5);
    }
}

#[test]
fn the_usual_coefficients_are_those_of_pytorch() {
    assert_eq!(Coefficients::default(), USUAL);
    let read = |text| serde_json::from_str::<Coefficients>(text).unwrap();
    assert_eq!(read("{}"), USUAL);
    let momentum = 0.5;
    assert_eq!(
        read("{\"momentum\":0.5}"),
        Coefficients { momentum, ..USUAL }
    );
}

#[test]
fn beside_the_parameters_in_parts_and_on_threads_an_update_has_the_same_bits() {
    let numbers = |factor: usize| (0..3001).map(move |i| (i * factor % 1009) as f64 / 504.0 - 1.0);
    let rule = UpdateRule {
        learning_rate: 0.1,
        weight_decay: 0.01,
        coefficients: USUAL,
    };
    for kind in OptimizerKind::ALL {
        let mut parameters: Vec<f64> = numbers(7919).collect();
        let mut expected = parameters.clone();
        let mut optimizer = Optimizer::new(kind, parameters.len());
        let (mut other, mut next) = (optimizer.clone(), Optimizer::new(OptimizerKind::Sgd, 0));
        for step in 1..4 {
            let gradient: Vec<f64> = numbers(31 * step).collect();
            other.decay(0.1, 0.01, &mut expected);
            other.update(0.1, USUAL, &mut expected, &gradient);
            let (before, mut beside) = (optimizer.clone(), gradient);
            for range in [0..1, 1..1700, 1700..3001] {
                let numbers = (&*parameters, &mut *beside);
                assert!(optimizer.update_beside(&mut next, rule, range, numbers, &Several(3)));
            }
            assert_eq!(optimizer, before);
            std::mem::swap(&mut optimizer, &mut next);
            parameters = beside;
            assert_eq!((&optimizer, &parameters), (&other, &expected), "{kind:?}");
        }
        parameters[1700] = f64::NAN;
        let finite = [0..1700, 1700..3001].map(|range| {
            let gradient = &mut vec![0.5; 3001];
            optimizer.update_beside(&mut next, rule, range, (&parameters, gradient), &Several(2))
        });
        assert_eq!(finite, [true, false]);
    }
}
