//! Words of the prose grammar: `[prose]` of `grammars/words.toml`.

use aho_corasick::AhoCorasick;
use serde::Deserialize;
use std::ops::Range;

/// Word lists of the prose grammar. Where a list's order matters the longest match wins, so order never does.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProseWords {
    /// Denying words (`未`, `没有`, `无`).
    pub deny: Vec<String>,
    /// Verbs of happening that make a denial a claim (`收到`, `发生`, `收取`).
    pub occur: Vec<String>,
    /// Those of `occur` that may be said of anything: what they deny may be linked, and contradicts nothing.
    pub occur_loose: Vec<String>,
    /// Nouns of things reports count (`申请`, `行政复议`, `结转`): what `无` and `没有` may deny without a verb.
    pub countable: Vec<String>,
    /// What may not follow a denying word (`无法`, `无人`, `未来`).
    pub deny_not: Vec<String>,
    /// Names of things that end in a denial and deny nothing (`信息不存在`, a way to answer a request).
    pub deny_names: Vec<String>,
    /// Quantifiers of every one (`均`, `全部`, `都`).
    pub all: Vec<String>,
    /// Words that contain a quantifier and are none (`平均`, `人均`, `全部内容`).
    pub all_not: Vec<String>,
    /// Verbs that an every-one statement asserts (`办结`, `答复`, `公开`).
    pub complete: Vec<String>,
    /// Verbs and comparatives of growth (`增长`, `上升`, `多`).
    pub up: Vec<String>,
    /// Verbs and comparatives of fall.
    pub down: Vec<String>,
    /// Words between a word of change and its number (`了`, `幅度`).
    pub before_change: Vec<String>,
    /// Words that end like a word of change and compare nothing (`新增`, `至少`).
    pub no_change: Vec<String>,
    /// Words that open a comparison (`同比`, `较`).
    pub compare: Vec<String>,
    /// Words that equate (`是`): what follows is what a multiple multiplies.
    pub equals: Vec<String>,
    /// After such a word (`增至`, `减少到`) the number is the new figure, not the change.
    pub becomes: Vec<String>,
    /// Before the figure that a change sets out from (`从4212万元增加到4906万元`).
    pub out_of: Vec<String>,
    /// Words that begin a share's base or mark a share (`占`, `占比`).
    pub share: Vec<String>,
    /// Ends of the names of rates (`率`).
    pub rate: Vec<String>,
    /// Bases that name no row (`总数`, `总量`, `全部`).
    pub whole: Vec<String>,
    /// Words for last year (`上年`, `去年`).
    pub previous: Vec<String>,
    /// Words for this year (`本年`, `全年`, `今年`).
    pub current: Vec<String>,
    /// What makes a mention of last year part of this year's row (`结转`).
    pub carry: Vec<String>,
    /// Verbs that say how many of the cases just counted were taken up (`受理`).
    pub accept: Vec<String>,
    /// Words for a total since some beginning (`历年`, `历史累计`).
    pub cumulative: Vec<String>,
    /// Words that end the naming of a beginning (`自2008年以来`).
    pub since: Vec<String>,
    /// What since then began without a word such as 自 (`条例施行以来`).
    pub beginnings: Vec<String>,
    /// Words for the year's own beginning, which is none before it (`年初`).
    pub year_opens: Vec<String>,
    /// Words between the first and the last of several years (`2008年至2017年`).
    pub until_year: Vec<String>,
    /// Words for less than a year (`上半年`).
    pub part_of_year: Vec<String>,
    /// Words that say up to when a sentence counts (`截至`).
    pub until: Vec<String>,
    /// Words that open a plan or duty; what follows in the sentence is no claim.
    pub plan: Vec<String>,
    /// Names that hold a word of `plan` and announce nothing (`计划生育`).
    pub plan_not: Vec<String>,
    /// Headings under which a plan, once opened, runs to the end of the paragraph.
    pub plan_heading: Vec<String>,
    /// Words of rules and standing duties (`每年`, `每天`); the number after them is no claim.
    pub rule: Vec<String>,
    /// Words for the agency's own level (`本级`, `我局`): they end what a word of another level limits.
    pub own_level: Vec<String>,
    /// Bodies whose figures are not those of a department (`市政府`).
    pub other_bodies: Vec<String>,
    /// Adverbs between a body and its verb (`区政府依法受理`).
    pub manner: Vec<String>,
    /// Words that may stand before who did it (`由`, `一是`).
    pub by: Vec<String>,
    /// Ends of the names of places, beside those of agencies and bodies (`区`, `区里`).
    pub places: Vec<String>,
    /// Words that show a name before a verb to be the agency's own, or not the one who did it (`我局`, `向区政府`).
    pub no_subject: Vec<String>,
    /// Ends of the names of offices within an agency (`镇政府办公室`).
    pub offices: Vec<String>,
    /// Kinds of agency whose bodies' figures are its own (`街道综合执法队`); those of a county's departments are not the county's.
    pub small: Vec<String>,
    /// Beginnings and ends of names that stand above or beside the agency whatever it is called (`上级机关`, `区里`).
    pub above: Vec<String>,
    /// Characters that show the name of such a body to be part of another word (`市政府网站`).
    pub not_a_body: String,
    /// Words with which a sentence speaks of the one before (`上述`).
    pub back_reference: Vec<String>,
    /// Words that say a figure is left out of the table's (`不计入`).
    pub excluded: Vec<String>,
    /// Words after which something is the effect of what stands before them (`引起`).
    pub effect: Vec<String>,
    /// Words that hold one of `within` and name no whole (`集中`).
    pub within_not: Vec<String>,
    /// Words that take something out (`除1件延期外`).
    pub except: Vec<String>,
    /// Words that open a cause (`因`): what it names narrows what follows from it.
    pub cause: Vec<String>,
    /// Verbs of doing beside those of `act`: what stands between one and its noun narrows the noun.
    pub doing: Vec<String>,
    /// Words right before a noun after which what was said before narrows nothing (`办理结果为予以公开9件`).
    pub copulas: Vec<String>,
    /// Verbs of one character right before a noun.
    pub short_verbs: Vec<String>,
    /// What closes a sentence that says of what a whole is made (`由…组成`).
    pub made_of: Vec<String>,
    /// Bodies, places and people that a number right before them counts (`17个行政村各有一处查阅点`).
    pub bodies: Vec<String>,
    /// Words that end just before a counting rule's number (`只计`).
    pub counted_as: Vec<String>,
    /// Words that make an ordinal a rank (`排名`, `位列`).
    pub rank: Vec<String>,
    /// Words before a number that speak of some among more (`对1件申请收费`).
    pub toward: Vec<String>,
    /// Words that open a selection (`其中`, `包括`).
    pub of_which: Vec<String>,
    /// Words that open a selection which need not be complete (`其中`).
    pub select: Vec<String>,
    /// Words that open a complete division (`分别为`, `包括`, `分为`).
    pub divide: Vec<String>,
    /// `分别为` and the like: the numbers after them go to the nouns before them in turn.
    pub respectively: Vec<String>,
    /// Words that leave a list open (`等`).
    pub open: Vec<String>,
    /// Words for what is left (`其余`, `剩下`).
    pub remainder: Vec<String>,
    /// Words that limit what is counted (`备案`, `各乡镇`).
    pub scope: Vec<String>,
    /// Words of another level, a scope unless the agency is a government itself (`全县`).
    pub level: Vec<String>,
    /// Nouns of things merely listed (`问题`, `方面`, `部分`).
    pub listed: Vec<String>,
    /// Units that count kinds and parts rather than cases, spelt in Chinese numerals no claims (`个`, `类`).
    pub listing_units: Vec<String>,
    /// Verbs after which a spelt `一` counts (`召开一次`).
    pub act: Vec<String>,
    /// Words of a time without any figure of their own (`年底`, `全年`), empty as a subject.
    pub time: Vec<String>,
    /// Words that point back (`上述`, `该`), empty as a subject.
    pub back: Vec<String>,
    /// Ends of agencies' names, longest first wins (`人民政府`, `局`).
    pub agency: Vec<String>,
    /// Words that end the naming of a whole (`工作人员中专职3名`): the part follows.
    pub within: Vec<String>,
    /// Words that give each subject the number (`甲和乙各1件`).
    pub each: Vec<String>,
    /// Words right before a verb that say it did not happen (`未办结`).
    pub not_yet: Vec<String>,
    /// Words that say how fast something was done (`15个工作日内答复10件`): not all of it was.
    pub within_days: Vec<String>,
    /// Words before a denial that deny it (`并非没有`).
    pub doubled: Vec<String>,
    /// Words for some among several (`两个分局未收到`).
    pub some: Vec<String>,
    /// Whoever may ask, and what is asked for: beside the name of a row they narrow nothing.
    pub anyone: Vec<String>,
    /// Words that join a noun to the one before it (`予以公开及部分公开4件`).
    pub joints: Vec<String>,
    /// Words that hold one of `joints` and join nothing (`参与`).
    pub joints_not: Vec<String>,
    /// Ends of row labels that say nothing of their own (`数`, `总量`).
    pub label_ends: Vec<String>,
    /// Words for a sum of figures just given (`应办`, `一共`).
    pub sum: Vec<String>,
    /// Words that add one figure to another (`加上`).
    pub plus: Vec<String>,
    /// Words of a figure said again, nearer or rounder (`首次突破1.5万条`).
    pub restate: Vec<String>,
    /// Phrases that every sentence of such a report may say (`信息公开`): the words inside them name nothing.
    pub generic: Vec<String>,
    /// Words that say little of what is counted; what else stands beside a number must be explained by its row.
    pub light: Vec<String>,
    /// Words of a line that name the reporting agency (`填报单位`, `发布机构`).
    pub reporter: Vec<String>,
    /// Words that a publication date follows (`发布日期`).
    pub published: Vec<String>,
    /// Searches built by [`ProseWords::index`].
    #[serde(skip)]
    pub(crate) searches: Searches,
}

