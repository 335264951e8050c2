//! The patterns by which sentences that declare something are told.

use crate::forms::pattern;
use aho_corasick::AhoCorasick;
use regex::Regex;
use std::sync::LazyLock;

/// Stems without one of which no sentence below can match: most paragraphs have none, and are not searched further.
pub(super) static STEMS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let stems = [
        "support",
        "fund",
        "grant",
        "sponsor",
        "financ",
        "interest",
        "disclos",
        "competing",
        "author",
        "contribut",
        "conceptuali",
        "ethic",
        "consent",
        "review board",
        "irb",
        "helsinki",
        "animal care",
        "honorari",
        "consult",
        "designed",
        "conceived",
        "drafted",
        "wrote",
        "基金",
        "资助",
        "经费",
        "资金",
        "课题",
        "项目",
        "利益",
        "伦理",
        "知情",
        "赫尔辛基",
        "作者",
        "负责",
        "执笔",
        "撰写",
        "贡献",
    ];
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(stems)
        .ok()
});

const PAYER: &str = r"(?:grants?|fund(?:s|ing|ed)?|foundations?|council|ministr(?:y|ies)|program(?:me)?s?|awards?|fellowships?|scholarships?|scholars?|agenc(?:y|ies)|project|commission|society|association|trust|charit(?:y|ies|able)|budget|stipends?|contract|no\.|number|nih|nsf|nsfc|dfg|erc|horizon|resources|donations?|donors?|company|ltd|inc|gmbh|pharma\w*|industry|government|departmental|institutional|university|institute|hospital|authors?|academy|department|bureau|centre|center)";

pub(super) static FUNDING: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    vec![
        pattern(&format!(
            r"(?i)\b(?:this|the|our|present|current|reported|here)\s+(?:(?:present|current|underlying|reported|whole|entire)\s+)?(?:work|stud(?:y|ies)|research|project|trial|paper|article|investigation|survey|analys[ie]s|publication|manuscript|review|cohort|registry|open access|experiments?|authors?|data collection|writing)\b[^.;]*\b(?:supported|funded|financed|sponsored|underwritten|made possible|paid for|subsidi[sz]ed)\b[^;]*?\b{PAYER}\b"
        )),
        pattern(
            r"(?i)\b(?:gratefully |kindly |thankfully )?(?:acknowledges?|received?|receives|appreciates?|thanks?|has received|have received|obtained|declares?)\b[^.;]*\b(?:financial support|funding|grants?|financial assistance|fellowship|scholarship|monetary support)\b[^.]*\b(?:from|by|of|for|under|no|through|in)\b",
        ),
        pattern(
            r"(?i)\bno\s+(?:\w+\s+){0,3}(?:funding|funds|financial support|financial assistance|grants?|sponsors?|sponsorship)\b[^.]*\b(?:was|were|is|has been|for|to|received|obtained|declared|supported)\b|\b(?:did|do|does|has|have)\s+not\s+(?:receive|received|benefit from|have)\s+(?:any\s+)?(?:\w+\s+){0,2}(?:grants?|funding|funds|financial support|sponsorship)\b|\breceived\s+no\s+(?:\w+\s+){0,3}(?:funding|grants?|financial support|support)\b|\bwithout\s+(?:any\s+)?(?:external|outside|specific)\s+(?:funding|financial support)\b|\b(?:not|un)[- ]?funded\b[^.]*$",
        ),
        pattern(
            r"(?i)\b(?:the\s+)?(?:funders?|sponsors?|funding\s+(?:bod(?:y|ies)|sources?|agenc(?:y|ies)|organi[sz]ations?))\b[^.]*\b(?:had|has|have|played|took|were|was|did)\b[^.]*\b(?:no|not|any)\b[^.]*\b(?:role|part|involve\w*|influence|input|participate)",
        ),
        pattern(
            r"(?i)\b(?:under|with|through|by|via|from)\s+(?:the\s+)?(?:[A-Z][\w-]*\s+){0,6}(?:grants?|contracts?|awards?|project)\s*(?:agreement\s*)?(?:no\.?|nos\.?|number|numbers|nr\.?|#|ID)\s*[:.]?\s*[A-Z]*[\w/-]*\d{2,}|\b(?:grant|award|contract|project)\s*(?:no|nos|number|numbers|nr)\b\.?\s*:?\s*[\w/-]*\d{3,}",
        ),
        pattern(
            r"(?i)\b(?:was|were|is|are|been|be)\s+(?:\w+ly\s+|in part\s+|also\s+|jointly\s+)?(?:supported|funded|sponsored)\s+(?:\w+ly\s+|in part\s+|jointly\s+)?(?:by|through)\s+(?:an?\s+|the\s+)?[^.]*\b(?:grants?|foundation|fellowship|scholarship|council|fund|award|studentship|ministry|program(?:me)?\s+of)\b",
        ),
        pattern(
            r"(?i)\b(?:funding|financial support|support)\s+(?:for\s+(?:this|the|our)\s+\w+\s+)?(?:was|were|came|is|has been)\s+(?:\w+\s+)?(?:provided|received|obtained|granted|given|from|secured)\b",
        ),
        pattern(
            r"本(?:研究|文|课题|项目|工作|论文|试验|实验|作者)[^。；]*(?:受|得到|获|由|系|为|接受|承蒙|依托|来源于|来自)[^。；]*(?:资助|支持|基金|经费|专项|计划|课题|项目)|(?:国家|省|市|自治区|教育部|科技部|卫健委|卫生健康委|学校|医院|校级|院级|中央高校)[^。；]*(?:基金|专项|课题|项目|计划|经费)[^。；]{0,20}(?:[（(][^）)]{0,20}\d{4,}|资助|编号|No|支持)",
        ),
        pattern(
            r"(?:未|没有|无|不曾)(?:接受|获得|得到|收到|申请|受到|使用)?(?:过)?(?:任何)?[^。；]{0,16}(?:资助|基金支持|基金|研究经费|经费支持|资金支持|赞助)|(?:资助方|资助机构|出资方|基金方|赞助方)[^。]{0,20}(?:未|没有|无|不)[^。]{0,20}(?:参与|介入|影响|作用)|经费[^。；]{0,10}(?:自筹|自理|来自|由)",
        ),
    ]
});

