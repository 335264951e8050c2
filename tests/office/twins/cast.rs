//! The twins' people: each of them has somebody of another name, address and house, of the same length.

use bauta::demo::cast::{self, Member};
use bauta::demo::script::{Act, Casting, Plot};
use bauta::domain::manuscript::Submission;
use bauta::domain::person::Email;

/// key, and what stands in its stead: native name, Latin name, affiliation, the address's local part.
type Row = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

const AUTHORS: &[Row] = &[
    (
        "author",
        "殷书宁",
        "Yin Shunin",
        "西川医科大学附属医院 肾内科",
        "yin.shunin",
    ),
    (
        "author2",
        "",
        "Astrid Nordahl",
        "Elvesundets Regional Hospital, Department of Neurology",
        "astrid.nordahl",
    ),
    (
        "author3",
        "季文昊",
        "Ji Wenhao",
        "西川大学基础医学学院",
        "ji.wenhao",
    ),
    (
        "author4",
        "",
        "Elias Thorncrest",
        "Academy of Family Medicine, Eastholm",
        "elias.thorncrest",
    ),
    (
        "author5",
        "陆晓艺",
        "Lu Xiaoyi",
        "西岭市第三中心医院 检验科",
        "lu.xiaoyi",
    ),
];

const REVIEWERS: &[Row] = &[
    (
        "reviewer",
        "丁以诺",
        "Deng Yiruoh",
        "鹤溪大学医学院",
        "ding.yinuo",
    ),
    (
        "reviewer2",
        "",
        "Karin Westerlof",
        "Tallviken Institute of Medicine",
        "karin.westerlof",
    ),
    (
        "reviewer3",
        "孟雅文",
        "Meng Yawen",
        "金塔中医药大学",
        "meng.yawen",
    ),
    (
        "reviewer4",
        "",
        "Chukwuemeka Nwosui",
        "Harbor City College of Health",
        "chukwuemeka.nwosui",
    ),
    (
        "reviewer5",
        "何嘉林",
        "He Jialin",
        "白河疾病预防控制中心",
        "he.jialin",
    ),
    (
        "reviewer6",
        "",
        "Mathilde Fauconet",
        "Hôpital des Cerisier",
        "mathilde.fauconet",
    ),
    (
        "reviewer7",
        "马舒云",
        "Ma Shuyun",
        "黑水城大学护理学院",
        "ma.shuyun",
    ),
    (
        "reviewer8",
        "",
        "Moana Tehira",
        "Northern Light School of Public Health",
        "moana.tehira",
    ),
    (
        "reviewer9",
        "田雨青",
        "Tian Yuqing",
        "苍岭大学药学院",
        "tian.yuqin",
    ),
    (
        "reviewer10",
        "",
        "Imre Kovacsfy",
        "Institute of Clinical Designs, Drava",
        "imre.kovacsfy",
    ),
];

/// Their co-authors and papers, in the twin: what only identity can be.
const WORDS: &[(&str, &str)] = &[
    ("闻人慕白", "欧阳林璐"),
    ("Wenren Mubai", "Ouyang Linlu"),
    ("wenren.mubai", "ouyang.linlu"),
    ("Zdenka Ravnikar", "Milena Torkelis"),
    ("zdenka.ravnikar", "milena.torkelis"),
    (
        "北岭省自然科学基金（2025BL04417）",
        "南川省自然科学基金（2025NC08832）",
    ),
    (
        "Westmarch Research Council, grant WRC-2025-0417",
        "Eastmoors Research Council, grant ERC-2025-0823",
    ),
    (
        "北岭医学伦理委员会批准（批件号 BLEC-2025-0312）",
        "南川医学伦理委员会批准（批件号 NCEC-2025-0677）",
    ),
    (
        "Approved by the Fjordhaven ethics board (FEB 2025-0312)",
        "Approved by the Elvesunder ethics board (EEB 2025-0677)",
    ),
    ("ChiCTR250004", "ChiCTR250007"),
];

