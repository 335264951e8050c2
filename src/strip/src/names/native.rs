//! Names in Chinese letters, and how they sound in Latin ones.

use super::readings::Name;
use super::{Kind, Needles};
use crate::common::{self, DOUBLE_SURNAMES};
use crate::fold::{fold, is_cjk};
use pinyin::ToPinyin;

pub(super) fn native(written: &str, label: &str, out: &mut Needles, names: &mut Vec<Name>) {
    let folded = fold(written);
    if folded.chars().count() < 2 {
        return;
    }
    out.push(&[(&folded, false)], Kind::Native, label);
    let (surname, given) = parts(&folded);
    let (Some(sounds), Some(given)) = (romanise(surname), romanise(given)) else {
        return;
    };
    let mut surnames = vec![sounds];
    let others = common::SURNAME_SOUNDS.iter().filter(|(han, _)| *han == surname);
    surnames.extend(others.flat_map(|(_, sounds)| sounds.split(' ').map(|s| vec![s.to_owned()])));
    for surname in &surnames {
        for umlaut in ["u", "v", "yu"] {
            let spell =
                |s: &[String]| -> Vec<String> { s.iter().map(|x| fold(&x.replace('ü', umlaut))).collect() };
            let (s, g) = (spell(surname), spell(&given));
            let mut add = |given: Vec<String>| {
                names.push(Name {
                    given,
                    surname: s.concat(),
                    seams: Vec::new(),
                });
            };
            if g.len() > 1 {
                add(vec![g.concat()]);
            }
            add(g);
        }
    }
}

/// Surname and given name.
fn parts(folded: &str) -> (&str, &str) {
    let split = DOUBLE_SURNAMES
        .iter()
        .find(|d| folded.starts_with(**d))
        .map_or_else(|| folded.chars().next().map_or(0, char::len_utf8), |d| d.len());
    folded.split_at(split)
}

/// How the surname of a name in Chinese letters begins to sound, and each letter of the given name; of others nothing.
pub(super) fn spoken(written: &str) -> Option<(String, Vec<String>)> {
    let folded = fold(written);
    if !folded.chars().next().is_some_and(is_cjk) || folded.chars().count() < 2 {
        return None;
    }
    let (surname, given) = parts(&folded);
    let other = common::SURNAME_SOUNDS.iter().find(|(han, _)| *han == surname);
    let sound = match other {
        Some((_, sounds)) => (*sounds).to_owned(),
        None => romanise(surname)?.concat(),
    };
    Some((sound, romanise(given).filter(|g| !g.is_empty())?))
}

fn romanise(han: &str) -> Option<Vec<String>> {
    let sounds: Option<Vec<String>> = han
        .chars()
        .map(|c| c.to_pinyin().map(|p| p.plain().to_owned()))
        .collect();
    sounds.filter(|s| !s.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Person;
    use crate::names::add_person;

    #[test]
    fn pinyin_of_a_native_name() {
        let mut out = Needles::default();
        add_person(
            &Person {
                native_name: "沈 玉兰".into(),
                ..Person::default()
            },
            &mut out,
        );
        let all: Vec<String> = out.into_vec().into_iter().map(|n| n.folded).collect();
        for want in ["沈玉兰", "shenyulan", "yulanshen", "ylshen", "shenyl"] {
            assert!(all.iter().any(|n| n == want), "{want} of {all:?}");
        }
    }
}