const DID: &str = r"(?:conceived|designed|performed|carried out|conducted|analy[sz]ed|interpreted|wrote|drafted|revised|edited|collected|acquired|supervised|contributed|participated|obtained|planned|coordinated|provided|prepared|reviewed|approved|led|helped|developed|did|recruited|assisted|searched|extracted|screened|verified|had full access|took part|undertook|managed|ran|built|made)";

pub(super) static CONTRIBUTION: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    vec![
        pattern(
            r"(?i)\b(?:all|both|each|every|the|these|first|two|three)\s+(?:(?:of\s+)?the\s+)?(?:named\s+|listed\s+|other\s+|co-?|two\s+|three\s+)?authors?\b[^.;]*\b(?:contributed|contributions?|(?:read|reviewed|revised|seen|edited|commented on|checked|agreed|approved)\b[^.]*\b(?:manuscript|version|draft|paper|article|text|submission)|conceived|participated in|took part in|meet the\s+\w*\s*criteria|share[ds]? (?:first|senior) authorship|accountable|wrote the|drafted|designed the (?:study|research|experiment)|had (?:full )?access to)",
        ),
        pattern(&format!(
            r"(?:\b(?:[A-Z]\.[\s-]?){{2,4}}|\b[A-Z](?:-?[A-Z]){{1,3}})(?:\s*(?:,|and|&|;|，|、)+\s*(?:and\s+)?(?:(?:[A-Z]\.[\s-]?){{2,4}}|[A-Z](?:-?[A-Z]){{1,3}}))*\s*(?:both\s+|also\s+|jointly\s+|all\s+|then\s+|mainly\s+|equally\s+)?{DID}\b"
        )),
        pattern(
            r"(?i)\b(?:conceptuali[sz]ation|methodology|software|validation|formal analysis|investigation|resources|data curation|writing(?:\s*[-–—]\s*| )(?:original draft|review|reviewing)[^:;.]{0,25}|visuali[sz]ation|supervision|project administration|funding acquisition)\s*[:,;(–—-][^.]*\b(?:conceptuali[sz]ation|methodology|software|validation|formal analysis|investigation|resources|data curation|writing|visuali[sz]ation|supervision|project administration|funding acquisition)\b",
        ),
        pattern(
            r"(?i)\b(?:study concept|concept(?:ion)? and design|study design|data collection|acquisition of data|drafting (?:of )?the (?:manuscript|paper)|statistical analysis|critical revision[^:]*|manuscript preparation|literature search|final approval[^:]*|guarantor)\s*[:：]\s*(?:[A-Z][\w.]*|all authors)",
        ),
        pattern(&format!(
            r"(?i)\bthe\s+(?:first|second|third|last|senior|corresponding|fourth|lead)\s+author\s+(?:also\s+)?{DID}\b|\bcontributed\s+equally\b|\bequal(?:ly)? contribut(?:ion|ors?|ed)\b"
        )),
        pattern(
            r"(?:所有|全体|各|每位|两位|全部|上述)(?:的)?作者(?:均|都|共同)?[^。]{0,24}(?:阅读|同意|批准|审阅|认可|贡献|参与|负责)|(?:第[一二三四五]|通[信讯]|共同)作者[^。；]{0,10}(?:负责|参与|完成|执笔|撰写|设计|起草|指导)|(?:作者[A-Z甲乙丙丁]|[A-Z]{2,3}|\p{Han}{2,4})(?:[、，,]\s?\p{Han}{2,4}){0,4}[:：]?\s?(?:负责|参与|承担|执笔|主持)(?:了)?(?:研究|实验|试验|论文|数据|文章|统计|课题|选题|方案|文献|资料|稿件|起草|撰写|设计|修改|修订|采集|收集|分析|构思|审校|审阅|临床|全文|文稿|图表|手术|随访)|贡献(?:相同|均等|同等|一致)|(?:论文|文章)(?:撰写|构思|修改|审阅|写作)\s?[:：]|(?:构思|选题|设计|执笔|撰写|统计分析|数据收集|数据采集|审校|审阅)[^。；]{0,4}[:：]\s?\p{Han}{2,4}",
        ),
    ]
});

