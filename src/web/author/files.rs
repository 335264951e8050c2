//! The files of the round that is being written: uploaded one a request, removed, looked at.

use rocket::http::ContentType;
use rocket::response::Redirect;
use rocket::{Data, Either, get, post};
use serde::Serialize;

use crate::actions::publish::COPYRIGHT;
use crate::actions::{Failure, files};
use crate::domain::stage::Stage;
use crate::store::access::AsAuthor;
use crate::store::files::FileRole;
use crate::store::read::author::AuthorFile;
use crate::web::error::{WebError, refusal_key, then};
use crate::web::form::SameOrigin;
use crate::web::page::{Desk, Page, View};
use crate::web::serve_file::Served;
use crate::web::session::SignedIn;
use crate::web::upload;

/// The list of files with the upload form; part of several pages.
#[derive(Serialize)]
pub struct FilePanel {
    number: String,
    /// Where one comes back to: a path below the manuscript's page.
    back: &'static str,
    files: Vec<FileLine>,
    /// A blind copy is being made: the page asks again.
    waiting: bool,
    roles: Vec<&'static str>,
    /// The papers that the journal wants, by their keys.
    papers: Vec<String>,
    limit_mb: u64,
}

#[derive(Serialize)]
struct FileLine {
    #[serde(flatten)]
    file: AuthorFile,
    /// Kilobytes below 1 MB, else megabytes.
    kilobytes: i64,
    megabytes: String,
}

impl FilePanel {
    /// The panel with the papers that can be chosen.
    pub fn with_papers(self, papers: Vec<String>) -> Self {
        FilePanel { papers, ..self }
    }

    /// The panel that takes office papers alone.
    pub fn office_only(self) -> Self {
        FilePanel {
            roles: vec![FileRole::Office.key()],
            ..self
        }
    }

    /// The panel of a round's files.
    pub fn of(number: &str, back: &'static str, files: Vec<AuthorFile>, limit_mb: u64) -> Self {
        FilePanel {
            number: number.to_owned(),
            back,
            waiting: files.iter().any(|f| f.facts.state == "waiting"),
            files: files.into_iter().map(line).collect(),
            roles: FileRole::AUTHORS.iter().map(|r| r.key()).collect(),
            papers: Vec::new(),
            limit_mb,
        }
    }
}

fn line(file: AuthorFile) -> FileLine {
    let size = file.facts.size;
    FileLine {
        kilobytes: if size < 1_000_000 { (size / 1000).max(1) } else { 0 },
        megabytes: format!("{:.1}", size as f64 / 1_000_000.0),
        file,
    }
}

#[derive(Serialize)]
struct FilesPage {
    number: String,
    title: String,
    title_lang: String,
    panel: FilePanel,
    #[serde(skip)]
    stage: Stage,
    /// Whether there are files to be changed now.
    #[serde(skip)]
    open: bool,
    /// Why an upload was not taken: a key of `problem-`.
    refused: &'static str,
}

impl View for FilesPage {
    type Audience = AsAuthor;
    const TEMPLATE: &'static str = "author/files.html";
}

impl FilesPage {
    async fn of(
        desk: &Desk<'_>,
        proof: &AsAuthor,
        back: &'static str,
        refused: &'static str,
    ) -> Result<Self, WebError> {
        let draft = desk.office.store.author_open_files(proof).await?;
        let limit = desk.office.config.max_file_mb;
        let panel = FilePanel::of(&draft.number, back, draft.files, limit);
        Ok(FilesPage {
            stage: draft.stage,
            open: draft.round.is_some(),
            panel: match draft.stage {
                Stage::Accepted => panel.office_only().with_papers(vec![COPYRIGHT.to_owned()]),
                _ => panel,
            },
            number: draft.number,
            title: draft.title,
            title_lang: draft.title_lang,
            refused,
        })
    }
}

/// The pages that have the panel.
fn back_of(place: &str) -> &'static str {
    ["submission/files", "revision", "files"]
        .into_iter()
        .find(|known| *known == place)
        .unwrap_or("files")
}

/// Where the files are changed now: in the steps, in the revision, or here, if a received revision wants mending.
#[get("/author/manuscripts/<number>/files")]
pub async fn show(desk: Desk<'_>, who: SignedIn, number: &str) -> Result<Either<Page, Redirect>, WebError> {
    let proof = desk.office.store.author(&who.0, number).await?;
    let page = FilesPage::of(&desk, &proof, "files", "").await?;
    let place = match page.stage {
        Stage::Draft | Stage::Returned => "/submission/files",
        Stage::Revising => "/revision#files",
        _ if page.open => return Ok(Either::Left(desk.show(&proof, &page)?)),
        _ => "",
    };
    Ok(Either::Right(Redirect::to(format!(
        "{}{place}",
        super::page(number)
    ))))
}

#[post("/author/manuscripts/<number>/files", data = "<data>")]
pub async fn add(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    _ours: SameOrigin,
    kind: &ContentType,
    data: Data<'_>,
) -> Result<Either<Redirect, Page>, WebError> {
    let store = &desk.office.store;
    let proof = store.author(&who.0, number).await?;
    let mut back = "files";
    let result = match upload::receive(store, kind, data, desk.office.config.max_file_mb).await {
        Ok(sent) => {
            back = back_of(sent.field("back"));
            let what = files::What::read(sent.field("role"));
            files::add(store, &proof, what, &sent.taken, &sent.name).await
        }
        Err(failure) => Err(failure),
    };
    match result {
        Ok(id) => Ok(Either::Left(Redirect::to(format!(
            "{}/{back}?done=file-uploaded#file-{id}",
            super::page(number)
        )))),
        Err(Failure::Refused(refusal)) => {
            let page = FilesPage::of(&desk, &proof, back, refusal_key(&refusal)).await?;
            Ok(Either::Right(desk.show_again(&proof, &page)?))
        }
        Err(failure) => Err(failure.into()),
    }
}

#[post("/author/manuscripts/<number>/files/<id>/removal?<back>")]
pub async fn remove(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    id: i64,
    back: Option<&str>,
    _ours: SameOrigin,
) -> Result<Redirect, WebError> {
    let proof = desk.office.store.author(&who.0, number).await?;
    let page = format!("{}/{}", super::page(number), back_of(back.unwrap_or_default()));
    then(
        &page,
        "file-removed",
        files::remove(&desk.office.store, &proof, id).await,
    )
}

#[get("/author/manuscripts/<number>/files/<id>/original")]
pub async fn original(desk: Desk<'_>, who: SignedIn, number: &str, id: i64) -> Result<Served, WebError> {
    let store = &desk.office.store;
    let proof = store.author(&who.0, number).await?;
    let file = store.author_original(&proof, id).await?;
    Ok(Served::download(
        store,
        &file.blob,
        &file.name,
        &file.format,
        file.size,
    ))
}
