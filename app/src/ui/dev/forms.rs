//! A form whose server function always refuses, with and without JavaScript.

use leptos::prelude::*;

use crate::error::ApiResult;
use crate::error::{ApiError, FieldError};
use crate::ui::*;

/// Refuses everything but a whole number.
#[server(prefix = "/api", endpoint = "dev/try_form")]
pub async fn try_form(name: String, amount: String, metric: String, #[server(default)] agree: bool) -> ApiResult<()> {
    let _ = (metric, agree);
    if name.is_empty() {
        return Err(ApiError::Invalid(vec![
            FieldError::new("name", "error.required"),
            FieldError::new("amount", "error.not_a_number").arg("typed", amount),
        ]));
    }
    amount
        .parse::<i64>()
        .map(|_| ())
        .map_err(|_| FieldError::new("amount", "error.not_a_number").arg("typed", amount).into())
}

/// All kinds of fields.
#[component]
pub fn Forms() -> impl IntoView {
    view! {
        <Card title="Form">
            <Form action={to::<TryForm>()}>
                <TextField name="name" label="Name" hint="As on the card."/>
                <TextField name="amount" label="Amount" inputmode="decimal" unit="€" short=true value="12,5x"/>
                <Select name="metric" label="Metric" options=vec![Choice::new("win_rate", "Win rate"), Choice::new("revenue", "Revenue")]/>
                <RadioGroup
                    name="direction"
                    label="Direction"
                    options=vec![Choice::new("up", "At least").hint("More is better."), Choice::new("down", "At most")]
                    value="up"
                />
                <TextArea name="why" label="Why" optional=true/>
                <Checkbox name="agree" label="Tell the person"/>
                <div class="row">
                    <Submit label="Save"/>
                    <ButtonLink href="/dev/ui" label="Cancel"/>
                </div>
            </Form>
        </Card>
    }
}
