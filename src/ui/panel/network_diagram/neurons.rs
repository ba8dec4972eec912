//! The neurons of a layer: bodies, with name, activation and bias. A body is a picture or, where it has no room, shaded by
//! the activation.
//!
//! ```text
//! block      beside        row             body
//! h1 0.53    ▀▀▀▀▀ h1      h1 [▒▒] 0.53    [▒]
//! [▒▒▒▒▒]    ▀▀▀▀▀ 0.53
//! b −0.24
//! ```

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::layout::{Column, Demand, Detail, PictureDemand};
use super::pictures::{self, Pictures};
use super::subject::Subject;
use super::wording::Wording;
use crate::app::{Edges, Selection, Target};
use crate::data::Scaling;
use crate::nn::{self, Parameter, Source};
use crate::ui::regions::Regions;
use crate::ui::style::{self, Theme, abbreviated, active_share, initials, number, widest, width};

/// The width of " −0.24" after the name of a bias.
const BIAS: u16 = 6;
/// The width of " −0.0024".
const BIAS_GRADIENT: u16 = 8;
/// The width of "[▒▒]".
const ROW_BODY: u16 = 4;
/// The width of " 0.53".
const BRIEF_NUMBER: u16 = 5;
/// The width of " 0.532": right of an output there is no room for another digit.
const NUMBER: u16 = 6;
/// The width of "[▒]".
const SMALL_BODY: u16 = 3;
/// The width of "[−12.87]".
const INPUT_BODY: u16 = 8;
/// The maximum width of the name of an input; a longer one is abbreviated.
const LONGEST_NAME: u16 = 12;

/// A number that depends on typed text that is not valid.
const UNKNOWN: &str = "?";

/// Returns the size and the widths of each layer, inputs first.
pub(super) fn demands(subject: &Subject, wording: Wording) -> Vec<Demand> {
    let name = widest(input_names(subject));
    let inputs = Demand {
        units: subject.run.dataset().inputs().len(),
        chosen: subject.chosen_unit(0),
        widths: [name.max(INPUT_BODY), name + 1 + INPUT_BODY, SMALL_BODY],
        pictures: None,
    };
    let bias = match subject.edges {
        Edges::Weights => BIAS,
        Edges::Gradients => BIAS_GRADIENT,
    };
    let layers = subject.network.layers().iter().enumerate();
    let layers = layers.map(|(index, layer)| {
        let last = nn::Neuron {
            layer: index,
            unit: layer.units - 1,
        };
        let units = (0..layer.units).map(|unit| nn::Neuron { layer: index, unit });
        let name = widest(units.map(|neuron| wording.name(subject, neuron)));
        let bias = bias + width(&subject.bias_name(last));
        let number = number_width(subject, index, wording) + wording.verdict_width(subject, last);
        let beside = name.max(number - 1);
        let pictures = subject.ink.as_ref().map(|_| PictureDemand {
            text: [beside, beside.max(bias)],
            lowest: pictures::lowest(subject.theme),
        });
        Demand {
            units: layer.units,
            chosen: subject.chosen_unit(index + 1),
            widths: [
                bias.max(if wording.is_below_name(subject, last) {
                    name.max(SMALL_BODY + number)
                } else {
                    name + number
                }),
                name + 1 + ROW_BODY + number,
                SMALL_BODY,
            ],
            pictures,
        }
    });
    std::iter::once(inputs).chain(layers).collect()
}

/// The texts of a neuron.
struct Neuron {
    name: String,
    body: String,
    /// `None` for an input, whose value is in its body.
    numbers: Option<Numbers>,
    styles: Styles,
}

struct Numbers {
    /// The width of the activation with the space before it and what is behind it.
    width: u16,
    activation: String,
    /// The class that the output of two means: " → F".
    verdict: Option<(String, Style)>,
    /// Whether the activation is below the name, behind the body.
    is_below_name: bool,
    bias: String,
}

struct Styles {
    name: Style,
    body: Style,
    bias: Style,
}

/// Draws the neurons of a layer, where layer 0 are the inputs. Nothing is drawn outside the area.
pub(super) fn render_column(
    buffer: &mut Buffer,
    area: Rect,
    subject: &Subject,
    layer: usize,
    column: &Column,
    (wording, pictures): (Wording, Option<&Pictures>),
) {
    for (unit, row) in column.neurons() {
        let neuron = match Source::of_layer(layer, unit) {
            Source::Input(index) => input(subject, index, column),
            Source::Neuron(at) => {
                if let Some(pictures) = pictures.filter(|_| column.has_pictures()) {
                    let cells = column.picture(row).intersection(area);
                    pictures.render(buffer, cells, at, column.is_tight);
                }
                neuron(subject, at, column, wording)
            }
        };
        neuron.render(buffer, area, column, row);
    }
    if column.left_out > 0 {
        let row = area.bottom().saturating_sub(1);
        let text = left_out(subject.theme, column);
        write(buffer, area, (column.left, row), &text, subject.theme.dim());
    }
}

