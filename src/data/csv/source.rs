//! From the bytes of a file to text in UTF-8.

use std::io::{Cursor, ErrorKind, Read};

use anyhow::{Result, ensure};
use encoding_rs_io::DecodeReaderBytesBuilder;

use super::RowsRead;
use super::lines::check_goes_on;

/// What files begin with that people take for tables.
const OTHER_FORMATS: &[(&[u8], &str)] = &[
    (b"PK\x03\x04", "a workbook or a zip file"),
    (b"\xD0\xCF\x11\xE0", "an old workbook"),
    (b"\x1F\x8B", "compressed with gzip"),
    (b"BZh", "compressed with bzip2"),
    (b"\xFD7zXZ", "compressed with xz"),
    (b"\x28\xB5\x2F\xFD", "compressed with zstd"),
    (b"PAR1", "in the Parquet format"),
    (b"SQLite format 3", "an SQLite database"),
    (b"%PDF", "a PDF"),
    (b"\x89HDF", "in the HDF5 format"),
    (b"\x93NUMPY", "a NumPy array"),
];

/// The text of a file: UTF-8 as it is (without its mark), UTF-16 with a mark decoded, which is then
/// remarked.
///
/// # Errors
///
/// If reading fails or is cancelled, or the file is no text.
pub(super) fn decode<'a>(
    mut file: impl Read + 'a,
    rows_read: &mut RowsRead,
) -> Result<(impl Read + 'a, Option<String>)> {
    let beginning = beginning(&mut file, rows_read)?;
    for (mark, name) in OTHER_FORMATS {
        ensure!(
            !beginning.starts_with(mark),
            "the file is {name}, expected a table as text: export it as CSV"
        );
    }
    let is_utf_16 = beginning.starts_with(b"\xFF\xFE") || beginning.starts_with(b"\xFE\xFF");
    ensure!(
        is_utf_16 || !beginning.contains(&0),
        "the file is not text in UTF-8, it has bytes of 0 (UTF-16 is read if it begins with its mark)"
    );
    let file = Cursor::new(beginning).chain(file);
    let text = DecodeReaderBytesBuilder::new()
        .utf8_passthru(true)
        .strip_bom(true)
        .build(file);
    let remark = is_utf_16.then(|| "the file is in UTF-16".to_owned());
    Ok((text, remark))
}

/// The first 16 bytes of a file, or all if there are fewer.
fn beginning(file: &mut impl Read, rows_read: &mut RowsRead) -> Result<Vec<u8>> {
    let mut beginning = vec![0; 16];
    let mut length = 0;
    while length < beginning.len() {
        match file.read(&mut beginning[length..]) {
            Ok(0) => break,
            Ok(read) => length += read,
            Err(problem) if problem.kind() == ErrorKind::Interrupted => {}
            Err(problem) if problem.kind() == ErrorKind::WouldBlock => {
                check_goes_on(0, rows_read)?;
            }
            Err(problem) => return Err(problem.into()),
        }
    }
    beginning.truncate(length);
    Ok(beginning)
}
