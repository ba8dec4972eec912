//! `nnscope train --check-gradients`: every derivative held against the central difference.

use super::output::note;
use crate::nn::{Agreement, Batch, Comparison, check_gradient, spread};
use crate::session::Session;
use crate::signals::Ending;

/// About how many multiplications a check may take: a few seconds. Of larger networks only some parameters are
/// checked, evenly spread.
const EFFORT: u64 = 4_000_000_000;

/// Checks the gradient of the next batch and reports the result on stderr. Returns whether the chain rule and
/// the central difference agree; `None` if a signal came first.
pub(super) fn check_gradients(session: &mut Session, ending: &Ending) -> Option<bool> {
    let epoch = session.position().epoch;
    let (network, loss) = (session.network().clone(), session.config().loss);
    let (inputs, targets) = session.next_examples();
    let batch = Batch { inputs, targets };
    let indices = spread(&network, batch.samples(&network), EFFORT);
    let indices = indices.take_while(|_| !ending.has_come());
    let compared = check_gradient(&network, loss, batch, indices);
    if ending.has_come() {
        return None;
    }
    let outcome = outcome(&compared, network.parameters().len());
    let worst = worst(&compared).map_or_else(String::new, |worst| {
        format!(
            "; largest difference: {}, {:.9e} by backprop, {:.9e} by difference, relative error {:.0e}",
            network.parameter_name(worst.parameter),
            worst.backprop,
            worst.difference,
            worst.relative_error()
        )
    });
    note(format_args!(
        "gradient check at epoch {epoch}: {outcome}{worst}"
    ));
    Some(count(&compared, Agreement::Differ) == 0)
}

/// How many of all derivatives agree.
fn outcome(compared: &[Comparison], all: usize) -> String {
    let [kinks, differing] =
        [Agreement::Kink, Agreement::Differ].map(|agreement| count(compared, agreement));
    let checked = compared.len();
    let comparable = checked - kinks;
    let undecided = match kinks {
        0 => String::new(),
        _ => format!(" ({kinks} are not differentiable here: ReLU kink)"),
    };
    let outcome = match (differing, comparable == all) {
        (0, true) => format!("all {all} derivatives agree with the central difference"),
        (0, false) => format!(
            "{comparable} of {all} derivatives were compared and agree with the central difference"
        ),
        (_, _) => {
            format!("{differing} of {checked} derivatives DIFFER from the central difference")
        }
    };
    outcome + &undecided
}

fn count(compared: &[Comparison], agreement: Agreement) -> usize {
    let same = |comparison: &&Comparison| comparison.agreement == agreement;
    compared.iter().filter(same).count()
}

/// The one whose two derivatives are furthest apart.
fn worst(compared: &[Comparison]) -> Option<&Comparison> {
    let comparable = compared
        .iter()
        .filter(|comparison| comparison.agreement != Agreement::Kink);
    let apart = |comparison: &Comparison| {
        (comparison.backprop - comparison.difference).abs() / comparison.tolerance
    };
    comparable.max_by(|a, b| apart(a).total_cmp(&apart(b)))
}
