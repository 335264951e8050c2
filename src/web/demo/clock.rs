//! Moving the demo's clock on.

use std::sync::PoisonError;

use jiff::{SignedDuration, Timestamp, ToSpan};
use rocket::http::CookieJar;
use rocket::response::Redirect;
use rocket::{FromForm, State, post};

use super::{Moved, Stage};
use crate::actions::sign_in::Asker;
use crate::web::error::WebError;
use crate::web::form::Posted;
use crate::web::page::Desk;
use crate::web::public::home::here;
use crate::web::session::set_session;

#[derive(FromForm)]
pub struct Forward {
    #[field(default = String::new())]
    by: String,
    #[field(default = String::new())]
    back: String,
}

/// A day, a week, or a calendar month as the journal's windows count it.
fn span(by: &str, now: Timestamp, zone: jiff::tz::TimeZone) -> Option<SignedDuration> {
    match by {
        "day" => Some(SignedDuration::from_hours(24)),
        "week" => Some(SignedDuration::from_hours(7 * 24)),
        "month" => {
            let then = now.to_zoned(zone).checked_add(1.month()).ok()?;
            Some(then.timestamp().duration_since(now))
        }
        _ => None,
    }
}

#[post("/demo/clock", data = "<form>")]
pub async fn forward(
    desk: Desk<'_>,
    stage: &State<Stage>,
    jar: &CookieJar<'_>,
    asker: Asker,
    form: Posted<Forward>,
) -> Result<Redirect, WebError> {
    let store = &desk.office.store;
    let from = store.clock.now();
    let span = span(&form.0.by, from, store.rules().zone()).ok_or(WebError::BadForm)?;
    let before = stage.outbox.count();
    let (done, told) = tokio::sync::oneshot::channel();
    stage
        .wishes
        .send((span, done))
        .await
        .map_err(|_| WebError::Broken)?;
    told.await.map_err(|_| WebError::Broken)?;
    let letters = stage.outbox.count().saturating_sub(before);
    *stage.moved.lock().unwrap_or_else(PoisonError::into_inner) = Some(Moved { from, letters });
    // A session ends after a fortnight, also by this clock: whoever moves it stays signed in.
    if let Some(who) = &desk.visitor.who {
        let token = store.begin_session(who.account(), &asker.agent).await?;
        set_session(jar, token, desk.office.config.secure());
    }
    Ok(Redirect::to(here(&form.0.back)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_a_calendar_month() {
        let zone = jiff::tz::TimeZone::get("Asia/Shanghai").unwrap();
        let days = |now: &str| {
            span("month", now.parse().unwrap(), zone.clone())
                .unwrap()
                .as_hours()
                / 24
        };
        assert_eq!(days("2026-01-31T04:00:00Z"), 28);
        assert_eq!(days("2026-03-01T04:00:00Z"), 31);
        assert_eq!(span("year", Timestamp::UNIX_EPOCH, zone), None);
    }
}
