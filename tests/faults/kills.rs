//! The program killed with -9 at random instants under load, again and again: nothing that was answered is lost, nothing
//! happens in part, no window closes twice, no letter is lost or goes twice but for the one in flight.
//!
//! `./test` kills it 20 times; by hand, a thousand times (about half an hour):
//!
//! ```sh
//! BAUTA_TEST_KILLS=1000 cargo nextest run --release --test faults --no-capture -E 'test(killed_at_random)'
//! ```

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use bauta::chance::Chance;
use bauta::demo::cast::member;
use bauta::demo::script::Act;
use bauta::domain::decision::DecisionKind;
use bauta::store::Store;
use bauta::store::bulk::{Cast, Copied};
use jiff::SignedDuration;

use crate::house::{House, Running, until};
use crate::post_office::{PostOffice, Taken, message_id};

/// A letter whose sending was not noted goes again after five minutes; a little less, for clocks of two programs.
const LEASE: Duration = Duration::from_secs(290);

/// What is there to be done, each once.
struct Stock {
    drafts: Vec<(String, &'static str)>,
    reviews: Vec<(String, &'static str)>,
    decisions: Vec<String>,
    closing: Vec<String>,
}

const AUTHORS: [&str; 5] = ["author", "author2", "author3", "author4", "author5"];
const REVIEWERS: [&str; 6] = [
    "reviewer",
    "reviewer2",
    "reviewer3",
    "reviewer4",
    "reviewer5",
    "reviewer6",
];

/// Copies of three manuscripts: a draft, one in review, one in screening. The windows of some of the last run out
/// during the test, one after the other.
fn stock(kills: usize) -> (House, Stock) {
    House::build(10, async |worker, players| {
        let store = &worker.store;
        let draft = players.draft("author", 1).await.unwrap();
        let review = players.draft("author2", 2).await.unwrap();
        let screening = players.draft("author3", 3).await.unwrap();
        for (author, number) in [("author2", &review), ("author3", &screening)] {
            players.act(author, number, Act::Submit).await.unwrap();
            players.act(author, number, Act::Handle).await.unwrap();
        }
        let steps = [
            Act::Decide(DecisionKind::SendToReview),
            Act::Invite(&["reviewer", "reviewer2"]),
            Act::Accept("reviewer"),
            Act::Accept("reviewer2"),
        ];
        for step in steps {
            players.act("author2", &review, step).await.unwrap();
        }
        worker.pass().await.unwrap();
        let of = |keys: &'static [&'static str]| accounts(store, keys);
        let (authors, reviewers, editors) = (of(&AUTHORS).await, of(&REVIEWERS).await, of(&["editor"]).await);
        let cast = Cast {
            authors: &authors,
            reviewers: &reviewers,
            editors: &editors,
        };
        let still = vec![SignedDuration::ZERO; (3 * kills).max(20)];
        let drafts = store.multiply(&draft, &cast, &still).await.unwrap();
        let reviews = store.multiply(&review, &cast, &still).await.unwrap();
        let decisions = store.multiply(&screening, &cast, &still).await.unwrap();
        let due = due_of(store, &screening).await;
        // The program is under load for about a second a kill.
        let soon = |n: usize| jiff::Timestamp::now() + SignedDuration::from_secs(20 + n as i64);
        let shifts: Vec<_> = (0..kills).map(|n| soon(n).duration_since(due)).collect();
        let closing = store.multiply(&screening, &cast, &shifts).await.unwrap();
        let name = |keys: &'static [&'static str], accounts: &[i64], account: i64| {
            keys[accounts.iter().position(|one| *one == account).unwrap()]
        };
        let numbers = |copies: Vec<Copied>| copies.into_iter().map(|copy| copy.number).collect();
        Stock {
            drafts: drafts
                .into_iter()
                .map(|c| (c.number, name(&AUTHORS, &authors, c.author)))
                .collect(),
            reviews: reviews
                .iter()
                .flat_map(|c| {
                    c.reviewers
                        .iter()
                        .map(|r| (c.number.clone(), name(&REVIEWERS, &reviewers, *r)))
                })
                .collect(),
            decisions: numbers(decisions),
            closing: numbers(closing),
        }
    })
}

