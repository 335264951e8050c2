//! Canaries: every page, file, letter and header as every audience, at every stage. No planted identity shows where it
//! must not, in any encoding. The counts that are printed are the README's.
//!
//! Rows of the table of leaks that this excludes: *profile/search endpoint ignores authorisation*, *override view forgets a widget*, *notification sender / Cc*, *decision letter
//! to reviewers*, *“add reviews to mail”*, *dashboard of the other role*, *later round, same reviewer*, *avatar*, *file
//! names, file metadata*, *revision history page*, *signature helper field*.

use std::collections::BTreeMap;
use std::io::Write;

use bauta::demo::cast;
use bauta::domain::person::Lang;
use rocket::http::Method;

use crate::crawl::{Answer, Answers, Viewer, routes};
use crate::marks::{self, PAPERS, Sieve};
use crate::support::Town;

/// Everything that gives authors away.
fn author_marks() -> Vec<String> {
    let people = marks::authors();
    people
        .iter()
        .flat_map(marks::of)
        .chain(PAPERS.iter().map(|m| (*m).to_owned()))
        .collect()
}

/// What must not be seen, by where: public pages name the authors of what was published.
struct Forbidden {
    public: Sieve,
    inside: Sieve,
}

impl Forbidden {
    fn in_answer(&self, path: &str, answer: &Answer) -> Vec<String> {
        let public = ["/articles", "/feed.atom"].iter().any(|p| path.contains(p)) || path == "GET /";
        let sieve = if public { &self.public } else { &self.inside };
        let mut found = sieve.in_bytes(&answer.body);
        found.extend(sieve.in_bytes(answer.headers.join("\n").as_bytes()));
        found
    }

    fn in_answers(&self, answers: &Answers) -> Vec<String> {
        answers
            .iter()
            .flat_map(|(path, answer)| {
                let found = self.in_answer(path, answer);
                found.into_iter().map(move |mark| format!("{path}: {mark}"))
            })
            .collect()
    }
}

/// Pages and files by the stage of the manuscript that they are about.
#[derive(Default)]
struct Matrix(BTreeMap<(String, String), [usize; 2]>);

impl Matrix {
    fn add(&mut self, audience: &str, stages: &BTreeMap<String, String>, answers: &Answers) {
        for (path, answer) in answers {
            let stage = stages.iter().find(|(number, _)| path.contains(number.as_str()));
            let stage = stage.map_or("-".to_owned(), |(_, stage)| stage.clone());
            let cell = self.0.entry((audience.to_owned(), stage)).or_default();
            cell[usize::from(!answer.is_html())] += 1;
        }
    }

    fn print(&self) -> usize {
        let mut all = 0;
        for ((audience, stage), [pages, files]) in &self.0 {
            println!("{audience:<12} {stage:<12} {pages:>5} pages {files:>5} files and redirects");
            all += pages + files;
        }
        println!("{} answers in {} cells of audience × stage", all, self.0.len());
        all
    }
}

async fn stages(town: &Town) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    let chief = town.who("chief").await;
    for number in town.life.numbers.values() {
        let stage = match town.store.editor(&chief, number).await {
            Ok(proof) => town.store.editor_head(&proof).await.unwrap().stage,
            // A draft does not exist for the office.
            Err(_) => "draft".to_owned(),
        };
        out.insert(number.clone(), stage);
    }
    out
}

/// Everything that one person reaches, in one language: links, the route table, posts at every route.
async fn reached(town: &Town, key: Option<&str>, turn: usize) -> Answers {
    let lang = Lang::ALL[turn % 2];
    let browser = town.browser().await;
    let token = match key {
        Some(key) => Some(town.token(key).await),
        None => None,
    };
    let viewer = Viewer {
        browser: &browser,
        token,
        lang,
    };
    let mut all = viewer.crawl(routes(town, Method::Get)).await;
    // Forms that lack everything are answered with an error or a page that shows them again; each person sends a
    // third of them, by turns.
    for (i, path) in routes(town, Method::Post).into_iter().enumerate() {
        let moves = ["/withdrawal", "/discard", "/refusal"]
            .iter()
            .any(|p| path.contains(p));
        if moves || i % 3 != turn % 3 {
            continue;
        }
        let answer = viewer.post(&path, "x=1").await;
        all.insert(format!("POST {path}"), answer);
    }
    all
}

