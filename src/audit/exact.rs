//! Numbers in JSON without binary rounding.

use crate::quantity::Number;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};
use std::fmt;

/// An exact decimal, a plain JSON number in both directions: trailing zeros dropped, no exponent, nothing rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Exact(pub Number);

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.normalize().fmt(f)
    }
}

impl From<Number> for Exact {
    fn from(number: Number) -> Self {
        Exact(number)
    }
}

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let number: serde_json::Number = self.to_string().parse().map_err(ser::Error::custom)?;
        number.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Exact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = serde_json::Number::deserialize(deserializer)?;
        let digits = number.as_str();
        let exact =
            if digits.contains(['e', 'E']) { Number::from_scientific(digits) } else { Number::from_str_exact(digits) };
        exact.map(Exact).map_err(|_| de::Error::custom(format_args!("{digits} is no exact decimal of 28 digits")))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_printed_as_people_write_them() {
        for (decimal, json) in [
            ("12", "12"),
            ("12.50", "12.5"),
            ("2700.000", "2700"),
            ("0.0", "0"),
            ("-0.0", "0"),
            ("0.1", "0.1"),
            ("0.0000000001", "0.0000000001"),
            ("79228162514264337593543950335", "79228162514264337593543950335"),
        ] {
            let exact = Exact(decimal.parse().unwrap());
            assert_eq!(serde_json::to_string(&exact).unwrap(), json, "{decimal}");
            assert_eq!(serde_json::from_str::<Exact>(json).unwrap(), exact, "{json}");
        }
    }

    #[test]
    fn what_a_decimal_cannot_hold_is_refused_not_rounded() {
        assert_eq!(serde_json::from_str::<Exact>("1.2e3").unwrap().to_string(), "1200");
        for bad in ["0.12345678901234567890123456789012", "1e99", "\"12\"", "null"] {
            assert!(serde_json::from_str::<Exact>(bad).is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn every_decimal_survives_json(mantissa in any::<i64>(), scale in 0u32..19) {
            let exact = Exact(Number::new(mantissa, scale));
            let json = serde_json::to_string(&exact).unwrap();
            prop_assert!(!json.contains(['e', 'E']));
            prop_assert_eq!(serde_json::from_str::<Exact>(&json).unwrap(), exact);
        }
    }
}
