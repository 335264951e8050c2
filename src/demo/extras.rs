//! More of the invented journal, for the demo alone: further people, further papers with lists of authors of every
//! length, and the words they are made of.

use super::cast::Member;
use crate::domain::manuscript::{AuthorEntry, Submission};
use crate::domain::person::{Email, Lang, Profile, Role};

/// key, native name, Latin name, affiliation, expertise, Chinese?, reviewer?
type Row = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    bool,
    bool,
);

const PEOPLE: &[Row] = &[
    (
        "author6",
        "蔚如霜",
        "Yu Rushuang",
        "海屿医学院附属口腔医院 正畸科",
        "",
        true,
        false,
    ),
    (
        "author7",
        "",
        "Maximiliane Featherstonehaugh-Okonkwo",
        "The Sir Barnaby Quillfeather Memorial Institute for Ageing, Rehabilitation and Community Medicine",
        "",
        false,
        false,
    ),
    (
        "author8",
        "尉迟朗月",
        "Yuchi Langyue",
        "朔方自治州中心医院 呼吸与危重症医学科",
        "",
        true,
        false,
    ),
    (
        "author9",
        "",
        "Anselm Brandvold",
        "Skerry Point College of Nursing",
        "",
        false,
        false,
    ),
    (
        "author10",
        "苗见溪",
        "Miao Jianxi",
        "临江理工大学 健康数据研究中心",
        "",
        true,
        false,
    ),
    (
        "reviewer11",
        "公羊静",
        "Gongyang Jing",
        "岚山医科大学 儿科学系",
        "儿科 疫苗",
        true,
        true,
    ),
    (
        "reviewer12",
        "",
        "Tiberiu Vasilache",
        "Danube Delta School of Surgery",
        "surgery, anaesthesia",
        false,
        true,
    ),
    (
        "reviewer13",
        "仲孙望",
        "Zhongsun Wang",
        "白鹭洲医院 临床研究中心",
        "临床试验 统计",
        true,
        true,
    ),
    (
        "reviewer14",
        "",
        "Marisol Etxegarai",
        "Facultad de Enfermería de Valdoria",
        "qualitative research",
        false,
        true,
    ),
];

/// The demo's further people.
pub fn people() -> impl Iterator<Item = Member> {
    PEOPLE.iter().map(
        |(key, native, latin, affiliation, expertise, chinese, reviewer)| {
            let local = slug(latin);
            Member {
                key,
                email: Email::parse(&format!("{local}@{key}.example")).expect("an invented address is one"),
                profile: Profile {
                    native_name: (*native).to_owned(),
                    latin_name: (*latin).to_owned(),
                    affiliation: (*affiliation).to_owned(),
                    orcid: String::new(),
                    expertise: (*expertise).to_owned(),
                },
                lang: if *chinese { Lang::Zh } else { Lang::En },
                roles: reviewer.then_some(Role::Reviewer).into_iter().collect(),
            }
        },
    )
}

fn slug(name: &str) -> String {
    let sign = |c: char| if c.is_whitespace() { '.' } else { c };
    name.to_lowercase()
        .chars()
        .map(sign)
        .filter(|c| c.is_ascii_alphabetic() || *c == '.')
        .collect()
}

/// How a study was made; its abstract follows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Design {
    Trial,
    Cohort,
    Survey,
    Talk,
}

