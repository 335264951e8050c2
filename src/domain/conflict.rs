//! Conflicts of interest between a proposed reviewer and a manuscript (`RULES.md` 5).

use serde::{Deserialize, Serialize};

use super::person::Email;

/// Hosts of free mail: sharing one says nothing about two people.
const FREE_MAIL: &[&str] = &[
    "163.com",
    "126.com",
    "139.com",
    "189.cn",
    "aliyun.com",
    "foxmail.com",
    "gmail.com",
    "googlemail.com",
    "gmx.de",
    "gmx.net",
    "hotmail.com",
    "icloud.com",
    "live.com",
    "mail.ru",
    "me.com",
    "msn.com",
    "outlook.com",
    "proton.me",
    "protonmail.com",
    "qq.com",
    "sina.cn",
    "sina.com",
    "sohu.com",
    "tom.com",
    "vip.163.com",
    "vip.qq.com",
    "web.de",
    "yahoo.com",
    "yandex.ru",
    "yeah.net",
    "zoho.com",
];

/// What stands between a person and reviewing a manuscript.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Conflict {
    /// Is an author, was typed as one, declared a conflict, opened the names or handles it: refused.
    Refused,
    /// An author opposes this reviewer: warned, as the author's wish.
    Opposed,
    /// The same institution as one of the authors: warned, never saying which.
    SameInstitution,
    /// The same institutional mail domain: warned.
    SameMailDomain,
    /// Author of an article together with one of the authors that this journal published lately: warned.
    RecentCoauthor,
}

/// The mail domain if it is an institution's: the last labels that its registrar gives out.
fn institution(email: &Email) -> Option<&str> {
    let domain = email.domain();
    if FREE_MAIL.contains(&domain) {
        return None;
    }
    let labels: Vec<&str> = domain.split('.').collect();
    let second = labels.len().checked_sub(2).map(|i| labels[i])?;
    let keep = if matches!(second, "edu" | "ac" | "com" | "org" | "gov" | "net" | "co") && labels.len() > 2 {
        3
    } else {
        2
    };
    let cut: usize = labels[..labels.len().saturating_sub(keep)]
        .iter()
        .map(|l| l.len() + 1)
        .sum();
    Some(&domain[cut..])
}

/// Whether both addresses belong to one institution's domain.
pub fn same_mail_domain(a: &Email, b: &Email) -> bool {
    matches!((institution(a), institution(b)), (Some(a), Some(b)) if a == b)
}

/// Whether two affiliations name the same institution: their first part, letters alone, is the same.
pub fn same_institution(a: &str, b: &str) -> bool {
    let core = |text: &str| -> Vec<String> {
        text.split([';', '；', ',', '，', '、', '\n'])
            .map(|part| {
                part.chars()
                    .filter(|c| c.is_alphanumeric())
                    .flat_map(char::to_lowercase)
                    .collect::<String>()
            })
            .filter(|part| {
                const HOUSES: &[&str] = &[
                    "university",
                    "hospital",
                    "institute",
                    "college",
                    "academy",
                    "大学",
                    "医院",
                    "研究院",
                    "研究所",
                    "学院",
                ];
                HOUSES.iter().any(|house| part.contains(house))
            })
            .map(|part| {
                // “X大学第一医院” and “X大学医学部” share the university: compare up to 大学.
                part.find("大学")
                    .map_or(part.clone(), |i| part[..i + "大学".len()].to_owned())
            })
            .collect()
    };
    let (a, b) = (core(a), core(b));
    a.iter().any(|part| b.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mail_domains() {
        let same = |a, b| same_mail_domain(&Email::parse(a).unwrap(), &Email::parse(b).unwrap());
        assert!(same("a@med.north.edu.cn", "b@cs.north.edu.cn"));
        assert!(same("a@uni.example", "b@dept.uni.example"));
        assert!(!same("a@qq.com", "b@qq.com"));
        assert!(!same("a@north.edu.cn", "b@south.edu.cn"));
    }

    #[test]
    fn institutions() {
        assert!(same_institution("北岭大学第一医院 心内科", "北岭大学医学部"));
        assert!(same_institution(
            "Dept of Surgery, Lakeside University Hospital",
            "Lakeside University Hospital, ICU"
        ));
        assert!(!same_institution("北岭大学", "南湾大学"));
        assert!(!same_institution("", ""));
    }
}
