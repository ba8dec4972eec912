use super::*;
use crate::nn::{Neuron, Parameter};

fn edge(source: usize, unit: usize, [from, to]: [u16; 2], text: &str) -> Edge {
    let into = Neuron { layer: 0, unit };
    Edge {
        from,
        to,
        number: 1.0,
        weight: Parameter::Weight { into, source },
        name: format!("w{}", 2 * unit + source + 1),
        text: text.to_owned(),
        change: None,
        reach: 0,
        heaviness: 1.0,
        share: 1.0,
        is_chosen: false,
        is_in_focus: true,
    }
}

/// The edges between two inputs and two neurons of a diagram at 80 columns.
fn edges(text: &str) -> Vec<Edge> {
    let rows = [[1, 2], [10, 2], [1, 9], [10, 9]];
    let ends = [(0, 0), (1, 0), (0, 1), (1, 1)];
    let both = ends.into_iter().zip(rows);
    both.map(|((source, unit), rows)| edge(source, unit, rows, text))
        .collect()
}

#[test]
fn no_label_can_belong_to_another_line() {
    let forms = [Labels::Both, Labels::Names, Labels::Values];
    for width in 4..30 {
        for height in [11, 12, 20] {
            let area = Rect::new(0, 0, width, height);
            for form in forms {
                let edges = edges("+1.42");
                for (index, label) in placed(area, &edges, &[form]) {
                    let place = label.place;
                    assert!(place.left + place.width < width, "{label:?}");
                    for (other, edge) in edges.iter().enumerate() {
                        let is_on_another = other != index && place.is_on(edge, width);
                        assert!(!is_on_another, "{width} {label:?}");
                    }
                    let near = place.with_neighbours();
                    assert!(near.is_on(&edges[index], width), "{width} {label:?}");
                }
            }
        }
    }
}

#[test]
fn a_name_may_lack_its_number_but_no_number_its_name() {
    let mut found = [false; 3];
    for width in 4..40 {
        for height in [8, 11, 12, 20] {
            let area = Rect::new(0, 0, width, height);
            let edges = edges("+1.42");
            let labels = placed(area, &edges, &[Labels::Both, Labels::Names]);
            let names = labels.iter();
            let names = names.filter(|(index, label)| label.is_name_of(&edges[*index]));
            let names = names.count();
            let whole = labels.len() - names;
            assert!(
                whole == 0 || 2 * whole >= edges.len() || names == 0,
                "{width}x{height} {labels:?}"
            );
            for (index, label) in &labels {
                let text = label.lines.concat();
                assert!(text.starts_with(&edges[*index].name), "{text}");
            }
            found[0] |= names == edges.len();
            found[1] |= whole == edges.len();
            found[2] |= whole > 0 && names > 0;
        }
    }
    assert_eq!(found, [true; 3]);
}

#[test]
fn a_label_beside_the_line_of_another_is_not_its_own() {
    let edges = edges("+1.42");
    let at = |left, row| Place {
        left,
        row,
        width: 2,
        height: 1,
    };
    // In row 4, w3 is in column 3 and 4, w2 in 6 and 7.
    assert!(at(3, 4).is_of(10, (&edges, 2), Beside::NoOther));
    assert!(at(2, 4).is_of(10, (&edges, 2), Beside::NoOther));
    assert!(!at(4, 4).is_of(10, (&edges, 2), Beside::NoOther));
    assert!(!at(6, 4).is_of(10, (&edges, 2), Beside::NoOther));
    assert!(!at(8, 6).is_of(10, (&edges, 1), Beside::NoOther));
}

#[test]
fn the_posts_weights_have_names_and_numbers_at_80_columns() {
    for width in [10, 11] {
        let labels = placed(Rect::new(0, 0, width, 12), &edges("+1.42"), &[Labels::Both]);
        assert_eq!(labels.len(), 4, "{labels:?}");
    }
}
