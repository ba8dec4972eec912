//! Lines that lie on one another: the picture has one where there are two names, and one label has both.

use crate::ui::panel::chart::series::Series;
use crate::ui::style::width;
use crate::ui::widget::plot::Plot;

/// Lines that are no farther apart, in rows of cells, look like one: a dot, where a cell has several.
const NEAR: f64 = 0.25;

/// One of this many of their points may be farther apart: where they begin.
const POINTS_PER_APART: usize = 10;

/// Returns the lines by their order, those together that lie on one another and may have one label.
pub(super) fn groups(
    lines: &[&Series],
    plot: &Plot,
    may_share: impl Fn(usize, usize) -> bool,
) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let mut before = groups.iter_mut();
        let same = before.find(|group| {
            let first = group[0];
            may_share(first, index) && look_like_one(lines[first], line, plot)
        });
        match same {
            Some(group) => group.push(index),
            None => groups.push(vec![index]),
        }
    }
    groups
}

/// Returns the name of lines that lie on one another, the longest that fits: "w1 & w3 (one line)", "w1 & w3", "w1 & 2 more";
/// `None` if none does. That of one line needs no room.
pub(super) fn name(names: &[&str], room: u16) -> Option<String> {
    let [first, others @ ..] = names else {
        return None;
    };
    let short = match others {
        [] => return Some((*first).to_owned()),
        [other] => format!("{first} & {other}"),
        _ => format!("{first} & {} more", others.len()),
    };
    let all = names.join(" & ");
    let said = [&all, &short].map(|names| format!("{names} (one line)"));
    let texts = [said[0].clone(), all, said[1].clone(), short];
    texts.into_iter().find(|text| width(text) <= room)
}

fn look_like_one(one: &Series, other: &Series, plot: &Plot) -> bool {
    let both = [one, other];
    let [epochs, other_epochs] =
        both.map(|line| (line.curve.first_epoch(), line.curve.last_epoch()));
    let is_near = |one: f64, other: f64| {
        let apart = plot.up.share(one) - plot.up.share(other);
        apart.abs() * f64::from(plot.area.height) <= NEAR
    };
    let ends = both.map(|line| line.end().map_or(f64::NAN, |(_, number)| number));
    if epochs != other_epochs || !is_near(ends[0], ends[1]) {
        return false;
    }
    let columns = usize::from(plot.area.width);
    let [points, others] = both.map(|line| {
        let buckets = line.curve.in_at_most(columns);
        buckets.map(|(_, bucket)| (line.number)(&bucket))
    });
    let (mut all, mut apart) = (0, 0);
    for (one, other) in points.zip(others) {
        all += 1;
        apart += usize::from(!is_near(one, other));
    }
    apart * POINTS_PER_APART <= all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_several_lines_is_whole_or_not_there() {
        let names = ["h9..h16", "h17..h24", "h25..h32"];
        assert_eq!(name(&names, 15), None);
        assert_eq!(name(&names, 16).as_deref(), Some("h9..h16 & 2 more"));
        assert_eq!(name(&names[..1], 1).as_deref(), Some("h9..h16"));
    }
}