async fn accounts(store: &Store, keys: &[&str]) -> Vec<i64> {
    let mut out = Vec::new();
    for key in keys {
        out.push(
            store
                .credentials(&member(key).email)
                .await
                .unwrap()
                .unwrap()
                .account,
        );
    }
    out
}

/// When the screening of a manuscript ends.
async fn due_of(store: &Store, number: &str) -> jiff::Timestamp {
    let who = store.credentials(&member("editor").email).await.unwrap().unwrap();
    let token = store.begin_session(who.account, "test").await.unwrap();
    let who = store.who(&token).await.unwrap().unwrap();
    let proof = store.editor(&who, number).await.unwrap();
    let case = store.case_as_editor(&proof).await.unwrap();
    let due = case.next_due().unwrap();
    case.abandon().await.unwrap();
    due
}

/// What was answered, and so must be there for ever.
#[derive(Default)]
struct Answered {
    sent: Vec<String>,
    reviews: Vec<(String, &'static str)>,
    decisions: Vec<String>,
    /// The last text of each that writes, and those that were sent after it without an answer.
    texts: BTreeMap<String, (String, Vec<String>)>,
    requests: usize,
}

/// Everybody at work, each on a thread; ends when `stop` is set.
struct Load<'a> {
    house: &'a House,
    stock: &'a Stock,
    program: &'a Running,
    stop: &'a AtomicBool,
    answered: &'a Mutex<Answered>,
    next: &'a [AtomicUsize; 3],
    texts: &'a AtomicU32,
}

