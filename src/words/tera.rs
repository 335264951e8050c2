//! What templates can say in the reader's language: `t(k="key", …)`, and the filters `day` and `short_day`.
//!
//! Both take the language from the template's variable `lang`.

use std::borrow::Cow;
use std::collections::HashMap;

use fluent_templates::fluent_bundle::FluentValue;
use tera::{Error, Kwargs, State, Tera, TeraResult};

use super::{day, lookup, short_day};
use crate::domain::person::Lang;

fn lang(state: &State) -> TeraResult<Lang> {
    let tag = state.get::<String>("lang")?.unwrap_or_default();
    Lang::from_tag(&tag).ok_or_else(|| Error::message("the template has no variable lang"))
}

fn value<'a>(v: &serde_json::Value) -> FluentValue<'a> {
    match v {
        serde_json::Value::Number(n) => FluentValue::from(n.as_i64().unwrap_or_default()),
        serde_json::Value::String(text) => FluentValue::from(text.clone()),
        other => FluentValue::from(other.to_string()),
    }
}

fn translate(kwargs: Kwargs, state: &State) -> TeraResult<String> {
    let all: HashMap<String, serde_json::Value> = kwargs.deserialize()?;
    let key = kwargs.must_get::<String>("k")?;
    let args: HashMap<Cow<'static, str>, FluentValue> = all
        .iter()
        .filter(|(name, _)| *name != "k")
        .map(|(name, v)| (Cow::Owned(name.clone()), value(v)))
        .collect();
    lookup(lang(state)?, &key, &args).ok_or_else(|| Error::message(format!("no words for {key}")))
}

fn date_of(date: Cow<'_, str>) -> TeraResult<jiff::civil::Date> {
    date.parse()
        .map_err(|_| Error::message(format!("{date} is no date")))
}

fn write_day(date: Cow<'_, str>, _: Kwargs, state: &State) -> TeraResult<String> {
    Ok(day(lang(state)?, date_of(date)?))
}

fn write_short_day(date: Cow<'_, str>, _: Kwargs, state: &State) -> TeraResult<String> {
    Ok(short_day(lang(state)?, date_of(date)?))
}

/// Registers the functions and filters.
pub fn register(tera: &mut Tera) {
    tera.register_function("t", translate);
    tera.register_filter("day", write_day);
    tera.register_filter("short_day", write_short_day);
}
