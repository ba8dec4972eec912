//! What optimizers remember from step to step.

/// Declares the optimizers: `Adam = "adam" { m, v }` is one with its name and what it remembers, one number a
/// parameter each.
macro_rules! optimizers {
    (
        $(#[$attribute:meta])*
        pub enum $Kind:ident with $Memory:ident {
            $(
                $(#[$variant_attribute:meta])*
                $Variant:ident = $name:literal { $($(#[$part_attribute:meta])* $part:ident),* },
            )+
        }
    ) => {
        named! {
            $(#[$attribute])*
            pub enum $Kind {
                $($(#[$variant_attribute])* $Variant = $name,)+
            }
        }

        /// What an optimizer remembers: `T` is a list with a number for each parameter, or what there is to say
        /// of one parameter's.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "kind")]
        #[allow(missing_docs, reason = "the formulas stand at the kind of the same name")]
        pub enum $Memory<T> {
            $(#[serde(rename = $name)] $Variant { $($(#[$part_attribute])* $part: T),* },)+
        }

        impl<T> $Memory<T> {
            /// The memory of an optimizer of this kind.
            #[allow(unused_mut, unused_variables, reason = "some remember nothing")]
            fn new(kind: $Kind, mut part: impl FnMut() -> T) -> Self {
                match kind {
                    $($Kind::$Variant => Self::$Variant { $($part: part()),* },)+
                }
            }

            /// Whose memory it is.
            fn kind(&self) -> $Kind {
                match self {
                    $(Self::$Variant { .. } => $Kind::$Variant,)+
                }
            }

            /// The same made of something else, part by part.
            #[allow(unused_mut, unused_variables, reason = "some remember nothing")]
            fn map<U>(&self, mut change: impl FnMut(&T) -> U) -> $Memory<U> {
                match self {
                    $(Self::$Variant { $($part),* } => $Memory::$Variant { $($part: change($part)),* },)+
                }
            }
        }

        impl<T: Clone> $Memory<T> {
            /// Becomes the same as another; if that is of the same kind, without allocating.
            fn copy_from(&mut self, other: &Self) {
                if self.kind() != other.kind() {
                    *self = other.clone();
                }
                match self {
                    $(
                        Self::$Variant { $($part),* } => {
                            $(
                                let own = $part;
                                if let Self::$Variant { $part, .. } = other {
                                    own.clone_from($part);
                                }
                            )*
                        }
                    )+
                }
            }
        }
    };
}
pub(super) use optimizers;