impl Load<'_> {
    fn working(&self) -> bool {
        !self.stop.load(Ordering::SeqCst)
    }

    /// Posts a form; whether it was answered with a redirect that reports no problem.
    fn done(&self, path: &str, key: &str, fields: &[(&str, &str)]) -> bool {
        let Ok(answer) = self.program.try_post(path, self.house.token(key), "en", fields) else {
            return false;
        };
        self.answered.lock().unwrap().requests += 1;
        assert!(answer.status < 500, "{path}: {answer:?}");
        matches!(answer.status, 204 | 303) && !answer.to().contains("problem=")
    }

    fn hidden(&self, path: &str, key: &str, name: &str) -> Option<String> {
        let answer = self
            .program
            .ask("GET", path, self.house.token(key), "en", "", b"")
            .ok()?;
        self.answered.lock().unwrap().requests += 1;
        Some(answer.hidden(name)).filter(|value| !value.is_empty())
    }

    /// Takes the next thing of a kind. What the program died over is not taken again: it happened, or it did not.
    fn take<'s, T>(&self, kind: usize, of: &'s [T]) -> Option<&'s T> {
        of.get(self.next[kind].fetch_add(1, Ordering::SeqCst))
    }

    fn submit(&self) {
        while self.working() {
            let Some((number, author)) = self.take(0, &self.stock.drafts) else {
                return;
            };
            let base = format!("/author/manuscripts/{number}");
            let Some(version) = self.hidden(&format!("{base}/submission/check"), author, "version") else {
                continue;
            };
            if self.done(&format!("{base}/send"), author, &[("version", &version)]) {
                self.answered.lock().unwrap().sent.push(number.clone());
            }
            self.rest(400);
        }
    }

    fn review(&self) {
        while self.working() {
            let Some((number, reviewer)) = self.take(1, &self.stock.reviews) else {
                return;
            };
            let mut fields = vec![
                ("verdict", "acceptable"),
                ("assessment", "Sound and clear."),
                ("suggestions", "Say how the sample size was chosen."),
                ("confidential", ""),
                ("act", "send"),
            ];
            let scores = bauta::domain::review::CRITERIA.map(|key| format!("score[{key}]"));
            fields.extend(scores.iter().map(|name| (name.as_str(), "4")));
            self.done(&format!("/reviews/{number}/draft"), reviewer, &fields);
            if self.done(&format!("/reviews/{number}/review"), reviewer, &fields) {
                self.answered
                    .lock()
                    .unwrap()
                    .reviews
                    .push((number.clone(), reviewer));
            }
            self.rest(300);
        }
    }

    fn decide(&self) {
        while self.working() {
            let Some(number) = self.take(2, &self.stock.decisions) else {
                return;
            };
            let path = format!("/office/manuscripts/{number}/decision");
            let Some(version) = self.hidden(&path, "editor", "version") else {
                continue;
            };
            let fields = [
                ("version", version.as_str()),
                ("step", "decide"),
                ("kind", "send-to-review"),
                ("message", "x"),
            ];
            if self.done(&path, "editor", &fields) {
                self.answered.lock().unwrap().decisions.push(number.clone());
            }
            self.rest(400);
        }
    }

    /// Somebody writes and the page saves, again and again.
    fn write(&self, number: &str, author: &str) {
        while self.working() {
            let text = format!("text {}", self.texts.fetch_add(1, Ordering::SeqCst));
            let path = format!("/author/manuscripts/{number}/submission/text/draft");
            if let Some(own) = self.answered.lock().unwrap().texts.get_mut(number) {
                own.1.push(text.clone());
            }
            if self.done(&path, author, &[("abstract_en", &text)]) {
                let own = (text, Vec::new());
                self.answered.lock().unwrap().texts.insert(number.to_owned(), own);
            }
        }
    }

    fn read(&self) {
        while self.working() {
            for (path, key) in [
                ("/office", "chief"),
                ("/author", "author"),
                ("/reviews", "reviewer"),
            ] {
                let answer = self
                    .program
                    .ask("GET", path, self.house.token(key), "zh-CN", "", b"");
                assert!(
                    answer.as_ref().is_ok_and(|a| a.status == 200) || answer.is_err(),
                    "{path}: {answer:?}"
                );
            }
        }
    }

    fn rest(&self, milliseconds: u64) {
        let end = Instant::now() + Duration::from_millis(milliseconds);
        while self.working() && Instant::now() < end {
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

#[test]
fn killed_at_random_instants_under_load_it_loses_nothing() {
    let kills: usize =
        std::env::var("BAUTA_TEST_KILLS").map_or(20, |text| text.parse().expect("a number of kills"));
    let (house, stock) = stock(kills);
    let server = PostOffice::open();
    let url = server.url();
    let (chance, begun) = (Chance::system(), jiff::Timestamp::now().as_microsecond());
    let answered = Mutex::new(Answered::default());
    let next: [AtomicUsize; 3] = Default::default();
    let texts = AtomicU32::new(0);
    let writers: Vec<(String, &str)> = [&AUTHORS[0], &AUTHORS[1]]
        .map(|key| (begin(&house, key), *key))
        .into();
    let mut killed = Vec::new();
    for kill in 0..kills {
        let mut program = house.start(&[("BAUTA_SMTP_URL", &url)]);
        let stop = AtomicBool::new(false);
        let pid = program.child.id().to_string();
        let load = Load {
            house: &house,
            stock: &stock,
            program: &program,
            stop: &stop,
            answered: &answered,
            next: &next,
            texts: &texts,
        };
        std::thread::scope(|scope| {
            scope.spawn(|| load.submit());
            scope.spawn(|| load.review());
            scope.spawn(|| load.decide());
            scope.spawn(|| load.read());
            for (number, author) in &writers {
                scope.spawn(|| load.write(number, author));
            }
            std::thread::sleep(Duration::from_millis(chance.below("kill", 1000) as u64));
            // The instant of the kill is nobody's choice: the threads are in the middle of whatever they do.
            let ended = std::process::Command::new("kill")
                .args(["-9", &pid])
                .status()
                .unwrap();
            assert!(ended.success());
            killed.push(Instant::now());
            stop.store(true, Ordering::SeqCst);
        });
        program.child.wait().unwrap();
        // A few times: it opens everything there is.
        if kill % (kills / 5).max(10) == 9 {
            check(&house, &stock, &answered.lock().unwrap());
        }
    }
    let counts = settle(
        &house,
        &stock,
        &server,
        &answered.lock().unwrap(),
        (begun, &killed),
    );
    println!("{kills} kills: {counts}");
}

fn begin(house: &House, key: &str) -> String {
    house.with(async |store| {
        let who = store.credentials(&member(key).email).await.unwrap().unwrap();
        let token = store.begin_session(who.account, "test").await.unwrap();
        let who = store.who(&token).await.unwrap().unwrap();
        bauta::actions::draft::start(store, &who).await.unwrap()
    })
}

/// Everything by number: stage, kinds of events, kinds of letters.
struct Found {
    stages: BTreeMap<String, String>,
    counts: BTreeMap<(String, String), usize>,
}

fn look(house: &House) -> Found {
    let pairs = |sql: &str| -> Vec<(String, String)> {
        let rows = house.rows(sql);
        rows.iter()
            .filter_map(|row| row.split_once(' '))
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
            .collect()
    };
    let mut counts = BTreeMap::new();
    for (table, mark) in [("event", "event"), ("letter", "letter")] {
        let sql = format!(
            "SELECT m.number || ' {mark} ' || x.kind FROM {table} x JOIN manuscript m ON m.id = x.manuscript_id"
        );
        for key in pairs(&sql) {
            *counts.entry(key).or_insert(0) += 1;
        }
    }
    Found {
        stages: pairs("SELECT number || ' ' || stage FROM manuscript")
            .into_iter()
            .collect(),
        counts,
    }
}

impl Found {
    fn count(&self, number: &str, what: &str) -> usize {
        self.counts
            .get(&(number.to_owned(), what.to_owned()))
            .copied()
            .unwrap_or(0)
    }
}

/// What was answered is there, and what happened has happened whole and once.
fn check(house: &House, stock: &Stock, answered: &Answered) {
    let found = look(house);
    for number in &answered.sent {
        assert_eq!(found.stages[number], "screening", "{number} was answered");
    }
    for (number, _) in &stock.drafts {
        let happened = usize::from(found.stages[number] == "screening");
        for what in ["event submitted", "letter receipt"] {
            assert_eq!(found.count(number, what), happened, "{number}: {what}");
        }
        let office = found.count(number, "letter new-submission");
        assert_eq!(office > 0, happened > 0, "{number}: letters to the office");
    }
    let mut sent: BTreeMap<&String, usize> = BTreeMap::new();
    for (number, _) in &answered.reviews {
        *sent.entry(number).or_default() += 1;
    }
    for (number, _) in &stock.reviews {
        let events = found.count(number, "event review-sent");
        assert!(
            events >= sent.get(number).copied().unwrap_or(0) && events <= 2,
            "{number}: {events} reviews"
        );
    }
    for number in &stock.decisions {
        let decided = found.count(number, "event decided");
        let letters = found.count(number, "letter screening-passed");
        assert!(
            decided <= 1 && letters == decided,
            "{number}: {decided} decisions, {letters} letters"
        );
        assert!(
            decided == 1 || !answered.decisions.contains(number),
            "{number} was answered"
        );
    }
    for number in &stock.closing {
        let closed = found.count(number, "event window-closed");
        let letters = found.count(number, "letter released");
        let stage = usize::from(found.stages[number] == "released");
        assert!(
            closed <= 1 && letters == closed && stage == closed,
            "{number}: {closed} {letters} {stage}"
        );
    }
    house.with(async |store| {
        for (number, (text, later)) in &answered.texts {
            let kept = text_of(house, store, number).await;
            assert!(
                kept == *text || later.contains(&kept),
                "{number}: {kept} instead of {text} or {later:?}"
            );
        }
        let verified = store.verify().await.unwrap();
        assert!(verified.broken.is_empty(), "{:?}", verified.broken);
    });
}

async fn text_of(house: &House, store: &Store, number: &str) -> String {
    for key in AUTHORS {
        // Never a new session: the oldest of somebody's thirty would end.
        let who = store.who(house.token(key)).await.unwrap().unwrap();
        if let Ok(proof) = store.author(&who, number).await {
            return store
                .author_draft(&proof)
                .await
                .unwrap()
                .unwrap()
                .submission
                .abstract_en;
        }
    }
    panic!("nobody writes {number}")
}

/// Lets the program come to rest, all leases being over, and counts.
fn settle(
    house: &House,
    stock: &Stock,
    server: &PostOffice,
    answered: &Answered,
    (begun, killed): (i64, &[Instant]),
) -> String {
    let clock = crate::clock::Moved::of(house);
    // Beyond the last window and every lease.
    clock.put(600 + stock.closing.len() as i64);
    let url = server.url();
    let mut settings = clock.settings();
    settings.push(("BAUTA_SMTP_URL", &url));
    let program = house.start(&settings);
    // What is due by the program's clock, which goes on: a window that closes last has its letter after all others. The next
    // batch is hours away.
    let left = || {
        let now = jiff::Timestamp::now() + SignedDuration::from_secs(660 + stock.closing.len() as i64);
        house.rows(&format!(
            "SELECT state FROM letter WHERE state IN ('queued', 'sending', 'failed', 'held') AND send_at <= {}",
            now.as_microsecond()
        ))
    };
    // A thousand kills leave some ten thousand letters.
    let patience = 300 + stock.closing.len() as u64;
    until(patience, "all letters go and all windows close", || {
        let found = look(house);
        let open = stock
            .closing
            .iter()
            .filter(|n| found.count(n, "event window-closed") == 0)
            .count();
        (open == 0 && left().is_empty()).then_some(())
    });
    drop(program);
    check(house, stock, answered);
    let found = look(house);
    let closed = stock
        .closing
        .iter()
        .filter(|n| found.count(n, "event window-closed") == 1)
        .count();
    assert_eq!(closed, stock.closing.len(), "each window closed, once");
    let rows = house.rows(&format!(
        "SELECT CAST(id AS TEXT) FROM letter WHERE state = 'sent' AND sent_at >= {begun}"
    ));
    let taken = server.taken();
    let (mut sent, mut twice) = (0, 0);
    for row in &rows {
        let times = taken
            .get(&message_id(row.parse().unwrap()))
            .expect("a letter that is noted as sent was taken");
        sent += 1;
        // In flight at more than one kill: each time it waited for its lease. The last time the clock was moved on.
        let waited = |pair: &[Taken]| pair[1].at.duration_since(pair[0].at) > LEASE;
        assert!(
            times[..times.len() - 1].windows(2).all(waited),
            "a letter went {} times within a lease",
            times.len()
        );
        // A second time only if the program was killed between sending and noting: the first time lies at a kill, a
        // little after it if this server was slow to read what had been sent.
        for time in &times[..times.len() - 1] {
            let apart = |kill: &Instant| kill.max(&time.at).duration_since(*kill.min(&time.at));
            let in_flight = killed
                .iter()
                .map(apart)
                .min()
                .is_some_and(|span| span < Duration::from_secs(5));
            assert!(in_flight, "a letter to {} went {} times", time.to, times.len());
            twice += 1;
        }
    }
    assert!(twice <= killed.len(), "at most one in flight at each kill");
    for row in
        house.rows("SELECT CAST(id AS TEXT) || ' ' || state || ' ' || kind FROM letter WHERE state <> 'sent'")
    {
        let id = row.split(' ').next().and_then(|id| id.parse().ok()).unwrap();
        assert!(
            !taken.contains_key(&message_id(id)),
            "the server took a letter that is not noted as sent: {row}"
        );
    }
    house.verify();
    // A load that does nothing would prove nothing; on a slow machine a kind of it may not come to its end.
    let done = answered.sent.len() + answered.reviews.len() + answered.decisions.len();
    assert!(killed.len() < 20 || done > 0, "nothing was done under load");
    format!(
        "{} requests answered, {} submissions, {} reviews, {} decisions, {} texts kept; {} windows closed once; {sent} letters \
         sent, {twice} of them twice (in flight)",
        answered.requests,
        answered.sent.len(),
        answered.reviews.len(),
        answered.decisions.len(),
        answered.texts.len(),
        closed,
    )
}