async fn no_reviewer_learns(which: std::ops::Range<usize>) {
    let town = Town::life().await;
    let (stages, mut matrix) = (stages(&town).await, Matrix::default());
    for (i, member) in marks::reviewers().into_iter().enumerate() {
        if !which.contains(&i) {
            continue;
        }
        let others = marks::reviewers().into_iter().filter(|m| m.key != member.key);
        let others: Vec<String> = others.flat_map(|m| marks::of(&m)).collect();
        let forbidden = Forbidden {
            inside: Sieve::new(author_marks().into_iter().chain(others.clone())),
            public: Sieve::new(others),
        };
        let answers = reached(&town, Some(member.key), i).await;
        let found = forbidden.in_answers(&answers);
        assert_eq!(found, Vec::<String>::new(), "{}", member.key);
        matrix.add("reviewer", &stages, &answers);
    }
    assert!(matrix.print() > 1000);
}

#[rocket::async_test]
async fn no_reviewer_learns_an_author_or_another_reviewer() {
    no_reviewer_learns(0..3).await;
}

#[rocket::async_test]
async fn no_reviewer_learns_an_author_or_another_reviewer_either() {
    no_reviewer_learns(3..7).await;
}

#[rocket::async_test]
async fn no_reviewer_of_one_part_or_none_learns_an_author() {
    no_reviewer_learns(7..11).await;
}

async fn no_author_learns(which: std::ops::Range<usize>) {
    let town = Town::life().await;
    let (stages, mut matrix) = (stages(&town).await, Matrix::default());
    let reviewers = || marks::reviewers().into_iter().flat_map(|m| marks::of(&m));
    let forbidden = Forbidden {
        inside: Sieve::new(reviewers()),
        public: Sieve::new(reviewers()),
    };
    for (i, member) in marks::authors().into_iter().enumerate() {
        if !which.contains(&i) {
            continue;
        }
        let answers = reached(&town, Some(member.key), i).await;
        let found = forbidden.in_answers(&answers);
        assert_eq!(found, Vec::<String>::new(), "{}", member.key);
        matrix.add("author", &stages, &answers);
    }
    assert!(matrix.print() > 1000);
}

#[rocket::async_test]
async fn no_author_learns_a_reviewer() {
    no_author_learns(0..3).await;
}

#[rocket::async_test]
async fn no_author_learns_a_reviewer_either() {
    no_author_learns(3..6).await;
}

#[rocket::async_test]
async fn no_stranger_learns_anybody_but_authors_of_what_is_public() {
    let town = Town::life().await;
    let (stages, mut matrix) = (stages(&town).await, Matrix::default());
    let reviewers = || marks::reviewers().into_iter().flat_map(|m| marks::of(&m));
    let public = ["author", "author2"];
    let unpublished = marks::authors().into_iter().filter(|m| !public.contains(&m.key));
    let unpublished = unpublished.flat_map(|m| marks::of(&m)).chain(reviewers());
    let forbidden = Forbidden {
        inside: Sieve::new(author_marks().into_iter().chain(reviewers())),
        public: Sieve::new(unpublished),
    };
    let answers = reached(&town, None, 0).await;
    assert_eq!(forbidden.in_answers(&answers), Vec::<String>::new());
    matrix.add("stranger", &stages, &answers);
    assert!(matrix.print() > 500);
}

