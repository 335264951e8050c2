//! People and their roles: for administrators and the editor-in-chief; what the journal sets and says: for the
//! editor-in-chief. No manuscript is seen here.

mod calendar;
mod erasure;
mod journal;
mod letters;
mod lists;
mod log;
mod roster;
mod settings;
mod start;
mod texts;

use jiff::civil::Date;
use rocket::response::Redirect;
use rocket::{Either, FromForm, Route, get, post, routes};
use serde::Serialize;

use crate::actions::{Failure, account, handle};
use crate::domain::person::{Lang, Role, Roles};
use crate::store::access::AsAdministrator;
use crate::store::people_log::PeopleLine;
use crate::web::audience::Audience;
use crate::web::error::{WebError, refusal_key, then};
use crate::web::form::{Pressed, SurePosted};
use crate::web::page::{Desk, Page, View};
use crate::web::session::SignedIn;

/// The routes of administration.
pub fn routes() -> Vec<Route> {
    let mut routes = Vec::new();
    routes.extend(Audience::Administrator.only(routes![
        people,
        invite,
        roles,
        roster::show,
        roster::take,
        reset_second_step,
        erasure::show,
        erasure::erase,
    ]));
    routes.extend(Audience::Chief.only(routes![
        settings::show,
        settings::save,
        calendar::show,
        calendar::save,
        journal::show,
        journal::save,
        lists::show,
        lists::save,
        texts::show,
        texts::save,
        letters::all,
        letters::show,
        letters::save,
        log::searches,
    ]));
    routes.extend(start::routes());
    routes
}

#[derive(Serialize)]
struct PersonLine {
    id: i64,
    name: String,
    email: String,
    affiliation: String,
    confirmed: bool,
    second_step: bool,
    me: bool,
    roles: Vec<&'static str>,
}

/// A line of the log of people.
#[derive(Serialize)]
struct LogLine {
    day: Date,
    time: String,
    kind: String,
    by: String,
    about: String,
    before: Vec<&'static str>,
    after: Vec<&'static str>,
}

#[derive(Serialize)]
struct People {
    people: Vec<PersonLine>,
    all_roles: Vec<&'static str>,
    email: String,
    person: String,
    role: String,
    error: String,
    log: Vec<LogLine>,
}

impl View for People {
    type Audience = AsAdministrator;
    const TEMPLATE: &'static str = "admin/people.html";
}

async fn view(desk: &Desk<'_>, proof: &AsAdministrator) -> Result<People, WebError> {
    let lang = desk.lang();
    let people = desk.office.store.people(proof).await?;
    let line = |p: crate::store::people::Person| PersonLine {
        id: p.id,
        name: p.profile.name(lang).to_owned(),
        email: p.email.to_string(),
        affiliation: p.profile.affiliation,
        confirmed: p.confirmed,
        second_step: p.second_step,
        me: p.id == proof.account(),
        roles: p.roles.0.iter().map(|r| r.key()).collect(),
    };
    Ok(People {
        people: people.into_iter().map(line).collect(),
        all_roles: Role::ALL.iter().map(|r| r.key()).collect(),
        email: String::new(),
        person: String::new(),
        role: String::new(),
        error: String::new(),
        log: log_of(desk, proof).await?,
    })
}

async fn log_of(desk: &Desk<'_>, proof: &AsAdministrator) -> Result<Vec<LogLine>, WebError> {
    let zone = desk.office.store.rules().zone();
    let line = |line: PeopleLine| {
        let at = line.at.to_zoned(zone.clone());
        LogLine {
            day: at.date(),
            time: format!("{:02}:{:02}", at.hour(), at.minute()),
            kind: line.kind,
            by: log::named(line.by, desk.lang()),
            about: log::named(line.about, desk.lang()),
            before: line.before,
            after: line.after,
        }
    };
    let lines = desk.office.store.people_log(proof, 30).await?;
    Ok(lines.into_iter().map(line).collect())
}

#[get("/admin/people")]
async fn people(desk: Desk<'_>, who: SignedIn) -> Result<Page, WebError> {
    let proof = desk.office.store.administrator(&who.0)?;
    let view = view(&desk, &proof).await?;
    desk.show(&proof, &view)
}

#[derive(FromForm)]
struct Invite {
    #[field(default = String::new())]
    email: String,
    #[field(default = String::new())]
    person: String,
    #[field(default = String::new())]
    role: String,
    #[field(default = String::new())]
    language: String,
}

#[post("/admin/people", data = "<form>")]
async fn invite(
    desk: Desk<'_>,
    who: SignedIn,
    form: SurePosted<Invite>,
) -> Result<Either<Page, Redirect>, WebError> {
    let proof = desk.office.store.administrator(&who.0)?;
    let form = form.0;
    let role = Role::from_key(&form.role).ok_or(WebError::BadForm)?;
    let lang = Lang::from_tag(&form.language).unwrap_or_default();
    match account::invite_as(
        &desk.office.store,
        &proof,
        &form.email,
        form.person.trim(),
        role,
        lang,
    )
    .await
    {
        Ok(()) => Ok(Either::Right(Redirect::to("/admin/people?done=invited"))),
        Err(Failure::Refused(refusal)) => {
            let error = format!("problem-{}", refusal_key(&refusal));
            let Invite {
                email, person, role, ..
            } = form;
            let view = People {
                email,
                person,
                role,
                error,
                ..view(&desk, &proof).await?
            };
            Ok(Either::Left(desk.show_again(&proof, &view)?))
        }
        Err(other) => Err(other.into()),
    }
}

#[derive(FromForm)]
struct RoleForm {
    role: Vec<String>,
}

#[post("/admin/people/<id>/roles", data = "<form>")]
async fn roles(
    desk: Desk<'_>,
    who: SignedIn,
    id: i64,
    form: SurePosted<RoleForm>,
) -> Result<Redirect, WebError> {
    let proof = desk.office.store.administrator(&who.0)?;
    let mut roles = Roles::default();
    form.0
        .role
        .iter()
        .filter_map(|key| Role::from_key(key))
        .for_each(|role| roles.add(role));
    let done = handle::set_roles(&desk.office.store, &proof, id, roles).await;
    then("/admin/people", "roles", done)
}

#[post("/admin/people/<id>/second-step", data = "<_form>")]
async fn reset_second_step(
    desk: Desk<'_>,
    who: SignedIn,
    id: i64,
    _form: SurePosted<Pressed>,
) -> Result<Redirect, WebError> {
    let proof = desk.office.store.administrator(&who.0)?;
    let done = account::reset_second_step(&desk.office.store, &proof, id).await;
    then("/admin/people", "second-step-reset", done)
}
