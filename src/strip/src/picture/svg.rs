//! SVG: shapes, text and embedded pictures stay; scripts, metadata, editors' attributes, foreign elements and whatever
//! would be fetched from elsewhere go; its text is redacted as text.

use super::Cleaned;
use crate::docx::xml::{self, Element, Node};
use crate::findings::Collector;
use crate::flow;
use crate::matcher::Matcher;
use crate::model::{Refusal, What};
use crate::plan::{self, Para};
use crate::tree::{self, Grammar, Step};
use data_encoding::BASE64;
use flate2::read::GzDecoder;
use regex::Regex;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Read;
use std::sync::LazyLock;

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";

/// Elements that draw, by SVG 1.1 and 2.
static DRAWING: LazyLock<Vec<&str>> = LazyLock::new(|| {
    "svg g defs symbol use path rect circle ellipse line polyline polygon text tspan tref textPath image linearGradient \
     radialGradient stop clipPath mask pattern marker filter feBlend feColorMatrix feComponentTransfer feComposite \
     feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR \
     feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence \
     style switch"
        .split_whitespace()
        .collect()
});

/// Attributes that carry words, programs' own data or behaviour.
fn is_foreign(key: &str) -> bool {
    let plain = !key.contains(':') && key != "xmlns";
    !(plain || matches!(key, "xlink:href" | "xml:space"))
        || key.starts_with("on")
        || key.starts_with("data-")
        || key.starts_with("aria-")
        || matches!(
            key,
            "content"
                | "role"
                | "label"
                | "title"
                | "alt"
                | "requiredExtensions"
                | "systemLanguage"
                | "lang"
                | "target"
                | "download"
                | "ping"
                | "rel"
                | "enable-background"
                | "contentScriptType"
                | "contentStyleType"
                | "zoomAndPan"
                | "nonce"
                | "tabindex"
                | "version"
                | "baseProfile"
        )
}

/// Whether bytes begin as an SVG does, also packed (.svgz).
pub(super) fn is_svg(bytes: &[u8]) -> bool {
    let head = if bytes.starts_with(&[0x1F, 0x8B]) {
        let mut out = Vec::new();
        if GzDecoder::new(bytes).take(4096).read_to_end(&mut out).is_err() && out.is_empty() {
            return false;
        }
        out
    } else {
        bytes[..bytes.len().min(4096)].to_vec()
    };
    let text = match head.as_slice() {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => xml_text(&head).unwrap_or_default(),
        _ => String::from_utf8_lossy(&head).into_owned(),
    };
    let mut rest = text.trim_start_matches('\u{FEFF}').trim_start();
    // Declaration, comments and document type may stand in front.
    while let Some(inner) = rest.strip_prefix("<?").or_else(|| rest.strip_prefix("<!")) {
        let end = if inner.starts_with("--") {
            inner.find("-->").map(|e| e + 3)
        } else if inner.contains('[') && inner.find('[') < inner.find('>') {
            inner
                .find("]")
                .and_then(|b| inner[b..].find('>').map(|e| b + e + 1))
        } else {
            inner.find('>').map(|e| e + 1)
        };
        match end {
            Some(end) => rest = inner[end..].trim_start(),
            // A long comment hides the root; the tag itself is looked for.
            None => return text.contains("<svg"),
        }
    }
    let name = rest.strip_prefix('<').unwrap_or_default();
    let name: String = name
        .chars()
        .take_while(|c| c.is_alphanumeric() || *c == ':')
        .collect();
    name == "svg" || name.ends_with(":svg")
}

fn xml_text(bytes: &[u8]) -> Option<String> {
    encoding_rs::Encoding::for_bom(bytes).map(|(e, _)| e.decode_with_bom_removal(bytes).0.into_owned())
}

/// A drawing may unpack to this.
const LARGEST: u64 = 100 << 20;

