//! The table of registries, and how to look one up.
//!
//! Sources: ICMJE Recommendations, “Clinical Trials”, for what counts; the registries' own pages and the
//! WHO's exports for the shapes, tried on some 7,000 real numbers; Crossref's and MEDLINE's lists for the names.
//!
//! On the patterns: `\b` and `\d` know Unicode, where 汉字 are letters and ٣ is a digit. So a boundary is
//! the ASCII one, `(?-u:\b)`, and a digit is `[0-9]`; the text is normalised first. No checksum is tried,
//! as no registry publishes one.

use super::registry::Acceptance::{EditorConfirms, No};
use super::registry::NotRegistration::{
    DrugPlatform, NotPrimary, Predecessor, ResearchFiling, UniversalNumber,
};
use super::registry::UrlRule::{Portal, Record};
use super::registry::{Registry, UrlRule};
use jiff::civil::date;

/// A detection pattern: a prefix, then marks and words like “No.” or 注册号, then the groups of the number.
macro_rules! after {
    ($prefix:literal, $id:literal) => {
        concat!(
            r"(?i)(?-u:\b)",
            $prefix,
            r"\W{0,3}(?:(?:number|no|nr|id|identifier|注册号|登记号|编号|号)\W{0,3})?",
            $id,
            r"(?-u:\b)"
        )
    };
}

/// The WHO's portal, by the number as it is.
const PORTAL: UrlRule = Portal("https://trialsearch.who.int/Trial2.aspx?TrialID={id}");
/// The WHO's portal, for the registers of the Japanese network.
const PORTAL_JPRN: UrlRule = Portal("https://trialsearch.who.int/Trial2.aspx?TrialID=JPRN-{id}");

/// Every kind of number that is known here; the order is the one for a list on a page.
pub fn registries() -> &'static [Registry] {
    &TABLE
}

/// The registry with this key.
pub fn registry(key: &str) -> Option<&'static Registry> {
    TABLE.iter().find(|registry| registry.key == key)
}

