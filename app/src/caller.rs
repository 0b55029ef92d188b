//! Who is looking at the page.

use crate::i18n::Locale;
use domain::Date;
use domain::ids::{OrgId, PersonId, UserId};
pub use domain::policy::Role;
use serde::{Deserialize, Serialize};

/// The signed-in user with what every page needs of them; made once per request by the session
/// middleware and sent to the browser with the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Caller {
    /// The account.
    pub user_id: UserId,
    /// Name as shown.
    pub name: String,
    /// Address they sign in with.
    pub email: String,
    /// Their organisation.
    pub org_id: OrgId,
    /// Its name.
    pub org_name: String,
    /// What they may do.
    pub role: Role,
    /// Language of their pages.
    pub locale: Locale,
    /// Their own person, if they are one of the people measured.
    pub person_id: Option<PersonId>,
    /// ISO code of the organisation's currency.
    pub currency: String,
    /// Template the organisation was made from, `saas`, `consultancy`, `agency` or `retail`.
    pub template: String,
    /// First month of the organisation's fiscal year, 1 to 12.
    pub fiscal_start: u8,
    /// Today in the organisation's time zone.
    pub today: Date,
    /// Rises with every change of the organisation's facts.
    pub data_version: i64,
    /// Rises with everything else that is changed in the organisation.
    pub page_version: i64,
}
