//! Every sign of the screen, and what it means.

/// A sign and its meaning.
#[derive(Debug, Clone, Copy)]
pub struct Sign {
    /// Where it is seen.
    pub place: &'static str,
    /// It, in Unicode and in ASCII.
    pub glyphs: [&'static str; 2],
    /// The paint that it has on the screen.
    pub paint: Paint,
    /// What it means.
    pub meaning: &'static str,
}

/// The paint of a sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    /// The text's own colour.
    Plain,
    /// That of positive numbers.
    Positive,
    /// That of negative numbers.
    Negative,
    /// Bold.
    Strong,
    /// Dim.
    Dim,
    /// That of what needs attention.
    Warning,
}

const fn sign(
    place: &'static str,
    unicode: &'static str,
    ascii: &'static str,
    paint: Paint,
    meaning: &'static str,
) -> Sign {
    Sign {
        place,
        glyphs: [unicode, ascii],
        paint,
        meaning,
    }
}

use Paint::{Dim, Negative, Plain, Positive, Strong, Warning};

const NETWORK: &str = "Network";
const SAMPLES: &str = "Samples";
const LOSS: &str = "Loss";
const PREDICT: &str = "Predict";
const BACKPROP: &str = "Backprop";
const MAP: &str = "Map";
const SLICE: &str = "Loss slice";
const LINES: &str = "First and last lines";

