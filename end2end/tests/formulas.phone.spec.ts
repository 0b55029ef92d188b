// The formula editor and an own KPI's page and explanation on a phone, in both languages and themes.
import { expect, expectAccessible, expectNoSideways, field, look, screenshot, SPEAKS, test, unique } from "../support/test.ts";

for (const lang of ["en", "nl"] as const) {
  for (const theme of ["light", "dark"] as const) {
    test(`an own KPI on a phone in ${lang}, ${theme}`, async ({ page, signIn }) => {
      const seen = async (name: string) => {
        await expectAccessible(page);
        await expectNoSideways(page);
        await screenshot(page, `${name}-phone-${lang}-${theme}`);
      };
      const check = page.locator("#formula-check");
      const name = unique(`Share ${lang} ${theme}`);
      await signIn("owner", SPEAKS[lang]);
      await look(page, { theme });
      await page.goto("/kpis/new");
      await expect(page.locator("html")).toHaveAttribute("lang", lang);
      await seen("formula-empty");
      await field(page, "formula").fill("revenue / (deals_won + deals_lost) + some_name_that_is_not_known_at_all");
      await field(page, "formula").blur();
      await expect(check.locator("mark")).toHaveText("some_name_that_is_not_known_at_all");
      await seen("formula-fault");
      await field(page, "name_en").fill(name);
      await field(page, "name_nl").fill(name);
      await field(page, "explanation").fill("Won of what was decided.");
      await field(page, "formula").fill("deals_won / (deals_won + deals_lost)");
      await field(page, "formula").blur();
      await expect(check.locator(".formula-value")).toContainText("%");
      await seen("formula-good");
      await page.getByRole("button", { name: lang === "nl" ? "KPI opslaan" : "Save KPI" }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
      await expect(page.locator(".kpi-periods tbody tr")).toHaveCount(12);
      await seen("own-kpi");
      await page.locator(".kpi-periods .tab").nth(1).click();
      await expect(page.locator(".kpi-periods tbody tr")).toHaveCount(8);
      // The number opens to its parts, each of which opens to its own.
      await page.locator(".kpi-now a").click();
      const dialog = page.locator("#explain-dialog");
      await expect(dialog.locator(".explain-value")).toContainText("%");
      await expect(dialog).toContainText("Wilson");
      await expect(dialog.locator('a[href^="/explain/deals_lost"]')).toBeVisible();
      await seen("own-explain");
      await page.goto("/kpis");
      await page.getByRole("link", { name, exact: true }).click();
      await page.getByRole("button", { name: lang === "nl" ? "Buiten gebruik stellen" : "Take out of use" }).click();
      await expect(page).toHaveURL(/\/kpis$/);
    });
  }
}
