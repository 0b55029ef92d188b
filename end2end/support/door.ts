// Setting up, inviting and accepting: how people get in.
import { type Browser, expect, type Page } from "@playwright/test";
import { field, hydrated, scripted } from "./test.ts";

export const PASSWORD = "a short sentence for tests";

/** Opens an address and waits until the page can be used. */
export async function open(page: Page, url: string): Promise<void> {
  await page.goto(url);
  if (scripted()) await hydrated(page);
}

/** Fills in the setup page, which the first visit leads to. */
export async function setUp(page: Page, url: string, organisation: string, email: string): Promise<void> {
  await open(page, url);
  await expect(page).toHaveURL(/\/setup$/);
  await field(page, "org_name").fill(organisation);
  await page.getByLabel("Consultancy").check();
  await field(page, "currency").selectOption("USD");
  await page.getByLabel("English", { exact: true }).check();
  await page.locator('input[name="name"]').fill("Olga Owner");
  await field(page, "email").fill(email);
  await field(page, "password").fill(PASSWORD);
  await page.getByRole("button", { name: "Make organisation" }).click();
  await expect(page).not.toHaveURL(/\/setup/);
  await expect(page.getByRole("navigation", { name: "Main" }).or(page.locator("nav.nav")).first()).toBeVisible();
}

/** Makes an invitation and gives its link. */
export async function invite(page: Page, base: string, to: { email: string; role: string; team?: string; person?: string }): Promise<string> {
  await open(page, `${base}/users?dialog=invite`);
  const dialog = page.getByRole("dialog");
  await field(dialog, "email").fill(to.email);
  await dialog.getByRole("radio", { name: to.role }).check();
  if (to.team) await field(dialog, "team").selectOption({ label: to.team });
  if (to.person) await field(dialog, "person").selectOption({ label: to.person });
  await dialog.getByRole("button", { name: "Make link" }).click();
  const link = page.locator("#handover-link");
  await expect(link).toHaveValue(/\/invite\//);
  return link.inputValue();
}

/** Accepts an invitation in a browser of its own, and gives its page. */
export async function accept(browser: Browser, link: string, name: string): Promise<Page> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await open(page, link);
  await field(page, "name").fill(name);
  await field(page, "password").fill(PASSWORD);
  await page.getByRole("button", { name: "Accept and sign in" }).click();
  await expect(page).not.toHaveURL(/\/invite/);
  if (scripted()) await hydrated(page);
  return page;
}
