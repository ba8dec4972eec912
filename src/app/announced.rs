//! What the status line says of the data of a run that begins.

use crate::data::Target;
use crate::session::Run;
use crate::session::setting::in_screen_words;

/// The longest remark that the status line has room for, in columns.
const LONGEST_REMARK: usize = 60;

/// Returns which column is predicted if nobody has chosen it, and a remark, or where to read what has no room in a line;
/// `None` if there is nothing to say.
pub(super) fn announced(run: &Run) -> Option<String> {
    let remarks = run.remarks();
    let usual = usual_of_file(run);
    let Some(target) = unchosen_target(run) else {
        return remarked(&remarks)
            .or_else(|| usual.map(|usual| format!("training with {usual} – e changes these")));
    };
    Some(match (remarks.len(), usual) {
        (0, Some(usual)) => format!("predicting {target} with {usual} – e changes these"),
        (0, None) => format!("predicting {target} – e chooses another column"),
        (1, _) => match skipped(&remarks[0]) {
            Some(skipped) => format!("predicting {target} – {skipped} (c)"),
            None => format!("predicting {target} (e changes it) – 1 remark on the data (c)"),
        },
        (several, _) => {
            format!("predicting {target} (e changes it) – {several} remarks on the data (c)")
        }
    })
}

/// What a run on a file is trained with, unlike the one on built-in data: "adam and l2 0.17".
fn usual_of_file(run: &Run) -> Option<String> {
    let (config, l2) = (&run.config, run.config.penalty.l2);
    let is_usual = run.source.is_file() && l2 > 0.0;
    is_usual.then(|| format!("{} and l2 {l2}", config.optimizer.name()))
}

fn remarked(remarks: &[String]) -> Option<String> {
    match remarks {
        [] => None,
        [remark] if remark.chars().count() <= LONGEST_REMARK => Some(in_screen_words(remark)),
        [remark] => Some(match skipped(remark) {
            Some(skipped) => format!("{skipped} – c says more"),
            None => "1 remark on the data – c shows it".to_owned(),
        }),
        several => Some(format!(
            "{} remarks on the data – c lists them",
            several.len()
        )),
    }
}

/// Returns how many rows are left out, if a remark says that: "skipped 2 of 344 rows with missing values".
fn skipped(remark: &str) -> Option<&str> {
    let (rows, _) = remark.split_once(':')?;
    rows.starts_with("skipped ").then_some(rows)
}

/// The column of a file that is predicted because it is the last one.
fn unchosen_target(run: &Run) -> Option<&str> {
    let source = &run.source;
    let is_chosen = !source.target.is_empty() || !source.is_file();
    match &run.dataset.target {
        _ if is_chosen => None,
        Target::Binary { name, .. } | Target::Classes { name, .. } => Some(name),
        Target::Numbers(numbers) => numbers.first().map(|number| &*number.name),
    }
}
