//! Arguments and their help.

use clap::{Args, Parser, Subcommand, ValueEnum, builder::PossibleValue};
use duibiao::{audit, render};
use std::path::PathBuf;

/// 对表：核对政府信息公开报告中的数字——正文与表格、表格与自身的算术
#[derive(Parser)]
#[command(name = "duibiao", version, after_help = "退出状态：0 没有发现问题；1 发现错误或警告；2 未能完成")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// 核对文档，列出不符之处
    Check(Check),
    /// 只取出表格指标与正文陈述，不作核对
    Extract(Extract),
    /// 按答卷给核对结果打分：准确、召回，合计与逐条规则
    Score(Score),
    /// 说明一条规则：核对什么、依据何在、何时不报
    Explain(Explain),
    /// 列出认得的表式，或一个表式的行、单位、指标与关系
    Forms(Forms),
}

#[derive(Args)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) documents: Documents,
    /// 输出格式
    #[arg(long, value_name = "格式", default_value = "terminal", value_enum)]
    pub(crate) format: Format,
    /// 何时用颜色
    #[arg(long, value_name = "何时", default_value = "auto", value_enum)]
    pub(crate) color: Color,
    /// 发现何种问题时以 1 退出：error 仅错误，warning 含警告
    #[arg(long, value_name = "程度", default_value = "warning", value_enum)]
    pub(crate) fail_on: FailOn,
}

#[derive(Args)]
pub(crate) struct Extract {
    #[command(flatten)]
    pub(crate) documents: Documents,
    /// 输出格式
    #[arg(long, value_name = "格式", default_value = "jsonl", value_enum)]
    pub(crate) format: ExtractFormat,
    /// 只输出一份文档的文本：span 所指的解码或提取后的文字
    #[arg(long)]
    pub(crate) text: bool,
}

/// What `check` and `extract` share.
#[derive(Args)]
pub(crate) struct Documents {
    /// 文件、目录（读取其中 .txt .md .html .htm .docx .xlsx .xls .ods .pdf）或 -（标准输入）
    #[arg(value_name = "路径", required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// 结果写入文件而不是标准输出
    #[arg(short, long, value_name = "文件")]
    pub(crate) output: Option<PathBuf>,
    /// 文本的编码，如 GBK、Big5；不给则自动识别
    #[arg(long, value_name = "编码")]
    pub(crate) encoding: Option<String>,
    #[command(flatten)]
    pub(crate) grammars: Grammars,
    #[command(flatten)]
    pub(crate) language: Language,
}

#[derive(Args)]
pub(crate) struct Score {
    /// 目录，其中 NAME.gold.json 是同名文档的答卷
    #[arg(value_name = "目录")]
    pub(crate) directory: PathBuf,
    /// 以 JSON 输出
    #[arg(long)]
    pub(crate) json: bool,
    /// 列出与答卷的每一处出入
    #[arg(long)]
    pub(crate) verbose: bool,
    /// 底线文件：有一项低于底线即以 1 退出
    #[arg(long, value_name = "文件")]
    pub(crate) floor: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) grammars: Grammars,
    #[command(flatten)]
    pub(crate) language: Language,
}

#[derive(Args)]
pub(crate) struct Explain {
    /// 规则代码，如 T001；不给则列出全部规则
    #[arg(value_name = "代码")]
    pub(crate) code: Option<String>,
    #[command(flatten)]
    pub(crate) language: Language,
}

#[derive(Args)]
pub(crate) struct Forms {
    /// 表式，如 cn-2014（全部版本）或 cn-2014/anhui；不给则列出全部
    #[arg(value_name = "表式")]
    pub(crate) key: Option<String>,
    #[command(flatten)]
    pub(crate) grammars: Grammars,
    #[command(flatten)]
    pub(crate) language: Language,
}

#[derive(Args)]
pub(crate) struct Grammars {
    /// 自备的表式目录：只有 forms/*.toml 的，加在自带表式之外；另有 indicators.toml、units.toml、words.toml 的，取代自带的全部
    #[arg(long, value_name = "目录")]
    pub(crate) grammars: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct Language {
    /// 消息的语言
    #[arg(long, value_name = "语言", default_value = "zh", value_enum)]
    pub(crate) lang: Lang,
}

impl Language {
    pub(crate) fn get(&self) -> audit::Lang {
        match self.lang {
            Lang::Zh => audit::Lang::Zh,
            Lang::En => audit::Lang::En,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Lang {
    Zh,
    En,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    Error,
    Warning,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum ExtractFormat {
    Jsonl,
}

/// The library's list of formats as values of an argument.
#[derive(Clone, Copy)]
pub(crate) struct Format(pub(crate) render::Format);

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        const ALL: [Format; render::Format::ALL.len()] = {
            let mut all = [Format(render::Format::Terminal); render::Format::ALL.len()];
            let mut i = 0;
            while i < all.len() {
                all[i] = Format(render::Format::ALL[i]);
                i += 1;
            }
            all
        };
        &ALL
    }
    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.0.name()))
    }
}
