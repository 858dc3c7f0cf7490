//! The macro that declares rules: nothing of a rule may be left out.

/// Declares the rules of one file: a `static` a rule, named by its code, and the file's list `RULES`.
///
/// Every part is required and none may be empty, so a rule without words, an example or a counter-example does not
/// compile:
///
/// ```text
/// rules! {
///     T001 total_differs_from_parts: Error,
///         title: ("合计与分项之和不符", "a total differs from the sum of its parts"),
///         explanation: ("…", "…"),
///         authority: ("…", "…"),
///         fires: ["收到申请数|件|«9»\n1.当面申请数|件|4\n2.网络申请数|件|4"],
///         quiet: ["收到申请数|件|8\n1.当面申请数|件|4\n2.网络申请数|件|4" => ("分项之和正好", "the parts add up")];
/// }
/// ```
macro_rules! rules {
    ($(
        $code:ident $name:ident: $severity:ident,
            title: ($title_zh:expr, $title_en:expr),
            explanation: ($zh:expr, $en:expr),
            authority: ($authority_zh:expr, $authority_en:expr),
            fires: [$($fires:expr),+ $(,)?],
            quiet: [$($quiet:expr => ($reason_zh:expr, $reason_en:expr)),+ $(,)?];
    )+) => {
        $(
            static $code: $crate::check::Rule = $crate::check::Rule {
                code: stringify!($code),
                name: stringify!($name),
                severity: $crate::check::Severity::$severity,
                title: ($title_zh, $title_en),
                explanation: ($zh, $en),
                authority: ($authority_zh, $authority_en),
                fires: &[$($fires),+],
                quiet: &[$(($quiet, ($reason_zh, $reason_en))),+],
            };
            const _: () = {
                assert!(!$title_zh.is_empty() && !$title_en.is_empty(), "a rule needs a title in both languages");
                assert!(!$zh.is_empty() && !$en.is_empty(), "a rule needs an explanation in both languages");
                assert!(!$authority_zh.is_empty() && !$authority_en.is_empty(), "a rule names its authority in both languages");
                $(assert!(!$fires.is_empty(), "an example cannot be empty");)+
                $(assert!(!$reason_zh.is_empty() && !$reason_en.is_empty(), "a quiet example needs its reason in both languages");)+
            };
        )+
        /// The rules of this file.
        pub(super) static RULES: &[&$crate::check::Rule] = &[$(&$code),+];
    };
}
pub(super) use rules;
