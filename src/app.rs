//! Builds the Rocket: every route, catcher, fairing and piece of state stands here.

use std::collections::HashMap;
use std::sync::atomic::Ordering;

use rocket::fairing::AdHoc;
use rocket::http::Header;
use rocket::{Build, Rocket, Route, catchers};

use crate::actions::strip::Limits;
use crate::actions::{Failure, settle};
use crate::config::Config;
use crate::store::Store;
use crate::web;
use crate::web::audience::Audience;

/// What every handler has at hand.
pub struct Office {
    /// Everything that is kept.
    pub store: Store,
    /// The settings.
    pub config: Config,
    /// How many forms came from whom.
    pub forms: Counts,
    /// Limits of a child that renders a page.
    pub limits: Limits,
    settling: tokio::sync::Mutex<()>,
}

/// Counts by key within the present minute. In memory alone: it spares the program, no rule hangs on it.
#[derive(Default)]
pub struct Counts(std::sync::Mutex<(i64, HashMap<String, u32>)>);

/// Seconds that rendering one page may take: the slowest of many thousand pages took three.
const PAGE_SECONDS: u64 = 20;

/// Keys that are counted at a time.
const KEYS: usize = 50_000;

impl Counts {
    /// Counts one more of `key` in `minute`; how many there were, this one included.
    pub fn count(&self, key: &str, minute: i64) -> u32 {
        let mut counts = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if counts.0 != minute || counts.1.len() >= KEYS {
            *counts = (minute, HashMap::new());
        }
        let count = counts.1.entry(key.to_owned()).or_insert(0);
        *count = count.saturating_add(1);
        *count
    }
}

impl Office {
    /// An office over a store.
    pub fn new(store: Store, config: Config) -> Self {
        Office {
            store,
            forms: Counts::default(),
            limits: Limits {
                program: None,
                seconds: PAGE_SECONDS,
                megabytes: config.strip_mb,
            },
            config,
            settling: tokio::sync::Mutex::new(()),
        }
    }

    /// The office that renders pages in children of a program.
    pub fn rendering_by(mut self, program: Option<std::path::PathBuf>) -> Self {
        self.limits.program = program;
        self
    }

    /// Closes what is due before anything is shown, so that no page shows an open window that is over. All requests
    /// that come past the instant wait for one pass.
    pub async fn catch_up(&self) -> Result<(), Failure> {
        let late = || self.store.soonest.load(Ordering::SeqCst) <= self.store.clock.now().as_microsecond();
        if !late() {
            return Ok(());
        }
        let _one = self.settling.lock().await;
        if late() {
            let now = self.store.clock.now();
            settle::all(&self.store, now).await?;
            self.store.refresh_soonest().await?;
        }
        Ok(())
    }
}

/// Every route of the program.
pub fn routes() -> Vec<Route> {
    let mut routes = Audience::Anyone.only(rocket::routes![web::assets::asset]);
    routes.extend(web::public::routes());
    routes.extend(web::account::routes());
    routes.extend(web::author::routes());
    routes.extend(web::editor::routes());
    routes.extend(web::reviewer::routes());
    routes.extend(web::admin::routes());
    routes.extend(web::again::routes());
    routes
}

/// The Rocket of the demo: everything that `rocket` has, and the stage on which the demo is played.
pub fn demo(office: Office, stage: web::demo::Stage) -> Rocket<Build> {
    rocket(office).manage(stage).mount("/", web::demo::routes())
}

/// The policy of every page: everything from here, nothing inline, in nobody's frame.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self'; \
    connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The Rocket over an office, not yet launched.
pub fn rocket(office: Office) -> Rocket<Build> {
    // A template that does not parse stops the start, not the first reader.
    web::page::ready();
    let address = office
        .config
        .listen()
        .unwrap_or_else(|_| ([127, 0, 0, 1], 8000).into());
    let secure = office.config.secure();
    let figment = rocket::Config::figment()
        .merge(("address", address.ip()))
        .merge(("port", address.port()))
        .merge(("log_level", "off"))
        .merge(("cli_colors", false))
        .merge(("ident", false))
        .merge(("ip_header", false))
        .merge((
            "limits",
            rocket::data::Limits::default().limit("form", rocket::data::ByteUnit::Mebibyte(2)),
        ))
        .merge(("shutdown.ctrlc", true))
        .merge(("shutdown.grace", 5))
        .merge(("shutdown.mercy", 3));
    rocket::custom(figment)
        .manage(office)
        .mount("/", routes())
        .register("/", catchers![web::error::catch])
        .attach(AdHoc::on_response("headers", move |_, response| {
            Box::pin(async move {
                if response.headers().get_one("Content-Security-Policy").is_none() {
                    response.set_header(Header::new("Content-Security-Policy", POLICY));
                }
                response.set_header(Header::new("X-Content-Type-Options", "nosniff"));
                response.set_header(Header::new("Referrer-Policy", "same-origin"));
                response.set_header(Header::new("Cross-Origin-Opener-Policy", "same-origin"));
                response.set_header(Header::new("Cross-Origin-Resource-Policy", "same-origin"));
                response.set_header(Header::new(
                    "Permissions-Policy",
                    "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
                ));
                response.remove_header("X-Frame-Options");
                if secure {
                    response.set_header(Header::new("Strict-Transport-Security", "max-age=63072000; includeSubDomains"));
                }
            })
        }))
}
