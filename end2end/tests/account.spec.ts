// The own account: language, sessions, password, the way out and back in.
import type { Page } from "@playwright/test";
import { DEMO_PASSWORD, expect, expectAccessible, field, look, screenshot, scripted, signInAs, SPEAKS, test } from "../support/test.ts";

test.use({ allowedErrors: [/status of 4(01|04|22)/] });

test("the language changes where one is, and stays with the user", async ({ page, signIn }) => {
  const role = scripted() ? "owner" : "manager";
  await signIn(role, "fashionfusion");
  await page.goto("/account");
  await switchTo(page, "nl");
  await expect(page).toHaveURL(/\/account/);
  await expect(page.locator("html")).toHaveAttribute("lang", "nl");
  await page.context().clearCookies();
  await signIn(role, "fashionfusion");
  await expect(page.locator("html")).toHaveAttribute("lang", "nl");
  await switchTo(page, "en");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
});

test("whoever is signed out comes back to the page they wanted", async ({ page, signIn }) => {
  await signIn("rep", "fashionfusion");
  await page.getByRole("button", { name: "Sign out" }).filter({ visible: true }).first().click();
  await expect(page).toHaveURL(/\/login/);
  await page.goto("/targets?status=draft");
  await expect(page).toHaveURL(/\/login\?next=/);
  await signInAs(page, "rep@fashionfusion.example", DEMO_PASSWORD);
  await expect(page).toHaveURL(/\/targets\?status=draft/);
});

test("a wrong current password is said beside the field", async ({ page, signIn }) => {
  await signIn("rep", "fashionfusion");
  await page.goto("/account");
  await field(page, "old_password").fill("not this one");
  await field(page, "new_password").fill("a long enough sentence");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("This is not your current password").first()).toBeVisible();
});

test("another session can be ended", async ({ page, signIn, browser, baseURL }) => {
  // A user whom no other test signs in as, a different one for each run.
  const role = scripted() ? "manager" : "rep";
  await signIn(role, "digitalboost");
  const context = await browser.newContext({ baseURL });
  const other = await context.newPage();
  await other.goto("/login");
  await signInAs(other, `${role}@digitalboost.example`, DEMO_PASSWORD);
  await page.goto("/account");
  const ends = page.getByRole("button", { name: /^(End|Beëindigen?)$/ });
  const before = await ends.count();
  expect(before).toBeGreaterThan(0);
  while (await ends.count()) {
    const left = await ends.count();
    await ends.first().click();
    await expect(ends).toHaveCount(left - 1);
  }
  await other.goto("/targets");
  await expect(other).toHaveURL(/\/login/);
  await context.close();
});

test("an address that does not exist is a page with a way out", async ({ page, signIn }) => {
  await signIn("rep", "fashionfusion");
  const response = await page.goto("/no/such/page");
  expect(response!.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This page does not exist");
  await expectAccessible(page);
  await page.getByRole("link", { name: "To the start page" }).click();
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText("This page does not exist");
});

for (const lang of ["en", "nl"] as const) {
  for (const theme of ["light", "dark"] as const) {
    test(`the account page in ${lang}, ${theme}`, async ({ page, signIn }) => {
      await signIn("owner", SPEAKS[lang]);
      await expect(page.locator("html")).toHaveAttribute("lang", lang);
      await look(page, { theme });
      await page.goto("/account");
      await expectAccessible(page);
      await screenshot(page, `account-${lang}-${theme}`);
    });
  }
}

async function switchTo(page: Page, lang: "en" | "nl"): Promise<void> {
  await page.locator(`button[name="lang"][value="${lang}"]`).filter({ visible: true }).first().click();
}
