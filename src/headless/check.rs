//! `nnscope train --check-gradients`: every derivative held against the central difference.

use std::io::{self, Write};

use crate::nn::{Batch, Comparison, Verdict, check_gradient, spread};
use crate::session::Session;

/// About so many multiplications are spent on a check: a few seconds. Larger networks have only some of their
/// parameters checked, evenly spread.
const EFFORT: u64 = 4_000_000_000;

/// Checks the gradient of the next batch and says on stderr what came of it. Answers whether the chain rule and
/// the central difference agree.
pub(super) fn check_gradients(session: &mut Session) -> bool {
    let epoch = session.position().epoch;
    let (network, loss) = (session.network().clone(), session.config().loss);
    let (inputs, targets) = session.next_examples();
    let batch = Batch { inputs, targets };
    let indices = spread(&network, batch.samples(&network), EFFORT);
    let compared = check_gradient(&network, loss, batch, indices);

    let count = |verdict| {
        compared
            .iter()
            .filter(|comparison| comparison.verdict == verdict)
            .count()
    };
    let (bent, differing) = (count(Verdict::Bend), count(Verdict::Differ));
    let (checked, all) = (compared.len(), network.parameters().len());
    let comparable = checked - bent;
    let outcome = match (differing, comparable == all) {
        (0, true) => format!("all {all} derivatives agree with the central difference"),
        (0, false) => format!(
            "{comparable} of {all} derivatives were compared and agree with the central difference"
        ),
        (_, _) => {
            format!("{differing} of {checked} derivatives DIFFER from the central difference")
        }
    };
    let bends = match bent {
        0 => String::new(),
        _ => format!(" ({bent} others cannot be: a relu bends there)"),
    };
    let worst = worst(&compared).map_or_else(String::new, |worst| {
        format!(
            "; the least alike is {}: {:.9e} by backprop, {:.9e} by difference, relative error {:.0e}",
            network.parameter_name(worst.parameter),
            worst.backprop,
            worst.difference,
            worst.relative_error()
        )
    });
    // Not eprintln!, which panics if nobody hears.
    let _ = writeln!(
        io::stderr(),
        "gradient check at epoch {epoch}: {outcome}{bends}{worst}"
    );
    differing == 0
}

/// The one whose two derivatives are furthest apart.
fn worst(compared: &[Comparison]) -> Option<&Comparison> {
    let comparable = compared
        .iter()
        .filter(|comparison| comparison.verdict != Verdict::Bend);
    let apart = |comparison: &Comparison| {
        (comparison.backprop - comparison.difference).abs() / comparison.tolerance
    };
    comparable.max_by(|a, b| apart(a).total_cmp(&apart(b)))
}
