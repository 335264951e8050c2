//! The cast: invented people and the papers they write.

use crate::domain::manuscript::{AuthorEntry, DECLARATIONS, Submission, TrialReport};
use crate::domain::person::{Email, Lang, Profile, Role};

/// An invented person.
#[derive(Clone, Debug)]
pub struct Member {
    /// A handle for scripts and tests.
    pub key: &'static str,
    /// Address.
    pub email: Email,
    /// Names, affiliation, expertise.
    pub profile: Profile,
    /// Language.
    pub lang: Lang,
    /// Roles in the office.
    pub roles: Vec<Role>,
}

/// key, native name, Latin name, affiliation, expertise, Chinese?, role
type Row = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    bool,
    Option<Role>,
);

const PEOPLE: &[Row] = &[
    (
        "chief",
        "沈若兰",
        "Shen Ruolan",
        "本刊编辑部",
        "",
        true,
        Some(Role::EditorInChief),
    ),
    (
        "editor",
        "顾怀远",
        "Gu Huaiyuan",
        "本刊编辑部",
        "",
        true,
        Some(Role::Editor),
    ),
    (
        "editor2",
        "",
        "Marta Halvorsen",
        "The Journal's Office",
        "",
        false,
        Some(Role::Editor),
    ),
    (
        "assistant",
        "姚小满",
        "Yao Xiaoman",
        "本刊编辑部",
        "",
        true,
        Some(Role::Assistant),
    ),
    (
        "admin",
        "",
        "Tomas Kellerby",
        "The Journal's Office",
        "",
        false,
        Some(Role::Administrator),
    ),
    (
        "author",
        "华韵秋",
        "Hua Yunqiu",
        "北岭医科大学附属医院 心内科",
        "",
        true,
        None,
    ),
    (
        "author2",
        "",
        "Ingrid Solvang",
        "Fjordhaven University Hospital, Department of Medicine",
        "",
        false,
        None,
    ),
    (
        "author3",
        "薄云飞",
        "Bo Yunfei",
        "南湾大学公共卫生学院",
        "",
        true,
        None,
    ),
    (
        "author4",
        "",
        "Dario Penhaligon",
        "Institute of Rural Health, Westmarch",
        "",
        false,
        None,
    ),
    (
        "author5",
        "喻青禾",
        "Yu Qinghe",
        "东川市第二人民医院 药学部",
        "",
        true,
        None,
    ),
    (
        "reviewer",
        "岑伯良",
        "Cen Boliang",
        "雁湖大学医学院",
        "心血管 随机对照",
        true,
        Some(Role::Reviewer),
    ),
    (
        "reviewer2",
        "",
        "Petra Lindqvist",
        "Norrbacka Institute of Medicine",
        "trials, statistics",
        false,
        Some(Role::Reviewer),
    ),
    (
        "reviewer3",
        "邬晚晴",
        "Wu Wanqing",
        "石桥中医药大学",
        "中西医结合",
        true,
        Some(Role::Reviewer),
    ),
    (
        "reviewer4",
        "",
        "Oluwaseun Adebimpe",
        "Lagoon City College of Health",
        "epidemiology",
        false,
        Some(Role::Reviewer),
    ),
    (
        "reviewer5",
        "鲁致知",
        "Lu Zhizhi",
        "青原疾病预防控制中心",
        "流行病学 统计",
        true,
        Some(Role::Reviewer),
    ),
    (
        "reviewer6",
        "",
        "Camille Duroselle",
        "Hôpital des Tilleuls",
        "nursing, ageing",
        false,
        Some(Role::Reviewer),
    ),
    (
        "reviewer7",
        "戚雨田",
        "Qi Yutian",
        "白沙洲大学护理学院",
        "护理 老年",
        true,
        Some(Role::Reviewer),
    ),
    (
        "reviewer8",
        "",
        "Aroha Ngatai",
        "Southern Cross School of Public Health",
        "public health",
        false,
        Some(Role::Reviewer),
    ),
    (
        "reviewer9",
        "柏静安",
        "Bai Jing'an",
        "云麓大学药学院",
        "药学",
        true,
        Some(Role::Reviewer),
    ),
    (
        "reviewer10",
        "",
        "Emil Vasarely",
        "Institute of Clinical Methods, Tisza",
        "methods, ethics",
        false,
        Some(Role::Reviewer),
    ),
];

/// Everybody, in a fixed order.
pub fn people() -> Vec<Member> {
    PEOPLE
        .iter()
        .map(|(key, native, latin, affiliation, expertise, chinese, role)| {
            let local: String = latin
                .to_lowercase()
                .replace(' ', ".")
                .chars()
                .filter(|c| c.is_ascii_alphabetic() || *c == '.')
                .collect();
            let house = if role.is_some_and(|r| r != Role::Reviewer) {
                "journal"
            } else {
                key
            };
            Member {
                key,
                email: Email::parse(&format!("{local}@{house}.example")).expect("an invented address is one"),
                profile: Profile {
                    native_name: (*native).to_owned(),
                    latin_name: (*latin).to_owned(),
                    affiliation: (*affiliation).to_owned(),
                    orcid: String::new(),
                    expertise: (*expertise).to_owned(),
                },
                lang: if *chinese { Lang::Zh } else { Lang::En },
                roles: role.iter().copied().collect(),
            }
        })
        .chain(super::extras::people())
        .collect()
}

/// The member of a key.
pub fn member(key: &str) -> Member {
    people()
        .into_iter()
        .find(|m| m.key == key)
        .expect("the cast has this member")
}

