//! The journal's letters as they stand now: the program's templates, and over them those that the office has edited.

use std::collections::{BTreeMap, BTreeSet};

use tera::Tera;

use super::render::{TERA, context, cut};
use super::{Common, Letter, Rendered};
use crate::domain::person::Lang;

/// An edited template could not be rendered, and the program's own stood in for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoodIn {
    /// The template's language.
    pub lang: Lang,
    /// The letter's kind.
    pub kind: &'static str,
    /// What the template engine said; the log's, not the reader's.
    pub why: String,
}

/// Templates in use. Cheap to share, never changed: an edit makes a new one.
#[derive(Debug, Default)]
pub struct Mail {
    tera: Tera,
    own: BTreeSet<(Lang, String)>,
    broken: BTreeMap<(Lang, String), String>,
}

impl Mail {
    /// The program's templates with edited ones over them. One that does not parse is left out and kept as broken.
    pub fn with(edited: impl IntoIterator<Item = ((Lang, String), String)>) -> Mail {
        let mut mail = Mail {
            tera: base(),
            ..Mail::default()
        };
        for ((lang, kind), text) in edited {
            match mail.tera.add_raw_template(&name(lang, &kind), &text) {
                Ok(()) => drop(mail.own.insert((lang, kind))),
                Err(error) => drop(mail.broken.insert((lang, kind), error.to_string())),
            }
        }
        mail
    }

    /// Whether a letter's template was edited in a language.
    pub fn is_own(&self, lang: Lang, kind: &str) -> bool {
        let key = (lang, kind.to_owned());
        self.own.contains(&key) || self.broken.contains_key(&key)
    }

    /// Renders a letter: never fails because of an edited template, but says when the program's own stood in for it.
    pub fn render(
        &self,
        letter: &Letter,
        lang: Lang,
        common: &Common,
    ) -> Result<(Rendered, Option<StoodIn>), String> {
        let kind = letter.kind();
        let key = (lang, kind.to_owned());
        let own = match self.broken.get(&key) {
            Some(why) => Err(why.clone()),
            None if !self.own.contains(&key) => return Ok((super::render(letter, lang, common)?, None)),
            None => self.render_own(letter, lang, common),
        };
        match own {
            Ok(rendered) => Ok((rendered, None)),
            Err(why) => {
                let stood_in = StoodIn { lang, kind, why };
                Ok((super::render(letter, lang, common)?, Some(stood_in)))
            }
        }
    }

    fn render_own(&self, letter: &Letter, lang: Lang, common: &Common) -> Result<Rendered, String> {
        let name = name(lang, letter.kind());
        let context = context(letter, lang, common).map_err(|e| e.to_string())?;
        let text = self.tera.render(&name, &context).map_err(|e| e.to_string())?;
        let rendered = cut(&text).ok_or("no subject line")?;
        if rendered.subject.is_empty() || rendered.text.trim().is_empty() {
            return Err("an empty subject or letter".to_owned());
        }
        Ok(rendered)
    }
}

fn name(lang: Lang, kind: &str) -> String {
    format!("{}/{kind}.txt", lang.tag())
}

/// An engine with the same functions and filters as the program's templates have, and none of its templates.
pub(super) fn base() -> Tera {
    let mut tera = Tera::new();
    crate::words::tera::register(&mut tera);
    // A letter counts nothing and stops nothing.
    for name in ["range", "throw"] {
        tera.register_function(
            name,
            |_: tera::Kwargs, _: &tera::State<'_>| -> tera::TeraResult<String> {
                Err(tera::Error::message("this function is not for letters"))
            },
        );
    }
    // Forces the program's templates to be read before the first letter needs to fall back to them.
    std::sync::LazyLock::force(&TERA);
    tera
}
