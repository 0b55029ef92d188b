//! Leads, as [`super::aggregate`] adds them up.

/// 1 if found worth pursuing, 0 if not; none if nobody said.
pub const QUALIFIED: &str = "lead.qualified";
/// Whether the deal that a lead became is won.
pub const BECAME_CUSTOMER: &str = "CASE WHEN lead.deal IS NOT NULL AND EXISTS (SELECT 1 FROM deal \
     WHERE deal.org_id = lead.org_id AND deal.external_id = lead.deal AND deal.status = 1) THEN 1 ELSE 0 END";
