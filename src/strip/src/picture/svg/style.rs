//! Style rules of a drawing, and what they would fetch from elsewhere.

use regex::Regex;
use std::sync::LazyLock;

static CSS_COMMENT: LazyLock<Regex> = LazyLock::new(|| crate::forms::pattern(r"(?s)/\*.*?\*/|<!--|-->"));
static CSS_RULE: LazyLock<Regex> =
    LazyLock::new(|| crate::forms::pattern(r"(?is)@import[^;]*;?|@font-face\s*\{[^}]*\}|@charset[^;]*;?"));
static CSS_URL: LazyLock<Regex> =
    LazyLock::new(|| crate::forms::pattern(r#"(?i)(?:url|image|src)\(\s*['"]?\s*([^)'"]*)['"]?\s*\)"#));
static CSS_OWN: LazyLock<Regex> = LazyLock::new(|| {
    crate::forms::pattern(r"(?i)(?:-inkscape-[\w-]+|content|behavior|-moz-binding)\s*:[^;}]*;?")
});

/// Style rules without comments, imports, and anything that is fetched from elsewhere.
pub(super) fn css_without_fetching(css: &str) -> String {
    // A backslash could write "url" so that nobody sees it.
    let css = css.replace('\\', "");
    let css = CSS_COMMENT.replace_all(&css, "");
    let css = CSS_RULE.replace_all(&css, "");
    let css = CSS_OWN.replace_all(&css, "");
    CSS_URL
        .replace_all(&css, |c: &regex::Captures<'_>| {
            let target = c.get(1).map_or("", |m| m.as_str()).trim();
            if target.starts_with('#') {
                format!("url({target})")
            } else {
                "none".to_owned()
            }
        })
        .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_fetch_nothing() {
        assert_eq!(
            css_without_fetching("@import 'x';a{fill:url(#g);b:u\\rl(http://x.example/t.png)}/* T. Quill */"),
            "a{fill:url(#g);b:none}"
        );
    }
}
