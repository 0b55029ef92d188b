// The pictures of the README: `SCREENSHOTS=../docs/screens cargo xtask e2e -- tests/readme.hydrate.spec.ts`.
import { expect, look, screenshot, test } from "../support/test.ts";

test.use({ viewport: { width: 1180, height: 760 } });

test("the scorecard and Explain, light", async ({ page, signIn }) => {
  await signIn("rep");
  await page.getByRole("link", { name: "Scorecard", exact: true }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("My scorecard");
  await screenshot(page, "scorecard", false);
  await page.locator('.explain-area a[href^="/explain/win_rate"]').first().click();
  await expect(page.locator("#explain-dialog")).toBeVisible();
  await screenshot(page, "explain", false);
  await page.keyboard.press("Escape");
  await expect(page.locator("#explain-dialog")).toHaveCount(0);
});

test("the team board, dark and in Dutch", async ({ page, signIn }) => {
  await signIn("manager", "strategic-solutions");
  await look(page, { theme: "dark" });
  await page.goto("/teams");
  await expect(page.locator("figure.chart svg").first()).toBeVisible();
  await screenshot(page, "team", false);
});

test("a target on the way to SMART", async ({ page, signIn }) => {
  await signIn("manager");
  await page.goto("/targets/new");
  const choose = async (name: string, index: number) => {
    await page.locator(`select[name="${name}"]`).selectOption({ index });
    await expect(page).toHaveURL(new RegExp(`${name}=[^&]+`));
  };
  await choose("who", 2);
  await choose("metric", 1);
  await expect(page.locator(".check")).toContainText("1", { timeout: 10_000 });
  await screenshot(page, "target", false);
});
