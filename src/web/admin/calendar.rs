//! The working-day calendar, and where today's windows would end by it.

use jiff::civil::Date;
use rocket::response::Redirect;
use rocket::{Either, FromForm, get, post};
use serde::Serialize;

use super::log::{self, LogLine};
use crate::domain::calendar::{self, BadLine};
use crate::domain::rules::Rules;
use crate::domain::window::{Length, WindowKind, due, last_day};
use crate::store::access::AsChief;
use crate::store::settings::Subject;
use crate::web::error::WebError;
use crate::web::form::Posted;
use crate::web::page::{Desk, Page, View};
use crate::web::session::SignedIn;

/// Where a window that opened today would end.
#[derive(Serialize)]
struct Example {
    kind: &'static str,
    days: u32,
    months: u32,
    last: Date,
    /// The day on which it would end if every day were a working day; None if that is the same.
    moved: Option<Date>,
}

/// A day of a list.
#[derive(Serialize)]
struct Day {
    day: Date,
    over: bool,
}

#[derive(Serialize)]
struct Calendar {
    version: i64,
    holidays: Vec<Day>,
    worked: Vec<Day>,
    holidays_text: String,
    worked_text: String,
    today: Date,
    examples: Vec<Example>,
    bad: Vec<BadLine>,
    not_weekend: Vec<Date>,
    adding: String,
    stale: bool,
    log: Vec<LogLine>,
}

impl View for Calendar {
    type Audience = AsChief;
    const TEMPLATE: &'static str = "admin/calendar.html";
}

fn examples(now: jiff::Timestamp, rules: &Rules) -> Vec<Example> {
    let every_day = |days: u32| {
        let today = now.to_zoned(rules.zone()).date();
        today.checked_add(jiff::Span::new().days(days)).unwrap_or(today)
    };
    let one = |kind: &WindowKind| {
        let length = kind.length(rules);
        let last = last_day(due(now, length, rules), rules);
        let (days, months) = match length {
            Length::Days(n) => (n, 0),
            Length::Months(n) => (0, n),
        };
        Example {
            kind: kind.key(),
            days,
            months,
            last,
            moved: (days > 0).then(|| every_day(days)).filter(|day| *day != last),
        }
    };
    WindowKind::ALL.iter().map(one).collect()
}

async fn view(desk: &Desk<'_>, proof: &AsChief) -> Result<Calendar, WebError> {
    let store = &desk.office.store;
    let rules = store.rules();
    let now = store.clock.now();
    let today = now.to_zoned(rules.zone()).date();
    let days = |days: &[Date]| -> Vec<Day> {
        days.iter()
            .map(|d| Day {
                day: *d,
                over: *d < today,
            })
            .collect()
    };
    Ok(Calendar {
        version: store.setting_version(&Subject::Rules),
        holidays: days(&rules.holidays),
        worked: days(&rules.worked),
        holidays_text: calendar::text(&rules.holidays),
        worked_text: calendar::text(&rules.worked),
        today,
        examples: examples(now, &rules),
        bad: Vec::new(),
        not_weekend: Vec::new(),
        adding: String::new(),
        stale: false,
        log: log::of(desk, proof, &Subject::Rules).await?,
    })
}

/// The calendar.
#[get("/admin/calendar")]
pub async fn show(desk: Desk<'_>, who: SignedIn) -> Result<Page, WebError> {
    let proof = desk.office.store.chief(&who.0)?;
    let view = view(&desk, &proof).await?;
    desk.show(&proof, &view)
}

#[derive(FromForm)]
pub struct Typed {
    #[field(default = 0)]
    version: i64,
    /// `replace`, `add-holidays`, `add-worked`, or `holidays 2026-10-01` to take one away.
    #[field(default = String::new())]
    act: String,
    #[field(default = String::new())]
    holidays: String,
    #[field(default = String::new())]
    worked: String,
    #[field(default = String::new())]
    days: String,
}

/// The calendar as the form wants it, or the lines that are no dates.
fn wanted(rules: &Rules, typed: &Typed) -> Result<Rules, Vec<BadLine>> {
    let mut rules = rules.clone();
    match typed.act.as_str() {
        "add-holidays" => rules.holidays.extend(calendar::read(&typed.days)?),
        "add-worked" => rules.worked.extend(calendar::read(&typed.days)?),
        "replace" => {
            rules.holidays = calendar::read(&typed.holidays)?;
            rules.worked = calendar::read(&typed.worked)?;
        }
        act => {
            if let Some((list, Ok(day))) = act.split_once(' ').map(|(l, day)| (l, day.parse::<Date>())) {
                let list = if list == "worked" {
                    &mut rules.worked
                } else {
                    &mut rules.holidays
                };
                list.retain(|d| *d != day);
            }
        }
    }
    for list in [&mut rules.holidays, &mut rules.worked] {
        list.sort();
        list.dedup();
        list.truncate(calendar::MOST);
    }
    Ok(rules)
}

/// Saves the calendar.
#[post("/admin/calendar", data = "<form>")]
pub async fn save(
    desk: Desk<'_>,
    who: SignedIn,
    form: Posted<Typed>,
) -> Result<Either<Page, Redirect>, WebError> {
    let store = &desk.office.store;
    let proof = store.chief(&who.0)?;
    let typed = form.0;
    let (bad, not_weekend) = match wanted(&store.rules(), &typed) {
        Err(bad) => (bad, Vec::new()),
        Ok(rules) => {
            let not_weekend: Vec<Date> = rules
                .worked
                .iter()
                .copied()
                .filter(|d| !calendar::weekend(*d))
                .collect();
            if not_weekend.is_empty() && store.set_rules(&proof, typed.version, &rules).await? {
                return Ok(Either::Right(Redirect::to("/admin/calendar?done=set")));
            }
            (Vec::new(), not_weekend)
        }
    };
    store.refresh_settings().await?;
    let stale = bad.is_empty() && not_weekend.is_empty();
    let view = view(&desk, &proof).await?;
    let replacing = typed.act == "replace";
    let view = Calendar {
        bad,
        not_weekend,
        stale,
        holidays_text: if replacing {
            typed.holidays
        } else {
            view.holidays_text
        },
        worked_text: if replacing { typed.worked } else { view.worked_text },
        adding: typed.days,
        ..view
    };
    Ok(Either::Left(desk.show_again(&proof, &view)?))
}
