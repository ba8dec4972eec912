//! A network computed plainly from a saved run, without any code of the program.

use serde_json::Value;

/// What a saved run says of its network, and of the way from raw values to its inputs.
pub(crate) struct Plain {
    /// Of each layer the weights into each unit, with its bias last.
    layers: Vec<Vec<Vec<f64>>>,
    hidden: String,
    output: String,
    loss: String,
    shift: Vec<f64>,
    divisor: Vec<f64>,
    features: Vec<String>,
    /// What the inputs are of the features; empty if they are these.
    formulas: Vec<String>,
    pub(crate) batch_size: usize,
    pub(crate) learning_rate: f64,
    pub(crate) epoch: u64,
    pub(crate) step: usize,
}

/// The forward and the backward pass of one sample.
pub(crate) struct Pass {
    pub(crate) activations: Vec<Vec<f64>>,
    pub(crate) loss: f64,
    /// ∂L/∂ of each unit's weights, with that of its bias last.
    pub(crate) gradient: Vec<Vec<Vec<f64>>>,
}

impl Plain {
    pub(crate) fn of(saved: &Value) -> Self {
        let numbers = |value: &Value| serde_json::from_value::<Vec<f64>>(value.clone());
        let layer = |layer: &Value| {
            let rows = layer["weights"].as_array().unwrap().iter();
            let biases = numbers(&layer["biases"]).unwrap();
            let with_bias =
                |(row, bias): (&Value, f64)| [numbers(row).unwrap(), vec![bias]].concat();
            rows.zip(biases).map(with_bias).collect()
        };
        let (config, scaling) = (&saved["configuration"], &saved["scaling"]);
        let text = |name: &str| config[name].as_str().unwrap().to_owned();
        let texts = |list: &Value, of: fn(&Value) -> &Value| -> Vec<String> {
            let list = list.as_array().unwrap().iter();
            list.map(|item| of(item).as_str().unwrap().to_owned())
                .collect()
        };
        Self {
            layers: saved["layers"]
                .as_array()
                .unwrap()
                .iter()
                .map(layer)
                .collect(),
            hidden: text("activation"),
            output: text("output_activation"),
            loss: text("loss"),
            shift: numbers(&scaling["shift"]).unwrap(),
            divisor: numbers(&scaling["divisor"]).unwrap(),
            features: texts(&saved["features"], |feature| &feature["name"]),
            formulas: match &saved["source"]["inputs"] {
                Value::Null => Vec::new(),
                _ => texts(&saved["inputs"], |name| name),
            },
            batch_size: usize::try_from(config["batch_size"].as_u64().unwrap()).unwrap(),
            learning_rate: config["learning_rate"].as_f64().unwrap(),
            epoch: saved["epoch"].as_u64().unwrap(),
            step: usize::try_from(saved["step"].as_u64().unwrap()).unwrap(),
        }
    }

    pub(crate) fn weights(&self) -> &[Vec<Vec<f64>>] {
        &self.layers
    }

    pub(crate) fn inputs(&self, raw: &[f64]) -> Vec<f64> {
        let scale = self.shift.iter().zip(&self.divisor);
        let scaled = raw
            .iter()
            .zip(scale)
            .map(|(x, (shift, divisor))| (x - shift) / divisor);
        let scaled: Vec<f64> = scaled.collect();
        if self.formulas.is_empty() {
            return scaled;
        }
        let of = |name: &str| {
            let index = self.features.iter().position(|feature| feature == name);
            scaled[index.unwrap()]
        };
        let formulas = self.formulas.iter().map(|formula| {
            if let Some(name) = formula.strip_suffix("^2") {
                of(name).powi(2)
            } else if let Some((a, b)) = formula.split_once('*') {
                of(a) * of(b)
            } else if let Some(name) = formula.strip_prefix("sin(") {
                of(name.trim_end_matches(')')).sin()
            } else {
                of(formula)
            }
        });
        formulas.collect()
    }

    pub(crate) fn outputs(&self, raw: &[f64]) -> Vec<f64> {
        self.activations(raw).pop().unwrap()
    }

    /// The activations of each layer, the inputs first.
    pub(crate) fn activations(&self, raw: &[f64]) -> Vec<Vec<f64>> {
        let mut all = vec![self.inputs(raw)];
        for (index, layer) in self.layers.iter().enumerate() {
            let before = &all[index];
            let sum = |unit: &Vec<f64>| {
                let products = unit.iter().zip(before).map(|(w, a)| w * a);
                products.sum::<f64>() + unit[before.len()]
            };
            let z: Vec<f64> = layer.iter().map(sum).collect();
            let powers: f64 = z.iter().map(|z| z.exp()).sum();
            let f = |&z: &f64| match self.function(index) {
                "sigmoid" => 1.0 / (1.0 + (-z).exp()),
                "tanh" => z.tanh(),
                "relu" => z.max(0.0),
                "softmax" => z.exp() / powers,
                "linear" => z,
                other => panic!("{other}"),
            };
            all.push(z.iter().map(f).collect());
        }
        all
    }

    fn function(&self, layer: usize) -> &str {
        if layer + 1 == self.layers.len() {
            &self.output
        } else {
            &self.hidden
        }
    }

    pub(crate) fn pass(&self, raw: &[f64], targets: &[f64]) -> Pass {
        let activations = self.activations(raw);
        let outputs = &activations[self.layers.len()];
        let n = outputs.len() as f64;
        let pairs = || outputs.iter().zip(targets).map(|(p, y)| (*p, *y));
        let (loss, mut delta): (f64, Vec<f64>) = match (&*self.loss, &*self.output) {
            ("mse", output) => {
                let slope = |a: f64| slope(output, a);
                let delta = pairs().map(|(p, y)| 2.0 * (p - y) / n * slope(p));
                (
                    pairs().map(|(p, y)| (y - p).powi(2)).sum::<f64>() / n,
                    delta.collect(),
                )
            }
            (_, "softmax") => {
                let loss = pairs().map(|(p, y)| if y == 0.0 { 0.0 } else { -y * p.ln() });
                (loss.sum(), pairs().map(|(p, y)| p - y).collect())
            }
            _ => {
                let loss = pairs().map(|(p, y)| -y * p.ln() - (1.0 - y) * (1.0 - p).ln());
                (
                    loss.sum::<f64>() / n,
                    pairs().map(|(p, y)| (p - y) / n).collect(),
                )
            }
        };
        let mut gradient = Vec::new();
        for (index, layer) in self.layers.iter().enumerate().rev() {
            let before = &activations[index];
            let into = |d: &f64| before.iter().map(|a| d * a).chain([*d]).collect();
            gradient.insert(0, delta.iter().map(into).collect());
            let back = |source: usize| {
                let sent = layer.iter().zip(&delta).map(|(unit, d)| unit[source] * d);
                sent.sum::<f64>() * slope(&self.hidden, before[source])
            };
            delta = (0..before.len()).map(back).collect();
        }
        Pass {
            activations,
            loss,
            gradient,
        }
    }
}

/// f′ from the activation.
fn slope(function: &str, a: f64) -> f64 {
    match function {
        "sigmoid" => a * (1.0 - a),
        "tanh" => 1.0 - a * a,
        "relu" => f64::from(a > 0.0),
        _ => 1.0,
    }
}
