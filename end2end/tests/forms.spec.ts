// What every form of the product does, seen on the component page: remarks beside the fields, nothing typed is lost.
import { expect, test } from "../support/test.ts";

test.use({ allowedErrors: [/status of 422/] });

test("a refused form keeps what was typed and says what is wrong", async ({ page }) => {
  await page.goto("/dev/ui");
  await page.getByLabel("Name").fill("Anna & Co");
  await page.getByLabel("Amount").fill("12,5x");
  await page.getByLabel("Metric").selectOption("revenue");
  await page.getByLabel("At most").check();
  await page.getByLabel("Tell the person").check();
  await page.getByRole("button", { name: "Save" }).click();

  await expect(page.getByRole("alert").filter({ hasText: "check the marked fields" })).toBeVisible();
  await expect(page.getByLabel("Amount")).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator("#f-amount-error")).toContainText("12,5x");
  await expect(page.getByLabel("Name")).toHaveValue("Anna & Co");
  await expect(page.getByLabel("Metric")).toHaveValue("revenue");
  await expect(page.getByLabel("At most")).toBeChecked();
  await expect(page.getByLabel("Tell the person")).toBeChecked();

  await page.getByLabel("Amount").fill("12");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("check the marked fields")).toHaveCount(0);
});

test("a dialog is an address: a link opens it, back closes it", async ({ page }) => {
  await page.goto("/dev/ui");
  await page.getByRole("link", { name: "Open dialog" }).click();
  await expect(page.getByRole("dialog", { name: "Undo this import?" })).toBeVisible();
  await expect(page).toHaveURL(/dialog=sample/);
  await page.goBack();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});
