// The KPI catalogue: every definition for everybody, with the value of today beside it.
import { expect, expectAccessible, expectNoSideways, look, screenshot, SPEAKS, test } from "../support/test.ts";

test("a rep finds a KPI, reads what it means, and sees where the value of today comes from", async ({ page, signIn }) => {
  await signIn("rep");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "KPIs" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("KPI catalogue");
  // A Dutch name finds it too.
  await page.getByRole("searchbox", { name: "Search" }).fill("verkoopsnelheid");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(/\/kpis\?.*q=verkoopsnelheid/);
  await expect(page.locator(".catalogue-group tbody tr")).toHaveCount(1);
  await page.goBack();
  await expect(page.locator(".catalogue-group tbody tr").nth(20)).toBeVisible();
  const row = page.locator(".catalogue-group tbody tr").filter({ hasText: "Win rate" }).first();
  await row.getByRole("rowheader").getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Win rate");
  await expect(page.locator("main")).toContainText("Deals won ÷ (Deals won + Deals lost)");
  await expect(page.locator(".kpi-example")).toContainText(/÷.*=.*%/);
  const value = ((await page.locator(".kpi-now .explain-value").innerText()).match(/[\d.,]+\s?%/) ?? [""])[0];
  expect(value).not.toBe("");
  await page.getByRole("link", { name: "Where this number comes from" }).click();
  await expect(page).toHaveURL(/\/explain\/win_rate/);
  await expect(page.locator(".explain-value").last()).toContainText(value);
});

test("filters are in the address and keep the search", async ({ page, signIn }) => {
  await signIn("manager");
  await page.goto("/kpis?template=retail");
  await expect(page.getByLabel("Kind of company")).toHaveValue("retail");
  await expect(page.locator("main")).toContainText("Average transaction value");
  await expect(page.locator("main")).toContainText("Choose two categories");
  await page.getByLabel("Perspective").selectOption("customer");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(/template=retail/);
  await expect(page).toHaveURL(/perspective=customer/);
  await expect(page.locator(".catalogue-group")).toHaveCount(1);
  await page.reload();
  await expect(page.getByLabel("Perspective")).toHaveValue("customer");
});

test("an attach rate compares two categories that are chosen on its page, period by period", async ({ page, signIn }) => {
  await signIn("owner", "fashionfusion");
  await page.goto("/kpis/attach_rate");
  const form = page.locator('form[action="/kpis/attach_rate"]');
  await expect(page.locator(".kpi-now")).toHaveCount(0);
  await expectAccessible(page);
  const categories = await form.locator('select[name="from"] option').evaluateAll((all) => all.map((o) => (o as HTMLOptionElement).value));
  expect(categories.length).toBeGreaterThan(2);
  await form.locator('select[name="from"]').selectOption(categories[1]);
  await form.locator('select[name="to"]').selectOption(categories[2]);
  await form.locator('button[type="submit"]').click();
  await expect(page.locator(".kpi-now .explain-value")).toContainText("%");
  await expect(page.locator(".kpi-periods tbody tr")).toHaveCount(12);
  await page.locator(".kpi-periods .tab").nth(1).click();
  await expect(page.locator(".kpi-periods tbody tr")).toHaveCount(8);
  await expect(form.locator('select[name="to"]')).toHaveValue(categories[2]);
  await expectAccessible(page);
  await expectNoSideways(page);
  await screenshot(page, "attach-rate");
  await page.locator(".kpi-now a").click();
  await expect(page.locator(".explain-value").last()).toContainText("%");
  await expect(page.locator(".explain").last()).toContainText(categories[1]);
  await screenshot(page, "attach-explain");
});

for (const lang of ["en", "nl"] as const) {
  for (const theme of ["light", "dark"] as const) {
    test(`the catalogue in ${lang}, ${theme}`, async ({ page, signIn }) => {
      await signIn("rep", SPEAKS[lang]);
      await look(page, { theme });
      await page.goto("/kpis");
      await expect(page.locator("html")).toHaveAttribute("lang", lang);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(lang === "nl" ? "KPI-catalogus" : "KPI catalogue");
      await expectAccessible(page);
      await expectNoSideways(page);
      await screenshot(page, `catalogue-${lang}-${theme}`);
      await page.goto("/kpis/win_rate");
      await expectAccessible(page);
      await screenshot(page, `kpi-${lang}-${theme}`);
    });
  }
}