// One row, one block: a formatter would spread each over twice the lines.
#[rustfmt::skip]
static TABLE: [Registry; 29] = [
    Registry::new("chictr", "Chinese Clinical Trial Registry", Some("中国临床试验注册中心"))
        .looks(
            r"^ChiCTR(?:[0-9]{10}|-[A-Z]{2,6}-[0-9]{8})$",
            after!(r"Chi[ -]?CTR", r"(?:([0-9]{10})|([A-Z]{2,6})\W{0,2}([0-9]{8}))"),
            ("ChiCTR", "-"),
        )
        .like(&["ChiCTR"], &["ChiCTR2000029953", "ChiCTR2300070727", "ChiCTR-TRC-12002345"])
        .at(PORTAL)
        .listed(Some("ChiCTR"), Some("ChiCTR"), Some("10.18810/chictr")),
    Registry::new(
        "itmctr",
        "International Traditional Medicine Clinical Trial Registry",
        Some("国际传统医学临床试验注册平台"),
    )
        .looks(r"^ITMCTR[0-9]{10}$", after!("ITMCTR", "([0-9]{10})"), ("ITMCTR", ""))
        .like(&["ITMCTR"], &["ITMCTR2100005248", "ITMCTR2023000002"])
        .at(PORTAL)
        .listed(Some("ITMCTR"), None, None)
        .counts(EditorConfirms),
    Registry::new("nct", "ClinicalTrials.gov", Some("美国临床试验注册平台"))
        .looks(r"^NCT[0-9]{8}$", after!("NCT", "([0-9]{8})"), ("NCT", ""))
        .like(&["NCT"], &["NCT02513394", "NCT04267848", "NCT04310228"])
        .at(Record("https://clinicaltrials.gov/study/{id}"))
        .listed(Some("ClinicalTrials.gov"), Some("ClinicalTrials.gov"), Some("10.18810/clinical-trials-gov")),
    Registry::new("anzctr", "Australian New Zealand Clinical Trials Registry", Some("澳大利亚新西兰临床试验注册中心"))
        .looks(r"^ACTRN126[0-9]{11}$", after!("(?:ACTRN|ANZCTR)", "0?(126[0-9]{11})p?"), ("ACTRN", ""))
        .like(&["ACTRN", "ANZCTR"], &["ACTRN12620000443998", "ACTRN12623000498695"])
        .at(Record("https://www.anzctr.org.au/{id}.aspx"))
        .listed(Some("ANZCTR"), Some("ANZCTR"), Some("10.18810/anzctr")),
    Registry::new("isrctn", "ISRCTN registry", Some("国际标准随机对照试验注册库"))
        .looks(r"^ISRCTN[0-9]{8}$", after!("IS(?:RC|CR)TN", "([0-9]{8})"), ("ISRCTN", ""))
        .like(&["ISRCTN", "ISCRTN"], &["ISRCTN18348009", "ISRCTN83971151", "ISRCTN46889466"])
        .at(Record("https://www.isrctn.com/{id}"))
        .listed(Some("ISRCTN"), Some("ISRCTN"), Some("10.18810/isrctn")),
    Registry::new("euctr", "EU Clinical Trials Register", Some("欧盟临床试验注册库"))
        .looks(
            r"^20[0-9]{2}-0[0-9]{5}-[0-9]{2}$",
            after!(
                "(?:EUCTR|EudraCT|)",
                "(20[0-9]{2}-0[0-9]{5}-[0-9]{2})(?:-(?:[A-Z]{2}|3rd|Outside-EU/EEA))?"
            ),
            ("", ""),
        )
        .like(&["EUCTR", "EudraCT"], &["2014-005181-30", "2020-000890-25"])
        .at(Record("https://www.clinicaltrialsregister.eu/ctr-search/search?query=eudract_number:{id}"))
        .listed(Some("EU Clinical Trials Register"), Some("EudraCT"), Some("10.18810/euctr")),
    Registry::new("ctis", "EU Clinical Trials Information System", Some("欧盟临床试验信息系统"))
        .looks(
            r"^20[0-9]{2}-5[0-9]{5}-[0-9]{2}-[0-9]{2}$",
            after!("(?:CTIS|)", "(20[0-9]{2}-5[0-9]{5}-[0-9]{2}-[0-9]{2})"),
            ("", ""),
        )
        .like(&["CTIS"], &["2023-503698-40-00"])
        .at(Record("https://euclinicaltrials.eu/app/#/view/{id}"))
        .listed(Some("Clinical Trials Information System"), None, None)
        .between(Some(date(2025, 4, 1)), None),
    Registry::new("drks", "German Clinical Trials Register", Some("德国临床试验注册中心"))
        .looks(r"^DRKS[0-9]{8}$", after!("DRKS", "([0-9]{8})"), ("DRKS", ""))
        .like(&["DRKS"], &["DRKS00022729", "DRKS00031815", "DRKS00005115"])
        .at(Record("https://drks.de/search/en/trial/{id}"))
        .listed(Some("German Clinical Trials Register"), Some("DRKS"), Some("10.18810/drks")),
    Registry::new("umin", "UMIN Clinical Trials Registry (Japan)", Some("日本UMIN临床试验注册系统"))
        .looks(
            r"^(?:UMIN|JPRN-C)000[0-9]{6}$",
            after!(r"(?:UMIN(?:\W?CTR)?|JPRN\W?(?-u:\b))", "(UMIN|C|)(000[0-9]{6})"),
            ("", ""),
        )
        .like(&["UMIN"], &["UMIN000039686", "UMIN000012045", "UMIN000049383"])
        .at(PORTAL_JPRN)
        .listed(Some("JPRN"), Some("UMIN-CTR"), Some("10.18810/umin-japan")),
    Registry::new("jrct", "Japan Registry of Clinical Trials", Some("日本临床研究注册系统"))
        .looks(r"^jRCT(?:[0-9]{10}|[a-z][0-9]{9})$", after!("jRCT", "([0-9]{10}|[a-z][0-9]{9})"), ("jRCT", ""))
        .like(&["jRCT"], &["jRCTs031190227", "jRCTs041220087", "jRCT1032200025"])
        .at(Record("https://jrct.niph.go.jp/en-latest-detail/{id}"))
        .listed(Some("JPRN"), None, Some("10.18810/jprn")),
    Registry::new("japic", "JapicCTI (Japan, closed)", None)
        .looks(r"^JapicCTI-R?[0-9]{6}$", after!(r"Japic\W{0,2}CTI", "(R?[0-9]{6})"), ("JapicCTI-", ""))
        .like(&["JapicCTI"], &["JapicCTI-205238", "JapicCTI-205416"])
        .at(PORTAL_JPRN)
        .listed(Some("JPRN"), Some("JapicCTI"), Some("10.18810/jprn")),
    Registry::new("jmacct", "JMA Center for Clinical Trials (Japan, closed)", None)
        .looks(r"^JMA-IIA[0-9]{5}$", after!(r"JMA\W{0,2}IIA", "([0-9]{5})"), ("JMA-IIA", ""))
        .like(&["JMA-IIA"], &["JMA-IIA00123"])
        .at(PORTAL_JPRN)
        .listed(Some("JPRN"), Some("JMACCT"), Some("10.18810/jma")),
    Registry::new(
        "cris",
        "Clinical Research Information Service (Republic of Korea)",
        Some("韩国临床研究信息服务系统"),
    )
        .looks(r"^KCT[0-9]{7}$", after!("KCT", "([0-9]{7})"), ("KCT", ""))
        .like(&["KCT"], &["KCT0005005", "KCT0008394", "KCT0005105"])
        .at(PORTAL)
        .listed(Some("CRIS"), Some("CRiS"), Some("10.18810/cris")),
    Registry::new("ctri", "Clinical Trials Registry - India", Some("印度临床试验注册中心"))
        .looks(
            r"^CTRI/[0-9]{4}/[0-9]{2,3}/[0-9]{6}$",
            after!("CTRI", r"([0-9]{4})\W{0,2}([0-9]{2,3})\W{0,2}([0-9]{6})"),
            ("CTRI/", "/"),
        )
        .like(&["CTRI"], &["CTRI/2020/03/024402", "CTRI/2023/04/052053"])
        .at(PORTAL)
        .listed(Some("CTRI"), Some("CTRI"), Some("10.18810/clinical-trial-registry-india")),
    Registry::new("irct", "Iranian Registry of Clinical Trials", Some("伊朗临床试验注册中心"))
        .looks(r"^IRCT[0-9]{11,14}N[0-9]{1,3}$", after!("IRCT", "([0-9]{11,14}) ?N ?([0-9]{1,3})"), ("IRCT", "N"))
        .like(&["IRCT"], &["IRCT20200310046736N1", "IRCT2016080318745N10"])
        .at(PORTAL)
        .listed(Some("IRCT"), Some("IRCT"), Some("10.18810/irct")),
    Registry::new("lbctr", "Lebanese Clinical Trials Registry", Some("黎巴嫩临床试验注册中心"))
        .looks(r"^LBCTR20[0-9]{8}$", after!("LBCTR", "(20[0-9]{8})"), ("LBCTR", ""))
        .like(&["LBCTR"], &["LBCTR2020043459", "LBCTR2023015204"])
        .at(PORTAL)
        .listed(Some("LBCTR"), None, None),
    Registry::new("ntr", "Netherlands Trial Register (closed)", Some("荷兰临床试验注册中心"))
        .looks(
            r"^(?:NTR|NL)[0-9]{1,4}$",
            r"(?-u:\b)(?:(NTR)([0-9]{2,4})|(NTR)[ :#-]{1,2}([0-9]{3,4})|(NL)([0-9]{3,4})|(NL) ([0-9]{4}))(?-u:\b)",
            ("", ""),
        )
        .like(&["NTR"], &["NL8536", "NTR4269", "NL9229"])
        .at(PORTAL)
        .listed(Some("Netherlands Trial Register"), Some("NTR"), Some("10.18810/dutch-trial-register"))
        .between(None, Some(date(2021, 11, 30))),
    Registry::new("omon", "Overview of Medical Research in the Netherlands", None)
        .looks(r"^NL-OMON[0-9]{1,6}$", after!(r"(?:NL\W?)?OMON", "([0-9]{1,6})"), ("NL-OMON", ""))
        .like(&["NL-OMON", "OMON"], &["NL-OMON53367"])
        .at(Record("https://onderzoekmetmensen.nl/en/trial/{digits}"))
        .listed(Some("NL-OMON"), None, None)
        .counts(EditorConfirms),
    Registry::new("pactr", "Pan African Clinical Trials Registry", Some("泛非临床试验注册中心"))
        .looks(r"^PACTR[0-9]{15,16}$", after!("PACTR", "([0-9]{15,16})"), ("PACTR", ""))
        .like(&["PACTR"], &["PACTR202004801273802", "PACTR2010020001429343"])
        .at(PORTAL)
        .listed(Some("PACTR"), Some("PACTR"), Some("10.18810/pactr")),
    Registry::new("rebec", "Brazilian Clinical Trials Registry", Some("巴西临床试验注册中心"))
        .looks(r"^RBR-[0-9][0-9a-z]{5,7}$", after!("RBR", "([0-9][0-9a-z]{5,7})"), ("RBR-", ""))
        .like(&["RBR"], &["RBR-6m69fc", "RBR-6qvdftm", "RBR-9pgwfc"])
        .at(Record("https://ensaiosclinicos.gov.br/rg/{id}"))
        .listed(Some("REBEC"), Some("ReBec"), Some("10.18810/rebec")),
    Registry::new("repec", "Peruvian Clinical Trial Registry", Some("秘鲁临床试验注册中心"))
        .looks(r"^PER-[0-9]{3}-[0-9]{2}$", r"(?-u:\b)PER-([0-9]{3})-([0-9]{2})(?-u:\b)", ("PER-", "-"))
        .like(&["PER-"], &["PER-013-20", "PER-106-20", "PER-010-20"])
        .at(PORTAL)
        .listed(Some("REPEC"), Some("REPEC"), None),
    Registry::new("rpcec", "Cuban Public Registry of Clinical Trials", Some("古巴临床试验注册中心"))
        .looks(r"^RPCEC[0-9]{8}$", after!("RPCEC", "([0-9]{8})"), ("RPCEC", ""))
        .like(&["RPCEC"], &["RPCEC00000306", "RPCEC00000423"])
        .at(Record("https://rpcec.sld.cu/en/trials/{id}-En"))
        .listed(Some("RPCEC"), Some("RPCEC"), Some("10.18810/rpec")),
    Registry::new("slctr", "Sri Lanka Clinical Trials Registry", Some("斯里兰卡临床试验注册中心"))
        .looks(r"^SLCTR/[0-9]{4}/[0-9]{3}$", after!("SLCTR", r"([0-9]{4})\W{0,2}([0-9]{3})"), ("SLCTR/", "/"))
        .like(&["SLCTR"], &["SLCTR/2020/011", "SLCTR/2023/010"])
        .at(Record("https://slctr.lk/trials/{lower_dashed}"))
        .listed(Some("SLCTR"), Some("SLCTR"), Some("10.18810/slctr")),
    Registry::new("tctr", "Thai Clinical Trials Registry", Some("泰国临床试验注册中心"))
        .looks(r"^TCTR20[0-9]{9}$", after!("TCTR", "(20[0-9]{9})"), ("TCTR", ""))
        .like(&["TCTR"], &["TCTR20201124002", "TCTR20230429001"])
        .at(Record("https://www.thaiclinicaltrials.org/show/{id}"))
        .listed(Some("TCTR"), Some("TCTR"), Some("10.18810/tctr")),
    Registry::new("chimctr", "ChiMCTR, the predecessor of ITMCTR", Some("中国中医药临床试验注册（ITMCTR前身）"))
        .looks(r"^ChiMCTR[0-9]{10}$", after!("ChiMCTR", "([0-9]{10})"), ("ChiMCTR", ""))
        .like(&["ChiMCTR"], &["ChiMCTR2100005248"])
        .counts(No(Predecessor)),
    Registry::new("cde_ctr", "China's drug trial platform (CDE)", Some("药物临床试验登记与信息公示平台"))
        .looks(r"^CTR20[0-9]{6}$", after!("CTR", "(20[0-9]{6})"), ("CTR", ""))
        .like(&["CTR"], &["CTR20243786"])
        .counts(No(DrugPlatform)),
    Registry::new("mr", "China's filing of medical research", Some("国家医学研究登记备案信息系统"))
        .looks(
            r"^MR-[0-9]{2}-[0-9]{2,4}-[0-9]{4,8}$",
            r"(?i)(?-u:\b)MR ?- ?([0-9]{2}) ?- ?([0-9]{2,4}) ?- ?([0-9]{4,8})(?-u:\b)",
            ("MR-", "-"),
        )
        .like(&["MR-"], &["MR-44-24-001234"])
        .counts(No(ResearchFiling)),
    Registry::new("hkuctr", "HKU Clinical Trials Registry", Some("香港大学临床试验注册中心"))
        .looks(r"^HKUCTR-[0-9]{1,4}$", after!("HKUCTR", "([0-9]{1,4})"), ("HKUCTR-", ""))
        .like(&["HKUCTR"], &["HKUCTR-2345"])
        .counts(No(NotPrimary)),
    Registry::new("utn", "WHO Universal Trial Number", Some("世界卫生组织通用试验编号"))
        .looks(
            r"^U1111-[0-9]{4}-[0-9]{4}$",
            after!(r"U(?:TN)?", "U?(1111)-([0-9]{4})-([0-9]{4})"),
            ("U", "-"),
        )
        .like(&["U1111", "UTN"], &["U1111-1342-6778"])
        .listed(None, None, Some("10.18810/utn"))
        .counts(No(UniversalNumber)),
];
