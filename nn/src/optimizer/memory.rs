//! The state that optimizers keep from step to step.

/// Declares the optimizers: `Adam = "adam" { m, v }` is a variant with its name and its state, in which each part
/// has one number for each parameter.
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

        /// The state of an optimizer: `T` is a list with one number for each parameter, or what is reported of one
        /// parameter.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "kind")]
        #[allow(missing_docs, reason = "the formulas stand at the kind of the same name")]
        pub enum $Memory<T> {
            $(#[serde(rename = $name)] $Variant { $($(#[$part_attribute])* $part: T),* },)+
        }

        impl<T> $Memory<T> {
            /// The state of an optimizer of this kind.
            #[allow(unused_mut, unused_variables, reason = "some have no state")]
            fn new(kind: $Kind, mut part: impl FnMut() -> T) -> Self {
                match kind {
                    $($Kind::$Variant => Self::$Variant { $($part: part()),* },)+
                }
            }

            /// The kind of the optimizer.
            fn kind(&self) -> $Kind {
                match self {
                    $(Self::$Variant { .. } => $Kind::$Variant,)+
                }
            }

            /// The same with every part changed.
            #[allow(unused_mut, unused_variables, reason = "some have no state")]
            fn map<U>(&self, mut change: impl FnMut(&T) -> U) -> $Memory<U> {
                match self {
                    $(Self::$Variant { $($part),* } => $Memory::$Variant { $($part: change($part)),* },)+
                }
            }
        }

        impl<T> $Memory<T> {
            /// What is made of every part, which may change.
            #[allow(unused_mut, unused_variables, reason = "some have no state")]
            #[inline(always)]
            fn map_mut<'a, U>(&'a mut self, mut change: impl FnMut(&'a mut T) -> U) -> $Memory<U> {
                match self {
                    $(Self::$Variant { $($part),* } => $Memory::$Variant { $($part: change($part)),* },)+
                }
            }

            /// What is made of every part.
            #[allow(unused_mut, unused_variables, reason = "some have no state")]
            fn map_into<U>(self, mut change: impl FnMut(T) -> U) -> $Memory<U> {
                match self {
                    $(Self::$Variant { $($part),* } => $Memory::$Variant { $($part: change($part)),* },)+
                }
            }

            /// Every part beside that of another state of the same kind.
            #[allow(unused_variables, reason = "some have no state")]
            fn beside<'a>(&'a mut self, other: &'a Self) -> $Memory<(&'a mut T, &'a T)> {
                match self {
                    $(
                        Self::$Variant { $($part),* } => $Memory::$Variant {
                            $(
                                $part: {
                                    let own = $part;
                                    let Self::$Variant { $part, .. } = other else {
                                        unreachable!("the state of an optimizer of another kind")
                                    };
                                    (own, $part)
                                }
                            ),*
                        },
                    )+
                }
            }
        }

        impl<T: Clone> $Memory<T> {
            /// Copies another state; without allocating, if it is of the same kind.
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
