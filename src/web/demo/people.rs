//! The cast: who there is, what one might try, and being somebody else with one click.

use rocket::http::CookieJar;
use rocket::response::Redirect;
use rocket::{FromForm, State, get, post};
use serde::Serialize;

use super::Stage;
use crate::actions::sign_in::Asker;
use crate::domain::person::Roles;
use crate::web::error::WebError;
use crate::web::form::Posted;
use crate::web::page::{Anyone, Desk, Page, View};
use crate::web::public::home::here;
use crate::web::session::{home_of, set_session};

#[derive(Serialize)]
struct Line {
    key: &'static str,
    name: String,
    affiliation: String,
    email: String,
    letters: usize,
    me: bool,
}

#[derive(Serialize)]
struct RoleOf {
    role: &'static str,
    people: Vec<Line>,
}

#[derive(Serialize)]
struct People {
    cast: Vec<RoleOf>,
}

impl View for People {
    type Audience = Anyone;
    const TEMPLATE: &'static str = "demo/people.html";
}

#[get("/demo")]
pub fn people(desk: Desk<'_>, stage: &State<Stage>) -> Result<Page, WebError> {
    let letters = stage.outbox.letters();
    let me = desk.visitor.who.as_ref().map(|who| who.account());
    let line = |key: &'static str| {
        let player = stage.player(key)?;
        Some(Line {
            key,
            name: player.profile.name(desk.lang()).to_owned(),
            affiliation: player.profile.affiliation.clone(),
            email: player.email.to_string(),
            letters: letters.iter().filter(|l| l.to == player.email.as_str()).count(),
            me: me == Some(player.account),
        })
    };
    let groups = stage.groups(desk.lang()).into_iter();
    let cast = groups.map(|group| RoleOf {
        role: group.role,
        people: group.people.iter().filter_map(|p| line(p.key)).collect(),
    });
    desk.show(&Anyone, &People { cast: cast.collect() })
}

#[derive(FromForm)]
pub struct Become {
    #[field(default = String::new())]
    who: String,
    #[field(default = String::new())]
    back: String,
}

#[post("/demo/as", data = "<form>")]
pub async fn become_somebody(
    desk: Desk<'_>,
    stage: &State<Stage>,
    jar: &CookieJar<'_>,
    asker: Asker,
    form: Posted<Become>,
) -> Result<Redirect, WebError> {
    let player = stage.player(&form.0.who).ok_or(WebError::NotFound)?;
    let store = &desk.office.store;
    if let Some(who) = &desk.visitor.who {
        store.end_session(who, who.session()).await?;
    }
    let token = store.begin_session(player.account, &asker.agent).await?;
    set_session(jar, token, desk.office.config.secure());
    Ok(Redirect::to(match form.0.back.as_str() {
        "" => home_of(&Roles(player.role.into_iter().collect())).to_owned(),
        back => here(back),
    }))
}
