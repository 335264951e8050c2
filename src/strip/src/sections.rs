//! The shape of a manuscript: where the author block lies, which sections can only be identity, where the references start.

use crate::fold::SEAM;
use crate::forms::pattern;
use crate::model::What;
use regex::Regex;
use std::sync::LazyLock;

const NUMBERED: &str = r"^[\s\u{3000}■▪•*#【\[（(]*(?:(?:[0-9]{1,2}|[IVX]{1,5})(?:\.[0-9]{1,2}){0,3}[.)、．]?\s+|[一二三四五六七八九十]{1,3}[、.．]\s*)?";

/// Headings by what stands below them: in the alphabet, and in Chinese.
const HEADINGS: &[(What, &str, &str)] = &[
    (
        What::Acknowledgements,
        r"ac?knowled?ge?ments?(?:\s+and\s+(?:disclosures?|thanks))?|acks|special\s+thanks|danksagung(?:en)?|remerciements|agradecimientos|ringraziamenti|agradecimentos",
        r"[致志]\s*谢(?:\s*与资助)?|鸣\s*谢|谢\s*辞|谢\s*忱|特别感谢|謝\s*辞|[致誌]\s*謝",
    ),
    (
        What::Funding,
        r"(?:research\s+|study\s+|primary\s+|external\s+)?fund(?:ing|ers?)(?:\s*/\s*(?:financial\s+)?support|\s+(?:sources?|statements?|information|disclosures?|acknowledge?ments?|details|declaration|support|bod(?:y|ies)|and\s+[a-z ]{3,40}))?|ac?knowled?ge?ments?\s+(?:and|of)\s+fund(?:ing|ers?)|sources?\s+of\s+(?:funding|funds|(?:financial\s+)?support)|(?:sources?\s+of\s+)?financial\s+(?:support|assistance|sponsorship)(?:\s+and\s+[a-z ]{3,40})?|financial\s+disclosures?(?:\s+statement)?|financing|grants?(?:\s+(?:support|information|sponsors?|numbers?|details))?|sponsors?(?:hip)?(?:\s+and\s+[a-z ]{3,30})?|(?:the\s+)?role\s+of\s+(?:the\s+)?(?:funding\s+sources?|funders?|sponsors?|study\s+sponsors?)|support(?:\s+statement)?|financement|finanzierung|f(?:örderung|inanciación|inanciamiento)",
        r"基\s*金(?:项目|资助|支持|来源|信息)?|资助(?:项目|来源|情况|信息|声明|说明|基金)?|项目(?:资助|支持|基金|来源)|课题(?:来源|资助|项目)|研究資金|研究助成|资金资助|经费(?:来源|支持)|资金(?:来源|支持|资助)|研究资助|科研(?:基金|项目)(?:资助)?|支持基金|财政支持",
    ),
    (
        What::Contributions,
        r"(?:individual\s+|detailed\s+)?(?:co-?)?author(?:['’]?s|s['’])?\s*['’]?\s+(?:individual\s+)?(?:contributions?|roles?|participation|responsibilit(?:y|ies))(?:\s+(?:statements?|list|and\s+[a-z ]{3,40}))?|authorship(?:\s+(?:contributions?|statement|details|roles))?|(?:statement\s+of\s+)?contributions?\s+(?:of|by|from)\s+(?:the\s+|each\s+|individual\s+)?authors?|contributions?(?:\s+statement)?|contributor(?:s|ship)?(?:\s+(?:statement|information|roles?))?|credit(?:\s+(?:author(?:ship)?|roles?|taxonomy))?(?:\s+(?:contributions?|roles?|author))?\s*(?:statement|taxonomy)?|who\s+did\s+what|équipe\s+des\s+auteurs|contributions?\s+des\s+aut(?:eurs|rices)|beiträge\s+der\s+autor(?:en|innen)|autor(?:en|innen)beiträge|contribuci(?:ón|ones)\s+de\s+los\s+autores",
        r"(?:各)?作者(?:的)?(?:贡献|分工|职责|角色)(?:度|声明|说明|情况)?|贡献(?:声明|说明|者)|(?:作者|人员)(?:任务)?分工|研究者分工|著者(?:の)?貢献",
    ),
    (
        What::Conflicts,
        r"(?:declarations?\s+(?:of|on|about)\s+|statements?\s+(?:of|on)\s+|disclosures?\s+(?:of|on)\s+|potential\s+|any\s+|author\s+|financial\s+)*(?:conflicts?[\s-]+of[\s-]+interests?|competing\s+(?:financial\s+)?interests?|conflicting\s+interests?|dualit(?:y|ies)\s+of\s+interests?|vested\s+interests?)(?:\s+(?:statements?|disclosures?|declarations?|notification|and\s+[a-z ]{3,40}))?|(?:declarations?|statements?|register|disclosures?)\s+of\s+(?:conflicting\s+|authors?['’]?\s+)?interests?(?:\s+statement)?|interests?(?:\s+(?:statements?|declarations?|disclosures?))|(?:author\s+)?disclosures?(?:\s+(?:statement|summary|of\s+[a-z ]{3,40}))?|coi(?:\s+(?:statement|disclosures?))?|(?:déclaration\s+de\s+)?(?:conflits?|liens?)\s+d['’]intérêts?|interessenkonflikte?|conflictos?\s+de\s+inter[eé]s(?:es)?",
        r"(?:潜在的?)?利益(?:冲突|关系|声明|关联)(?:声明|说明|披露|公开|情况)?|竞争性?利益(?:声明)?|利益冲突(?:及|与|和).{2,12}|利益相反(?:の開示)?|開示すべき.{0,12}",
    ),
    (
        What::Biography,
        r"about\s+the\s+authors?|authors?['’]?\s+biograph(?:y|ies)|biograph(?:y|ies)|biographical\s+(?:note|sketch(?:es)?|details)s?|(?:curriculum\s+)?vitae|lebenslauf",
        r"作者简介|第一作者(?:简介)?|通[信讯]作者简介|作者介绍|个人简[介历]|第一作者介绍",
    ),
    (
        What::Section,
        r"authors?['’]?\s+(?:information|affiliations?|details|notes?|addresses)|correspond(?:ing\s+author|ence)(?:\s+(?:address|to|information))?|address\s+for\s+correspondence|contact\s+(?:information|details|author)|affiliations?|korrespondenz(?:adresse)?|adresse\s+de\s+correspondance|auteur\s+correspondant",
        r"通[信讯]作者|责任作者|作者单位|作者信息|作者地址|收稿日期|修回日期|接受日期|投稿日期|录用日期|联系方式|联系作者|通[信讯]地址|連絡先|責任著者",
    ),
];

