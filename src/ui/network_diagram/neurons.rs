//! The neurons of a layer: bodies shaded by activation, and what is written at them.
//!
//! ```text
//! block      row             body
//! h1 0.53    h1 [▒▒] 0.53    [▒]
//! [▒▒▒▒▒]
//! b −0.24
//! ```

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Span;

use super::layout::{Column, Demand, Detail};
use crate::app::App;
use crate::nn::{self, Activation, Forward};
use crate::ui::Theme;

/// "b −0.24"
const BLOCK: u16 = 7;
/// "[▒▒]"
const ROW_BODY: u16 = 4;
/// " 0.53"
const ROW_NUMBER: u16 = 5;
/// "[▒]"
const SMALL_BODY: u16 = 3;
/// "[−12.87]"
const INPUT_BODY: u16 = 8;
/// A longer name of a feature is cut.
const LONGEST_NAME: u16 = 12;

/// How wide the neurons of each layer would be, inputs first.
pub(super) fn demands(app: &App) -> Vec<Demand> {
    let features = &app.dataset.features;
    let longest = features.iter().map(|feature| width(&feature.name)).max();
    let name = longest.unwrap_or(0).min(LONGEST_NAME);
    let inputs = Demand {
        units: features.len(),
        widths: [name.max(INPUT_BODY), name + 1 + INPUT_BODY, SMALL_BODY],
    };
    let layers = app.network.layers().iter().enumerate();
    let layers = layers.map(|(index, layer)| {
        let name = width(&app.network.neuron_name(nn::Neuron {
            layer: index,
            unit: layer.units - 1,
        }));
        let number = number_width(layer.activation);
        Demand {
            units: layer.units,
            widths: [
                BLOCK.max(name + number),
                name + 1 + ROW_BODY + number,
                SMALL_BODY,
            ],
        }
    });
    std::iter::once(inputs).chain(layers).collect()
}

/// All neurons with their activations.
pub(super) struct Neurons<'a> {
    app: &'a App,
    theme: Theme,
    /// Nothing is written outside.
    area: Rect,
    inputs: Vec<f64>,
    forward: &'a Forward,
}

/// What is written at a neuron.
struct Neuron {
    name: String,
    body: String,
    /// None for an input, whose body holds its value.
    numbers: Option<Numbers>,
}

struct Numbers {
    /// Of the activation, with the blank before it.
    width: u16,
    activation: String,
    bias: String,
}

impl<'a> Neurons<'a> {
    pub(super) fn new(app: &'a App, area: Rect, forward: &'a Forward) -> Self {
        let inputs = app.shown_scaled();
        Self {
            app,
            theme: Theme(app.appearance),
            area,
            inputs,
            forward,
        }
    }

    /// Draws the neurons of a layer, counted from the inputs.
    pub(super) fn render_column(&self, buffer: &mut Buffer, layer: usize, column: &Column) {
        for (unit, &row) in column.rows.iter().enumerate() {
            let neuron = match layer.checked_sub(1) {
                None => self.input(unit, column),
                Some(layer) => self.neuron(layer, unit, column),
            };
            let this = layer.checked_sub(1).map(|layer| nn::Neuron { layer, unit });
            let is_chosen = this.is_some() && this == self.app.neuron;
            self.render_neuron(buffer, column, row, &neuron, is_chosen);
        }
        if column.left_out > 0 {
            let row = self.area.bottom().saturating_sub(1);
            let words = left_out(self.theme, column);
            self.write(buffer, column.left, row, &words, self.theme.dim());
        }
    }

    fn input(&self, unit: usize, column: &Column) -> Neuron {
        let name = &self.app.dataset.features[unit].name;
        let (body_width, filling) = match column.detail {
            Detail::Block => (column.width, self.value(unit)),
            Detail::Row => (INPUT_BODY, self.value(unit)),
            Detail::Body => (SMALL_BODY, name.chars().take(1).collect()),
        };
        let filling_width = usize::from(body_width - 2);
        Neuron {
            name: cut(name, LONGEST_NAME, self.theme),
            body: format!("[{filling:^filling_width$}]"),
            numbers: None,
        }
    }

