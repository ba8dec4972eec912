//! What is drawn over a map: the samples, the typed values, and the cursor.

use std::collections::BTreeMap;

use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;

use super::pixels::Pixels;
use crate::app::{RunView, Shown};
use crate::data::Dataset;
use crate::session::Assessment;
use crate::surface::{Map, Plane};
use crate::ui::canvas::Canvas;
use crate::ui::style::Theme;
use crate::ui::style::number::grouped;
use crate::ui::widget::map_subject::Subject;
use crate::ui::widget::spot::{Board, Mark};

/// Of so many cells, one has a sample at most: else there is no map to be seen.
const CELLS_PER_MARK: usize = 4;

/// More names cannot each have an initial that no other has.
const MOST_INITIALS: usize = 52;

/// The signs of training samples by their class, and those of test samples.
const TRAINING: [&str; 6] = ["●", "▲", "■", "◆", "▼", "★"];
const TEST: [&str; 6] = ["○", "△", "□", "◇", "▽", "☆"];
const ASCII_TRAINING: [&str; 6] = ["o", "x", "s", "d", "v", "*"];
const ASCII_TEST: [&str; 6] = ["O", "X", "S", "D", "V", "&"];

/// The sign of a training sample of a class.
pub(super) fn sign_of_class(theme: Theme, class: usize) -> &'static str {
    let signs = theme.glyph(TRAINING, ASCII_TRAINING);
    signs[class % signs.len()]
}

/// The signs of samples.
pub(super) struct Signs {
    theme: Theme,
    /// The initials of the samples, if all have one of their own.
    initials: Vec<String>,
}

impl Signs {
    pub(super) fn new(theme: Theme, dataset: &Dataset) -> Self {
        let initial = |sample| {
            let first = dataset.own_name(sample)?.chars().next()?;
            let is_plain =
                first.is_alphanumeric() && (first.is_ascii() || theme.glyph(true, false));
            is_plain.then(|| first.to_uppercase().collect::<String>())
        };
        let few = match dataset.len() {
            samples if samples <= MOST_INITIALS => samples,
            _ => 0,
        };
        let initials: Option<Vec<String>> = (0..few).map(initial).collect();
        let mut initials = initials.unwrap_or_default();
        let mut apart = initials.clone();
        apart.sort();
        apart.dedup();
        if apart.len() < initials.len() {
            initials.clear();
        }
        Self { theme, initials }
    }

    /// The initials, if samples are called so.
    pub(super) fn initials(&self) -> &[String] {
        &self.initials
    }

    /// The sign of a class, of training or of test samples; numbers have that of class 0.
    pub(super) fn of_class(&self, class: usize, is_test: bool) -> &'static str {
        if !is_test {
            return sign_of_class(self.theme, class);
        }
        let signs = self.theme.glyph(TEST, ASCII_TEST);
        signs[class % signs.len()]
    }

    fn of_sample(&self, dataset: &Dataset, sample: usize) -> &str {
        if let Some(initial) = self.initials.get(sample) {
            return initial;
        }
        let class = dataset.target.task().class(dataset.targets_of(sample));
        self.of_class(class.unwrap_or(0), sample >= dataset.training_samples)
    }

    /// The sign of the typed values.
    pub(super) fn typed(&self) -> &'static str {
        self.theme.glyph("✚", "+")
    }
}

/// Returns the samples that a map of this area needs to know the answers to: all, unless that takes long.
pub(super) fn asked(run: &RunView, area: Rect) -> Vec<usize> {
    let all = run.dataset().len();
    let most = if Assessment::is_cheap(&run.network, &run.run.data) {
        all
    } else {
        most_marks(area)
    };
    let stride = all.div_ceil(most.max(1)).max(1);
    (0..all).step_by(stride).collect()
}

/// The number of samples that can be seen on a map of this area.
fn most_marks(area: Rect) -> usize {
    let cells = usize::from(area.width) * usize::from(area.height);
    (cells / CELLS_PER_MARK).max(1)
}

/// A sample on a map. The one that matters most is the least: a cell shows no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// The one that is chosen.
    Chosen,
    /// One that is predicted wrong.
    Wrong,
    /// Any other.
    Right,
}

/// The samples on a map, and what is not seen of them.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// The index among the samples that were asked about, whether it is predicted wrong, and the cell.
    seen: Vec<(usize, bool, Position)>,
    /// The number of all samples that were asked about.
    asked: usize,
    /// How many of them are predicted wrong.
    pub(super) wrong: usize,
}

