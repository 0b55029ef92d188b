// Targets: the SMART form, what it refuses, and two people who change the same target.
import type { Page } from "@playwright/test";
import { hydrated } from "../support/test.ts";
import { expect, expectAccessible, field, look, screenshot, scripted, SPEAKS, test, unique } from "../support/test.ts";

test.use({ allowedErrors: [/status of 4(09|22)/] });

/** A new target of the first person a manager sees, filled in but not sent. */
async function fill(page: Page, values: Record<string, string>): Promise<void> {
  await page.goto("/targets/new?metric=deals_won&period=2026Q3");
  const person = field(page, "who").locator('option[value^="person:"]').first();
  await page.goto(`/targets/new?metric=deals_won&period=2026Q3&who=${await person.getAttribute("value")}`);
  for (const [name, value] of Object.entries(values)) await field(page, name).fill(value);
}

test("the form leads through SMART with the person's own history beside it", async ({ page, signIn }) => {
  await signIn("manager");
  await fill(page, { value: "30", why: "Agreed in the spring review." });
  const check = page.locator(".check");
  if (!scripted()) await page.getByRole("button", { name: "Check" }).click();
  else await field(page, "why").blur();
  await expect(check).toContainText("Own history");
  await expect(check).toContainText(/Previous period: \d/);
  await expect(field(page, "value")).toHaveValue("30");
  await expect(check).not.toContainText("A value to reach is missing");
  await expectAccessible(page);
});

test("choosing another figure keeps what was typed", async ({ page, signIn }) => {
  await signIn("manager");
  await fill(page, { value: "30", why: "Because of the fair." });
  await field(page, "metric").selectOption("revenue");
  if (!scripted()) await page.getByRole("button", { name: "Check" }).click();
  else await expect(page).toHaveURL(/metric=revenue/);
  await expect(field(page, "metric")).toHaveValue("revenue");
  await expect(field(page, "value")).toHaveValue("30");
  await expect(field(page, "why")).toHaveValue("Because of the fair.");
});

test("what is no number is said beside its field, and everything typed stays", async ({ page, signIn }) => {
  await signIn("manager");
  await fill(page, { value: "12,5x", why: "Kept while it is corrected." });
  await page.getByRole("button", { name: "Propose" }).click();
  await expect(field(page, "value")).toHaveAttribute("aria-invalid", "true");
  await expect(field(page, "value")).toHaveValue("12,5x");
  await expect(field(page, "why")).toHaveValue("Kept while it is corrected.");
  await expect(page).toHaveURL(/\/targets\/new/);
  await field(page, "value").fill("31");
  await page.getByRole("button", { name: "Propose" }).click();
  await expect(page).toHaveURL(/\/targets\/\d+$/);
  await expect(page.getByText("proposed", { exact: true }).first()).toBeVisible();
  await expectAccessible(page);
});

test("a period that ends before it starts is refused", async ({ page, signIn }) => {
  await signIn("manager");
  await page.goto("/targets/new?metric=deals_won&period=free");
  const person = await field(page, "who").locator('option[value^="person:"]').first().getAttribute("value");
  await page.goto(`/targets/new?metric=deals_won&period=free&who=${person}`);
  await field(page, "value").fill("9");
  await field(page, "from").fill("2026-09-30");
  await field(page, "to").fill("2026-07-01");
  await page.getByRole("button", { name: "Propose" }).click();
  await expect(page.getByText("The last day lies before the first").first()).toBeVisible();
  await expect(field(page, "value")).toHaveValue("9");
});

test("two windows change one target: the second sees both versions and decides", async ({ page, signIn, context }) => {
  await signIn("manager");
  await fill(page, { value: "32", why: unique("Two windows") });
  await page.getByRole("button", { name: "Propose" }).click();
  await expect(page).toHaveURL(/\/targets\/\d+$/);
  const target = page.url();
  const other = await context.newPage();
  for (const window of [page, other]) {
    await window.goto(`${target}?edit=1`);
    if (scripted()) await hydrated(window);
  }
  await change(page, "33", "The first window");
  await expect(page).toHaveURL(target);
  await change(other, "35", "The second window");
  const conflict = other.getByRole("alert").filter({ hasText: /changed/ });
  await expect(conflict.first()).toBeVisible();
  await expect(other.locator("section.conflict")).toContainText("33");
  await expect(field(other, "value")).toHaveValue("35");
  await other.getByRole("button", { name: "Save change" }).click();
  await expect(other).toHaveURL(target);
  await expect(other.locator(".changes")).toContainText("35");
  await expect(other.locator(".changes")).toContainText("33");
  await other.close();
});

async function change(page: Page, value: string, reason: string): Promise<void> {
  await field(page, "value").fill(value);
  await field(page, "reason").fill(reason);
  await page.getByRole("button", { name: "Save change" }).click();
}

for (const lang of ["en", "nl"] as const) {
  for (const theme of ["light", "dark"] as const) {
    test(`list, target, form and objectives in ${lang}, ${theme}`, async ({ page, signIn }) => {
      await signIn("manager", SPEAKS[lang]);
      await expect(page.locator("html")).toHaveAttribute("lang", lang);
      await look(page, { theme });
      await fill(page, {});
      await expectAccessible(page);
      await screenshot(page, `target-form-${lang}-${theme}`);
      for (const [name, path] of [["targets", "/targets"], ["objectives", "/objectives"]]) {
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await expectAccessible(page);
        await screenshot(page, `${name}-${lang}-${theme}`);
      }
      await page.goto("/targets");
      await page.locator("main tbody a").first().click();
      await expect(page).toHaveURL(/\/targets\/\d+/);
      await expectAccessible(page);
      await screenshot(page, `target-${lang}-${theme}`);
    });
  }
}