    /// A scaled input, shorter where it would not fit into its body.
    fn value(&self, unit: usize) -> String {
        let text = self.theme.short(self.inputs[unit]);
        if width(&text) <= INPUT_BODY - 2 {
            text
        } else {
            self.theme.signed_number(self.inputs[unit])
        }
    }

    fn neuron(&self, layer: usize, unit: usize, column: &Column) -> Neuron {
        let network = &self.app.network;
        let activation = self.forward.of_layer(network, layer)[unit];
        let bias = self.theme.signed_number(network.bias(layer, unit));
        let body_width = match column.detail {
            Detail::Block => column.width,
            Detail::Row => ROW_BODY,
            Detail::Body => SMALL_BODY,
        };
        let shade = self
            .theme
            .shade(share(network.layers()[layer].activation, activation));
        Neuron {
            name: network.neuron_name(nn::Neuron { layer, unit }),
            body: format!("[{}]", shade.repeat(usize::from(body_width - 2))),
            numbers: Some(Numbers {
                width: number_width(network.layers()[layer].activation),
                activation: self.theme.activation(activation),
                bias: format!("b {bias}"),
            }),
        }
    }

    fn render_neuron(
        &self,
        buffer: &mut Buffer,
        column: &Column,
        row: u16,
        neuron: &Neuron,
        is_chosen: bool,
    ) {
        let Neuron {
            name,
            body,
            numbers,
        } = neuron;
        let left = column.left;
        let chosen = if is_chosen {
            self.theme.chosen()
        } else {
            Style::new()
        };
        let (strong, plain) = (
            self.theme.strong().patch(chosen),
            Style::new().patch(chosen),
        );
        match column.detail {
            Detail::Block => {
                self.write(buffer, left, row - 1, name, strong);
                self.write(buffer, left, row, body, plain);
                if let Some(Numbers {
                    activation, bias, ..
                }) = numbers
                {
                    let right_of_name = left + width(name) + 1;
                    self.write(buffer, right_of_name, row - 1, activation, plain);
                    self.write(buffer, left, row + 1, bias, plain);
                }
            }
            Detail::Row => {
                let number_width = numbers.as_ref().map_or(0, |numbers| numbers.width);
                let number = column.right() - number_width;
                self.write(buffer, left, row, name, strong);
                self.write(buffer, number - width(body), row, body, plain);
                if let Some(Numbers { activation, .. }) = numbers {
                    self.write(buffer, number + 1, row, activation, plain);
                }
            }
            Detail::Body => self.write(buffer, left, row, body, plain),
        }
    }

    /// Writes a text whole or, where it does not fit, not at all.
    fn write(&self, buffer: &mut Buffer, x: u16, y: u16, text: &str, style: Style) {
        let place = Rect::new(x, y, width(text), 1);
        if self.area.intersection(place) == place {
            buffer.set_string(x, y, text, style);
        }
    }
}

/// Room for a blank and an activation, which is negative at times or never.
fn number_width(function: Activation) -> u16 {
    match function {
        Activation::Sigmoid | Activation::Softmax | Activation::Relu => ROW_NUMBER,
        Activation::Tanh | Activation::Linear => ROW_NUMBER + 1,
    }
}

/// How far a neuron is from rest to its utmost, 0 to 1.
fn share(function: Activation, activation: f64) -> f64 {
    match function {
        Activation::Sigmoid | Activation::Softmax => activation,
        Activation::Tanh => f64::midpoint(activation, 1.0),
        // Without bounds: the half is at 1.
        Activation::Relu => activation / (1.0 + activation),
        Activation::Linear => f64::midpoint(activation / (1.0 + activation.abs()), 1.0),
    }
}

/// "… 24 more", or "+24" in a narrow column.
fn left_out(theme: Theme, column: &Column) -> String {
    let count = column.left_out;
    let words = format!("{} {count} more", theme.glyph("…", "..."));
    if width(&words) <= column.width {
        words
    } else {
        format!("+{count}")
    }
}

/// A text that is at most so wide.
fn cut(text: &str, most: u16, theme: Theme) -> String {
    let mut text = text.to_owned();
    if width(&text) <= most {
        return text;
    }
    while width(&text) >= most && text.pop().is_some() {}
    text + theme.glyph("…", ".")
}

fn width(text: &str) -> u16 {
    u16::try_from(Span::raw(text).width()).unwrap_or(u16::MAX)
}
