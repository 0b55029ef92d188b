// Analyses: what the demo companies' facts hold is found, by link, and with JavaScript off too.
import { expect, expectAccessible, expectNoSideways, field, look, screenshot, scripted, SPEAKS, test } from "../support/test.ts";

test("an owner goes from the navigation to what a training did", async ({ page, signIn }) => {
  await signIn("owner", "techsolutions");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Analysis" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Analysis");
  await expectAccessible(page);
  await page.locator(".analyses").getByRole("link", { name: "Before and after" }).click();
  await expect(page).toHaveURL(/\/analysis\/events$/);
  await expectAccessible(page);
  await page.getByRole("link", { name: "Discovery training" }).click();
  const numbers = page.locator("#kpi").getByRole("table").last();
  await expect(numbers.getByRole("rowheader")).toHaveText(["Touched", "Not touched", /Change of those touched/]);
  await field(page.locator("form.picker"), "kpi").selectOption("deals_won");
  if (!scripted()) await page.locator('form.picker:has([name="kpi"]) button').click();
  await expect(page).toHaveURL(/kpi=deals_won/);
  await expect(page.locator("#kpi")).toContainText("per week");
  await expectAccessible(page);
  await expectNoSideways(page);
});

test("a price change shows expected against actual, and who left", async ({ page, signIn }) => {
  await signIn("owner", "techsolutions");
  await page.goto("/analysis/events");
  await page.getByRole("link", { name: "Pro costs 20 % more" }).click();
  const price = page.locator("#price").getByRole("row", { name: /^Pro/ });
  await expect(price).toContainText(/20[.,]0\s?%/);
  await expect(page.locator("#price_churn")).toContainText("All others");
  await expect(page.locator(".findings")).toContainText("more left than of the others");
  await field(page.locator(".what-if"), "rise").fill("50");
  await page.locator(".what-if button").click();
  await expect(page).toHaveURL(/rise=50/);
  await expect(price).toContainText(/50[.,]0\s?%/);
  await expectAccessible(page);
  await screenshot(page, "analysis-price");
});

test("a what-if is kept in the address", async ({ page, signIn }) => {
  await signIn("owner", "techsolutions");
  await page.goto("/analysis/recurring");
  await expect(page.locator("#months tbody tr").first()).toBeVisible();
  const form = page.locator(".what-if");
  await field(form, "churn").fill("0");
  await field(form, "months").fill("6");
  await form.getByRole("button").click();
  await expect(page).toHaveURL(/churn=0/);
  await expect(page.locator("#what_if .chart-title")).toContainText("In 6 months");
  await expect(field(form, "churn")).toHaveValue("0");
  await field(form, "churn").fill("much");
  await form.getByRole("button").click();
  await expect(field(form, "churn")).toHaveAttribute("aria-invalid", "true");
  await expectAccessible(page);
});

test("the page of each template finds its story", async ({ page, signIn }) => {
  await signIn("owner", "strategic-solutions");
  await page.goto("/analysis/winning?period=2025");
  await expect(page.locator("#patterns").getByRole("row", { name: /^verhaal/ })).toContainText(/n\s*=\s*\d+/);
  await expect(page.locator("#reasons tbody tr").first()).toContainText(/\d/);
  await expect(page.locator("#reasons")).toContainText("prijs");
  await expectAccessible(page);
  await screenshot(page, "analysis-winning");
});

test("an agency sees which channel loses money, and moves between what results are compared", async ({ page, signIn }) => {
  await signIn("owner", "digitalboost");
  await page.goto("/analysis/channels");
  await expect(page.locator("#channels").getByRole("row", { name: /^podcast/ })).toContainText("onvolledig");
  await expect(page.locator(".findings")).toContainText("display");
  await expectAccessible(page);
  await page.goto("/analysis/channels?by=leads");
  await expect(page.locator("#shares")).toContainText("leads");
  await screenshot(page, "analysis-channels");
});

test("a shop sees what is bought together", async ({ page, signIn }) => {
  await signIn("manager", "fashionfusion");
  await page.goto("/analysis/baskets");
  await expect(page.locator("#attach").getByRole("row", { name: /^Accessories/ })).toBeVisible();
  await expect(page.locator("#effect").getByRole("row", { name: /^Accessories/ })).toContainText(/n\s*=\s*\d+/);
  await expectAccessible(page);
  await expectNoSideways(page);
  await screenshot(page, "analysis-baskets");
});

test("a rep has the page too, of the own facts; campaigns are not theirs", async ({ page, signIn }) => {
  await signIn("rep", "digitalboost");
  await page.goto("/analysis/winning");
  await expect(page.locator("#definitions")).toBeVisible();
  await page.goto("/analysis/channels");
  await expect(page.locator(".empty")).toBeVisible();
});

for (const lang of ["en", "nl"] as const) {
  for (const theme of ["light", "dark"] as const) {
    test(`analyses in ${lang}, ${theme}`, async ({ page, signIn }) => {
      await signIn("owner", SPEAKS[lang]);
      await look(page, { theme });
      for (const path of ["/analysis", "/analysis/winning", "/analysis/events"]) {
        await page.goto(path);
        await expect(page.locator("html")).toHaveAttribute("lang", lang);
        await expectAccessible(page);
        await expectNoSideways(page);
        await screenshot(page, `${path.slice(1).replace("/", "-")}-${lang}-${theme}`);
      }
    });
  }
}
