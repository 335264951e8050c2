//! A thousand manuscripts with everything that their authors see of them: which labels are one person?

use bauta::chance::Chance;
use bauta::demo::script::{Act, Casting, Plot};
use bauta::domain::decision::DecisionKind as K;
use bauta::domain::person::Lang;
use bauta::domain::verdict::Verdict as V;

use crate::auc;
use crate::support::{Script, Town};

/// A thousand, unless `BAUTA_TEST_MANUSCRIPTS` says otherwise.
fn manuscripts() -> usize {
    let said = std::env::var("BAUTA_TEST_MANUSCRIPTS").ok();
    said.and_then(|text| text.parse().ok()).unwrap_or(1_000)
}

const AUTHORS: [&str; 5] = ["author", "author2", "author3", "author4", "author5"];
const REVIEWERS: [&str; 10] = [
    "reviewer",
    "reviewer2",
    "reviewer3",
    "reviewer4",
    "reviewer5",
    "reviewer6",
    "reviewer7",
    "reviewer8",
    "reviewer9",
    "reviewer10",
];

/// Reviewers have habits: each takes days of their own to answer and to read, and always gives the same verdict.
fn plots(chance: &Chance) -> Vec<Plot> {
    (0..manuscripts())
        .map(|n| {
            let first = chance.below("first", 10);
            let second = (first + 1 + chance.below("second", 9)) % 10;
            let pair: &'static [&'static str] = vec![REVIEWERS[first], REVIEWERS[second]].leak();
            let ago = 45 + chance.below("ago", 900) as i64;
            let verdict = |k: usize| {
                if k.is_multiple_of(2) {
                    V::Acceptable
                } else {
                    V::AfterRevision
                }
            };
            let mut acts = vec![
                (ago, Act::Draft),
                (ago, Act::Submit),
                (ago - 1, Act::Handle),
                (ago - 2, Act::Decide(K::SendToReview)),
                (ago - 3, Act::Invite(pair)),
                (ago - 4, Act::Accept(pair[0])),
                (ago - 4, Act::Accept(pair[1])),
            ];
            let mut reviews =
                [first, second].map(|k| (ago - 6 - k as i64, Act::Review(REVIEWERS[k], verdict(k))));
            reviews.sort_by_key(|(at, _)| -at);
            acts.extend(reviews);
            acts.push((ago - 18, Act::Decide(K::AskRevision)));
            Plot {
                name: format!("m{n}").leak(),
                author: AUTHORS[n % AUTHORS.len()],
                acts,
            }
        })
        .collect()
}

/// A label as an author sees it on one manuscript, and whose it really is.
struct Seen {
    manuscript: usize,
    who: String,
    letter: char,
    /// Where on the page it comes first.
    place: usize,
    /// Dates on the page.
    days: Vec<String>,
    /// Points under it.
    points: usize,
}

/// How much two labels look like one person's.
type Attack = fn(&Seen, &Seen) -> f64;

pub async fn run() {
    let chance = Chance::seeded(11);
    let script = Script {
        name: "linking",
        casting: Casting::usual(),
        plots: plots(&chance),
        seed: None,
    };
    let town = Town::played(&script).await;
    let seen = look(&town).await;
    println!(
        "linking: {} manuscripts, {} labels as their authors see them",
        manuscripts(),
        seen.len()
    );
    let attacks: [(&str, Attack); 5] = [
        ("the same letter", |a, b| {
            f64::from(u8::from(a.letter == b.letter))
        }),
        ("the same place on the page", |a, b| {
            -(a.place as f64 - b.place as f64).abs()
        }),
        ("the same days", |a, b| {
            a.days.iter().filter(|d| b.days.contains(d)).count() as f64
        }),
        ("as many points", |a, b| f64::from(u8::from(a.points == b.points))),
        ("all of these", |a, b| {
            let days = a.days.iter().filter(|d| b.days.contains(d)).count() as f64;
            f64::from(u8::from(a.letter == b.letter)) + days + f64::from(u8::from(a.points == b.points))
                - (a.place as f64 - b.place as f64).abs() / 10.0
        }),
    ];
    for (name, attack) in attacks {
        let (mut same, mut other) = (Vec::new(), Vec::new());
        for _ in 0..200_000 {
            let (a, b) = (
                &seen[chance.below("a", seen.len())],
                &seen[chance.below("b", seen.len())],
            );
            if a.manuscript != b.manuscript {
                let score = attack(a, b);
                if a.who == b.who {
                    same.push(score)
                } else {
                    other.push(score)
                }
            }
        }
        println!(
            "  {name}: AUC {:.3} over {} pairs (aim: about 0.5)",
            auc(&same, &other),
            same.len() + other.len()
        );
    }
}

async fn look(town: &Town) -> Vec<Seen> {
    let browser = town.browser().await;
    let chief = town.who("chief").await;
    // The labels are looked for in English.
    for author in AUTHORS {
        town.store
            .set_lang(&town.who(author).await, Lang::En)
            .await
            .unwrap();
    }
    let dates = regex::Regex::new(r#"datetime="(\d{4}-\d\d-\d\d)|(\d{1,2} [A-Z][a-z]+ \d{4})"#).unwrap();
    let tags = regex::Regex::new("<[^>]+>").unwrap();
    let labels = regex::Regex::new(r"Reviewer ([A-H])\b").unwrap();
    let mut out = Vec::new();
    for (n, author) in (0..manuscripts()).map(|n| (n, AUTHORS[n % AUTHORS.len()])) {
        let number = &town.life.numbers[&format!("m{n}")];
        let token = town.token(author).await;
        let page = browser
            .page(&format!("/author/manuscripts/{number}"), Some(&token), Lang::En)
            .await;
        let shown = tags.replace_all(&page, " ").into_owned();
        let days: Vec<String> = dates.find_iter(&page).map(|m| m.as_str().to_owned()).collect();
        let proof = town.store.editor(&chief, number).await.unwrap();
        for reviewer in town.store.editor_reviewers(&proof).await.unwrap().assignments {
            let letter = reviewer.label.latin;
            let places: Vec<usize> = labels
                .captures_iter(&shown)
                .enumerate()
                .filter(|(_, c)| c[1].starts_with(letter))
                .map(|(i, _)| i)
                .collect();
            // A label that no point bears is not seen.
            let Some(place) = places.first() else { continue };
            out.push(Seen {
                manuscript: n,
                who: format!("{:?}", reviewer.name),
                letter,
                place: *place,
                days: days.clone(),
                points: places.len(),
            });
        }
    }
    assert!(out.len() > manuscripts(), "{} labels seen", out.len());
    out
}
