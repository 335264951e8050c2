//! Pages: a typed view, shown with the proof of its audience, in the reader's language.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rocket::http::{ContentType, Header, Status};
use rocket::request::{FromRequest, Outcome};
use rocket::response::{Responder, Response};
use rocket::{Request, State};
use rust_embed::RustEmbed;
use serde::Serialize;
use tera::{Context, Tera};

use super::error::WebError;
use super::session::{Visitor, unknown};
use crate::app::Office;
use crate::domain::journal::List;
use crate::domain::person::{Lang, Role};
use crate::words;

#[derive(RustEmbed)]
#[folder = "templates"]
struct Templates;

static TERA: LazyLock<Tera> = LazyLock::new(|| {
    let mut tera = Tera::new();
    words::tera::register(&mut tera);
    super::assets::register(&mut tera);
    let files: Vec<(String, String)> = Templates::iter()
        .filter(|name| !name.starts_with("mail/"))
        .filter_map(|name| {
            let file = Templates::get(&name)?;
            Some((name.to_string(), String::from_utf8_lossy(&file.data).into_owned()))
        })
        .collect();
    if let Err(error) = tera.add_raw_templates(files) {
        // Display points at the line; Debug would print the whole template.
        panic!("templates: {error}");
    }
    tera
});

/// Reads all templates now.
///
/// # Panics
/// If one does not parse.
pub fn ready() {
    LazyLock::force(&TERA);
}

/// Everybody: the proof of public pages.
#[derive(Clone, Copy, Debug)]
pub struct Anyone;

/// What one template shows, and to whom. A page is shown with the proof of its audience:
///
/// ```
/// # use bauta::store::access::AsEditor;
/// # use bauta::web::page::{Desk, View};
/// #[derive(serde::Serialize)]
/// struct Reviews {}
/// impl View for Reviews {
///     type Audience = AsEditor;
///     const TEMPLATE: &'static str = "editor/reviews.html";
/// }
/// fn show(desk: &Desk<'_>, proof: &AsEditor) -> bool { desk.show(proof, &Reviews {}).is_ok() }
/// ```
///
/// or it does not compile:
///
/// ```compile_fail
/// # use bauta::store::access::{AsAuthor, AsEditor};
/// # use bauta::web::page::{Desk, View};
/// #[derive(serde::Serialize)]
/// struct Reviews {}
/// impl View for Reviews {
///     type Audience = AsEditor;
///     const TEMPLATE: &'static str = "editor/reviews.html";
/// }
/// fn show(desk: &Desk<'_>, proof: &AsAuthor) -> bool { desk.show(proof, &Reviews {}).is_ok() }
/// ```
pub trait View: Serialize {
    /// The proof that its reader must have.
    type Audience;
    /// The template's name.
    const TEMPLATE: &'static str;
}

/// What the layout needs.
#[derive(Serialize)]
struct Chrome {
    lang: &'static str,
    path: String,
    journal: String,
    journal_other: String,
    signed_in: bool,
    name: String,
    office: bool,
    reviewer: bool,
    administrator: bool,
    /// Whether the first-run guide stands in the menu.
    first_steps: bool,
    /// The demo's bar; None in an office that is served.
    demo: Option<super::demo::Bar>,
    chief: bool,
    /// How the entries of the journal's lists are called, by `<list>-<key>`.
    called: BTreeMap<String, String>,
    done: String,
    problem: String,
    /// The largest file, for the words of one that is larger.
    most_mb: u64,
}

/// The desk at which pages are made: knows the reader's language and the layout's needs.
pub struct Desk<'r> {
    /// The reader.
    pub visitor: Visitor,
    /// The office.
    pub office: &'r State<Office>,
    path: String,
    done: String,
    problem: String,
    demo: Option<super::demo::Bar>,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Desk<'r> {
    type Error = WebError;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, WebError> {
        let office = match request.guard::<&State<Office>>().await {
            Outcome::Success(office) => office,
            _ => return Outcome::Error((Status::InternalServerError, WebError::Broken)),
        };
        match Visitor::of(request).await {
            Ok(visitor) => Outcome::Success(Desk::new(request, visitor, office)),
            Err(error) => unknown(&error),
        }
    }
}

impl<'r> Desk<'r> {
    fn new(request: &Request<'_>, visitor: Visitor, office: &'r State<Office>) -> Self {
        // Only a key of ours is ever shown, never what stands in the address.
        let key = |name: &str| {
            let value = request
                .query_value::<&str>(name)
                .and_then(Result::ok)
                .unwrap_or_default();
            let plain = !value.is_empty() && value.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
            let known = plain
                && words::lookup(visitor.lang, &format!("{name}-{value}"), &Default::default()).is_some();
            if known {
                format!("{name}-{value}")
            } else {
                String::new()
            }
        };
        let (done, problem) = (key("done"), key("problem"));
        let stage = request.rocket().state::<super::demo::Stage>();
        Desk {
            demo: stage.map(|stage| stage.bar(&visitor, &office.store)),
            visitor,
            office,
            path: request.uri().path().to_string(),
            done,
            problem,
        }
    }

