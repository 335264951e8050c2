//! Names, institutions, addresses and numbers in every spelling a manuscript may give them; and words that only look like them.

#![allow(clippy::unwrap_used)]

use bauta_strip::{Identity, Person, strip_text};

fn person(name: &str, native: &str) -> Identity {
    Identity {
        people: vec![Person {
            name: name.into(),
            native_name: native.into(),
            ..Person::default()
        }],
        ..Identity::default()
    }
}

fn gone(identity: &Identity, cases: &[&str]) {
    let mut wrong = Vec::new();
    for case in cases {
        let text = format!("Before this {case} stands after.");
        let clean = strip_text(&text, identity).0;
        let want = [
            "Before this […] stands after.",
            "Before this ［略］ stands after.",
            "Before this […]. stands after.",
        ];
        if !want.contains(&clean.as_str()) {
            wrong.push(clean);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn kept(identity: &Identity, cases: &[&str]) {
    let changed = |case: &&&str| strip_text(case, identity).0 != **case;
    let wrong: Vec<String> = cases
        .iter()
        .filter(changed)
        .map(|c| strip_text(c, identity).0)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn latin_names_in_every_order() {
    gone(
        &person("Zoltán Örs Péteri-Gáll", ""),
        &[
            "Zoltán Örs Péteri-Gáll",
            "Zoltan Peteri-Gall",
            "Péteri-Gáll Zoltán",
            "PÉTERI-GÁLL Z. Ö.",
            "Z. Péteri-Gáll",
            "Peteri Gall, Z.",
            "Z.Ö. Péteri-Gáll",
            "Péteri-Gáll ZÖ",
            "Zolta\u{301}n Pe\u{301}teri-Ga\u{301}ll",
            "Zoltán Péteri‐Gáll",
        ],
    );
    gone(
        &person("Ann (Nan) Bergström", ""),
        &[
            "Ann Bergström",
            "Nan Bergström",
            "Ann (Nan) Bergström",
            "Ann “Nan” Bergstrom",
            "Bergström, Nan",
            "A. Bergström",
            "N. Bergström",
            "Bergström",
        ],
    );
    gone(
        &person("Ottoline van der Brugge", ""),
        &[
            "Ottoline van der Brugge",
            "van der Brugge O",
            "O. van der Brugge",
            "Van der Brugge",
        ],
    );
    gone(
        &person("Wren O'Malveny Jr.", ""),
        &["Wren O’Malveny", "W. O'Malveny", "O'Malveny W", "O’MALVENY"],
    );
    gone(
        &person("Jürgen Müßigbrodt", ""),
        &["Juergen Muessigbrodt", "J. Mussigbrodt", "Jurgen Müssigbrodt"],
    );
}

#[test]
fn chinese_names_and_their_pinyin() {
    let id = person("Yulan Shen", "沈玉兰");
    gone(
        &id,
        &[
            "沈玉兰",
            "沈 玉 兰",
            "沈　玉兰",
            "沈·玉兰",
            "Yulan Shen",
            "Yu-lan Shen",
            "Yu-Lan Shen",
            "Yu Lan Shen",
            "SHEN Yulan",
            "SHEN Yu-lan",
            "Shen Yulan",
            "Shen, Yulan",
            "Shen YL",
            "Y.-L. Shen",
            "Y.L. Shen",
            "YL Shen",
            "Ｙｕｌａｎ　Ｓｈｅｎ",
            "Shen Yu Lan",
            "YULAN SHEN",
            "Shen, Y. L.",
        ],
    );
    gone(
        &person("", "欧阳明慧"),
        &[
            "欧阳明慧",
            "Minghui Ouyang",
            "OUYANG Minghui",
            "Ouyang MH",
            "Ou-Yang Minghui",
            "Ming-Hui Ouyang",
        ],
    );
    gone(&person("", "吕绿"), &["吕绿", "Lü Lü", "Lyu Lyu", "LV Lv"]);
    gone(
        &person("", "单小雨"),
        &["Shan Xiaoyu", "Xiaoyu Shan", "Xiao-yu Shan"],
    );
    gone(&person("", "沈玉蘭"), &["沈玉蘭", "沈玉兰"]);
    let text = strip_text("沈玉兰等：潮汐与海鸟", &id).0;
    assert_eq!(text, "［略］等：潮汐与海鸟");
}

#[test]
fn words_that_are_also_names_stay() {
    kept(
        &person("Theresa May", ""),
        &[
            "In May 2020 the May flies came.",
            "This may help; May I ask?",
            "from May to June",
        ],
    );
    kept(
        &person("Jin Park", "朴进"),
        &["Gulls in the park; Park land is rare.", "改进方法，质朴"],
    );
    kept(
        &person("Na Li", "李娜"),
        &["Li-ion and Na+ in Li and Na salts.", "桃李之年"],
    );
    kept(&person("", "高明"), &["医术高，明日再来", "身高 170 cm"]);
    kept(&person("", "马力"), &["两匹马用力", "马来西亚力争"]);
    kept(
        &person("Will Young", ""),
        &["We will follow young gulls. Young gulls Will not."],
    );
    gone(&person("Theresa May", ""), &["Theresa May", "T. May", "May, T."]);
    gone(&person("Jin Park", ""), &["Jin Park", "PARK Jin", "J. Park"]);
    gone(&person("", "高明"), &["高明", "高　明"]);
}

#[test]
fn institutions_and_their_shortenings() {
    let id = Identity {
        people: vec![Person {
            name: "Tamsin Quillfeather".into(),
            affiliations: vec![
                "Department of Tidal Medicine, Northmoor General Hospital, University of Northmoor, Northmoor NM1 4QX, United Kingdom".into(),
                "东陵海洋大学附属第一医院心内科，东陵 110001".into(),
            ],
            ..Person::default()
        }],
        ..Identity::default()
    };
    gone(
        &id,
        &[
            "Northmoor General Hospital",
            "NORTHMOOR GENERAL HOSPITAL",
            "Northmoor General Hosp.",
            "University of Northmoor",
            "Univ. of Northmoor",
            "Northmoor University",
            "Univ Northmoor",
            "Dept. of Tidal Medicine",
            "Department of Tidal Medicine, Northmoor General Hospital",
            "东陵海洋大学附属第一医院",
            "东陵海洋大学附属第一医院心内科",
            "东陵海洋大学",
            "东陵海洋大学附一院",
        ],
    );
    kept(
        &id,
        &[
            "The United Kingdom has hospitals.",
            "A general hospital and a university.",
            "心内科收治患者",
        ],
    );
}

#[test]
fn addresses_accounts_and_numbers() {
    let id = Identity {
        people: vec![Person {
            name: "Tamsin Quillfeather".into(),
            email: "tquillf@northmoor.example.org".into(),
            orcid: "0000-0002-1825-0097".into(),
            ..Person::default()
        }],
        terms: vec![
            "+44 20 7946 0123".into(),
            "NCT01234567".into(),
            "ChiCTR2000031234".into(),
            "81970001".into(),
            "2020-伦审-015".into(),
            "github.com/tquillf".into(),
            "HRC/22/09".into(),
        ],
        ..Identity::default()
    };
    gone(
        &id,
        &[
            "tquillf@northmoor.example.org",
            "TQuillf@Northmoor.example.org",
            "tquillf [at] northmoor.example.org",
            "tquillf(at)northmoor(dot)example(dot)org",
            "tquillf＠northmoor.example.org",
            "{tquillf,other}@northmoor.example.org",
            "(tquillf|other)@northmoor.example.org",
            "https://orcid.org/0000-0002-1825-0097",
            "0000 0002 1825 0097",
            "+44 (0)20 7946 0123",
            "+44-20-7946-0123",
            "NCT 01234567",
            "NCT01234567",
            "ChiCTR-2000031234",
            "81970001",
            "2020伦审015",
            "HRC-22-09",
            "tquillf",
        ],
    );
    let text = strip_text(
        "See https://github.com/tquillf/tides and https://clinicaltrials.gov/study/NCT01234567?x=1 now.",
        &id,
    )
    .0;
    assert!(!text.contains("tquillf") && !text.contains("01234567"), "{text}");
}