/// Section, design, titles.
const PAPERS: &[(&str, Design, &str, &str)] = &[
    (
        "clinical",
        Design::Trial,
        "渐进式呼吸训练改善慢性阻塞性肺疾病稳定期患者活动耐力的随机对照试验",
        "Graded breathing training for activity tolerance in stable chronic obstructive lung disease: a randomised trial",
    ),
    (
        "public-health",
        Design::Cohort,
        "城市绿地与老年人跌倒的关系：五年随访",
        "Urban green space and falls in older people: five years of follow-up",
    ),
    (
        "clinical",
        Design::Cohort,
        "门诊初诊高血压患者血压变异与肾功能下降",
        "Blood pressure variability and decline of renal function in newly diagnosed outpatients",
    ),
    (
        "humanities",
        Design::Talk,
        "告知坏消息：肿瘤科医生的经验与困境",
        "Breaking bad news: what oncologists live through",
    ),
    (
        "public-health",
        Design::Survey,
        "农村学校食堂食盐使用现状",
        "Salt in the canteens of rural schools",
    ),
    (
        "clinical",
        Design::Trial,
        "耳穴贴压缓解剖宫产术后疼痛",
        "Ear-point pressure for pain after caesarean section",
    ),
    (
        "public-health",
        Design::Survey,
        "基层医务人员对罕见病的认识",
        "What primary care staff know of rare diseases",
    ),
    (
        "clinical",
        Design::Cohort,
        "急诊分诊等级与四十八小时内转入重症监护",
        "Triage level and transfer to intensive care within forty-eight hours",
    ),
    (
        "basic",
        Design::Cohort,
        "血清维生素D水平与骨骼肌质量",
        "Serum vitamin D and skeletal muscle mass",
    ),
    (
        "clinical",
        Design::Trial,
        "远程康复指导用于膝关节置换术后：一项针对居住在山区、海岛及其他难以到院随访地区的患者，比较视频指导、电话指导与常规门诊随访的多中心、开放标签、三臂随机对照试验方案与一年结果",
        "Remote rehabilitation after knee replacement for patients who live in mountains, on islands and in other places from which a clinic is hard to reach: a multicentre, open-label, three-arm randomised trial of video, telephone and ordinary outpatient follow-up, with results after one year",
    ),
    (
        "public-health",
        Design::Cohort,
        "流感疫苗接种间隔与保护效果",
        "Intervals between influenza vaccinations and protection",
    ),
    (
        "humanities",
        Design::Talk,
        "护理学生第一次面对死亡",
        "Nursing students and their first death",
    ),
    (
        "clinical",
        Design::Survey,
        "儿童门诊抗菌药物使用的家长期望",
        "What parents expect of antibiotics in paediatric clinics",
    ),
    (
        "clinical",
        Design::Trial,
        "术前口服补液对老年患者术后谵妄的影响",
        "Oral fluids before surgery and delirium after it in older patients",
    ),
    (
        "public-health",
        Design::Survey,
        "外卖骑手的饮水与排尿习惯",
        "Drinking and voiding habits of delivery riders",
    ),
    (
        "basic",
        Design::Cohort,
        "肠道菌群多样性与妊娠期血糖",
        "Gut diversity and blood glucose in pregnancy",
    ),
    (
        "clinical",
        Design::Cohort,
        "低钠血症与住院老年人再入院",
        "Low sodium and readmission of older inpatients",
    ),
    (
        "humanities",
        Design::Talk,
        "知情同意书读得懂吗",
        "Can consent forms be read",
    ),
    (
        "public-health",
        Design::Survey,
        "高海拔地区新生儿筛查的可及性",
        "Access to newborn screening at high altitude",
    ),
    (
        "clinical",
        Design::Trial,
        "音乐干预对机械通气患者镇静药用量的影响",
        "Music and the need for sedatives during mechanical ventilation",
    ),
    (
        "public-health",
        Design::Cohort,
        "夜班与女性医务人员月经周期",
        "Night shifts and the cycles of women who work in hospitals",
    ),
    (
        "clinical",
        Design::Survey,
        "脑卒中后抑郁的筛查现状",
        "Screening for depression after stroke",
    ),
    (
        "clinical",
        Design::Cohort,
        "急性胰腺炎早期进食时机",
        "When to eat again in acute pancreatitis",
    ),
    (
        "public-health",
        Design::Talk,
        "社区医生怎样谈戒烟",
        "How community doctors speak of giving up smoking",
    ),
    (
        "clinical",
        Design::Trial,
        "简化胰岛素方案在住院患者中的应用",
        "A simplified insulin scheme for inpatients",
    ),
    (
        "public-health",
        Design::Survey,
        "养老机构压力性损伤的患病率",
        "Pressure injuries in care homes: prevalence",
    ),
    (
        "basic",
        Design::Cohort,
        "唾液皮质醇与考试期间睡眠",
        "Salivary cortisol and sleep at examination time",
    ),
    (
        "clinical",
        Design::Cohort,
        "早产儿出院后一年的生长轨迹",
        "Growth of preterm infants in the year after discharge",
    ),
    (
        "humanities",
        Design::Talk,
        "病历书写中的患者声音",
        "The patient’s voice in case notes",
    ),
    (
        "public-health",
        Design::Cohort,
        "高温天气与急救呼叫量",
        "Hot days and calls for an ambulance",
    ),
    (
        "clinical",
        Design::Trial,
        "口腔护理频次对重症患者肺炎的影响",
        "How often to clean the mouth: pneumonia in intensive care",
    ),
    (
        "clinical",
        Design::Survey,
        "全科医生的颈部触诊信心",
        "Confidence of general practitioners in palpating the neck",
    ),
    (
        "public-health",
        Design::Cohort,
        "饮水型氟与儿童牙齿健康",
        "Fluoride in water and the teeth of children",
    ),
    (
        "clinical",
        Design::Cohort,
        "家庭腹膜透析患者的导管相关感染",
        "Catheter infections in peritoneal dialysis at home",
    ),
    (
        "public-health",
        Design::Survey,
        "中学生近视防控措施的执行",
        "Measures against short sight in secondary schools: are they carried out",
    ),
    (
        "clinical",
        Design::Trial,
        "出院前用药核对由药师还是护士完成",
        "Medication reconciliation before discharge: pharmacist or nurse",
    ),
    (
        "clinical",
        Design::Cohort,
        "儿童哮喘吸入装置使用正确率与急诊就诊",
        "Inhaler technique and emergency visits of children with asthma",
    ),
];