/// A heading that stands alone, and one that begins a paragraph, of one kind.
struct Heading {
    what: What,
    alone: Regex,
    run_in: Regex,
}

static KINDS: LazyLock<Vec<Heading>> = LazyLock::new(|| {
    let one = |(what, latin, han): &(What, &str, &str)| Heading {
        what: *what,
        alone: pattern(&format!(
            r"(?i){NUMBERED}(?:{latin}|{han})[\s】\]）)]*[:：.。*]?\s*$"
        )),
        run_in: pattern(&format!(
            r"(?i){NUMBERED}(?:(?:{latin})\s*(?:[:：.]|[—–-]\s)|(?:{han})(?:[\s】\]）)]*[:：]|[】\]])|(?:{han})[\s\u{{3000}}]+)\s*\S"
        )),
    };
    HEADINGS.iter().map(one).collect()
});

/// Headings of ethics and consent: what stands below is shown to the author, not taken out.
static ETHICS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i){NUMBERED}(?:(?:statements?\s+(?:of|on)\s+|research\s+|medical\s+|animal\s+)?ethic(?:s|al)(?:\s+(?:approvals?|considerations?|statements?|declarations?|clearance|compliance|standards?|committee|review|issues|aspects|and\s+.{{3,40}}|approval\s+and\s+.{{3,50}}|committee\s+approval|permission))?|compliance\s+with\s+ethic(?:s|al)\s+.{{3,20}}|(?:institutional\s+review\s+board|irb)(?:\s+(?:statement|approval|review))?|(?:informed\s+)?consent(?:\s+(?:statement|to\s+.{{3,40}}|for\s+publication|and\s+.{{3,30}}))?|(?:protection\s+of\s+)?human\s+(?:subjects|participants|rights)(?:\s+protection)?(?:\s+.{{3,30}})?|animal\s+(?:ethics|welfare|care|rights)(?:\s+.{{3,20}})?|(?:医学|动物|科研|研究)?伦理(?:学)?(?:审批|审查|批准|声明|说明|问题|许可|考虑|原则|要求)?(?:及|与|和)?(?:知情同意)?|知情同意(?:书)?(?:声明)?|伦理审查(?:及|与|和).{{2,12}})[\s】\]）)]*(?:$|[:：.]\s*(?:$|\S))"
    ))
});
static THANKS_RUN_IN: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\s*(?:Ac?knowled?ge?ments?|ACKNOWLEDGE?MENTS?)\s+[A-Z]"));
static OTHER_HEADING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i){NUMBERED}(?:abstract|summary|keywords?|key words|introduction|background|methods?|materials?\s+and\s+methods|patients\s+and\s+methods|results?(?:\s+and\s+discussion)?|discussion|conclusions?|limitations|references?|bibliography|literature(?:\s+cited)?|works cited|abbreviations|append(?:ix|ices).{{0,40}}|supplement(?:ary|al).{{0,40}}|data\s+(?:availability|accessibility|sharing).{{0,30}}|availability\s+of.{{0,40}}|code\s+availability.{{0,20}}|ethic(?:s|al).{{0,60}}|consent.{{0,40}}|trial\s+registration|figure\s+legends?|figures?|tables?|declarations|orcid(?:\s+ids?)?|摘\s*要|关\s*键\s*词|引\s*言|前\s*言|绪\s*论|方\s*法|材料与方法|资料与方法|结\s*果|讨\s*论|结\s*论|小\s*结|参\s*考\s*文\s*献|附\s*录|伦理.{{0,20}}|数据可用性.{{0,10}})[\s】\]）)]*[:：.]?\s*$"
    ))
});
static ABSTRACT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^[\s\u{3000}【\[（(]*(?:(?:structured\s+)?abstract|a\s?b\s?s\s?t\s?r\s?a\s?c\s?t|summary|摘\s*要|中文摘要|résumé|zusammenfassung|resumen|1?\.?\s*introduction|引\s*言|前\s*言)(?:$|[\s】\]）):：.—–-])",
    )
});
static INTRODUCTION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^[\s\u{3000}【\[（(]*(?:[1一][.、．]?\s*)?(?:introduction|引\s*言|前\s*言)")
});
static FRONT_LINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^[\s\u{3000}【\[（(]*(?:key\s?words?|index\s+terms|clc\b|关\s*键\s*词|中图分类|中圖分類|文献标[识志]码|文章编号|分类号|doi\b)",
    )
});
static REFERENCES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i){NUMBERED}(?:references?|bibliography|literature(?:\s+cited)?|works cited|reference list|参\s*考\s*文\s*献|引用文献|literatur(?:verzeichnis)?|références|bibliografía)[\s】\]）)]*[:：.]?\s*$"
    ))
});
static CONTACT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:correspond(?:ence|ing\s+authors?)|e-?mail|tel(?:ephone)?\s*[.:]|fax\s*[.:]|phone\s*[.:]|orcid|equal(?:ly)?\s+(?:contribut|to\s+this)|contributed\s+equally|these\s+authors|present\s+address|authors?\s*:|affiliations?\s*:|lead\s+contact|on\s+behalf\s+of)|通[信讯]作者|第一作者|共同第一|作者单位|邮\s*编|电\s*话|邮\s*箱|电子邮件|作者简介|基金项目|收稿日期",
    )
});

static POSTAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^[\s(（]*[\p{L} .,'’，、-]{2,60}[,， ]\s*[A-Z]{0,2}-?\d{4,6}\b[\p{L} .,'’，、-]{0,40}[)）]?[.。;；]?\s*$|^[\s(（]*[\p{L} .,'’-]{2,50},\s*(?:P\.?\s?R\.?\s?)?(?:China|USA|U\.S\.A\.|UK|Germany|France|Japan|Korea|Italy|Spain|Canada|Australia|India|Switzerland|Austria|Netherlands|Sweden|Singapore)[)）]?[.;]?\s*$",
    )
});

static NUMBERED_OTHER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^\s*[0-9IVX.]+\s+(?:contributions?|support|grants?|sponsors?|interests?)\b[\s.0-9]*$")
});

/// What a thesis says on its cover of who wrote it and under whom.
static COVER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[\s\u{3000}]*(?:(?:学生|作者|研究生)?\s*姓\s*名|学\s*号|(?:指\s*)?导\s*(?:教\s*)?师|指导老师|籍\s*贯|研\s*究\s*方\s*向)(?:姓名|[及、/]?职称)?[\s\u{3000}]*[:：]",
    )
});

static BIOGRAPHY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"[（(]\s*(?:19|20)\d\d\s*(?:年)?(?:\s*\d{1,2}月)?\s*[-—–－]?\s*[）)]\s*[，,].{0,40}(?:研究生|教授|讲师|工程师|医师|研究员|硕士|博士|主任|护师|药师|技师)",
    )
});
static STAMP: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\s*arXiv\s?:\s?\d{4}\.\d{4,5}|^\s*arXiv\s?:\s?[a-z-]+/\d{7}|^\s*(?:(?-i:Downloaded|DOWNLOADED)\s+(?:from|by|on)\b|authorized\s+licensed\s+use\s+limited\s+to|this\s+preprint\b.{0,80}\bposted\b|(?:bio|med)rxiv\s+preprint\b)",
    )
});