/// Notes where the neurons of a layer and their biases are drawn, where layer 0 are the inputs, which have none.
pub(super) fn note(regions: &mut Regions, area: Rect, layer: usize, column: &Column) {
    for (unit, row) in column.neurons() {
        let Source::Neuron(at) = Source::of_layer(layer, unit) else {
            return;
        };
        let mut add = |y, height, part| {
            let cells = Rect::new(column.left, y, column.width, height);
            regions.add(cells.intersection(area), Target::Part(part));
        };
        let body = column.picture(row);
        let bias = Selection::Parameter(Parameter::Bias(at));
        match column.shape.detail {
            Detail::Block => {
                add(body.y - 1, body.height + 1, Selection::Neuron(at));
                add(body.bottom(), 1, bias);
            }
            Detail::Beside if column.has_all_numbers() => {
                add(body.y, body.height, Selection::Neuron(at));
                add(body.bottom() - 1, 1, bias);
            }
            _ => add(body.y, body.height, Selection::Neuron(at)),
        }
    }
}

fn input(subject: &Subject, unit: usize, column: &Column) -> Neuron {
    let value = input_value(subject, unit);
    let in_brackets = |text: &str, width: u16| {
        let width = usize::from(width - 2);
        format!("[{text:^width$}]")
    };
    let body = match column.shape.detail {
        Detail::Block => in_brackets(&value, column.width),
        Detail::Row | Detail::Beside => in_brackets(&value, INPUT_BODY),
        Detail::Body => match input_initial(subject, unit) {
            Some(initial) => in_brackets(initial, SMALL_BODY),
            None => format!("x{:<2}", unit + 1),
        },
    };
    Neuron {
        name: input_names(subject)[unit].clone(),
        body,
        numbers: None,
        styles: Styles::of(subject, Source::Input(unit)),
    }
}

/// Returns the names of all inputs, abbreviated where they are long.
fn input_names<'s>(subject: &'s Subject) -> &'s [String] {
    let mark = subject.theme.glyph("…", ".");
    let names = || abbreviated(&full_input_names(subject), LONGEST_NAME, mark);
    subject.names.inputs.get_or_init(names)
}

/// Returns the initial of an input, unless another one has the same.
fn input_initial<'s>(subject: &'s Subject, unit: usize) -> Option<&'s str> {
    let initials = || initials(&full_input_names(subject));
    let initials = subject.names.initials.get_or_init(initials).as_ref();
    initials.map(|initials| &*initials[unit])
}

fn full_input_names(subject: &Subject) -> Vec<String> {
    let inputs = subject.run.dataset().inputs().iter();
    inputs
        .map(|input| subject.theme.written(&input.label))
        .collect()
}

/// Returns a scaled input, in a shorter form if it does not fit into its body.
fn input_value(subject: &Subject, unit: usize) -> String {
    let Some(value) = subject.input(unit) else {
        return UNKNOWN.to_owned();
    };
    let preprocessing = &subject.run.dataset().preprocessing;
    let is_scaled = *preprocessing.scaling() != Scaling::none(preprocessing.scaled().len());
    // What is scaled has about this range.
    let text = if is_scaled {
        number::apart(value, (-1.0, 1.0))
    } else {
        number::short(value)
    };
    if width(&text) <= INPUT_BODY - 2 {
        text
    } else {
        number::signed(value)
    }
}

fn neuron(subject: &Subject, at: nn::Neuron, column: &Column, wording: Wording) -> Neuron {
    let function = subject.network.layers()[at.layer].activation;
    let activation = subject.activation(at);
    let bias = subject.text(subject.number(Parameter::Bias(at)));
    let verdict_width = wording.verdict_width(subject, at);
    let number = number_width(subject, at.layer, wording) + verdict_width;
    let body_width = match column.shape.detail {
        Detail::Block if wording.is_below_name(subject, at) => column.width - number,
        Detail::Block => column.width,
        Detail::Row | Detail::Beside => ROW_BODY,
        Detail::Body => SMALL_BODY,
    };
    let active = activation.map_or(0.0, |activation| active_share(function, activation));
    let shade = subject.theme.shade(active);
    let written = if wording.is_fine || subject.network.is_output(at) {
        number::activation
    } else {
        number::brief_activation
    };
    Neuron {
        name: wording.name(subject, at),
        body: format!("[{}]", shade.repeat(usize::from(body_width - 2))),
        numbers: Some(Numbers {
            width: number,
            activation: activation.map_or(UNKNOWN.to_owned(), written),
            verdict: activation.and_then(|output| wording.verdict(subject, at, output)),
            is_below_name: wording.is_below_name(subject, at),
            bias: format!("{} {bias}", subject.bias_name(at)),
        }),
        styles: Styles::of(subject, Source::Neuron(at)),
    }
}

