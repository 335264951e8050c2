//! The shape of a manuscript: where the author block lies, which sections can only be identity, where the references start.

use crate::forms::pattern;
use regex::Regex;
use std::sync::LazyLock;

const NUMBERED: &str = r"^[\s\u{3000}■▪•*#【\[（(]*(?:(?:[0-9]{1,2}|[IVX]{1,5})(?:\.[0-9]{1,2}){0,3}[.)、．]?\s+|[一二三四五六七八九十]{1,3}[、.．]\s*)?";

const IDENTITY_LATIN: &str = r"ac?knowled?ge?ments?(?:\s+and\s+(?:funding|disclosures?|conflicts? of interests?))?|acks|funding(?:\s+(?:sources?|statement|information|disclosure|acknowledge?ments?|and\s+[a-z ]{3,40}))?|(?:sources?\s+of\s+(?:funding|support))|financial\s+(?:support|disclosures?(?:\s+statement)?)|grant\s+support|role\s+of\s+(?:the\s+)?funding\s+sources?|authors?['’]?s?['’]?\s+contributions?(?:\s+statement)?|contribution\s+of\s+(?:the\s+)?authors|contributorship(?:\s+statement)?|contributors|credit\s+(?:authorship\s+)?(?:contribution\s+)?statement|(?:declarations?\s+of\s+|statement\s+of\s+)?(?:potential\s+)?(?:conflicts?\s+of\s+interests?|competing\s+(?:financial\s+)?interests?|conflicting\s+interests?)(?:\s+(?:statement|disclosure))?|declarations?\s+of\s+interests?(?:\s+statement)?|disclosures?(?:\s+statement)?|author\s+disclosures?|about\s+the\s+authors?|authors?['’]?\s+(?:biograph(?:y|ies)|information|affiliations?|details|notes?)|biograph(?:y|ies)|biographical\s+(?:note|sketch(?:es)?)s?|correspond(?:ing\s+author|ence)(?:\s+address)?|danksagung|remerciements|agradecimientos";

const IDENTITY_HAN: &str = r"致\s*谢(?:\s*与资助)?|鸣\s*谢|作者简介|第一作者(?:简介)?|通[信讯]作者(?:简介)?|责任作者|基金(?:项目|资助)|资助项目|项目资助|课题来源|经费来源|作者(?:的)?贡献(?:声明|说明)?|作者单位|作者信息|作者介绍|利益冲突(?:声明|说明)?|利益关系声明|收稿日期|修回日期|接受日期|投稿日期|联系方式|联系作者|个人简介";

static IDENTITY_ALONE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i){NUMBERED}(?:{IDENTITY_LATIN}|{IDENTITY_HAN})[\s】\]）)]*[:：.。*]?\s*$"
    ))
});
static IDENTITY_RUN_IN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i){NUMBERED}(?:(?:{IDENTITY_LATIN})\s*(?:[:：.]|[—–-]\s)|(?:{IDENTITY_HAN})[\s】\]）)]*[:：])\s*\S"
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

static BIOGRAPHY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"[（(]\s*(?:19|20)\d\d\s*(?:年)?(?:\s*\d{1,2}月)?\s*[-—–－]?\s*[）)]\s*[，,].{0,40}(?:研究生|教授|讲师|工程师|医师|研究员|硕士|博士|主任|护师|药师|技师)",
    )
});
static STAMP: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\s*arXiv\s?:\s?\d{4}\.\d{4,5}|^\s*arXiv\s?:\s?[a-z-]+/\d{7}|^\s*(?:downloaded\s+(?:from|by|on)\b|authorized\s+licensed\s+use\s+limited\s+to|this\s+preprint\b.{0,80}\bposted\b|(?:bio|med)rxiv\s+preprint\b)",
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

/// A heading of a section that can only be identity, standing alone.
pub(crate) fn is_identity_heading(text: &str) -> bool {
    text.chars().count() < 90 && IDENTITY_ALONE.is_match(text)
}

/// A paragraph that begins with such a heading and goes on.
pub(crate) fn is_identity_run_in(text: &str) -> bool {
    IDENTITY_RUN_IN.is_match(text) || THANKS_RUN_IN.is_match(text)
}

/// A heading of any other known section.
pub(crate) fn is_other_heading(text: &str) -> bool {
    text.chars().count() < 90 && OTHER_HEADING.is_match(text)
}

/// Where the abstract (or, without one, the introduction) begins.
pub(crate) fn is_abstract(text: &str) -> bool {
    ABSTRACT.is_match(text)
}

/// The heading of the reference list.
pub(crate) fn is_references(text: &str) -> bool {
    text.chars().count() < 40 && REFERENCES.is_match(text)
}

/// Words of the author block that are neither name nor institution.
pub(crate) fn is_contact(text: &str) -> bool {
    CONTACT.is_match(text)
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
            assert!(is_identity_heading(h), "{h}");
        }
        for h in [
            "Funding agencies differ in what they ask",
            "Results",
            "Methods and funding of trials in Asia",
            "The contributors",
        ] {
            assert!(!is_identity_heading(h), "{h}");
        }
        for p in [
            "Funding: grant 7.",
            "基金项目：国家自然科学基金",
            "Acknowledgements We thank",
            "Author contributions. A did all.",
        ] {
            assert!(is_identity_run_in(p), "{p}");
        }
        assert!(
            !is_identity_run_in("Funding differs: see below")
                && is_references("7 References")
                && is_abstract("摘　要：目的")
        );
        assert!(
            is_other_heading("2. Materials and Methods") && is_other_heading("Data availability statement")
        );
    }
}