/// Cleans an SVG.
pub(super) fn clean(bytes: &[u8], matcher: &Matcher) -> Result<Cleaned, Refusal> {
    let mut out = Cleaned::new("svg");
    let unpacked = unpack(bytes)?;
    let source = plain_source(&unpacked, &mut out)?;
    let mut root = xml::parse(source.as_bytes())?;
    if &*root.tag != "svg:svg" {
        return Err(Refusal::Broken);
    }
    let mut cleaner = Cleaner {
        out: &mut out,
        matcher,
        rasters: 0,
    };
    cleaner.element(&mut root)?;
    for (key, value) in [("xmlns:xlink", XLINK), ("xmlns", SVG)] {
        let key: std::rc::Rc<str> = key.into();
        root.attrs.insert(
            0,
            xml::Attr {
                raw: key.clone(),
                key,
                value: value.into(),
            },
        );
    }
    rename(&mut root);
    redact(&mut root, matcher, &mut out);
    out.bytes = xml::write(&root);
    Ok(out)
}

fn unpack(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    if !bytes.starts_with(&[0x1F, 0x8B]) {
        return Ok(bytes.to_vec());
    }
    let mut out = Vec::new();
    GzDecoder::new(bytes)
        .take(LARGEST + 1)
        .read_to_end(&mut out)
        .map_err(|_| Refusal::Broken)?;
    if out.len() as u64 > LARGEST {
        Err(Refusal::Bomb)
    } else {
        Ok(out)
    }
}

static ENTITY: LazyLock<Regex> =
    LazyLock::new(|| crate::forms::pattern(r#"<!ENTITY\s+([\w.-]+)\s+(?:"([^"<&]*)"|'([^'<&]*)')\s*>"#));

/// The source without its document type; the plain entities it declares (Illustrator's way to write namespaces) are put in.
fn plain_source(bytes: &[u8], out: &mut Cleaned) -> Result<String, Refusal> {
    let text = match xml_text(bytes) {
        Some(text) => text,
        None => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => encoding_rs::WINDOWS_1252
                .decode_without_bom_handling(bytes)
                .0
                .into_owned(),
        },
    };
    out.count(What::HiddenParts, text.matches("<!--").count());
    let Some(start) = text.find("<!DOCTYPE") else {
        return Ok(text);
    };
    let head = &text[start..];
    let inner = head.find('[').filter(|b| head.find('>').is_some_and(|e| *b < e));
    let end = match inner {
        Some(open) => head[open..]
            .find("]")
            .and_then(|c| head[open + c..].find('>').map(|e| open + c + e + 1)),
        None => head.find('>').map(|e| e + 1),
    }
    .ok_or(Refusal::Broken)?;
    let entities: HashMap<&str, &str> = ENTITY
        .captures_iter(&head[..end])
        .filter_map(|c| Some((c.get(1)?.as_str(), c.get(2).or(c.get(3))?.as_str())))
        .filter(|(_, value)| value.len() < 500)
        .collect();
    let mut source = [&text[..start], &head[end..]].concat();
    let most = source.len() * 4 + 65_536;
    for (name, value) in entities {
        source = source.replace(&format!("&{name};"), value);
        if source.len() > most {
            return Err(Refusal::Bomb);
        }
    }
    Ok(source)
}

struct Cleaner<'c> {
    out: &'c mut Cleaned,
    matcher: &'c Matcher,
    rasters: usize,
}

/// More pictures in one drawing are no figure.
const MOST_RASTERS: usize = 500;

