//! The journal's own texts: plain Markdown with headings, lists and links, shown without anything that is not text. No
//! HTML, no pictures, no scripts, links only to the web, to mail and to this site.

use std::collections::BTreeSet;

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};

use crate::domain::figures::{FIGURES, Range, shown};
use crate::domain::rules::Rules;

/// The figures that a text can name in braces, such as `{review-days}`: they follow the settings.
pub fn figures() -> Vec<&'static str> {
    let number = |f: &&crate::domain::figures::Figure| matches!(f.range, Range::Number { .. });
    FIGURES.iter().filter(number).map(|f| f.key).collect()
}

/// The names in braces in a text, in order: `{review-days}` is `review-days`.
fn named(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    for part in text.split('{').skip(1) {
        if let Some((name, _)) = part.split_once('}')
            && !name.is_empty()
            && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
        {
            out.push(name);
        }
    }
    out
}

/// The names in braces that are no figure.
pub fn unknown(text: &str) -> Vec<String> {
    let known = figures();
    let found: BTreeSet<&str> = named(text)
        .into_iter()
        .filter(|name| !known.contains(name))
        .collect();
    found.into_iter().map(str::to_owned).collect()
}

fn filled(text: &str, rules: &Rules) -> String {
    let mut out = text.to_owned();
    for name in figures() {
        let place = format!("{{{name}}}");
        if out.contains(&place) {
            out = out.replace(&place, &shown(rules, name));
        }
    }
    out
}

/// Whether a link may be followed from one of our pages.
fn allowed(link: &str) -> bool {
    let link = link.trim();
    let scheme = link
        .split([':', '/', '?', '#'])
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let own = (link.starts_with('/') && !link.starts_with("//")) || link.starts_with('#');
    let web = link.contains("://") && matches!(scheme.as_str(), "http" | "https");
    own || web || (scheme == "mailto" && link.contains(':'))
}

/// An identifier that a heading may have.
fn plain_id(id: &str) -> bool {
    !id.is_empty() && id.len() <= 40 && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// The text as HTML that is safe to show. The page's own title is the first heading, so a text's begin at the second.
pub fn render(text: &str, rules: &Rules) -> String {
    let text = filled(text, rules);
    let mut links = Vec::new();
    let events = Parser::new_ext(&text, Options::ENABLE_HEADING_ATTRIBUTES).filter_map(|event| match event {
        // What looks like HTML is shown as it was typed.
        Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
        Event::Start(Tag::HtmlBlock) => Some(Event::Start(Tag::Paragraph)),
        Event::End(TagEnd::HtmlBlock) => Some(Event::End(TagEnd::Paragraph)),
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
        Event::Start(Tag::Link { ref dest_url, .. }) => {
            let good = allowed(dest_url);
            links.push(good);
            good.then_some(event)
        }
        Event::End(TagEnd::Link) => links.pop().unwrap_or(false).then_some(event),
        Event::Start(Tag::Heading { level, id, .. }) => Some(Event::Start(Tag::Heading {
            level: level.max(pulldown_cmark::HeadingLevel::H2),
            id: id.filter(|id| plain_id(id)),
            classes: Vec::new(),
            attrs: Vec::new(),
        })),
        Event::End(TagEnd::Heading(level)) => Some(Event::End(TagEnd::Heading(
            level.max(pulldown_cmark::HeadingLevel::H2),
        ))),
        Event::Start(Tag::CodeBlock(_)) => Some(Event::Start(Tag::CodeBlock(
            pulldown_cmark::CodeBlockKind::Fenced(CowStr::Borrowed("")),
        ))),
        other => Some(other),
    });
    let mut out = String::new();
    html::push_html(&mut out, events);
    out
}

/// One of our own pages' pieces as Markdown, so that its words can be edited: headings, paragraphs, lists, links and
/// emphasis; everything else is only its text.
pub fn from_html(html: &str) -> String {
    let mut writer = Writer::default();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        writer.text(&rest[..start]);
        let Some(end) = rest[start..].find('>') else { break };
        writer.tag(&rest[start + 1..start + end]);
        rest = &rest[start + end + 1..];
    }
    writer.text(rest);
    writer.finish()
}

#[derive(Default)]
struct Writer {
    out: String,
    /// The lists that are open: the number of the next entry, or none for dots.
    lists: Vec<Option<u32>>,
    links: Vec<String>,
    id: String,
}

impl Writer {
    fn text(&mut self, text: &str) {
        let text = text
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#x27;", "'")
            .replace("&#39;", "'")
            .replace("&nbsp;", "\u{a0}")
            .replace("&amp;", "&");
        for c in text.chars() {
            let blank = matches!(c, ' ' | '\n' | '\t' | '\r');
            if blank && (self.out.is_empty() || self.out.ends_with([' ', '\n'])) {
                continue;
            }
            if matches!(c, '*' | '_' | '`' | '[' | ']' | '<' | '\\') {
                self.out.push('\\');
            }
            self.out.push(if blank { ' ' } else { c });
        }
    }

    fn block(&mut self, lines: usize) {
        let kept = self.out.trim_end().len();
        let there = self.out[kept..].matches('\n').count();
        self.out.truncate(kept);
        if !self.out.is_empty() {
            self.out.push_str(&"\n".repeat(lines.max(there).min(2)));
        }
    }

