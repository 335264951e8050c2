//! Elements and attributes of a drawing: which draw, which go, and the pictures in them.

use super::style::css_without_fetching;
use crate::docx::xml::{Element, Node};
use crate::flow;
use crate::matcher::Matcher;
use crate::model::{Refusal, What};
use crate::picture::{self, Cleaned};
use data_encoding::BASE64;
use std::sync::LazyLock;

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

pub(super) struct Cleaner<'c> {
    pub out: &'c mut Cleaned,
    pub matcher: &'c Matcher,
    pub rasters: usize,
}

/// More pictures in one drawing are no figure.
const MOST_RASTERS: usize = 500;

impl Cleaner<'_> {
    pub fn element(&mut self, element: &mut Element) -> Result<(), Refusal> {
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
            if picture::kind(&bytes) == Some("svg") {
                None
            } else {
                picture::alone(&bytes, self.matcher).ok()
            }
        });
        match clean {
            Some(clean) => {
                self.out.gone.extend(clean.gone);
                Ok(Some(format!(
                    "data:{};base64,{}",
                    picture::media_type(clean.kind),
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
pub(super) fn is_hidden(element: &Element) -> bool {
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
