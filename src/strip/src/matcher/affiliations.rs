//! Institutions, and how their names are shortened and turned round.

use crate::fold::{fold, is_cjk};
use crate::forms;
use crate::names::{Kind, Needles};

pub(super) fn add_affiliation(line: &str, out: &mut Needles) {
    let mut parts = vec![line.to_owned()];
    parts.extend(
        line.split([',', ';', '，', '；', '、', '|'])
            .filter(|p| forms::names_institution(p))
            .map(str::to_owned),
    );
    for part in parts {
        let label = part.trim();
        let words: Vec<&str> = part
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .collect();
        if words.iter().all(|w| w.chars().all(|c| !is_cjk(c))) && words.len() < 2 {
            continue;
        }
        let mut forms = vec![part.to_lowercase()];
        forms.extend(turned(&forms[0]));
        for (long, shorts) in SHORTENINGS {
            for form in forms.clone().iter().filter(|f| f.contains(long)) {
                forms.extend(shorts.iter().map(|s| form.replace(long, s)));
            }
        }
        for form in forms {
            let folded = fold(&form);
            if folded.chars().count() > 3 {
                out.push(&[(&folded, false)], Kind::Affiliation, label);
            }
        }
        // 某某大学附属医院: the university alone says as much.
        for suffix in ["大学", "学院", "医院", "研究院", "研究所", "大學", "學院", "醫院"] {
            if let Some(at) = part.find(suffix) {
                let head = &part[..at + suffix.len()];
                if fold(head).chars().count() > suffix.chars().count() + 1 {
                    out.push(&[(&fold(head), false)], Kind::Affiliation, label);
                    for (long, shorts) in SHORTENINGS.iter().filter(|(long, _)| head.contains(long)) {
                        for short in *shorts {
                            out.push(
                                &[(&fold(&head.replace(long, short)), false)],
                                Kind::Affiliation,
                                label,
                            );
                        }
                    }
                }
            }
        }
    }
}

/// What institutions' names are usually shortened to.
const SHORTENINGS: &[(&str, &[&str])] = &[
    ("university", &["univ", "uni"]),
    ("hospital", &["hosp"]),
    ("department", &["dept", "dep"]),
    ("institute", &["inst"]),
    ("laboratory", &["lab"]),
    ("附属第一医院", &["附一院", "附属一院", "第一附属医院"]),
    ("附属第二医院", &["附二院", "附属二院", "第二附属医院"]),
    ("附属第三医院", &["附三院", "第三附属医院"]),
    ("第一附属医院", &["附一院", "一附院", "附属第一医院"]),
    ("第二附属医院", &["附二院", "二附院", "附属第二医院"]),
    ("第一人民医院", &["一院", "第一医院"]),
    ("人民医院", &["医院"]),
];

/// “University of X” is also written “X University”, “Univ X”, and the other way round.
fn turned(lower: &str) -> Vec<String> {
    let bare = lower.trim().trim_start_matches("the ");
    let mut out = Vec::new();
    for kind in ["university", "college", "institute", "hospital"] {
        if let Some(place) = bare.strip_prefix(&format!("{kind} of ")) {
            let place = place.trim_start_matches("the ");
            if !place.contains(" and ") && place.split_whitespace().count() < 4 {
                out.push(format!("{place} {kind}"));
                out.push(format!("{kind} {place}"));
            }
        } else if let Some(place) = bare.strip_suffix(&format!(" {kind}"))
            && place.split_whitespace().count() < 3
        {
            out.push(format!("{kind} of {place}"));
        }
    }
    // “Institute of technology” turned round names nobody.
    out.retain(|f| f.split_whitespace().count() > 1);
    out
}
