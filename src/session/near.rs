//! Which name was meant by one that is not there.

/// How alike two names must be, from 0 to 1.
const ALIKE: f64 = 0.8;

/// The only name that begins like this one, or else the one that is most like it, as the end of a sentence: "; did you mean
/// people?". Empty if there is none.
#[must_use]
pub fn did_you_mean(name: &str, names: impl IntoIterator<Item = impl Into<String>>) -> String {
    let name = name.to_lowercase();
    let alike = |other: &str| strsim::jaro_winkler(&name, &other.to_lowercase());
    let names: Vec<String> = names.into_iter().map(Into::into).collect();
    let begins = |other: &&String| !name.is_empty() && other.to_lowercase().starts_with(&name);
    let mut begun = names.iter().filter(begins);
    if let (Some(only), None) = (begun.next(), begun.next()) {
        return format!("; did you mean {only}?");
    }
    let rated = names.iter().map(|other| (alike(other), other));
    let best = rated.max_by(|(one, _), (other, _)| one.total_cmp(other));
    match best {
        Some((alike, best)) if alike >= ALIKE => format!("; did you mean {best}?"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_name_that_is_alike_is_suggested() {
        let names = ["people", "penguins", "xor", "circle", "ci"];
        for (name, words) in [
            ("peeple", "; did you mean people?"),
            ("Penguin", "; did you mean penguins?"),
            ("cir", "; did you mean circle?"),
            ("people\r", "; did you mean people?"),
            ("houses.csv", ""),
            ("", ""),
        ] {
            assert_eq!(did_you_mean(name, names), words, "{name:?}");
        }
    }
}
