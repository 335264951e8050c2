//! What is wrong with an edited template, found when it is saved and not when a letter has to go.

use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Map, Value};
use tera::Context;

use super::mail::base;
use super::render::cut;
use super::{LINK, Side, sample, template};
use crate::domain::person::Lang;

/// The longest template, in characters.
const LONGEST: usize = 20_000;

/// Something that is wrong with a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trouble {
    /// What, as a key of translations: `long`, `syntax`, `unknown`, `shape`, `subject`, `body`, `render` or `link`.
    pub what: &'static str,
    /// The name of the unknown variable, or what the template engine said.
    pub detail: String,
}

impl Trouble {
    fn new(what: &'static str, detail: impl Into<String>) -> Self {
        Trouble {
            what,
            detail: detail.into(),
        }
    }
}

/// What a letter's template may use, in the order of the help beside it: common ones first.
pub fn variables(kind: &str, due: Date) -> Vec<String> {
    let Some(letter) = sample(kind, Lang::En, due) else {
        return Vec::new();
    };
    let mut out = vec!["name", "journal", "link", "site"];
    if letter.side() != Side::Account {
        out.extend(["number", "title"]);
    }
    let mut out: Vec<String> = out.into_iter().map(str::to_owned).collect();
    if let Ok(Value::Object(fields)) = serde_json::to_value(&letter) {
        out.extend(fields.into_iter().map(|(name, _)| name));
    }
    out
}

/// Checks a template for a letter: it is read, its variables are known, and it is rendered with a sample, with everything
/// empty that may be, and with single things. None of these may fail, lose the link that the program's own has, or
/// leave subject or body empty.
pub fn check(lang: Lang, kind: &str, text: &str, due: Date) -> Result<(), Vec<Trouble>> {
    if text.chars().count() > LONGEST {
        return Err(vec![Trouble::new("long", LONGEST.to_string())]);
    }
    let mut tera = base();
    if let Err(error) = tera.add_raw_template("edited", text) {
        return Err(vec![Trouble::new("syntax", error.to_string())]);
    }
    let known = variables(kind, due);
    let used = tera.get_template_variables("edited").unwrap_or_default();
    let mut unknown: Vec<&str> = used
        .into_iter()
        .filter(|name| *name != "lang" && !known.iter().any(|k| k == name))
        .collect();
    unknown.sort_unstable();
    if !unknown.is_empty() {
        return Err(unknown
            .into_iter()
            .map(|name| Trouble::new("unknown", name))
            .collect());
    }
    let wants_link = template(lang, kind).is_some_and(|own| own.contains("link"));
    let mut troubles: Vec<Trouble> = Vec::new();
    for values in cases(lang, kind, due) {
        let found = one(&tera, lang, values, wants_link);
        troubles.extend(found.filter(|t| !troubles.iter().any(|other| other.what == t.what)));
    }
    if troubles.is_empty() {
        Ok(())
    } else {
        Err(troubles)
    }
}

fn one(tera: &tera::Tera, lang: Lang, mut values: Map<String, Value>, wants_link: bool) -> Option<Trouble> {
    values.insert("lang".to_owned(), lang.tag().into());
    let rendered = Context::from_serialize(&values).and_then(|context| tera.render("edited", &context));
    let text = match rendered {
        Ok(text) => text,
        Err(error) => return Some(Trouble::new("render", error.to_string())),
    };
    let Some(letter) = cut(&text) else {
        return Some(Trouble::new("shape", ""));
    };
    match () {
        () if letter.subject.is_empty() => Some(Trouble::new("subject", "")),
        () if letter.text.trim().is_empty() => Some(Trouble::new("body", "")),
        () if wants_link && !letter.text.contains(LINK) => Some(Trouble::new("link", "")),
        () => None,
    }
}

