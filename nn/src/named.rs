//! Enums that are chosen by name: each variant is a row, and the list of all variants and their names in files, on the
//! command line and on the screen come from the rows.

/// Declares such an enum: `Relu = "relu"` is a variant with its name.
macro_rules! named {
    (
        $(#[$attribute:meta])*
        pub enum $Enum:ident {
            $($(#[$variant_attribute:meta])* $Variant:ident = $name:literal,)+
        }
    ) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        pub enum $Enum {
            $($(#[$variant_attribute])* #[serde(rename = $name)] $Variant,)+
        }

        impl $Enum {
            /// All of them.
            pub const ALL: [Self; [$($name),+].len()] = [$(Self::$Variant),+];

            /// The name on the screen, in files and on the command line.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$Variant => $name,)+
                }
            }

            /// The one of that name.
            #[must_use]
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|one| one.name() == name)
            }

            /// "sigmoid, tanh or relu".
            #[must_use]
            pub fn either_of(choices: &[Self]) -> String {
                let names: Vec<&str> = choices.iter().map(|choice| choice.name()).collect();
                match names.as_slice() {
                    [] => String::new(),
                    [one] => (*one).to_owned(),
                    [some @ .., last] => format!("{} or {last}", some.join(", ")),
                }
            }
        }
    };
}
pub(crate) use named;