const TITLES: &[(&str, &str)] = &[
    (
        "综合干预对社区高血压患者血压控制的影响",
        "Effect of a combined intervention on blood pressure control in the community",
    ),
    (
        "早期活动对髋部骨折老年患者功能恢复的作用",
        "Early mobilisation and functional recovery after hip fracture in older patients",
    ),
    (
        "基层医疗机构抗菌药物处方质量的横断面研究",
        "Quality of antibiotic prescribing in primary care: a cross-sectional study",
    ),
    (
        "远程随访对慢性心力衰竭再入院率的影响",
        "Remote follow-up and readmission in chronic heart failure",
    ),
    (
        "糖尿病足患者自我管理行为及其影响因素",
        "Self-care in people with diabetic foot and what shapes it",
    ),
    (
        "术前碳水化合物饮料对患者术后恶心呕吐的影响",
        "Carbohydrate drinks before surgery and nausea after it",
    ),
    (
        "乡村医生对传染病报告的认知与实践",
        "What village doctors know and do about reporting infectious disease",
    ),
    (
        "低剂量阿司匹林预防子痫前期的依从性研究",
        "Adherence to low-dose aspirin for the prevention of pre-eclampsia",
    ),
    (
        "八段锦对慢性阻塞性肺疾病患者运动耐量的影响",
        "Baduanjin exercise and exercise tolerance in chronic obstructive lung disease",
    ),
    (
        "多学科协作模式在压力性损伤管理中的应用",
        "A multidisciplinary team for the care of pressure injuries",
    ),
    (
        "儿童疫苗接种犹豫的质性研究",
        "Hesitancy about childhood vaccination: a qualitative study",
    ),
    (
        "住院药师干预对出院带药差错的影响",
        "Ward pharmacists and errors in discharge medication",
    ),
];

/// The `n`-th invented submission of a member; every third reports a registered trial.
pub fn paper(member: &Member, n: usize) -> Submission {
    let (zh, en) = TITLES[n % TITLES.len()];
    let series = if n >= TITLES.len() {
        ("：随访研究", ": a follow-up study")
    } else {
        ("", "")
    };
    let zh_paper = member.lang == Lang::Zh;
    let trial = n.is_multiple_of(3);
    let paper = Submission {
        article_type: "original".into(),
        section: if n.is_multiple_of(2) { "clinical" } else { "public-health" }.into(),
        language: if zh_paper { "zh-CN" } else { "en" }.into(),
        title_zh: format!("{zh}{}", series.0),
        title_en: format!("{en}{}", series.1),
        abstract_zh: "目的 评价干预的效果。方法 连续纳入符合标准的患者，随机分组，随访十二周。结果 干预组主要结局优于对照组。结论 干预安全有效，值得进一步研究。".into(),
        abstract_en: "Objective: To assess the intervention. Methods: Eligible patients were allocated at random and followed for twelve weeks. Results: The primary outcome favoured the intervention. Conclusion: It appears safe and effective and deserves further study.".into(),
        keywords_zh: "随机对照试验；随访；社区".into(),
        keywords_en: "randomised controlled trial; follow-up; community".into(),
        authors: vec![entry(member, true), coauthor(member)],
        suggested: Vec::new(),
        opposed: Vec::new(),
        funding: if zh_paper { "北岭省自然科学基金（2025BL04417）" } else { "Westmarch Research Council, grant WRC-2025-0417" }.into(),
        ethics: if zh_paper { "北岭医学伦理委员会批准（批件号 BLEC-2025-0312）" } else { "Approved by the Fjordhaven ethics board (FEB 2025-0312)" }.into(),
        conflicts: if zh_paper { "作者声明无利益冲突。" } else { "The authors declare no conflict of interest." }.into(),
        data_statement: if zh_paper { "数据可向通信作者索取。" } else { "Data can be had from the corresponding author." }.into(),
        giveaways: String::new(),
        trial: TrialReport {
            interventional: Some(trial),
            numbers: if trial { format!("ChiCTR25000{:05}", 41000 + n) } else { String::new() },
            submitted: if trial { "2025-01-15".into() } else { String::new() },
            enrolled: if trial { "2025-02-10".into() } else { String::new() },
            enrolled_actual: trial,
            settled: Vec::new(),
        },
        declared: DECLARATIONS.iter().map(|d| (*d).to_owned()).collect(),
        visited: crate::domain::manuscript::STEPS.iter().map(|s| (*s).to_owned()).collect(),
        ..Submission::default()
    };
    let mut paper = match n.checked_sub(2 * TITLES.len()) {
        Some(further) => super::extras::paper(paper, member.key, further),
        None => paper,
    };
    // In some papers the first two contributed equally.
    if n % 3 == 1 && paper.authors.len() > 1 {
        paper
            .authors
            .iter_mut()
            .take(2)
            .for_each(|a| a.joint_first = true);
    }
    paper
}

fn entry(member: &Member, corresponding: bool) -> AuthorEntry {
    AuthorEntry {
        native_name: member.profile.native_name.clone(),
        latin_name: member.profile.latin_name.clone(),
        affiliations: member.profile.affiliation.clone(),
        email: member.email.to_string(),
        orcid: String::new(),
        corresponding,
        joint_first: false,
    }
}

/// A co-author without an account.
fn coauthor(member: &Member) -> AuthorEntry {
    let zh = member.lang == Lang::Zh;
    AuthorEntry {
        native_name: if zh { "闻人慕白" } else { "" }.into(),
        latin_name: if zh { "Wenren Mubai" } else { "Zdenka Ravnikar" }.into(),
        affiliations: member.profile.affiliation.clone(),
        email: format!(
            "{}@{}.example",
            if zh { "wenren.mubai" } else { "zdenka.ravnikar" },
            member.key
        ),
        orcid: String::new(),
        corresponding: false,
        joint_first: false,
    }
}