#[rocket::async_test]
async fn the_administrator_sees_no_manuscript() {
    let town = Town::life().await;
    let stages = stages(&town).await;
    let published = ["published", "published-english"].map(|plot| town.number(plot));
    let titles = bauta::demo::plots::all()
        .iter()
        .enumerate()
        .filter(|(_, plot)| !plot.name.starts_with("published"))
        .map(|(n, plot)| cast::paper(&cast::member(plot.author), n))
        .flat_map(|s| [s.title_zh, s.title_en])
        .chain(stages.keys().filter(|n| !published.contains(n)).cloned())
        .collect::<Vec<String>>();
    let answers = reached(&town, Some("admin"), 1).await;
    let forbidden = Forbidden {
        inside: Sieve::new(titles.clone()),
        public: Sieve::new(titles),
    };
    let mut found = Vec::new();
    for (path, answer) in &answers {
        // A page may say again what it was asked for.
        let marks = forbidden.in_answer(path, answer);
        found.extend(marks.into_iter().filter(|mark| !path.contains(mark.as_str())));
    }
    assert_eq!(found, Vec::<String>::new());
    let mut matrix = Matrix::default();
    matrix.add("administrator", &stages, &answers);
    matrix.print();
}

#[rocket::async_test]
async fn no_letter_names_the_other_side() {
    let town = Town::life().await;
    let (authors, reviewers) = (author_marks(), marks::reviewers());
    let for_authors = Sieve::new(reviewers.iter().flat_map(marks::of));
    let for_reviewers: Vec<Sieve> = reviewers
        .iter()
        .map(|reader| {
            let others = reviewers
                .iter()
                .filter(|m| m.key != reader.key)
                .flat_map(marks::of);
            Sieve::new(authors.iter().cloned().chain(others))
        })
        .collect();
    let letters = town.letters();
    assert!(letters.len() > 150, "{}", letters.len());
    let (mut to_authors, mut to_reviewers) = (0, 0);
    for letter in &letters {
        assert_neutral(&letter.headers, &letter.subject);
        let all = format!("{}{}{}", letter.headers, letter.text, letter.html);
        let reader = reviewers
            .iter()
            .position(|m| letter.to.contains(m.email.as_str()));
        if let Some(reader) = reader {
            to_reviewers += 1;
            assert_eq!(
                for_reviewers[reader].in_bytes(all.as_bytes()),
                Vec::<String>::new(),
                "{}",
                letter.subject
            );
        } else if !letter.to.contains("@journal.example") {
            to_authors += 1;
            assert_eq!(
                for_authors.in_bytes(all.as_bytes()),
                Vec::<String>::new(),
                "{}",
                letter.subject
            );
        }
    }
    println!(
        "{} letters: {to_authors} to authors, {to_reviewers} to reviewers",
        letters.len()
    );
    assert!(to_authors > 40 && to_reviewers > 40);
}

/// From the office to one person, by a number that says nothing; nothing that was added on the way.
fn assert_neutral(headers: &str, subject: &str) {
    let names: Vec<&str> = headers
        .lines()
        .filter_map(|line| line.split_once(": "))
        .map(|(n, _)| n)
        .collect();
    let known = [
        "From",
        "To",
        "Message-ID",
        "Date",
        "Subject",
        "Auto-Submitted",
        "MIME-Version",
        "Content-Type",
    ];
    for name in &names {
        assert!(
            known.iter().any(|k| k.eq_ignore_ascii_case(name)),
            "{name} in {subject}"
        );
    }
    let of = |name: &str| {
        headers
            .lines()
            .find_map(|l| l.strip_prefix(name))
            .unwrap_or_default()
    };
    assert!(
        of("From: ").ends_with("<editorial-office@localhost.localdomain>"),
        "{headers}"
    );
    let id = of("Message-ID: ");
    let neutral = regex::Regex::new("^<[0-9a-f]{32}@localhost.localdomain>$").unwrap();
    assert!(neutral.is_match(id), "{id}");
}

fn answer(headers: &[&str], body: Vec<u8>) -> Answer {
    Answer {
        status: 200,
        headers: headers.iter().map(|h| (*h).to_owned()).collect(),
        body,
    }
}