impl Marks {
    /// Those of a map with what the network says of these samples.
    pub(super) fn new(run: &RunView, plane: &Plane, map: &Map, (area, samples): Place) -> Self {
        let (dataset, spans) = (run.dataset(), plane.spans());
        let (task, board) = (dataset.target.task(), Board { area, spans });
        let mut cells: BTreeMap<(u16, u16), (Rank, usize, bool)> = BTreeMap::new();
        let mut wrong = 0;
        let outputs = map.outputs.chunks_exact(dataset.target.outputs());
        for (index, (&sample, outputs)) in samples.iter().zip(outputs).enumerate() {
            let is_wrong = task.class(outputs) != task.class(dataset.targets_of(sample));
            wrong += usize::from(is_wrong);
            let rank = match run.shown {
                Shown::Sample(shown) if shown == sample => Rank::Chosen,
                _ if is_wrong => Rank::Wrong,
                _ => Rank::Right,
            };
            let raw = dataset.raw_of(sample);
            if let Some(at) = board.position(spans.map(|span| raw[span.feature])) {
                let mark = (rank, index, is_wrong);
                let first = cells.entry((at.y, at.x)).or_insert(mark);
                *first = mark.min(*first);
            }
        }
        let mut marks: Vec<_> = cells.into_iter().collect();
        marks.sort_by_key(|(_, mark)| *mark);
        let seen = thinned(&marks, most_marks(area), |(_, (rank, ..))| {
            *rank < Rank::Right
        });
        let mark = |((y, x), (_, index, is_wrong))| (index, is_wrong, Position { x, y });
        Self {
            seen: seen.map(mark).collect(),
            asked: samples.len(),
            wrong,
        }
    }

    /// How many of all samples are seen, if not all of them are: "98 of 500".
    pub(super) fn seen_of(&self, run: &RunView) -> Option<[String; 2]> {
        let all = run.dataset().len();
        let counts = [self.seen.len(), all].map(|count| grouped(count as u64));
        (self.seen.len() < all).then_some(counts)
    }

    /// How many of those that are predicted wrong are seen; `None` if not all samples were asked about.
    pub(super) fn boxed(&self, run: &RunView) -> Option<usize> {
        let boxed = self.seen.iter().filter(|(_, is_wrong, _)| *is_wrong);
        (self.asked == run.dataset().len()).then(|| boxed.count())
    }
}

/// The cells of a map, and the samples that it was asked about.
pub(super) type Place<'a> = (Rect, &'a [usize]);

/// Returns at most this many, spread evenly: those that come first, and half of the others in any case.
fn thinned<T: Copy>(
    all: &[T],
    most: usize,
    is_first: impl Fn(&T) -> bool,
) -> impl Iterator<Item = T> {
    let (first, others) = all.split_at(all.partition_point(is_first));
    let room = most.saturating_sub(others.len().min(most / 2));
    let first = spread(first, room);
    let others = spread(others, most.saturating_sub(first.len()));
    first.into_iter().chain(others)
}

/// Returns this many of some, evenly spread; all if there are fewer.
fn spread<T: Copy>(all: &[T], count: usize) -> Vec<T> {
    let (len, count) = (all.len().max(1), count.min(all.len()));
    let is_kept = |index: usize| (index + 1) * count / len > index * count / len;
    let kept = all.iter().enumerate().filter(|(index, _)| is_kept(*index));
    kept.map(|(_, one)| *one).collect()
}

/// Draws the samples that have room; one that is predicted wrong is in a box.
pub(super) fn render_samples(
    canvas: &mut Canvas,
    pixels: &Pixels,
    subject: &Subject,
    marks: &Marks,
    samples: &[usize],
) {
    let run = canvas.app.run();
    let dataset = run.dataset();
    let signs = Signs::new(canvas.theme, dataset);
    let task = dataset.target.task();
    for &(index, is_wrong, position) in &marks.seen {
        let sample = samples[index];
        let class = task.class(dataset.targets_of(sample));
        let beneath = pixels.tone_of_cell(subject, position);
        let mut style = if is_wrong {
            pixels.ink.wrong(class, beneath)
        } else {
            pixels.ink.mark(class, beneath)
        };
        if run.shown == Shown::Sample(sample) {
            style = style.add_modifier(Modifier::UNDERLINED);
        }
        let symbol = signs.of_sample(dataset, sample);
        canvas.frame.buffer_mut()[position]
            .set_symbol(symbol)
            .set_style(style);
    }
}

/// Draws the typed values.
pub(super) fn render_typed(canvas: &mut Canvas, pixels: &Pixels, subject: &Subject, plane: &Plane) {
    let signs = Signs::new(canvas.theme, canvas.app.run().dataset());
    let mark = Mark::Sign(signs.typed());
    if let Some(raw) = canvas.app.run().prediction.values() {
        render_mark(canvas, pixels, subject, plane, (mark, &raw));
    }
}