impl Styles {
    /// The styles of a neuron or, without a layer, of an input.
    fn of(subject: &Subject, this: Source) -> Self {
        let theme = subject.theme;
        let chosen = |selection: Option<Selection>| match selection {
            Some(_) if subject.chosen == selection => theme.chosen(),
            _ => Style::new(),
        };
        let other = if subject.is_about(this) {
            Style::new()
        } else {
            theme.dim()
        };
        let this = match this {
            Source::Input(_) => None,
            Source::Neuron(neuron) => Some(neuron),
        };
        let neuron = other.patch(chosen(this.map(Selection::Neuron)));
        let class = this.and_then(|neuron| subject.class_of(neuron));
        let class = class.map(|class| theme.class(subject.run.dataset().target.classes(), class));
        let name = match class {
            // Not dim: a colour that is dimmed is not read on every background.
            Some(class) if other != Style::new() => {
                class.patch(chosen(this.map(Selection::Neuron)))
            }
            _ => theme
                .strong()
                .patch(class.unwrap_or_default())
                .patch(neuron),
        };
        let bias = this.map(|neuron| Selection::Parameter(Parameter::Bias(neuron)));
        Self {
            name,
            body: neuron,
            bias: neuron.patch(chosen(bias)),
        }
    }
}

impl Neuron {
    fn render(&self, buffer: &mut Buffer, area: Rect, column: &Column, row: u16) {
        let (left, cells) = (column.left, column.picture(row));
        let (detail, styles) = (column.shape.detail, &self.styles);
        let name = match detail {
            Detail::Block => Some((left, cells.y - 1)),
            Detail::Beside => Some((cells.right() + 1, cells.y)),
            Detail::Row => Some((left, row)),
            Detail::Body => None,
        };
        let bias = match detail {
            Detail::Block => Some((left, cells.bottom())),
            Detail::Beside if column.has_all_numbers() => Some((cells.right() + 1, cells.y + 2)),
            _ => None,
        };
        let mut write = |at: Option<(u16, u16)>, text: &str, style| {
            if let Some(at) = at {
                write(buffer, area, at, text, style);
            }
        };
        write(name, &self.name, styles.name);
        let number_width = self.numbers.as_ref().map_or(0, |numbers| numbers.width);
        let body_right = match detail {
            Detail::Row => column.right() - number_width,
            _ => left + width(&self.body),
        };
        if !column.has_pictures() || detail == Detail::Row {
            let body = (body_right - width(&self.body), row);
            write(Some(body), &self.body, styles.body);
        }
        let Some(numbers) = &self.numbers else { return };
        let number = name.map(|(left, top)| match detail {
            Detail::Beside => (left, top + 1),
            Detail::Block if !numbers.is_below_name => (left + width(&self.name) + 1, top),
            _ => (body_right + 1, row),
        });
        write(number, &numbers.activation, styles.body);
        if let Some((verdict, style)) = &numbers.verdict {
            let end = number.map(|(x, y)| (x + width(&numbers.activation), y));
            write(end, verdict, *style);
        }
        write(bias, &numbers.bias, styles.bias);
    }
}

/// Writes a text if the whole of it fits, otherwise nothing.
fn write(buffer: &mut Buffer, area: Rect, (x, y): (u16, u16), text: &str, style: Style) {
    let cells = Rect::new(x, y, width(text), 1);
    if !cells.is_empty() && area.intersection(cells) == cells {
        // A long number reaches over an edge, whose colour is not its own.
        let style = Style::reset().patch(style);
        style::write(buffer, (x, y), text, usize::from(cells.width), style);
    }
}

/// Returns the width of a space and an activation of a layer, which has a sign if it can be negative.
fn number_width(subject: &Subject, layer: usize, wording: Wording) -> u16 {
    let layers = subject.network.layers();
    let (least, _) = layers[layer].activation.range();
    let number = if wording.is_fine || layer + 1 == layers.len() {
        NUMBER
    } else {
        BRIEF_NUMBER
    };
    number + u16::from(least < 0.0)
}

/// Returns "… 24 more", or "+24" in a narrow column.
fn left_out(theme: Theme, column: &Column) -> String {
    let count = column.left_out;
    let text = format!("{} {count} more", theme.glyph("…", "..."));
    if width(&text) <= column.width {
        text
    } else {
        format!("+{count}")
    }
}
