//! The mail server refusing, putting off, falling silent, dying: no letter is lost, none goes twice, the office sees
//! which are stuck, and they go by themselves when the server is well again.

use bauta::demo::script::Act;

use crate::clock::Moved;
use crate::house::{House, until};
use crate::post_office::{Mood, PostOffice, message_id};

#[test]
fn a_mail_server_in_every_mood() {
    let moods = [
        (Mood::PutsOff, "（代码 451）", "(code 451)"),
        (Mood::Dies, "应答无法识别", "cannot be read"),
        (Mood::Refuses, "（代码 550）", "(code 550)"),
        (Mood::Silent, "没有及时应答", "did not answer in time"),
    ];
    let (house, drafts) = House::build(1, async |_, players| {
        let mut drafts = Vec::new();
        for n in 0..moods.len() {
            drafts.push(players.draft("author", n + 1).await.unwrap());
        }
        // One more, with a letter that the first mood meets.
        players.act("author", &drafts[0], Act::Submit).await.unwrap();
        drafts
    });
    let server = PostOffice::open();
    let clock = Moved::of(&house);
    let url = server.url();
    let mut settings = clock.settings();
    settings.push(("BAUTA_SMTP_URL", &url));
    let program = house.start(&settings);
    let (author, chief) = (house.token("author"), house.token("chief"));
    for (number, (mood, chinese, english)) in drafts.iter().zip(moods).skip(1) {
        server.be(mood);
        let check = format!("/author/manuscripts/{number}/submission/check");
        let version = program.get(&check, author, "en").hidden("version");
        let sent = program.post(
            &format!("/author/manuscripts/{number}/send"),
            author,
            "en",
            &[("version", &version)],
        );
        assert!(
            sent.status == 303 && sent.to().ends_with("/receipt"),
            "{mood:?}: {sent:?}"
        );
        let of = format!(
            "SELECT l.id FROM letter l JOIN manuscript m ON m.id = l.manuscript_id WHERE m.number = '{number}'"
        );
        let ids: Vec<String> = house.rows(&of.replace("l.id", "CAST(l.id AS TEXT)"));
        assert!(ids.len() >= 3, "{mood:?}: receipt, co-authors, office");
        let ids: Vec<String> = ids.iter().map(|id| message_id(id.parse().unwrap())).collect();
        // The office sees what is stuck and why; the program works on meanwhile.
        until(90, "the office sees it", || {
            let chinese_page = program.get("/office/letters", chief, "zh-CN");
            (chinese_page.body.contains(number) && chinese_page.body.contains(chinese)).then_some(())
        });
        let page = program.get("/office/letters", house.token("editor2"), "en");
        assert!(page.body.contains(english), "{mood:?}: {}", page.body);
        if mood == Mood::Refuses {
            // What was refused for good is not tried again until somebody says so. All must have met this mood.
            let again = format!("/office/manuscripts/{number}/letters/");
            until(90, "all are refused", || {
                let left = house.rows(&of.replace("l.id", "l.state"));
                left.iter().all(|state| state == "failed").then_some(())
            });
            server.be(Mood::Takes);
            for id in house.rows(&of.replace("l.id", "CAST(l.id AS TEXT)")) {
                let answer = program.post(&format!("{again}{id}/again"), chief, "en", &[]);
                assert_eq!(answer.status, 303, "{answer:?}");
            }
        } else {
            server.be(Mood::Takes);
            clock.ahead_by_more(90);
        }
        until(60, "they go by themselves", || {
            let taken = server.taken();
            ids.iter().all(|id| taken.contains_key(id)).then_some(())
        });
        until(60, "and the office sees that", || {
            let page = program.get("/office/letters", chief, "en");
            (!page.body.contains(number.as_str())).then_some(())
        });
    }
    let twice: Vec<_> = server
        .taken()
        .into_iter()
        .filter(|(_, times)| times.len() > 1)
        .collect();
    assert!(twice.is_empty(), "{twice:?}");
    house.verify();
}