/// The values that a template is tried with.
fn cases(lang: Lang, kind: &str, due: Date) -> Vec<Map<String, Value>> {
    let fields = match sample(kind, lang, due).map(serde_json::to_value) {
        Some(Ok(Value::Object(fields))) => fields,
        _ => Map::new(),
    };
    let common = |full: bool| -> Map<String, Value> {
        let text = |text: &str| Value::from(if full { text } else { "" });
        [
            ("journal", Value::from("Journal")),
            ("name", text("Recipient")),
            ("number", text("7KQ4-M2XR")),
            ("title", text("Title")),
            ("link", Value::from(LINK)),
            ("site", Value::from("https://journal.example")),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
    };
    let with = |full: bool, change: &dyn Fn(&Value) -> Value| {
        let mut values = common(full);
        values.extend(fields.iter().map(|(name, value)| (name.clone(), change(value))));
        values
    };
    vec![
        with(true, &Value::clone),
        with(false, &emptied),
        with(true, &|value| match value {
            Value::Number(_) => Value::from(1),
            Value::Bool(b) => Value::from(!b),
            Value::Array(list) => list.iter().take(1).cloned().collect(),
            other => other.clone(),
        }),
    ]
}

/// A value with nothing in it; dates and fixed words stay, since a letter always has them.
fn emptied(value: &Value) -> Value {
    match value {
        Value::Number(_) => Value::from(0),
        Value::Bool(_) => Value::from(false),
        Value::Array(_) => Value::Array(Vec::new()),
        Value::String(text) if text.parse::<Date>().is_err() => Value::from(""),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letters::ALL_KINDS;

    fn day() -> Date {
        "2026-12-21".parse().unwrap()
    }

    fn what(text: &str) -> Vec<&'static str> {
        let found = check(Lang::En, "revision-asked", text, day());
        found.err().unwrap_or_default().iter().map(|t| t.what).collect()
    }

    #[test]
    fn every_template_of_the_program_passes_its_own_check() {
        for (kind, _) in ALL_KINDS {
            for lang in Lang::ALL {
                let own = template(lang, kind).unwrap();
                assert_eq!(check(lang, kind, &own, day()), Ok(()), "{kind} {lang:?}");
            }
        }
    }

    #[test]
    fn what_is_wrong_is_found_when_it_is_saved() {
        assert_eq!(
            what("S {{ number }}\n\n{{ link }}\n{{ points | length }}"),
            Vec::<&str>::new()
        );
        assert_eq!(what("S\n\n{{ link "), ["syntax"]);
        assert_eq!(
            what("S\n\n{{ link }} {{ reviewer_name }} {{ author }}"),
            ["unknown", "unknown"]
        );
        assert_eq!(what("S {{ link }}"), ["shape"]);
        assert_eq!(what("\n\n{{ link }}"), ["subject"]);
        assert_eq!(
            what("{{ title }}\n\n{{ link }}"),
            ["subject"],
            "a title may be empty"
        );
        assert_eq!(what("S\n\nno way back"), ["link"]);
        assert_eq!(what("S\n\nx{% if message %}{{ link }}{% endif %}"), ["link"]);
        assert_eq!(
            what("S\n\n{{ link }}{% for p in points %}{{ p.nummer }}{% endfor %}"),
            ["render"]
        );
        assert_eq!(what("S\n\n{{ link }}{{ due | dayy }}"), ["syntax"]);
        assert_eq!(
            what("S\n\n{{ link }}{% for i in range(end=9999999) %}x{% endfor %}"),
            ["render"]
        );
        assert_eq!(
            what("S\n\n{{ link }}{% include \"en/receipt.txt\" %}"),
            ["syntax"]
        );
        assert_eq!(what(&"x".repeat(30_000)), ["long"]);
    }

    #[test]
    fn variables_are_those_of_the_letter() {
        assert_eq!(
            variables("extended", day()),
            [
                "name", "journal", "link", "site", "number", "title", "due", "reason"
            ]
        );
        assert_eq!(
            variables("sign-in-link", day()),
            ["name", "journal", "link", "site"]
        );
    }
}