const ZH: [&str; 4] = [
    "目的 评价干预的效果与安全性。方法 符合标准的患者按随机数字表分组，评价者不知分组，随访十二周，按意向性原则分析。结果 主要结局干预组优于对照组，组间差值为3.1（95%置信区间1.2～5.0）；两组不良事件相近。结论 该干预可行，效果有限但稳定，宜在更长随访中验证。",
    "目的 了解暴露与结局的关系。方法 回顾性纳入连续病例，以多变量模型校正年龄、性别和基础疾病，并作敏感性分析。结果 最高四分位组的风险为最低组的1.4倍（95%置信区间1.1～1.8），剂量反应关系明显。结论 两者相关，因果尚待前瞻性研究。",
    "目的 了解现状及影响因素。方法 分层整群抽样，以统一问卷调查，回收有效问卷1 284份，有效率91.7%。结果 知晓率为43.5%，不同地区差异明显；受教育程度和工作年限与得分有关。结论 培训应面向基层，内容宜少而具体。",
    "目的 理解参与者的体验。方法 目的抽样，半结构式访谈19人，录音转写后作主题分析，由两人独立编码。结果 归纳出三个主题：时间不够、无人可问、想说而不能说。结论 制度安排比个人技巧更能改变处境。",
];

const EN: [&str; 4] = [
    "Objective: To assess benefit and safety. Methods: Eligible patients were allocated at random; assessors did not know the groups; follow-up was twelve weeks and analysis by intention to treat. Results: The primary outcome favoured the intervention by 3.1 points (95% CI 1.2 to 5.0); adverse events were alike. Conclusion: It can be done and helps a little; longer follow-up should confirm it.",
    "Objective: To see how exposure and outcome go together. Methods: Consecutive cases were adjusted for age, sex and other illness, with analyses of sensitivity. Results: Risk in the highest quarter was 1.4 times that of the lowest (95% CI 1.1 to 1.8), with a clear gradient. Conclusion: The two are associated; whether one causes the other needs a prospective study.",
    "Objective: To describe practice and what shapes it. Methods: A stratified cluster sample answered one questionnaire; 1,284 of 1,400 could be used. Results: 43.5% knew the recommendation, with wide differences between regions; schooling and years of work mattered. Conclusion: Training should be short, concrete and close to where people work.",
    "Objective: To understand what people live through. Methods: Nineteen people were interviewed; two researchers coded the transcripts independently and agreed on themes. Results: Three themes came up: no time, nobody to ask, things one may not say. Conclusion: Arrangements change more than skills do.",
];

