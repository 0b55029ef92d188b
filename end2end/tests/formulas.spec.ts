// The organisation's own KPIs: the formula editor with its check and preview.
import { expect, expectAccessible, field, screenshot, scripted, test, unique } from "../support/test.ts";

test.describe("the formula editor", () => {
  test.use({ allowedErrors: [/status of 422/] });

  test("an owner writes a formula: faults in their place, the value before saving, a new version, out of use", async ({ page, signIn }) => {
    const name = unique("Value per deal");
    const check = page.locator("#formula-check");
    const look = async () => {
      if (!scripted()) await page.getByRole("button", { name: "Check", exact: true }).click();
      else await field(page, "formula").blur();
    };
    await signIn("owner");
    await page.goto("/kpis");
    await page.getByRole("link", { name: "New KPI" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("New KPI");
    await expectAccessible(page);
    await field(page, "name_en").fill(name);
    await field(page, "formula").fill("revenue + deals_won");
    await look();
    await expect(check).toContainText("money and a count do not go together");
    await field(page, "formula").fill("revnue / deals_won");
    await look();
    await expect(check.locator("mark")).toHaveText("revnue");
    await expect(check).toContainText("perhaps revenue?");
    await expectAccessible(page);
    await screenshot(page, "formula-fault");
    await field(page, "formula").fill("revenue / deals_won");
    await look();
    await expect(check.locator(".formula-value")).toContainText(/[€$£]/);
    await expect(field(page, "name_en")).toHaveValue(name);
    // What is missing comes back with what was typed.
    await page.getByRole("button", { name: "Save KPI" }).click();
    await expect(page.locator(".form-summary")).toBeVisible();
    await expect(field(page, "formula")).toHaveValue("revenue / deals_won");
    await field(page, "name_nl").fill(`${name} nl`);
    await field(page, "explanation").fill("What a deal that was won brings.");
    await page.getByRole("button", { name: "Save KPI" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
    await expect(page.locator(".kpi-now")).toContainText(/[€$£]/);
    await expectAccessible(page);
    await page.goto("/kpis");
    await expect(page.locator(".catalogue-group").first()).toContainText(name);
    await page.getByRole("link", { name, exact: true }).click();
    await page.getByRole("link", { name: "Change" }).click();
    await field(page, "formula").fill("revenue / deals_won * 2");
    await page.getByRole("button", { name: "Save KPI" }).click();
    await expect(page.locator("main")).toContainText("Version 2, from");
    await page.getByRole("button", { name: "Take out of use" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("KPI catalogue");
    await expect(page.locator("main")).not.toContainText(name);
  });
});
