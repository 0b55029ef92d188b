// The scorecard and what opens from it, on the demo organisation.
import { expect, expectAccessible, look, screenshot, scripted, SPEAKS, test } from "../support/test.ts";

test("a rep reads the own scorecard: verdict, targets, figures with n, trend with its table", async ({ page, signIn }) => {
  await signIn("rep");
  await page.getByRole("link", { name: "Scorecard", exact: true }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("My scorecard");
  await expect(page.locator(".verdict")).toContainText(/\w/);
  const rate = page.locator(".perspective tr").filter({ hasText: "Win rate" }).first();
  await expect(rate).toContainText(/%/);
  await expect(rate).toContainText(/n\s=\s\d+/);
  const chart = page.locator("figure.chart").first();
  await expect(chart).toBeVisible();
  if (scripted()) {
    await expect(chart.locator("canvas, svg").first()).toBeVisible();
    await chart.getByText("as a table", { exact: false }).click();
  }
  await expect(chart.locator("tbody tr")).toHaveCount(12);
});

for (const [organisation, leading] of [["techsolutions", "mrr"], ["strategic-solutions", "win_rate"], ["fashionfusion", "atv"]] as const) {
  test(`a rep of ${organisation} sees the leading figure first`, async ({ page, signIn }) => {
    await signIn("rep", organisation);
    await page.goto("/scorecard");
    await expect(page.locator(".perspective a.figure-info").first()).toHaveAttribute("href", new RegExp(`/explain/${leading}\\?`));
  });
}

test("what campaigns cost is told of the organisation, and a person's page says so", async ({ page, signIn }) => {
  await signIn("owner", "digitalboost");
  await page.goto("/teams");
  await expect(page.locator("a.figure-info").first()).toHaveAttribute("href", /\/explain\/cpl\?/);
  await expect(page.locator(".elsewhere")).toHaveCount(0);
  await page.locator("section.board tbody th a").first().click();
  await expect(page.locator(".elsewhere")).toBeVisible();
  await expectAccessible(page);
});

test("the period is in the address; one back and one ahead", async ({ page, signIn }) => {
  await signIn("rep");
  await page.getByRole("link", { name: "Scorecard", exact: true }).first().click();
  await expect(page.locator("#pick-period")).toHaveValue("2026Q2");
  await page.getByRole("link", { name: "Previous period" }).click();
  await expect(page).toHaveURL(/period=2026Q1/);
  await expect(page.locator("#pick-period")).toHaveValue("2026Q1");
  await page.goBack();
  await expect(page.locator("#pick-period")).toHaveValue("2026Q2");
});

test("a number opens to its explanation and down to one deal; back closes it", async ({ page, signIn }) => {
  await signIn("rep");
  await page.getByRole("link", { name: "Scorecard", exact: true }).first().click();
  const row = page.locator(".perspective tr").filter({ hasText: "Win rate" }).first();
  const shown = (await row.locator(".figure-value").innerText()).trim();
  await row.locator("a.figure-info").click();
  const explanation = scripted() ? page.getByRole("dialog") : page.locator("main");
  await expect(explanation.locator(".explain-value")).toContainText(shown);
  await expectAccessible(page);
  await page.goBack();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("My scorecard");
  await row.locator("a.figure-info").click();
  await explanation.locator(".explain-records a").first().click();
  await expect(page).toHaveURL(/\/deals\?/);
  await expectAccessible(page);
  await page.locator("tbody th a").first().click();
  await expect(page).toHaveURL(/\/deals\/\d+/);
  await expectAccessible(page);
});

test("pages without a chart do not load the chart library", async ({ page, signIn }) => {
  test.skip(!scripted(), "without JavaScript nothing is loaded at all");
  const loaded: string[] = [];
  page.on("request", (request) => loaded.push(request.url()));
  await signIn("manager");
  await page.goto("/targets");
  await page.goto("/account");
  loaded.length = 0;
  await page.goto("/targets");
  expect(loaded.filter((url) => /echarts/.test(url))).toEqual([]);
});

test.describe("what does not exist", () => {
  test.use({ allowedErrors: [/status of 40[34]/] });

  test("an unknown person, deal, target, team and page are clean 404 pages", async ({ page, signIn }) => {
    await signIn("rep");
    for (const path of ["/scorecard/1", "/scorecard/x", "/deals/1", "/targets/1", "/teams/1", "/explain/nothing", "/imports/1", "/nowhere"]) {
      const response = await page.goto(path);
      expect([403, 404], path).toContain(response!.status());
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.locator("main")).not.toContainText(/panicked|sqlite|postgres/i);
    }
    await expectAccessible(page);
  });

  test("a person of another organisation does not exist here", async ({ page, signIn, browser }) => {
    await signIn("rep");
    await page.getByRole("link", { name: "Scorecard", exact: true }).first().click();
    await expect(page).toHaveURL(/\/scorecard\/\d+/);
    const foreign = new URL(page.url()).pathname;
    await page.context().clearCookies();
    await signIn("manager", "fashionfusion");
    expect((await page.goto(foreign))!.status()).toBe(404);
  });
});

for (const lang of ["en", "nl"] as const) {
  for (const theme of ["light", "dark"] as const) {
    test(`the scorecard in ${lang}, ${theme}`, async ({ page, signIn }) => {
      await signIn("rep", SPEAKS[lang]);
      await look(page, { theme });
      await page.goto("/scorecard");
      await expect(page.locator("html")).toHaveAttribute("lang", lang);
      await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
      await expectAccessible(page);
      await screenshot(page, `scorecard-${lang}-${theme}`);
    });
  }
}