/// Chinese and Latin names of invented co-authors.
const NAMES: &[(&str, &str)] = &[
    ("闻人慕白", "Wenren Mubai"),
    ("", "Zdenka Ravnikar"),
    ("漆雕远", "Qidiao Yuan"),
    ("", "Osric Thistlewood"),
    ("巫马青岚", "Wuma Qinglan"),
    ("", "Ludmila Ostrander"),
    ("壤驷和", "Rangsi He"),
    ("", "Ignatius Bellweather"),
    ("太叔知夏", "Taishu Zhixia"),
    ("", "Kaarina Pellervo"),
    ("第五清和", "Diwu Qinghe"),
    ("", "Amadou Belcourt"),
    ("钟离照", "Zhongli Zhao"),
    ("", "Philippa Oakenshaw"),
    ("澹台予", "Tantai Yu"),
    ("", "Nikolaus Frühwirth"),
    ("百里岫", "Baili Xiu"),
    ("", "Esperanza Villaluz"),
    ("东郭衡", "Dongguo Heng"),
    ("", "Torquil MacAskival"),
];

fn named(i: usize, key: &str, affiliation: &str) -> AuthorEntry {
    let (native, latin) = NAMES[i % NAMES.len()];
    // Past the end of the list the same names come again as other people.
    let (native, latin) = match (i / NAMES.len(), native) {
        (0, _) => (native.to_owned(), latin.to_owned()),
        (_, "") => (String::new(), format!("{latin} Junior")),
        _ => (format!("{native}之"), format!("{latin}zhi")),
    };
    AuthorEntry {
        email: format!("{}@{key}.example", slug(&latin)),
        native_name: native,
        latin_name: latin,
        affiliations: if i.is_multiple_of(3) {
            "临江理工大学 健康数据研究中心".into()
        } else {
            affiliation.to_owned()
        },
        orcid: String::new(),
        corresponding: false,
        joint_first: false,
    }
}

/// Makes a submission of `base` into the `n`-th of the further papers.
pub fn paper(base: Submission, key: &str, n: usize) -> Submission {
    let (section, design, zh, en) = PAPERS[n % PAPERS.len()];
    let trial = design == Design::Trial;
    let mut s = base;
    s.section = section.into();
    s.article_type = match n % 9 {
        5 => "brief",
        7 => "review",
        _ => "original",
    }
    .into();
    (s.title_zh, s.title_en) = (zh.into(), en.into());
    (s.abstract_zh, s.abstract_en) = (ZH[design as usize].into(), EN[design as usize].into());
    (s.keywords_zh, s.keywords_en) = match design {
        Design::Trial => (
            "随机对照试验；随访；安全性".into(),
            "randomised controlled trial; follow-up; safety".into(),
        ),
        Design::Cohort => (
            "队列研究；危险因素；随访".into(),
            "cohort study; risk factors; follow-up".into(),
        ),
        Design::Survey => (
            "横断面研究；问卷调查；基层医疗".into(),
            "cross-sectional study; questionnaire; primary care".into(),
        ),
        Design::Talk => (
            "质性研究；访谈；主题分析".into(),
            "qualitative research; interviews; thematic analysis".into(),
        ),
    };
    // One paper has forty authors; the others one to eight.
    let others = if n == 9 { 39 } else { (n * 5) % 8 };
    s.authors.truncate(1);
    let affiliation = s.authors[0].affiliations.clone();
    s.authors
        .extend((0..others).map(|i| named(i + n % 4, key, &affiliation)));
    s.trial.interventional = Some(trial);
    if trial {
        s.trial.numbers = match n % 2 {
            0 => format!("ChiCTR25000{:05}", 42000 + n),
            _ => format!("NCT99{:06}", 1700 + n),
        };
        (s.trial.submitted, s.trial.enrolled) = ("2025-03-02".into(), "2025-04-10".into());
        s.trial.enrolled_actual = true;
        // One was registered too late.
        if n == 24 {
            s.trial.submitted = "2025-06-20".into();
        }
    } else {
        s.trial.numbers.clear();
        s.trial.submitted.clear();
        s.trial.enrolled.clear();
    }
    s
}