pub(super) static CONFLICT: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    vec![
        pattern(
            r"(?i)\b(?:no|any|not have|without|free of|nil|absence of|lack of|potential|following)\s+(?:\w+\s+){0,4}(?:conflicts?\s+of\s+interests?|conflicting\s+interests?|competing\s+(?:\w+\s+)?interests?|financial interests?|dual(?:ity|ities) of interest)\b",
        ),
        pattern(
            r"(?i)\b(?:nothing|none|no(?:\s+\w+){0,2}\s+(?:relationships?|disclosures?|affiliations?))\s+(?:\w+\s+){0,3}to\s+(?:disclose|declare|report)\b|\b(?:have|has|with)\s+no(?:\s+\w+){0,4}\s+disclosures?\b|\bno\s+(?:\w+\s+){0,5}(?:interests?|relationships?)\b[^.]*\b(?:influenced?|bias(?:ed)?|appeared|relevant to|related to)\b",
        ),
        pattern(
            r"(?i)\b(?:declares?|discloses?|reports?|disclosed|declared|reported|states?)\s+(?:that\s+|having\s+|receiving\s+|to\s+have\s+)?[^.]*\b(?:conflicts?\s+of\s+interests?|competing\s+interests?|personal fees|consult(?:ing|ancy|ant)|honorari(?:a|um)|speaker|lecture fees|advisory board|stock|equity|shares|shareholder|royalt(?:y|ies)|patents?|employ(?:ed|ee|ment))\b",
        ),
        pattern(
            r"(?i)\b(?:received?|receives|has received|have received|accepted)\b[^.]*\b(?:honorari(?:a|um)|(?:consult(?:ing|ancy|ant)|speakers?['’]?|lecture|advisory|personal|travel)\s+(?:fees?|grants?|support|payments?|board)|payments? for lectures)\b",
        ),
        pattern(
            r"(?i)\b(?:one of the authors|an author|the (?:first|second|last|senior|corresponding|other) author|authors?|(?:[A-Z]\.\s?){2,3}|[A-Z]{2,3})\s+(?:is|are|was|were|has|have|serves?|owns?|holds?|sits)\b[^.]*\b(?:an? employees?|employed by|consultants?|shareholders?|stock(?:holders?|\s+options)?|shares in|equity in|advisory board|founders?|co-?founders?|board member|royalt(?:y|ies)|speakers?['’]? bureau)\b",
        ),
        pattern(
            r"(?:不存在|无|没有|均无|未有|不涉及|并无)[^。；]{0,14}(?:利益冲突|利益关系|利益关联|竞争性?利益|利害关系|利益相关)|(?:声明|申明|披露|承诺|报告)[^。；]{0,16}(?:利益冲突|利益关系|竞争性?利益)|作者[^。；]{0,16}(?:受聘于|任职于|持有|担任)[^。；]{0,24}(?:公司|企业|股份|股票|顾问|股权)|(?:讲课费|咨询费|顾问费)",
        ),
    ]
});

