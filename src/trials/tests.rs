//! The table, the numbers people type, and what only looks like one.

mod data;
mod dates;
mod properties;

use super::*;
use regex::Regex;
use std::collections::HashSet;

/// What is typed, and what becomes of it: every registry at least once. The digits are made up.
pub(super) const TYPED: [(&str, &str, &str); 58] = [
    ("ChiCTR2100099901", "chictr", "ChiCTR2100099901"),
    ("注册号ChiCTR2000029953，", "chictr", "ChiCTR2000029953"),
    ("chictr 2100099902", "chictr", "ChiCTR2100099902"),
    ("ＣｈｉＣＴＲ２１０００９９９０３", "chictr", "ChiCTR2100099903"),
    ("ChiCTR-2100099904", "chictr", "ChiCTR2100099904"),
    ("chictr–trc–12009990", "chictr", "ChiCTR-TRC-12009990"),
    ("Chi-CTR注册号：2100099905", "chictr", "ChiCTR2100099905"),
    ("ITMCTR2022000901", "itmctr", "ITMCTR2022000901"),
    ("NCT09999901", "nct", "NCT09999901"),
    ("NCT#09999902", "nct", "NCT09999902"),
    ("Name: NCT Number: 09999903", "nct", "NCT09999903"),
    ("NCT\u{200B}0999\u{AD}9904", "nct", "NCT09999904"),
    (
        "https://clinicaltrials.gov/study/NCT09999905?tab=history",
        "nct",
        "NCT09999905",
    ),
    ("NCT12345678", "nct", "NCT12345678"),
    ("ACTRN12621000999901", "anzctr", "ACTRN12621000999901"),
    ("ANZCTR 12621000999902p", "anzctr", "ACTRN12621000999902"),
    ("ISRCTN99999901", "isrctn", "ISRCTN99999901"),
    ("ISCRTN99999902", "isrctn", "ISRCTN99999902"),
    ("ISRCTN No. 99999903", "isrctn", "ISRCTN99999903"),
    (
        "https://doi.org/10.1186/ISRCTN99999904",
        "isrctn",
        "ISRCTN99999904",
    ),
    ("2019-009901-17", "euctr", "2019-009901-17"),
    ("EUCTR2019-009901-17-FR", "euctr", "2019-009901-17"),
    ("EUCTR2019-009901-17-Outside-EU/EEA", "euctr", "2019-009901-17"),
    ("EudraCT number: 2019‑009902‑17", "euctr", "2019-009902-17"),
    ("2024-509901-17-00", "ctis", "2024-509901-17-00"),
    ("CTIS2024-509902-17-01", "ctis", "2024-509902-17-01"),
    ("DRKS00099901", "drks", "DRKS00099901"),
    ("DRKS ID 00099902", "drks", "DRKS00099902"),
    ("UMIN000099901", "umin", "UMIN000099901"),
    ("UMIN:000099902", "umin", "UMIN000099902"),
    ("JPRN-UMIN000099903", "umin", "UMIN000099903"),
    ("UMIN-CTR: C000099904", "umin", "JPRN-C000099904"),
    ("jRCTs031999901", "jrct", "jRCTs031999901"),
    ("JPRN-JRCT1039999902", "jrct", "jRCT1039999902"),
    ("JapicCTI-999901", "japic", "JapicCTI-999901"),
    ("JPRN-JapicCTI-R999902", "japic", "JapicCTI-R999902"),
    ("JMA-IIA99901", "jmacct", "JMA-IIA99901"),
    ("KCT0099901", "cris", "KCT0099901"),
    ("CTRI/2021/03/099901", "ctri", "CTRI/2021/03/099901"),
    ("CTRI No: CTRI／2021／013／099902", "ctri", "CTRI/2021/013/099902"),
    ("IRCT20219999901N1", "irct", "IRCT20219999901N1"),
    ("irct20219999046736n12", "irct", "IRCT20219999046736N12"),
    ("LBCTR2021099901", "lbctr", "LBCTR2021099901"),
    ("NL9901", "ntr", "NL9901"),
    ("NTR 9902", "ntr", "NTR9902"),
    ("nl63", "ntr", "NL63"),
    ("NL-OMON99901", "omon", "NL-OMON99901"),
    ("PACTR202199999999901", "pactr", "PACTR202199999999901"),
    ("RBR-9X9901", "rebec", "RBR-9x9901"),
    ("PER-990-21", "repec", "PER-990-21"),
    ("RPCEC00099901", "rpcec", "RPCEC00099901"),
    ("SLCTR 2021 991", "slctr", "SLCTR/2021/991"),
    ("TCTR20219999901", "tctr", "TCTR20219999901"),
    ("ChiMCTR2100099901", "chimctr", "ChiMCTR2100099901"),
    ("药物临床试验登记号：CTR20249901", "cde_ctr", "CTR20249901"),
    ("MR-44-24-099901", "mr", "MR-44-24-099901"),
    ("HKUCTR-9901", "hkuctr", "HKUCTR-9901"),
    ("UTN: U1111-9999-9901", "utn", "U1111-9999-9901"),
];