    pub(super) fn for_error(request: &Request<'_>, visitor: Visitor, office: &'r State<Office>) -> Self {
        Desk::new(request, visitor, office)
    }

    /// The reader's language.
    pub fn lang(&self) -> Lang {
        self.visitor.lang
    }

    /// The same desk with the words of a refusal on top of its page.
    pub fn with_problem(self, key: &str) -> Self {
        Desk {
            problem: format!("problem-{key}"),
            ..self
        }
    }

    /// The same desk with a word of what was done on top of its page.
    pub fn with_done(self, key: &str) -> Self {
        Desk {
            done: format!("done-{key}"),
            ..self
        }
    }

    /// Shows a page to the audience of the proof.
    pub fn show<V: View>(&self, _proof: &V::Audience, view: &V) -> Result<Page, WebError> {
        self.render(V::TEMPLATE, view, Status::Ok)
    }

    /// Shows the page again with what is wrong in it.
    pub fn show_again<V: View>(&self, _proof: &V::Audience, view: &V) -> Result<Page, WebError> {
        self.render(V::TEMPLATE, view, Status::UnprocessableEntity)
    }

    pub(super) fn render(
        &self,
        template: &str,
        view: &impl Serialize,
        status: Status,
    ) -> Result<Page, WebError> {
        let broken = |error: tera::Error| {
            tracing::error!(template, error = ?error, "page could not be rendered");
            WebError::Broken
        };
        let mut context = Context::from_serialize(view).map_err(broken)?;
        context.extend(Context::from_serialize(&self.chrome()).map_err(broken)?);
        context.insert("template", template.trim_end_matches(".html"));
        let html = TERA.render(template, &context).map_err(broken)?;
        Ok(Page {
            status,
            html,
            lang: self.lang(),
        })
    }

    /// A piece of a page in a language, for the default of a text that can be edited.
    pub(super) fn fragment(
        &self,
        template: &str,
        lang: Lang,
        values: &impl Serialize,
    ) -> Result<String, WebError> {
        let broken = |error: tera::Error| {
            tracing::error!(template, error = ?error, "piece could not be rendered");
            WebError::Broken
        };
        let mut context = Context::from_serialize(values).map_err(broken)?;
        context.insert("lang", lang.tag());
        TERA.render(template, &context).map_err(broken)
    }

    fn called(&self) -> BTreeMap<String, String> {
        let pages = self.office.store.pages();
        let lang = self.lang();
        let of = |list: List| {
            let entries = pages.list(list).iter();
            let named =
                entries.map(move |e| (format!("{}-{}", list.key(), e.key), e.name.of(lang).to_owned()));
            named.collect::<Vec<_>>()
        };
        List::ALL.into_iter().flat_map(of).collect()
    }

    fn chrome(&self) -> Chrome {
        let journal = &self.office.store.journal();
        let names = (journal.name_zh.clone(), journal.name_en.clone());
        let (name, other) = if self.lang() == Lang::Zh {
            names
        } else {
            (names.1, names.0)
        };
        let roles = self
            .visitor
            .who
            .as_ref()
            .map(|w| w.roles().clone())
            .unwrap_or_default();
        Chrome {
            lang: self.lang().tag(),
            path: self.path.clone(),
            journal: name,
            journal_other: other,
            signed_in: self.visitor.who.is_some(),
            name: self
                .visitor
                .who
                .as_ref()
                .map(|w| w.profile().name(self.lang()).to_owned())
                .unwrap_or_default(),
            office: roles.office(),
            reviewer: roles.has(Role::Reviewer),
            first_steps: roles.chief() && self.visitor.who.as_ref().is_some_and(|w| !w.guide_closed()),
            administrator: roles.has(Role::Administrator) || roles.chief(),
            demo: self.demo.clone(),
            chief: roles.chief(),
            called: self.called(),
            done: self.done.clone(),
            problem: self.problem.clone(),
            most_mb: self.office.config.max_file_mb,
        }
    }
}

/// A rendered page.
#[derive(Debug)]
pub struct Page {
    status: Status,
    html: String,
    lang: Lang,
}

impl<'r> Responder<'r, 'static> for Page {
    fn respond_to(self, _: &'r Request<'_>) -> rocket::response::Result<'static> {
        Response::build()
            .status(self.status)
            .header(ContentType::HTML)
            .header(Header::new("Content-Language", self.lang.tag()))
            .header(Header::new("Cache-Control", "no-store"))
            .sized_body(self.html.len(), std::io::Cursor::new(self.html))
            .ok()
    }
}