fn other(member: Member, rows: &[Row]) -> Member {
    let Some((_, native, latin, affiliation, local)) = rows.iter().find(|r| r.0 == member.key) else {
        return member;
    };
    let mut out = member;
    let house = format!("{}x", out.email.domain().trim_end_matches(".example"));
    out.email = Email::parse(&format!("{local}@{house}.example")).unwrap();
    out.profile.native_name = (*native).to_owned();
    out.profile.latin_name = (*latin).to_owned();
    out.profile.affiliation = (*affiliation).to_owned();
    out
}

/// The usual people, with some of `rows` in others' stead; they sign up from the last to the first.
fn people(rows: &[Row], but: &[&str]) -> Vec<Member> {
    let rows: Vec<Row> = rows.iter().filter(|r| !but.contains(&r.0)).copied().collect();
    let mut people: Vec<Member> = cast::people().into_iter().map(|m| other(m, &rows)).collect();
    people.reverse();
    people
}

/// All authors but those who have published are others, and all reviewers but those who look.
pub fn other_authors() -> Casting {
    let rows = [AUTHORS, REVIEWERS].concat();
    let same = [LOOKERS, PUBLISHED].concat();
    Casting {
        people: people(&rows, &same),
        dress: |key, submission| {
            if !PUBLISHED.contains(&key) {
                dress(submission);
            }
        },
    }
}

/// Whose names the public pages tell.
const PUBLISHED: &[&str] = &["author", "author2"];

/// All reviewers are others.
pub fn other_reviewers() -> Casting {
    Casting {
        people: people(REVIEWERS, &[]),
        ..Casting::usual()
    }
}

/// Reviewers who are the same in both lives, one of each pair.
pub const LOOKERS: &[&str] = &["reviewer", "reviewer3", "reviewer10"];

fn dress(submission: &mut Submission) {
    let mut text = serde_json::to_string(submission).unwrap();
    for (from, to) in WORDS {
        assert_eq!(from.chars().count(), to.chars().count(), "{from} {to}");
        text = text.replace(from, to);
    }
    *submission = serde_json::from_str(&text).unwrap();
}

/// The marks of the people whom a casting puts in others' stead, of both lives: nobody may find them.
pub fn marks(rows: &[Member]) -> Vec<String> {
    rows.iter()
        .flat_map(|m| {
            [
                m.profile.native_name.clone(),
                m.profile.latin_name.clone(),
                m.email.to_string(),
            ]
        })
        .filter(|m| !m.is_empty())
        .collect()
}

/// The parts of a plot go to other accounts: which account reviews which manuscript differs.
pub fn parts_swapped(mut plots: Vec<Plot>, swap: fn(&str, &'static str) -> &'static str) -> Vec<Plot> {
    for plot in &mut plots {
        let name = plot.name;
        for (_, act) in &mut plot.acts {
            *act = match *act {
                Act::Invite(keys) => {
                    let keys: Vec<&'static str> = keys.iter().map(|key| swap(name, key)).collect();
                    Act::Invite(keys.leak())
                }
                Act::Accept(key) => Act::Accept(swap(name, key)),
                Act::Refuse(key) => Act::Refuse(swap(name, key)),
                Act::Review(key, verdict) => Act::Review(swap(name, key), verdict),
                other => other,
            };
        }
    }
    plots
}

#[test]
fn twins_differ_in_every_mark_and_in_no_length() {
    for row in AUTHORS.iter().chain(REVIEWERS) {
        let (usual, twin) = (cast::member(row.0), other(cast::member(row.0), &[*row]));
        for (a, b) in [
            (&usual.profile.native_name, &twin.profile.native_name),
            (&usual.profile.latin_name, &twin.profile.latin_name),
            (&usual.profile.affiliation, &twin.profile.affiliation),
        ] {
            assert!(a.is_empty() || a != b, "{a}");
            assert_eq!(a.chars().count(), b.chars().count(), "{a} {b}");
        }
        assert_ne!(usual.email, twin.email);
    }
}