pub(super) static ETHICS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    vec![
        pattern(
            r"(?i)\b(?:approv(?:ed|al|als|es)|waive[dr]?|exempt(?:ed|ion)?|clearance|cleared|permission|permitted|authori[sz](?:ed|ation)|reviewed|granted|consented|sanctioned|endorsed|complied|complies|accordance|conform\w*|agreement|adher\w+|followed|registered)\b[^.;]*\b(?:ethics?(?:\s+review)?(?:\s+(?:committee|board|council|commission|office|approval|guidelines|authorit\w+))?|ethical|institutional review board|review board|IRB|IACUC|REB|HREC|animal (?:care|welfare|experiment\w*)(?: and use)?(?: committee| act)?|declaration of helsinki|helsinki)\b",
        ),
        pattern(
            r"(?i)\b(?:ethics|ethical|institutional review board|IRB|IACUC|HREC|REB|animal care and use|research committee|review committee|declaration of helsinki|helsinki)\b[^.;]*\b(?:approv\w+|waive[dr]?|exempt\w*|permission|granted|obtained|cleared|clearance|consent|not (?:required|needed|necessary|sought)|complied|followed|adher\w+|accordance|registered|reference number|protocol)\b",
        ),
        pattern(
            r"(?i)\b(?:informed|written|verbal|oral|parental)\s+(?:\w+\s+){0,3}consent\b[^.]*\b(?:was|were|is|has been|obtained|waived|given|provided|signed|required|from)\b|\b(?:gave|provided|signed|obtained|obtaining|giving|providing|requirement (?:for|of)|need for|after|waiver of)\s+(?:\w+\s+){0,4}(?:informed\s+)?consent\b|\bconsented\s+to\s+(?:take part|participat\w+|publication)\b",
        ),
        pattern(
            r"(?:伦理|批件|动物实验)[^。；]*(?:批准|审查|审核|通过|同意|审批|备案|豁免|许可|编号|批号)|(?:批准|审查|审核|通过|符合|遵循|遵守|报)[^。；]*(?:伦理|赫尔辛基)|知情同意",
        ),
    ]
});

/// A sentence that talks of such things in general, of other people's work, or of what was asked and measured, declares nothing.
pub(super) static GENERAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:we\s+(?:asked|surveyed|searched|extracted|examined|recorded|coded|counted|compared|assessed|investigated|studied|reviewed)\b[^.]*\b(?:fund\w*|sponsor\w*|conflicts?|interests?|ethic\w*|consent|authors?|contribut\w*|disclos\w*)|(?:whether|how often|how many|proportion of|percent(?:age)? of|%\s+of|most|many|few|some|other|previous|earlier|included|eligible|published|such)\s+(?:of\s+)?(?:the\s+)?(?:\w+\s+){0,2}(?:trials?|studies|journals?|articles|papers|reviews?|authors?|reports|funders|sponsors|committees|reviewers)\b)|(?:以往|既往|多数|部分|其他|纳入的?|已发表的?)(?:研究|文献|期刊|论文|试验)[^。]*(?:资助|利益冲突|伦理|作者|基金)|(?:调查|检索|比较|分析)了[^。]*(?:资助|利益冲突|伦理|作者贡献|基金)",
    )
});