impl Cleaner<'_> {
    fn element(&mut self, element: &mut Element) -> Result<(), Refusal> {
        self.attributes(element)?;
        // One prefix for all: the others are not declared any more.
        element.raw = element.local().into();
        let before = std::mem::take(&mut element.children);
        for node in before {
            let mut child = match node {
                Node::Element(child) => child,
                Node::Text(words) => {
                    element.children.push(Node::Text(flow::visible(&words)));
                    continue;
                }
            };
            let name = child.tag.strip_prefix("svg:").unwrap_or_default().to_owned();
            if name == "a" {
                self.out.count(What::Links, 1);
                self.element(&mut child)?;
                element.children.append(&mut child.children);
            } else if is_hidden(&child) {
                self.out.count(What::HiddenParts, 1);
            } else if !DRAWING.contains(&name.as_str()) {
                self.out.count(gone(&name), 1);
            } else if name == "style" {
                let css = child.text();
                let clean = css_without_fetching(&css);
                self.out.count(What::Links, usize::from(clean.len() < css.len()));
                child.children = vec![Node::Text(clean)];
                child.raw = "style".into();
                self.attributes(&mut child)?;
                element.children.push(Node::Element(child));
            } else {
                self.element(&mut child)?;
                let lost = name == "image" && href(&child).is_none();
                if !lost {
                    element.children.push(Node::Element(child));
                }
            }
        }
        Ok(())
    }

    fn attributes(&mut self, element: &mut Element) -> Result<(), Refusal> {
        let before = element.attrs.len();
        element.attrs.retain(|a| !is_foreign(&a.key));
        let gone = before - element.attrs.len();
        self.out.count(What::Properties, gone);
        let image = &*element.tag == "svg:image";
        let mut kept = Vec::new();
        for mut attr in std::mem::take(&mut element.attrs) {
            if matches!(&*attr.key, "href" | "xlink:href") {
                let value: String = attr.value.trim().to_owned();
                if value.starts_with('#') && value.len() > 1 {
                    attr.value = value;
                } else if let (true, Some(data)) = (image, value.strip_prefix("data:")) {
                    match self.raster(data)? {
                        Some(clean) => attr.value = clean,
                        None => continue,
                    }
                } else {
                    self.out.count(What::Links, 1);
                    continue;
                }
                attr.raw = attr.key.clone();
            } else if attr.value.contains("url(") || attr.value.contains("-inkscape") || &*attr.key == "style"
            {
                attr.value = css_without_fetching(&attr.value);
            }
            kept.push(attr);
        }
        element.attrs = kept;
        Ok(())
    }

    /// A picture written into the drawing; what we cannot clean goes.
    fn raster(&mut self, data: &str) -> Result<Option<String>, Refusal> {
        self.rasters += 1;
        if self.rasters > MOST_RASTERS {
            return Err(Refusal::Bomb);
        }
        let packed: Option<Vec<u8>> = data.split_once("base64,").and_then(|(_, b)| {
            let bare: String = b.chars().filter(|c| !c.is_whitespace()).collect();
            BASE64.decode(bare.as_bytes()).ok()
        });
        let clean = packed.and_then(|bytes| {
            // A drawing in a drawing would be one more way to hide words: no program needs it.
            if super::kind(&bytes) == Some("svg") {
                None
            } else {
                super::alone(&bytes, self.matcher).ok()
            }
        });
        match clean {
            Some(clean) => {
                self.out.gone.extend(clean.gone);
                Ok(Some(format!(
                    "data:{};base64,{}",
                    super::media_type(clean.kind),
                    BASE64.encode(&clean.bytes)
                )))
            }
            None => {
                self.out.count(What::HiddenParts, 1);
                Ok(None)
            }
        }
    }
}

/// Whether an element and all that is in it is never drawn.
fn is_hidden(element: &Element) -> bool {
    let style = element
        .attr("style")
        .unwrap_or_default()
        .replace(char::is_whitespace, "");
    element.attr("display") == Some("none") || style.split(';').any(|s| s == "display:none")
}

fn href(element: &Element) -> Option<&str> {
    element.attr("href").or_else(|| element.attr("xlink:href"))
}

fn gone(name: &str) -> What {
    match name {
        "script" | "handler" | "animate" | "animateMotion" | "animateTransform" | "set" => What::Scripts,
        "title" | "desc" | "metadata" | "" => What::Properties,
        _ => What::HiddenParts,
    }
}

static CSS_COMMENT: LazyLock<Regex> = LazyLock::new(|| crate::forms::pattern(r"(?s)/\*.*?\*/|<!--|-->"));
static CSS_RULE: LazyLock<Regex> =
    LazyLock::new(|| crate::forms::pattern(r"(?is)@import[^;]*;?|@font-face\s*\{[^}]*\}|@charset[^;]*;?"));