    fn tag(&mut self, tag: &str) {
        let attribute = |name: &str| {
            let found = tag
                .split_once(&format!("{name}=\""))
                .and_then(|(_, rest)| rest.split_once('"'));
            found.map(|(value, _)| value.to_owned()).unwrap_or_default()
        };
        match tag
            .split_whitespace()
            .next()
            .unwrap_or_default()
            .trim_end_matches('/')
        {
            "h1" | "h2" => self.heading("## ", attribute("id")),
            "h3" | "h4" => self.heading("### ", attribute("id")),
            "/h1" | "/h2" | "/h3" | "/h4" => {
                if !self.id.is_empty() {
                    let id = std::mem::take(&mut self.id);
                    self.out.push_str(&format!(" {{#{id}}}"));
                }
                self.block(2);
            }
            "ul" => self.list(None),
            "ol" => self.list(Some(1)),
            "/ul" | "/ol" => {
                self.lists.pop();
                self.block(if self.lists.is_empty() { 2 } else { 1 });
            }
            "li" => {
                self.block(1);
                let indent = "   ".repeat(self.lists.len().saturating_sub(1));
                self.out.push_str(&indent);
                match self.lists.last_mut() {
                    Some(Some(n)) => {
                        self.out.push_str(&format!("{n}. "));
                        *n += 1;
                    }
                    _ => self.out.push_str("- "),
                }
            }
            "p" | "section" | "div" | "dl" | "dd" if self.lists.is_empty() => self.block(2),
            "/p" | "/section" | "/div" | "/dl" | "/dd" if self.lists.is_empty() => self.block(2),
            "dt" => {
                self.block(2);
                self.out.push_str("**");
            }
            "/dt" => self.out.push_str("**\n\n"),
            "strong" | "b" | "/strong" | "/b" => self.out.push_str("**"),
            "em" | "i" | "/em" | "/i" => self.out.push('*'),
            "br" => self.out.push_str("  \n"),
            "a" => {
                self.links.push(attribute("href"));
                self.out.push('[');
            }
            "/a" => {
                let link = self.links.pop().unwrap_or_default();
                self.out.push_str(&format!("]({link})"));
            }
            _ => {}
        }
    }

    fn heading(&mut self, signs: &str, id: String) {
        self.block(2);
        self.out.push_str(signs);
        self.id = id;
    }

    fn list(&mut self, number: Option<u32>) {
        self.block(if self.lists.is_empty() { 2 } else { 1 });
        self.lists.push(number);
    }

    fn finish(self) -> String {
        format!("{}\n", self.out.trim())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> String {
        render(text, &Rules::default())
    }

    #[test]
    fn headings_lists_and_links() {
        let html =
            show("# Title {#top}\n\n- one\n- **two**\n\n[guide](/guides/authors) <https://example.org>");
        assert_eq!(
            html,
            "<h2 id=\"top\">Title</h2>\n<ul>\n<li>one</li>\n<li><strong>two</strong></li>\n</ul>\n<p><a href=\"/guides/authors\">guide</a> <a href=\"https://example.org\">https://example.org</a></p>\n"
        );
    }

    #[test]
    fn nothing_but_text_comes_through() {
        let bad = [
            "<script>alert(1)</script>",
            "a <b onclick=x>b</b> <img src=x onerror=y>",
            "![track](https://evil.example/pixel.png)",
            "[x](javascript:alert(1)) [y](JaVaScRiPt:alert(1)) [z](data:text/html,x) [v](//evil.example) [w](vbscript:x)",
            "# h {#a\" onclick=\"x .cls onclick=x}",
            "```\" onmouseover=\"x\ncode\n```",
            "[a](https://ok.example/\"onclick=x)",
        ];
        for text in bad {
            let html = show(text);
            let tags: Vec<&str> = html
                .split('<')
                .skip(1)
                .map(|t| t.split('>').next().unwrap())
                .collect();
            for tag in tags {
                let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap();
                assert!(
                    ["p", "h2", "pre", "code", "a", "em"].contains(&name),
                    "{text}: <{tag}>"
                );
                let attributes = tag.split_once(' ').map_or("", |(_, rest)| rest);
                let plain = attributes.is_empty()
                    || (["href=\"", "id=\""].iter().any(|a| attributes.starts_with(a))
                        && attributes.matches('"').count() == 2);
                assert!(plain && !tag.contains("script:"), "{text}: <{tag}>");
            }
            assert!(
                !html.contains("pixel.png") && !html.contains("href=\"//"),
                "{html}"
            );
        }
    }

    #[test]
    fn figures_follow_the_settings_and_unknown_ones_are_named() {
        let rules = Rules {
            review_days: 28,
            ..Rules::default()
        };
        assert_eq!(render("in {review-days} days", &rules), "<p>in 28 days</p>\n");
        assert_eq!(unknown("{review-days} {nonsense} {Not this} {}"), ["nonsense"]);
    }

    #[test]
    fn our_pages_read_back_as_they_were() {
        let page = "<p class=\"lede\">One &amp; two.</p>\n<h2 id=\"revise\">How</h2><ul>\n<li>a <a href=\"/x\">b</a></li>\n<li>c</li>\n</ul><ol><li>d</li></ol><p>e*f</p>";
        let text = from_html(page);
        assert_eq!(
            text,
            "One & two.\n\n## How {#revise}\n\n- a [b](/x)\n- c\n\n1. d\n\ne\\*f\n"
        );
        let again = from_html(&show(&text));
        assert_eq!(again, text);
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_typed_no_tag_of_the_writers_own_comes_through(text in "[<>\"'a-z!\\[\\]()#{}*:/ \n=.-]{0,120}") {
            let html = show(&text);
            for tag in html.split('<').skip(1).map(|t| t.split('>').next().unwrap_or_default()) {
                let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
                proptest::prop_assert!(
                    ["p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "a", "em", "strong", "code", "pre", "blockquote", "hr", "br"].contains(&name),
                    "{text:?} → {tag}"
                );
                proptest::prop_assert!(!tag.contains("javascript:"));
            }
        }
    }
}
