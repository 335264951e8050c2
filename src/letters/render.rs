//! Rendering a letter: the only module beside `web/page` that knows Tera.

use std::sync::LazyLock;

use rust_embed::RustEmbed;
use serde::Serialize;
use tera::{Context, Tera};

use super::Letter;
use crate::domain::person::Lang;

/// Stands in a stored letter where its one-time link will be when it is sent.
pub const LINK: &str = "⟦link⟧";

#[derive(RustEmbed)]
#[folder = "templates/mail"]
struct Templates;

pub(super) static TERA: LazyLock<Tera> = LazyLock::new(|| {
    let mut tera = Tera::new();
    crate::words::tera::register(&mut tera);
    let files: Vec<(String, String)> = Templates::iter()
        .filter_map(|name| {
            let file = Templates::get(&name)?;
            Some((name.to_string(), String::from_utf8_lossy(&file.data).into_owned()))
        })
        .collect();
    tera.add_raw_templates(files)
        .expect("the letters' templates parse; a test renders them all");
    tera
});

/// What every letter may say.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Common {
    /// The journal's name in the recipient's language.
    pub journal: String,
    /// The recipient's name, or empty.
    pub name: String,
    /// The manuscript's number, or empty.
    pub number: String,
    /// The manuscript's blind title, or empty.
    pub title: String,
    /// Where to go: a page's address, or `LINK`.
    pub link: String,
    /// The site's address.
    pub site: String,
}

/// A letter as one recipient reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// The subject, one line.
    pub subject: String,
    /// The body, plain text.
    pub text: String,
}

/// The program's own template of a letter; None if there is no such letter.
pub fn template(lang: Lang, kind: &str) -> Option<String> {
    let file = Templates::get(&format!("{}/{kind}.txt", lang.tag()))?;
    Some(String::from_utf8_lossy(&file.data).into_owned())
}

/// The variables of a letter with their values.
pub(super) fn context(letter: &Letter, lang: Lang, common: &Common) -> Result<Context, tera::Error> {
    let mut context = Context::from_serialize(common)?;
    context.extend(Context::from_serialize(letter)?);
    context.insert("lang", lang.tag());
    Ok(context)
}

/// Cuts a rendered template into subject and body.
pub(super) fn cut(text: &str) -> Option<Rendered> {
    let (subject, body) = text.split_once("\n\n")?;
    // A subject is one line whatever a title holds: nothing can add a header.
    let subject = subject.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(Rendered {
        subject,
        text: format!("{}\n", body.trim()),
    })
}

/// Renders a letter in a language by the program's own template.
pub fn render(letter: &Letter, lang: Lang, common: &Common) -> Result<Rendered, String> {
    let fail = |e: tera::Error| format!("{} in {}: {e:?}", letter.kind(), lang.tag());
    let context = context(letter, lang, common).map_err(fail)?;
    let name = format!("{}/{}.txt", lang.tag(), letter.kind());
    let text = TERA.render(&name, &context).map_err(fail)?;
    cut(&text).ok_or_else(|| format!("{name} has no subject line"))
}
