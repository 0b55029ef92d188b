// The import wizard, step by step.
import { expect, type Page } from "@playwright/test";
import { hydrated, scripted } from "./test.ts";

/** Uploads a file; the wizard is then at its columns. */
export async function upload(page: Page, kind: string, file: string | Upload): Promise<void> {
  await page.locator('select[name="kind"]').selectOption(kind);
  await page.locator('input[type="file"]').setInputFiles(file);
  await page.locator('form[enctype="multipart/form-data"] button[type="submit"]').click();
  await expect(page).toHaveURL(/\/imports\/\d+\/columns/);
  if (scripted()) await hydrated(page);
}

/** A file made in the test. */
export type Upload = { name: string; mimeType: string; buffer: Buffer };

/** From the columns to the values. */
export async function takeColumns(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL(/\/values/);
}

/** From the values to the result of the dry run; people whom nobody knows yet are to be created. */
export async function check(page: Page): Promise<void> {
  const create = page.getByLabel("Create these people");
  if (await create.count()) await create.check();
  await page.getByRole("button", { name: "Check without storing" }).click();
  await expect(page).toHaveURL(/\/imports\/\d+$/);
  await untilRead(page);
}

/** Carries the import out and waits for its report. */
export async function carryOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Import now" }).click();
  await expect(async () => {
    await lookAgain(page);
    await expect(page.getByRole("heading", { level: 1 })).toContainText("is imported", { timeout: 1_500 });
  }).toPass({ timeout: 60_000 });
}

async function untilRead(page: Page): Promise<void> {
  await expect(async () => {
    await lookAgain(page);
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Check of", { timeout: 1_500 });
  }).toPass({ timeout: 60_000 });
}

// With JavaScript the page follows the work by itself.
async function lookAgain(page: Page): Promise<void> {
  const again = page.getByRole("link", { name: "Look again" });
  if (!scripted() && (await again.count())) await again.click();
}

/** The count with this label in the report. */
export async function count(page: Page, label: string): Promise<number> {
  const term = page.locator("dl.facts > div").filter({ has: page.getByText(label, { exact: true }) });
  return Number((await term.first().locator("dd").innerText()).replace(/\D/g, ""));
}