/// Searches over several lists at once; `None` only before they are built.
#[derive(Clone, Debug, Default)]
pub(crate) struct Searches {
    slight: Option<AhoCorasick>,
    verbs: Option<AhoCorasick>,
    names: Option<AhoCorasick>,
}

impl ProseWords {
    /// Builds the searches.
    ///
    /// # Errors
    /// Words too many for a search.
    pub(super) fn index(&mut self) -> Result<(), aho_corasick::BuildError> {
        let slight = [&self.light, &self.time, &self.back, &self.current, &self.of_which, &self.occur, &self.act];
        let verbs = [&self.occur, &self.act, &self.doing, &self.complete, &self.countable].into_iter().flatten();
        let names = [&self.agency, &self.bodies, &self.places];
        self.searches = Searches {
            slight: Some(AhoCorasick::new(slight.into_iter().flatten())?),
            verbs: Some(AhoCorasick::new(verbs.filter(|v| v.chars().count() > 1))?),
            names: Some(AhoCorasick::new(names.into_iter().flatten())?),
        };
        Ok(())
    }
    /// Where `s` says little of what is counted: every place of every such word, overlapping ones too.
    pub fn slight<'s>(&'s self, s: &'s str) -> impl Iterator<Item = Range<usize>> + 's {
        self.searches.slight.iter().flat_map(move |search| search.find_overlapping_iter(s)).map(|found| found.range())
    }
    /// Where the first verb of doing, or thing that reports count, of two characters or more begins.
    pub fn first_verb(&self, s: &str) -> Option<usize> {
        self.searches.verbs.as_ref()?.find(s).map(|found| found.start())
    }
    /// Where the last end of a name of an agency, body or place stands.
    pub fn last_name_end(&self, s: &str) -> Option<usize> {
        self.searches.names.as_ref()?.find_overlapping_iter(s).map(|found| found.end()).max()
    }
}