/// A line of a biography: a year of birth and a degree.
pub(crate) fn is_biography(text: &str) -> bool {
    BIOGRAPHY.is_match(text)
}

/// A server's stamp, which leads to the named paper.
pub(crate) fn is_stamp(text: &str) -> bool {
    text.chars().count() < 200 && STAMP.is_match(text)
}

/// The kind of section that a heading standing alone opens, if it can only be identity.
pub(crate) fn heading_kind(text: &str) -> Option<What> {
    // “1.2 Contributions” says what is new in a paper, “4 Support” where help is.
    let short = text.chars().count() < 90 && !NUMBERED_OTHER.is_match(text);
    KINDS
        .iter()
        .find(|k| short && k.alone.is_match(text))
        .map(|k| k.what)
}

/// The kind of section that a paragraph begins with and goes on about.
pub(crate) fn run_in_kind(text: &str) -> Option<What> {
    // Every such paragraph names itself at once; most need no further look.
    let head = &text[..text.char_indices().nth(120).map_or(text.len(), |(at, _)| at)];
    if !head.contains([':', '：', '.', '—', '–', '-', '】', ']', ' ', '\u{3000}']) {
        return None;
    }
    KINDS
        .iter()
        .find(|k| k.run_in.is_match(head))
        .map(|k| k.what)
        .or_else(|| THANKS_RUN_IN.is_match(text).then_some(What::Acknowledgements))
}

/// A heading of ethics or consent, alone or at the start of a paragraph.
pub(crate) fn is_ethics(text: &str) -> bool {
    ETHICS.is_match(&text[..text.char_indices().nth(120).map_or(text.len(), |(at, _)| at)])
}

/// A heading of any other known section.
pub(crate) fn is_other_heading(text: &str) -> bool {
    text.chars().count() < 90 && OTHER_HEADING.is_match(text)
}

/// Where the abstract (or, without one, the introduction) begins.
pub(crate) fn is_abstract(text: &str) -> bool {
    ABSTRACT.is_match(without_marks(text))
}

/// Where an abstract begins, and nothing else.
pub(crate) fn is_abstract_proper(text: &str) -> bool {
    is_abstract(text) && !INTRODUCTION.is_match(without_marks(text))
}

/// A line between two abstracts that belongs to the first: keywords, classification.
pub(crate) fn is_front_line(text: &str) -> bool {
    FRONT_LINE.is_match(without_marks(text))
}

/// A paragraph without the marks of notes before its first word.
fn without_marks(text: &str) -> &str {
    text.trim_start_matches([SEAM, ' ', '\n', '\u{A0}'])
}

/// The heading of the reference list.
pub(crate) fn is_references(text: &str) -> bool {
    text.chars().count() < 40 && REFERENCES.is_match(text)
}

/// Words of the author block that are neither name nor institution.
pub(crate) fn is_contact(text: &str) -> bool {
    CONTACT.is_match(text) || is_cover(text)
}

/// The end of a postal address: a town with its code, a country.
pub(crate) fn is_postal(text: &str) -> bool {
    text.chars().count() < 90 && POSTAL.is_match(text)
}

/// A line of a thesis cover that says who wrote it, or under whom.
pub(crate) fn is_cover(text: &str) -> bool {
    COVER.is_match(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_and_biographies() {
        assert!(is_stamp("arXiv:2101.01234v2 [cs.SI] 24 Apr 2021") && !is_stamp("see arXiv:2101.01234"));
        assert!(
            is_biography("沈玉兰（1990-），硕士研究生，主要研究领域为")
                && !is_biography("（1990-2000），研究生教育")
        );
    }

    #[test]
    fn headings() {
        for h in [
            "Acknowledgements",
            "ACKNOWLEDGMENT",
            "6. Acknowledgments",
            "Funding:",
            "Authors' contributions",
            "致  谢",
            "【作者简介】",
            "Conflict of interest statement",
            "Competing interests",
        ] {
            assert!(heading_kind(h).is_some(), "{h}");
        }
        for h in [
            "Funding agencies differ in what they ask",
            "Results",
            "Methods and funding of trials in Asia",
            "The contributors",
        ] {
            assert!(heading_kind(h).is_none(), "{h}");
        }
        for p in [
            "Funding: grant 7.",
            "基金项目：国家自然科学基金",
            "Acknowledgements We thank",
            "Author contributions. A did all.",
        ] {
            assert!(run_in_kind(p).is_some(), "{p}");
        }
        assert!(
            run_in_kind("Funding differs: see below").is_none()
                && is_references("7 References")
                && is_abstract("摘　要：目的")
        );
        assert!(
            is_other_heading("2. Materials and Methods") && is_other_heading("Data availability statement")
        );
    }
}