/// The test of the test: one planted leak for each shape and each place, and every one of them is caught.
#[test]
fn planted_leaks_are_caught() {
    let (name, latin) = ("岑伯良", "Cen Boliang");
    let forbidden = Forbidden {
        inside: Sieve::new([name, latin].map(str::to_owned)),
        public: Sieve::new(["nobody at all".to_owned()]),
    };
    let gzip = |text: &str| {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        out.write_all(text.as_bytes()).unwrap();
        out.finish().unwrap()
    };
    let zip = |name: &str, text: &[u8]| {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(text).unwrap();
        zip.finish().unwrap().into_inner()
    };
    let (_, pdf) = bauta::demo::papers::file(&cast::paper(&cast::member("author2"), 1), false);
    let pdf_marks = Forbidden {
        inside: Sieve::new(["Ingrid Solvang".to_owned()]),
        public: Sieve::new(["Ingrid Solvang".to_owned()]),
    };
    let (_, docx) = bauta::demo::papers::file(&cast::paper(&cast::member("author"), 1), false);
    let docx_marks = Forbidden {
        inside: Sieve::new(["华韵秋".to_owned()]),
        public: Sieve::new(["华韵秋".to_owned()]),
    };
    let mut caught = 0;
    let mut plant = |what: &str, found: Vec<String>| {
        assert!(!found.is_empty(), "not caught: {what}");
        caught += 1;
    };
    let seen = |body: Vec<u8>| forbidden.in_answer("GET /reviews", &answer(&[], body));
    for mark in [name, latin] {
        for shape in marks::shapes(mark) {
            let mut page = b"<p>".to_vec();
            page.extend(&shape);
            page.extend(b"</p>");
            plant(&String::from_utf8_lossy(&shape), seen(page));
        }
        for before in ["", "x", "xy"] {
            let text = data_encoding::BASE64.encode(format!("{before}{mark} and more").as_bytes());
            plant("base 64", seen(text.into_bytes()));
        }
        plant("gzip", seen(gzip(&format!("a page about {mark}"))));
        plant("a zip's part", seen(zip("word/document.xml", mark.as_bytes())));
        plant("a zip's name", seen(zip(&format!("word/{mark}.xml"), b"")));
        plant(
            "a zip in a zip",
            seen(zip("inner.docx", &zip("core.xml", mark.as_bytes()))),
        );
    }
    let header = answer(
        &["Content-Disposition: attachment; filename*=UTF-8''%E5%B2%91%E4%BC%AF%E8%89%AF.pdf"],
        Vec::new(),
    );
    plant(
        "a file's name",
        forbidden.in_answer("GET /reviews/1/files/1/download", &header),
    );
    let cookie = answer(&["Set-Cookie: by=Q2VuIEJvbGlhbmc; Path=/"], Vec::new());
    plant(
        "a cookie",
        forbidden
            .in_answer(
                "GET /",
                &answer(
                    &cookie.headers.iter().map(String::as_str).collect::<Vec<_>>(),
                    Vec::new(),
                ),
            )
            .into_iter()
            .chain(forbidden.in_answer("GET /reviews", &cookie))
            .collect(),
    );
    plant(
        "a PDF's properties and text",
        pdf_marks.in_answer("GET /x", &answer(&[], pdf)),
    );
    plant(
        "a DOCX's properties, head and text",
        docx_marks.in_answer("GET /x", &answer(&[], docx)),
    );
    println!("{caught} planted leaks caught");
    assert!(caught > 30);
}

/// What a page shows is what the crawl looks at: a mark that is really there is found by it.
#[rocket::async_test]
async fn a_leak_on_a_page_is_caught_by_the_crawl() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let viewer = Viewer {
        browser: &browser,
        token: Some(town.token("author").await),
        lang: Lang::Zh,
    };
    let mut answers = Answers::new();
    answers.insert("GET /account".to_owned(), viewer.get("/account").await);
    let own = Forbidden {
        inside: Sieve::new(marks::of(&cast::member("author"))),
        public: Sieve::new(["nobody at all".to_owned()]),
    };
    assert!(!own.in_answers(&answers).is_empty());
}