/// What a text's numbers are, as texts.
pub(super) fn found(text: &str) -> Vec<String> {
    find_all(text).iter().map(ToString::to_string).collect()
}

#[test]
fn table_keys_and_names_are_unique() {
    let unique = |part: fn(&Registry) -> &str| {
        registries().iter().map(part).collect::<HashSet<_>>().len() == registries().len()
    };
    assert!(unique(|r| r.key) && unique(|r| r.name) && unique(|r| r.strict));
    assert!(registries().iter().all(|r| registry(r.key) == Some(r)));
    assert_eq!(registry("nowhere"), None);
}

#[test]
fn every_example_is_of_its_own_registry_alone() {
    let compile = |r: &Registry| [r.strict, r.detect].map(|source| Regex::new(source).unwrap());
    let patterns: Vec<_> = registries().iter().map(compile).collect();
    for (row, [_, detect]) in registries().iter().zip(&patterns) {
        assert!(
            !row.examples.is_empty() && !row.prefixes.is_empty(),
            "{}",
            row.key
        );
        for example in row.examples {
            let all = registries().iter().zip(&patterns);
            let matching = all.filter(|(_, [strict, _])| strict.is_match(example));
            let keys: Vec<_> = matching.map(|(other, _)| other.key).collect();
            assert_eq!(keys, [row.key], "{example}");
            assert!(detect.is_match(example), "{example}");
            assert_eq!(found(&format!("登记为{example}。")), [*example]);
            assert_eq!(TrialNumber::parse(example).unwrap().registry(), row);
        }
    }
}

#[test]
fn what_crossref_is_told_fits_its_schema() {
    let allowed = Regex::new("^10\\.18810/[a-z-]+$").unwrap();
    assert!(
        registries()
            .iter()
            .filter_map(|r| r.crossref)
            .all(|doi| allowed.is_match(doi))
    );
}

#[test]
fn typed_numbers_are_read() {
    let mut unseen: HashSet<_> = registries().iter().map(|r| r.key).collect();
    for (typed, key, canonical) in TYPED {
        let number = TrialNumber::parse(typed).unwrap_or_else(|e| panic!("{typed}: {e}"));
        assert_eq!(
            (number.registry().key, number.canonical()),
            (key, canonical),
            "{typed}"
        );
        assert_eq!(found(typed), [canonical], "{typed}");
        unseen.remove(key);
    }
    assert!(unseen.is_empty(), "no typed number for {unseen:?}");
}

#[test]
fn several_numbers_in_prose_are_found_once_each_and_in_order() {
    let text = "The trial (ISRCTN83971151; EudraCT 2020-001366-11, NCT04315948\nand EUCTR2020-001366-11-FR) \
        was registered at ISRCTN 83971151；另注册于ChiCTR2000030894、U1111-1342-6778和CTR20243786。";
    assert_eq!(
        found(text),
        [
            "ISRCTN83971151",
            "2020-001366-11",
            "NCT04315948",
            "ChiCTR2000030894",
            "U1111-1342-6778",
            "CTR20243786",
        ]
    );
    // One record of the register of traditional medicine shows three numbers.
    let three = "ITMCTR2100005248 / ChiCTR2100050545 / ChiMCTR2100005248";
    let kinds: Vec<_> = find_all(three).iter().map(TrialNumber::acceptance).collect();
    assert_eq!(
        kinds,
        [
            Acceptance::EditorConfirms,
            Acceptance::Yes,
            Acceptance::No(NotRegistration::Predecessor)
        ]
    );
    assert_eq!(
        found("JPRN-UMIN000039686, NL63\nNTR1；nct 02513394"),
        ["UMIN000039686", "NL63", "NTR1", "NCT02513394"]
    );
}

#[test]
fn what_only_looks_like_a_number_is_left_alone() {
    for trap in [
        "",
        "nL.63",
        "nl)277",
        "NL26560.042.09",
        "NL2656.042.09",
        "per 100 000",
        "ZINC000052955",
        "doi:10.1136/neurintsurg nl-2012-302759",
        "infection with HCoV-NL63",
        "the NTR1 receptor",
        "1012 Amsterdam, NL 1105 AZ",
        "call 1111-2222-3333",
        "2020-01234-56",
        "2023-003698-40-00",
        "12-2014-005181-30",
        "registered at UMIN-CTR 20200301",
        "MRI-12-34-5678",
        "NCT",
        "NCT0251339",
        "NCT025133940",
        "ChiCTR no. 12345678",
        "PER-013-2020",
        "XNCT02513394",
        "ORCID 0000-0002-1825-0097",
        "ethics approval 2020-KY-012",
        "伦理批号2020-LY-0123",
        "PMID: 32113505",
        "GSE147507",
        "NCT٠٢٥١٣٣٩٤",
    ] {
        assert_eq!(found(trap), [""; 0], "{trap}");
    }
    // A raised footnote mark is no digit of the number.
    assert_eq!(
        found("NCT02513394² and DRKS00022729①"),
        ["NCT02513394", "DRKS00022729"]
    );
}

