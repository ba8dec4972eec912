//! A table in the formulas: a name and three numbers in each row, with decimal points lined up. It may have thousands of
//! rows, of which only those that have room are written.

use super::equation::Page;
use crate::ui::style::number::{Room, significant};
use crate::ui::style::width;

/// What each row begins with.
const INDENT: &str = "  ";

/// What the rows of a table are.
pub(super) trait Rows {
    /// How many there are.
    fn count(&self) -> usize;
    /// The name of one, in the characters of the terminal.
    fn name(&self, row: usize) -> String;
    /// The width of the widest name, found without writing all of them.
    fn widest_name(&self) -> u16;
    /// The numbers of one.
    fn numbers(&self, row: usize) -> [Number; 3];
    /// What is before each number.
    fn signs(&self) -> [&'static str; 3];
}

/// A number in a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Number {
    pub(super) value: f64,
    /// How many of its digits are significant.
    pub(super) digits: usize,
    /// Whether it stands in brackets if it is negative.
    pub(super) has_brackets: bool,
}

/// A table of which it is known how wide its columns are.
pub(super) struct Table<'a> {
    rows: Box<dyn Rows + 'a>,
    page: Page,
    /// The width of the names.
    names: u16,
    /// What the numbers of each column need.
    rooms: [Room; 3],
}

impl Number {
    fn written(self, page: Page) -> String {
        let number = page.written(&significant(self.value, self.digits));
        if self.is_in_brackets() {
            format!("({number})")
        } else {
            number
        }
    }

    /// The most cells that it can take; `None` if it must be written to know.
    fn most(self) -> Option<Room> {
        let most = Room::most_of(self.value, self.digits)?;
        Some(if self.is_in_brackets() {
            most.in_brackets()
        } else {
            most
        })
    }

    fn is_in_brackets(self) -> bool {
        self.has_brackets && self.value < 0.0
    }
}

impl<'a> Table<'a> {
    pub(super) fn new(rows: impl Rows + 'a, page: Page) -> Self {
        let mut rooms = [Room::default(); 3];
        for numbers in (0..rows.count()).map(|row| rows.numbers(row)) {
            for (room, number) in rooms.iter_mut().zip(numbers) {
                // Most numbers take no more than those before them, which is known without writing them.
                if !number.most().is_some_and(|most| room.holds(most)) {
                    *room = room.with(Room::of(&number.written(page)));
                }
            }
        }
        Self {
            page,
            names: rows.widest_name(),
            rooms,
            rows: Box::new(rows),
        }
    }

    pub(super) fn rows(&self) -> usize {
        self.rows.count()
    }

    /// Whether each row has room in a line.
    pub(super) fn has_room(&self) -> bool {
        let signs = self.rows.signs().map(|sign| self.page.written(sign));
        let signs = signs.map(|sign| usize::from(width(&sign)));
        let numbers = self.rooms.map(Room::width);
        let columns: usize = signs.iter().chain(&numbers).sum();
        INDENT.len() + usize::from(self.names) + columns <= self.page.width
    }

    /// Returns a row as a line.
    pub(super) fn line(&self, row: usize) -> String {
        let name = self.rows.name(row);
        let blanks = " ".repeat(usize::from(self.names - width(&name)));
        let mut line = format!("{INDENT}{name}{blanks}");
        let numbers = self.rows.numbers(row).into_iter().zip(self.rooms);
        for ((number, room), sign) in numbers.zip(self.rows.signs()) {
            line.push_str(&self.page.written(sign));
            line.push_str(&room.pad(&number.written(self.page)));
        }
        line.truncate(line.trim_end().len());
        line
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::app::{Appearance, Colors, Glyphs};
    use crate::ui::style::number::aligned;
    use crate::ui::style::{Theme, widest};

    /// Rows of given names and numbers.
    struct Given(Vec<(String, [Number; 3])>);

    impl Rows for Given {
        fn count(&self) -> usize {
            self.0.len()
        }

        fn name(&self, row: usize) -> String {
            self.0[row].0.clone()
        }

        fn widest_name(&self) -> u16 {
            widest(self.0.iter().map(|(name, _)| name))
        }

        fn numbers(&self, row: usize) -> [Number; 3] {
            self.0[row].1
        }

        fn signs(&self) -> [&'static str; 3] {
            [" = ", " · ", " = "]
        }
    }

    fn page(width: usize, glyphs: Glyphs) -> Page {
        let colors = Colors::None;
        let theme = Theme(Appearance { colors, glyphs });
        Page { width, theme }
    }

    fn number() -> impl Strategy<Value = Number> {
        let usual = [
            0.0,
            1.0,
            -1.0,
            0.5,
            -127.0,
            0.999_9,
            f64::INFINITY,
            f64::NAN,
        ];
        let value = prop_oneof![
            prop::sample::select(usual.to_vec()),
            -10.0..10.0,
            (-12i32..12, -10.0..10.0)
                .prop_map(|(power, value): (_, f64)| value * 10f64.powi(power)),
        ];
        let digits = prop::sample::select(vec![3, 5, 8, 16]);
        (value, digits, any::<bool>()).prop_map(|(value, digits, has_brackets)| Number {
            value,
            digits,
            has_brackets,
        })
    }

    proptest! {
        #[test]
        fn a_row_that_is_written_alone_stands_where_it_does_among_all(
            rows in prop::collection::vec(("w[0-9]{1,3}·(x1|h2|δ_h3)", prop::array::uniform3(number())), 1..40),
            glyphs in prop::sample::select(vec![Glyphs::Unicode, Glyphs::Ascii]),
        ) {
            let page = page(200, glyphs);
            let columns = [0, 1, 2].map(|column: usize| {
                let numbers = rows.iter().map(|(_, numbers)| numbers[column].written(page));
                aligned(&numbers.collect::<Vec<_>>())
            });
            let names = widest(rows.iter().map(|(name, _)| name));
            let all: Vec<String> = rows
                .iter()
                .enumerate()
                .map(|(row, (name, _))| {
                    let blanks = " ".repeat(usize::from(names - width(name)));
                    let [a, b, c] = columns.each_ref().map(|column| &column[row]);
                    let times = page.written(" · ");
                    format!("  {name}{blanks} = {a}{times}{b} = {c}").trim_end().to_owned()
                })
                .collect();
            let table = Table::new(Given(rows), page);
            let alone: Vec<String> = (0..table.rows()).map(|row| table.line(row)).collect();
            prop_assert_eq!(alone, all);
        }
    }

    #[test]
    fn rows_have_room_in_a_page_that_is_as_wide_as_they_are() {
        let number = |value| Number {
            value,
            digits: 3,
            has_brackets: true,
        };
        let rows = || Given(vec![("w1·x1".to_owned(), [1.5, -2.0, -3.0].map(number))]);
        let line = "  w1·x1 = 1.5 · (−2) = (−3)";
        let wide = width(line);
        for (page_width, has_room) in [(wide, true), (wide - 1, false)] {
            let page = page(usize::from(page_width), Glyphs::Unicode);
            let table = Table::new(rows(), page);
            assert_eq!((table.line(0).as_str(), table.has_room()), (line, has_room));
        }
    }
}
