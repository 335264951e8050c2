//! The standard's own names, of keys, values, fonts and glyphs (ISO 32000-1): a file is nothing without them, whatever its authors are
//! called.

use std::collections::HashSet;
use std::sync::LazyLock;

static NAMES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    include_str!("../lists/pdf_names.txt")
        .split_whitespace()
        .collect()
});

/// Whether a name says nothing of its file.
pub(crate) fn is_standard(name: &str) -> bool {
    NAMES.contains(name)
}