/// The signs, by the place where they are seen.
#[rustfmt::skip]
pub const SIGNS: &[Sign] = &[
    sign(NETWORK, "[ −2 ]", "[ -2 ]", Plain, "an input as the network gets it: the raw value, shifted or scaled"),
    sign(NETWORK, "[ ≈0 ]", "[ ~0 ]", Plain, "an input that is 0 but for rounding: the mean, of which the mean is subtracted"),
    sign(NETWORK, "[▓▓▓]", "[%%%]", Plain, "a neuron: the fuller it is, the larger its activation"),
    sign(NETWORK, "▀▄▀", "%:.", Plain, "a map, not a level: the neuron's output over both features, the first across, the second up; light is active"),
    sign(NETWORK, "h1 0.53", "h1 0.53", Strong, "a hidden neuron and its activation for the sample in the title"),
    sign(NETWORK, "h1 ≈1", "h1 ~1", Strong, "an activation between 0.9995 and 1; only 1 is exactly 1. Formulas show all its nines where they have room"),
    sign(NETWORK, "h1 ≈0", "h1 ~0", Strong, "an activation that is not 0, but less than 1e−99"),
    sign(NETWORK, "o1 0.80 → F", "o1 0.80: F", Strong, "an output and the class that it means: here F above 0.5, else M"),
    sign(NETWORK, "o2 Gentoo 0.97", "o2 Gentoo 0.97", Strong, "one of several outputs, and the class that it stands for: the largest one wins"),
    sign(NETWORK, "b1 −0.24", "b1 -0.24", Plain, "the bias of the neuron above"),
    sign(NETWORK, "⠒⠒⠒⠒⠒ w1 +1.04", "----- w1 +1.04", Positive, "a positive weight: a solid line, blue"),
    sign(NETWORK, "⠒⠒ ⠒⠒ w5 −2.49", "-- -- w5 -2.49", Negative, "a negative weight: a dashed line, orange"),
    sign(NETWORK, "⠂  ⠂  ⠂", ". . .", Dim, "a weight of 0; lines of small weights are dim, the smallest of many left out"),
    sign(NETWORK, "⠒⠒ ⠶⠶ ⠿⠿", "-- == ##", Plain, "thickness of a line: |w| below 1, 1 to 3, above 3"),
    sign(NETWORK, "2-2-1", "2-2-1", Plain, "the layers: 2 inputs, 2 hidden neurons, 1 output"),
    sign(NETWORK, "▀▄", "# ~", Plain, "a weight in a matrix: a strong colour is a large weight, grey or blank is about 0"),
    sign(NETWORK, "2→40", "2>40", Plain, "a matrix of weights: a row is a neuron, a column one of its sources"),
    sign(NETWORK, "… 5 more", "... 5 more", Dim, "what has no room here; arrows bring it into view"),
    sign(SAMPLES, "›", ">", Strong, "the sample whose activations the network shows"),
    sign(SAMPLES, "✓", "ok", Plain, "predicted correctly"),
    sign(SAMPLES, "✗", "no", Warning, "predicted wrongly"),
    sign(SAMPLES, "output (F=1)", "output (F=1)", Plain, "the output, ypred in formulas and among errors; 1 stands for class F"),
    sign(SAMPLES, "0.80 ▆▆▆", "0.80 ###", Plain, "an output as a number and as a bar from 0 to 1"),
    sign(SAMPLES, "#7", "#7", Plain, "a sample without a name: its line in the file, or its number"),
    sign(SAMPLES, "~43.9", "~43.9", Plain, "not measured: a value that was missing and is filled in (imputation, in the settings)"),
    sign(SAMPLES, "test", "test", Plain, "a sample that is held out: tested, never trained on"),
    sign(SAMPLES, "guessing M: 57%", "guessing M: 57%", Plain, "the score of always giving the most frequent answer"),
    sign(SAMPLES, "R² 0.95", "R^2 0.95", Plain, "of numbers: 1 is perfect, 0 is as good as always giving the mean"),
    sign(SAMPLES, "RMSE 0.79", "RMSE 0.79", Plain, "the typical size of an error, in the units of the target"),
    sign(SAMPLES, "scaled ypred", "scaled ypred", Plain, "the target as the network learns it: scaled to mean 0 and standard deviation 1"),
    sign(SAMPLES, "4/4 right", "4/4 right", Plain, "training samples whose class is predicted correctly"),
    sign(LOSS, "(mse)", "(mse)", Plain, "the loss function: mse is the mean squared error"),
    sign(LOSS, "cross-entropy", "cross-entropy", Plain, "the loss of classes: −ln of the probability given to the right one"),
    sign(LOSS, "──  ╌╌", "**  oo", Plain, "the loss of the training samples, and of the test samples"),
    sign(LOSS, "◆ η 0.3", "^ rate 0.3", Strong, "a change that you made on the way (here the learning rate η), and the same sign on the curve, at its epoch"),
    sign(LOSS, "┊", ":", Plain, "where the run is, if it has gone back"),
    sign(LOSS, "│", "|", Plain, "the moment that , and . mark: Enter goes there"),
    sign(LOSS, "┈ at 0.1%", ". at 0.1%", Dim, "a guide: early on, a step normally changes the weights by about 0.1% of their size, later by less"),
    sign(LOSS, "0.1 to 0.2 ▇▅▂", "0.1 to 0.2 #=.", Plain, "the newest losses: the smallest, the largest, and one bar for each epoch"),
    sign(LOSS, "A, B …", "A, B ...", Plain, "earlier runs that are kept (v lists them)"),
    sign(LOSS, "⠒⠒A ⠒⠒×", "==A ==x", Plain, "the line of run A ends here; ×: that of the present run"),
    sign(LOSS, "A →", "A ->", Plain, "run A goes on beyond the end of the chart, which is that of the present run"),
    sign(LOSS, "w1 & w3", "w1 & w3", Plain, "one line with two names: the two lie on one another"),
    sign(LOSS, "╌╌ into o1", "5=w5", Plain, "weights over the epochs: dashes tell the layers apart; a weight below 0 is below the line at 0"),
    sign(LOSS, "t •··", "t *..", Plain, "t turns this panel, which shows the first of three things"),
    sign(PREDICT, "lb → −7", "lb -> -7", Plain, "the unit, and what the network gets for the typed value"),
    sign(PREDICT, "P(F) = 0.8030 → F", "P(F) = 0.8030 -> F", Strong, "the output, read as the probability of class F, and the class"),
    sign(PREDICT, "= 58 kg", "= 58 kg", Plain, "the typed value in other units, which may be typed too"),
    sign(BACKPROP, "∂L/∂w1", "dL/dw1", Plain, "the gradient: how the loss changes if w1 grows"),
    sign(BACKPROP, "z", "z", Plain, "of a neuron: the sum of its weighted inputs and its bias; its activation is f(z)"),
    sign(BACKPROP, "δ", "delta", Plain, "∂L/∂z of a neuron: how the loss changes if its z grows, the error that reaches it"),
    sign(BACKPROP, "f, f′", "f, f'", Plain, "the activation function and its derivative"),
    sign(BACKPROP, "0.083·0.92", "0.083*0.92", Plain, "numbers are rounded on the screen only; p shows more digits"),
    sign(BACKPROP, "η", "rate", Plain, "the learning rate"),
    sign(BACKPROP, "ypred, y", "ypred, y", Plain, "the prediction, and the true value of the sample"),
    sign(BACKPROP, "gradient size", "gradient size", Plain, "the gradient's length (its norm) in each layer: how much it learns"),
    sign(BACKPROP, "without l2", "without l2", Plain, "the pull of l1 or l2 on the weights (settings) is left out"),
    sign(MAP, "▓▓▒░", "%%:.", Plain, "the prediction at that point: the stronger the colour, the more certain; without colours, of two classes light is the first and dense the second; the legend has the scale"),
    sign(MAP, "│", "|", Strong, "where the answer changes: P = 0.5, the border of a class, or the mean of a number"),
    sign(MAP, "?", "?", Plain, "undecided: P is near 0.5, or no class is clearly ahead; with many colours it is grey"),
    sign(MAP, "● ▲ ○ △", "o x O X", Plain, "training samples by their class, and test samples; people by their initials"),
    sign(MAP, "solid", "solid", Plain, "a sample that is predicted wrongly: its sign on its class's colour; reversed where there are no colours"),
    sign(MAP, "✚", "+", Strong, "the values in the Predict box"),
    sign(MAP, "( )", "( )", Strong, "the cursor: arrows move it, Enter puts the point into the Predict box"),
    sign(MAP, "(→)", "(>)", Strong, "the cursor is outside the map, in this direction; 0 shows all data again"),
    sign(SLICE, "▓▓▒░", "%%:.", Plain, "the loss at two parameters (at first those that moved most), all others held"),
    sign(SLICE, "│", "|", Strong, "a line of equal loss; the legend has its values"),
    sign(SLICE, "✚", "+", Strong, "the present parameters, or those of the moment in the title"),
    sign(SLICE, "▼", "v", Strong, "the smallest loss in the picture"),
    sign(SLICE, "● ○", "0-9", Plain, "the path of training, later epochs hollow: a cell's colour (or digit) is its true loss"),
    sign(SLICE, "● • ·", ".", Plain, "a faint point: the other weights were different then, so its loss need not match the map around it"),
    sign(LINES, "epoch 140", "epoch 140", Plain, "the network has learned from every training sample 140 times"),
    sign(LINES, "step", "step", Plain, "one update of the weights, from one sample or one batch of samples"),
    sign(LINES, "seed 42", "seed 42", Plain, "sets the initial weights and every other random choice: same seed, same run"),
    sign(LINES, "▶ 50/s", "> 50/s", Strong, "training, at 50 epochs a second"),
    sign(LINES, "▌▌ ■ ✗", "|| # !", Strong, "paused, finished, diverged"),
    sign(LINES, "plateau", "plateau", Plain, "the loss hardly changes although some samples are still wrong"),
    sign(LINES, "overfitting", "overfitting", Plain, "the test loss rises while the training loss falls"),
    sign(LINES, "equal weights", "equal weights", Plain, "hidden neurons with equal weights and biases: every step changes them alike, so they stay equal"),
    sign(LINES, "saturated", "saturated", Plain, "a neuron on the flat part of its function for every sample: the derivative is almost 0, so it hardly learns"),
    sign(LINES, "dead", "dead", Plain, "a neuron that is 0 for every sample: its derivatives are 0, so it does not learn"),
    sign(LINES, "█▋░░", "##..", Plain, "how much of the run is done"),
];
