//! Questions to which vendors give different answers; the organisation chooses, and Explain says what it chose.

use serde::{Deserialize, Serialize};

use crate::recurring::{self, ChurnBooked, Discounts, ExchangeRate, JoinedAndLeft, Returned, UsageFees, WithinStep};

/// A choice of the organisation on which figures depend. Those on recurring revenue have the code of their field in
/// the recurring module's choices; the answers are kept there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// Which facts revenue is made of: deals, sales or campaigns.
    RevenueOf,
    /// Where leads are counted: in records of their own or in campaign days.
    LeadsFrom,
    /// Whether customers who joined and left within the period count as lost.
    JoinedAndLeft,
    /// When churn is booked: at the end of the paid term, or when it is cancelled.
    ChurnBooked,
    /// When a customer who comes back is new again.
    Returned,
    /// Whether discounts lower recurring revenue.
    Discounts,
    /// Whether metered fees count in recurring revenue.
    UsageFees,
    /// Whether several changes of a customer shortly after each other are one.
    WithinStep,
    /// Which rate converts recurring revenue in a foreign currency.
    ExchangeRate,
}

impl Choice {
    /// Stable code, as in the organisation's settings and the locale files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::RevenueOf => "revenue_of",
            Self::LeadsFrom => "leads_from",
            Self::JoinedAndLeft => "joined_and_left",
            Self::ChurnBooked => "churn_booked",
            Self::Returned => "returned",
            Self::Discounts => "discounts",
            Self::UsageFees => "usage_fees",
            Self::WithinStep => "within_step",
            Self::ExchangeRate => "exchange_rate",
        }
    }
}

/// Which facts revenue is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RevenueOf {
    /// What the organisation's template says: deals of SaaS and consultancy, sales of retail, campaigns of an agency.
    #[default]
    Template,
    /// Deals won.
    Deals,
    /// Sales, before returns.
    Sales,
    /// What campaigns earned.
    Campaigns,
}

/// Where leads are counted: in one place, never in both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeadsFrom {
    /// In records of their own as soon as the organisation keeps any, else in campaign days.
    #[default]
    Kept,
    /// In records of their own.
    Records,
    /// In campaign days.
    CampaignDays,
}

/// The organisation's answers. Absent fields are read as their defaults, so that an older stored version stays
/// readable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Choices {
    /// What revenue is made of.
    pub revenue_of: RevenueOf,
    /// Where leads are counted.
    pub leads_from: LeadsFrom,
    /// Recurring revenue.
    pub recurring: recurring::Choices,
}

/// Days of absence after which a customer who comes back is new, where the organisation says so: Maxio's rule.
const ABSENCE: u16 = 90;

/// The codes of a choice's options with what each of them sets.
macro_rules! options {
    ($($variant:ident, $($field:ident).+ => [$($option:literal = $value:expr),+ $(,)?];)+) => {
        impl Choice {
            /// All, in the order of the settings.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Codes of its options, the default first.
            pub const fn options(self) -> &'static [&'static str] {
                match self { $(Self::$variant => &[$($option),+],)+ }
            }
        }

        impl Choices {
            /// The code of what was chosen.
            pub fn chosen(&self, choice: Choice) -> &'static str {
                match choice {
                    $(Choice::$variant => match self.$($field).+ {
                        $(value if value == $value => $option,)+
                        _ => choice.options()[0],
                    },)+
                }
            }

            /// The same with another answer to one question; none if it has no such option.
            pub fn with(mut self, choice: Choice, code: &str) -> Option<Self> {
                match choice {
                    $(Choice::$variant => {
                        let place = &mut self.$($field).+;
                        match code {
                            $($option => *place = $value,)+
                            _ => return None,
                        }
                    })+
                }
                Some(self)
            }
        }
    };
}

options! {
    RevenueOf, revenue_of => ["template" = RevenueOf::Template, "deals" = RevenueOf::Deals, "sales" = RevenueOf::Sales, "campaigns" = RevenueOf::Campaigns];
    LeadsFrom, leads_from => ["kept" = LeadsFrom::Kept, "records" = LeadsFrom::Records, "campaign_days" = LeadsFrom::CampaignDays];
    JoinedAndLeft, recurring.joined_and_left => ["ignored" = JoinedAndLeft::Ignored, "movements_only" = JoinedAndLeft::MovementsOnly, "counted" = JoinedAndLeft::Counted];
    ChurnBooked, recurring.churn_booked => ["end_of_term" = ChurnBooked::EndOfTerm, "cancellation" = ChurnBooked::Cancellation];
    Returned, recurring.returned => ["reactivation" = Returned::Reactivation, "new_after_90" = Returned::NewAfter { days: ABSENCE }];
    Discounts, recurring.discounts => ["subtracted" = Discounts::Subtracted, "one_off_ignored" = Discounts::OneOffIgnored];
    UsageFees, recurring.usage_fees => ["left_out" = UsageFees::LeftOut, "counted" = UsageFees::Counted];
    WithinStep, recurring.within_step => ["net" = WithinStep::Net, "each_day" = WithinStep::EachDay];
    ExchangeRate, recurring.exchange_rate => ["held" = ExchangeRate::Held, "each_start" = ExchangeRate::EachStart];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_option_is_the_default_and_every_option_can_be_chosen() {
        for choice in Choice::ALL {
            assert_eq!(Choices::default().chosen(*choice), choice.options()[0], "{}", choice.code());
            for option in choice.options() {
                let chosen = Choices::default().with(*choice, option).unwrap();
                assert_eq!(chosen.chosen(*choice), *option, "{}", choice.code());
                let others = Choice::ALL.iter().filter(|c| *c != choice);
                assert!(others.into_iter().all(|c| chosen.chosen(*c) == c.options()[0]));
                let text = serde_json::to_string(&chosen).unwrap();
                assert_eq!(serde_json::from_str::<Choices>(&text).unwrap(), chosen);
            }
            assert_eq!(Choices::default().with(*choice, "nonsense"), None);
        }
        assert_eq!(serde_json::from_str::<Choices>("{}").unwrap(), Choices::default());
    }
}