static CSS_URL: LazyLock<Regex> =
    LazyLock::new(|| crate::forms::pattern(r#"(?i)(?:url|image|src)\(\s*['"]?\s*([^)'"]*)['"]?\s*\)"#));
static CSS_OWN: LazyLock<Regex> = LazyLock::new(|| {
    crate::forms::pattern(r"(?i)(?:-inkscape-[\w-]+|content|behavior|-moz-binding)\s*:[^;}]*;?")
});

/// Style rules without comments, imports, and anything that is fetched from elsewhere.
fn css_without_fetching(css: &str) -> String {
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

static CSS_NAME: LazyLock<Regex> = LazyLock::new(|| crate::forms::pattern(r"([#.])(-?[_\p{L}][\w-]*)"));
static URL_NAME: LazyLock<Regex> = LazyLock::new(|| crate::forms::pattern(r"url\(#([^)]*)\)"));

/// Gives ids and classes neutral names, in the order they stand; ids that nothing refers to go.
fn rename(root: &mut Element) {
    let mut ids: BTreeMap<String, String> = BTreeMap::new();
    let mut classes: BTreeMap<String, String> = BTreeMap::new();
    let mut used: HashSet<String> = HashSet::new();
    root.walk(&mut |e| {
        for a in &e.attrs {
            if matches!(&*a.key, "href" | "xlink:href") {
                used.extend(a.value.strip_prefix('#').map(str::to_owned));
            }
            used.extend(
                URL_NAME
                    .captures_iter(&a.value)
                    .filter_map(|c| Some(c.get(1)?.as_str().to_owned())),
            );
        }
        if &*e.tag == "svg:style" {
            let css = e.text();
            used.extend(
                CSS_NAME
                    .captures_iter(&css)
                    .filter(|c| &c[1] == "#")
                    .map(|c| c[2].to_owned()),
            );
            used.extend(URL_NAME.captures_iter(&css).map(|c| c[1].to_owned()));
        }
    });
    root.walk(&mut |e| {
        if let Some(id) = e.attr("id").filter(|id| used.contains(*id)) {
            let next = format!("i{}", ids.len());
            ids.entry(id.to_owned()).or_insert(next);
        }
        for class in e.attr("class").unwrap_or_default().split_whitespace() {
            let next = format!("c{}", classes.len());
            classes.entry(class.to_owned()).or_insert(next);
        }
    });
    apply_names(root, &ids, &classes);
}

fn apply_names(element: &mut Element, ids: &BTreeMap<String, String>, classes: &BTreeMap<String, String>) {
    element
        .attrs
        .retain(|a| &*a.key != "id" || ids.contains_key(&a.value));
    for attr in &mut element.attrs {
        match &*attr.key {
            "id" => attr.value = ids.get(&attr.value).cloned().unwrap_or_default(),
            "class" => {
                let new: Vec<&str> = attr
                    .value
                    .split_whitespace()
                    .filter_map(|c| classes.get(c))
                    .map(String::as_str)
                    .collect();
                attr.value = new.join(" ");
            }
            "href" | "xlink:href" => {
                if let Some(new) = attr.value.strip_prefix('#').and_then(|id| ids.get(id)) {
                    attr.value = format!("#{new}");
                } else if attr.value.starts_with('#') {
                    attr.value = "#none".into();
                }
            }
            _ => attr.value = point(&attr.value, ids),
        }
    }
    if &*element.tag == "svg:style" {
        for node in &mut element.children {
            if let Node::Text(css) = node {
                *css = rename_css(css, ids, classes);
            }
        }
    }
    for node in &mut element.children {
        if let Node::Element(child) = node {
            apply_names(child, ids, classes);
        }
    }
}

fn point(value: &str, ids: &BTreeMap<String, String>) -> String {
    URL_NAME
        .replace_all(value, |c: &regex::Captures<'_>| {
            format!("url(#{})", ids.get(&c[1]).map_or("none", String::as_str))
        })
        .into_owned()
}

/// Names in selectors, which stand outside of braces; inside only references are names, the rest may be colours.
fn rename_css(css: &str, ids: &BTreeMap<String, String>, classes: &BTreeMap<String, String>) -> String {
    let mut out = String::new();
    for (n, part) in css.split_inclusive(['{', '}']).enumerate() {
        let selector = part.ends_with('{') || n == 0 && !css.contains('{');
        if selector {
            out.push_str(&CSS_NAME.replace_all(part, |c: &regex::Captures<'_>| {
                let names = if &c[1] == "#" { ids } else { classes };
                format!("{}{}", &c[1], names.get(&c[2]).map_or("none", String::as_str))
            }));
        } else {
            out.push_str(&point(part, ids));
        }
    }
    out
}

struct Words;

impl Grammar for Words {
    fn is_para(&self, element: &Element) -> bool {
        &*element.tag == "svg:text"
    }

    fn step(&self, element: &Element) -> Step {
        let moved = ["x", "y", "dy"].iter().any(|k| element.attr(k).is_some());
        match &*element.tag {
            // A line of its own, or a raised mark.
            "svg:tspan" if moved => Step::Apart,
            "svg:tspan" | "svg:textPath" => Step::Enter,
            _ => Step::Skip,
        }
    }
}

/// Takes the identity out of the drawing's text, as from a document's.
fn redact(root: &mut Element, matcher: &Matcher, out: &mut Cleaned) {
    let mut paras = Vec::new();
    root.walk(&mut |e| {
        if Words.is_para(e) {
            paras.push(Para {
                text: tree::text(e, &Words),
                place: "pictures".into(),
                ..Para::default()
            });
        }
    });
    let hits: Vec<_> = paras.iter().map(|p| matcher.find(&p.text, false)).collect();
    let cuts: Vec<_> = hits
        .into_iter()
        .zip(&paras)
        .map(|(h, p)| plan::cuts(h, p))
        .collect();
    let mut collector = Collector::new(matcher);
    for (para, cuts) in paras.iter().zip(&cuts) {
        for cut in cuts {
            out.count(cut.what, 1);
        }
        collector.look(&plan::apply(&para.text, cuts), "pictures", false);
    }
    out.findings = collector.finish();
    let mut next = 0;
    apply(root, &cuts, &mut next);
}

fn apply(element: &mut Element, cuts: &[Vec<plan::Cut>], next: &mut usize) {
    if Words.is_para(element) {
        tree::cut(element, &Words, &cuts[*next]);
        *next += 1;
    }
    for node in &mut element.children {
        if let Node::Element(child) = node {
            apply(child, cuts, next);
        }
    }
}

/// The drawing's text, a line per piece.
pub(super) fn visible_text(bytes: &[u8]) -> Result<String, Refusal> {
    let unpacked = unpack(bytes)?;
    let source = plain_source(&unpacked, &mut Cleaned::new("svg"))?;
    let mut out = String::new();
    let mut root = xml::parse(source.as_bytes())?;
    tree::prune(&mut root, &mut |e| !is_hidden(e));
    root.walk(&mut |e| {
        if Words.is_para(e) {
            out.push_str(tree::text(e, &Words).replace(crate::fold::SEAM, " ").trim());
            out.push('\n');
        }
    });
    Ok(out)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn told_from_other_markup() {
        for yes in [
            "<svg xmlns='x'/>",
            "<?xml version=\"1.0\"?>\n<!-- made -->\n<!DOCTYPE svg PUBLIC \"a\" \"b\" [ <!ENTITY x \"y\"> ]>\n<svg:svg/>",
        ] {
            assert!(is_svg(yes.as_bytes()), "{yes}");
        }
        for no in [
            "<html><svg/></html>",
            "<?xml version='1.0'?><office:document/>",
            "plain <svg",
        ] {
            assert!(!is_svg(no.as_bytes()), "{no}");
        }
    }

    #[test]
    fn styles_fetch_nothing() {
        assert_eq!(
            css_without_fetching("@import 'x';a{fill:url(#g);b:u\\rl(http://x.example/t.png)}/* T. Quill */"),
            "a{fill:url(#g);b:none}"
        );
    }

    #[test]
    fn large_drawings_are_no_bomb_and_entities_are() {
        let bomb = format!(
            "<!DOCTYPE svg [<!ENTITY a \"{}\">]><svg xmlns=\"{SVG}\"><text>{}</text></svg>",
            "x".repeat(400),
            "&a;".repeat(40_000)
        );
        let nobody = Matcher::new(&crate::model::Identity::default());
        assert_eq!(clean(bomb.as_bytes(), &nobody).err(), Some(Refusal::Bomb));
    }
}