/// Draws brackets around the cell of the cursor.
pub(super) fn render_cursor(
    canvas: &mut Canvas,
    pixels: &Pixels,
    subject: &Subject,
    plane: &Plane,
) {
    if let Some(raw) = canvas.app.run().point() {
        render_mark(canvas, pixels, subject, plane, (Mark::Brackets, &raw));
    }
}

/// Marks the place of some raw values, or at the border where it is.
fn render_mark(
    canvas: &mut Canvas,
    pixels: &Pixels,
    subject: &Subject,
    plane: &Plane,
    (mark, raw): (Mark, &[f64]),
) {
    let at = plane.spans().map(|span| raw[span.feature]);
    for (position, symbol) in board(pixels, plane).cells(canvas.theme, mark, at) {
        let beneath = pixels.tone_of_cell(subject, position);
        canvas.frame.buffer_mut()[position]
            .set_symbol(symbol)
            .set_style(pixels.ink.mark(None, beneath));
    }
}

/// Returns the cells of the plane.
fn board(pixels: &Pixels, plane: &Plane) -> Board {
    Board {
        area: pixels.area,
        spans: plane.spans(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::app::{Appearance, Background, Colors, Glyphs};
    use crate::ui::style::{MapInk, Tone};

    #[test]
    fn a_character_of_a_map_is_of_one_class_and_is_no_line_no_border_and_no_bracket() {
        for (glyphs, colors) in [
            (Glyphs::Unicode, Colors::None),
            (Glyphs::Ascii, Colors::None),
            (Glyphs::Ascii, Colors::Sixteen),
        ] {
            let theme = Theme(Appearance { colors, glyphs });
            for count in 2..=6 {
                let classes: Vec<String> = (0..count).map(|class| class.to_string()).collect();
                let ink = MapInk::new(theme, Background::Dark, &classes);
                let mut classes_of: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
                for class in 0..count {
                    for step in 0..=20 {
                        let strength = f64::from(step) / 20.0;
                        let (character, _) = ink.cell(Tone::Class { class, strength });
                        classes_of.entry(character).or_default().insert(class);
                    }
                }
                // Undecided is between all of them.
                assert_eq!(classes_of.remove("?").map(|of| of.len()), Some(count));
                for (character, of) in classes_of {
                    assert_eq!(of.len(), 1, "{count} {character} {of:?}");
                    let others = [
                        "│", "─", "╱", "╲", "|", "-", "/", "\\", "(", ")", "[", "]", "<", ">",
                    ];
                    assert!(!others.contains(&character), "{count} {character}");
                }
            }
        }
    }

    #[test]
    fn without_colours_two_classes_are_one_ramp_from_light_to_dense() {
        for (glyphs, ramp) in [(Glyphs::Unicode, "·~=≡?░▒▓█"), (Glyphs::Ascii, ".,:;?=%#@")]
        {
            let colors = Colors::None;
            let theme = Theme(Appearance { colors, glyphs });
            let classes = ["M", "F"].map(str::to_owned);
            let ink = MapInk::new(theme, Background::Dark, &classes);
            let cell = |class, strength| ink.cell(Tone::Class { class, strength }).0;
            let first = [1.0, 0.7, 0.5, 0.3, 0.1].map(|strength| cell(0, strength));
            let second = [0.3, 0.5, 0.7, 1.0].map(|strength| cell(1, strength));
            assert_eq!([&first[..], &second].concat().concat(), ramp);
        }
    }

    #[test]
    fn no_sign_of_a_sample_or_of_the_typed_values_is_a_character_of_the_map() {
        for glyphs in [Glyphs::Unicode, Glyphs::Ascii] {
            let colors = Colors::None;
            let theme = Theme(Appearance { colors, glyphs });
            let signs = Signs {
                theme,
                initials: Vec::new(),
            };
            for count in 1..=12 {
                let classes: Vec<String> = (0..count).map(|class| class.to_string()).collect();
                let ink = MapInk::new(theme, Background::Dark, &classes);
                let shares = || (0..=20).map(|share| f64::from(share) / 20.0);
                let of_classes = (0..count).flat_map(|class| {
                    shares().map(move |strength| Tone::Class { class, strength })
                });
                let of_numbers = shares().flat_map(|at| [Tone::Number(at), Tone::Activation(at)]);
                let field: Vec<&str> = of_classes
                    .chain(of_numbers)
                    .map(|tone| ink.cell(tone).0)
                    .collect();
                let of_class = |class| [false, true].map(|is_test| signs.of_class(class, is_test));
                let samples = (0..count).flat_map(of_class);
                for sign in samples.chain([signs.typed()]) {
                    assert!(!field.contains(&sign), "{glyphs:?} {count} {sign}");
                }
                // Samples are called by initials too.
                let is_initial = |sign: &&str| sign.chars().all(char::is_alphanumeric);
                assert_eq!(field.iter().find(|sign| is_initial(sign)), None);
            }
        }
    }
}