#[test]
fn a_problem_says_what_is_wrong_and_not_what_was_typed() {
    let key = |text: &str| match TrialNumber::parse(text) {
        Err(NumberProblem::Malformed(registry)) => registry.key,
        Err(other) => other.as_str(),
        Ok(_) => "a number",
    };
    for (typed, problem) in [
        ("", "empty"),
        (" \u{200B}。 ", "empty"),
        ("NCT0251339", "nct"),
        ("ChiCTR20000299", "chictr"),
        ("注册号：ChiCTR-TRC-1200", "chictr"),
        ("EudraCT 2019-17", "euctr"),
        ("MR-44", "mr"),
        ("to follow", "unknown"),
        ("NCT02513394 NCT04267848", "several"),
        ("NTR12345", "ntr"),
        ("2020伦审第12号", "unknown"),
    ] {
        assert_eq!(key(typed), problem, "{typed}");
    }
    assert_eq!(
        NumberProblem::Several(2).to_string(),
        "2 numbers where one belongs"
    );
}

#[test]
fn a_number_is_silent_in_logs_and_plain_in_storage() {
    let number = TrialNumber::parse("nct 02513394").unwrap();
    assert_eq!(format!("{number:?}"), "TrialNumber(nct)");
    assert_eq!(serde_json::to_string(&number).unwrap(), "\"NCT02513394\"");
    assert_eq!(
        serde_json::from_str::<TrialNumber>("\"NCT02513394\"").unwrap(),
        number
    );
    let refused = serde_json::from_str::<TrialNumber>("\"NCT0251339\"")
        .unwrap_err()
        .to_string();
    assert!(!refused.contains("0251339"), "{refused}");
}

#[test]
fn a_link_is_made_only_where_it_is_known() {
    let link = |typed: &str| TrialNumber::parse(typed).unwrap().url().unwrap_or_default();
    let portal = "https://trialsearch.who.int/Trial2.aspx?TrialID=";
    assert_eq!(
        link("NCT02513394"),
        "https://clinicaltrials.gov/study/NCT02513394"
    );
    assert_eq!(link("SLCTR/2020/011"), "https://slctr.lk/trials/slctr-2020-011");
    assert_eq!(
        link("NL-OMON53367"),
        "https://onderzoekmetmensen.nl/en/trial/53367"
    );
    assert_eq!(link("ChiCTR2000029953"), format!("{portal}ChiCTR2000029953"));
    assert_eq!(
        link("CTRI/2020/03/024402"),
        format!("{portal}CTRI/2020/03/024402")
    );
    assert_eq!(link("UMIN000039686"), format!("{portal}JPRN-UMIN000039686"));
    assert_eq!(link("UMIN C000000123"), format!("{portal}JPRN-C000000123"));
    assert_eq!(
        link("CTR20243786") + &link("MR-44-24-001234") + &link("U1111-1342-6778"),
        ""
    );
}

#[test]
fn an_unusual_number_is_warned_of_and_kept() {
    let odd = TrialNumber::parse("NCT12345678").unwrap();
    assert_eq!(
        (odd.warning(), odd.acceptance()),
        (Some(NumberWarning::UnusualNct), Acceptance::Yes)
    );
    assert_eq!(TrialNumber::parse("NCT02513394").unwrap().warning(), None);
}

#[test]
fn of_several_the_one_that_is_none_is_named() {
    let named = |text: &str| -> Vec<(String, &str)> {
        let found = unread(text);
        found
            .into_iter()
            .map(|(item, why)| (item, why.as_str()))
            .collect()
    };
    let bad = |item: &str, why: &'static str| (item.to_owned(), why);
    assert_eq!(named("ChiCTR2100099901, NCT0999"), [bad("NCT0999", "malformed")]);
    assert_eq!(named("NCT09999901\n20240417-88"), [bad("20240417-88", "unknown")]);
    assert_eq!(named("hospital no. 7"), [bad("hospital no. 7", "unknown")]);
    // Words beside a number, a number over two lines, nothing at all.
    for fine in [
        "ChiCTR2100099901, registered in May 2021",
        "NCT099\n99901",
        "chictr 2100099902",
        "",
        " \n",
    ] {
        assert!(named(fine).is_empty(), "{fine:?}: {:?}", named(fine));
    }
    for (typed, _, _) in TYPED {
        assert!(named(typed).is_empty(), "{typed:?}: {:?}", named(typed));
    }
}
