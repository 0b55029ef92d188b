// Webhooks: made with a secret that is shown once, tried, paused, removed. Nothing of it needs JavaScript.
import { expect, expectAccessible, test } from "../support/test.ts";

// What is typed wrong comes back at 422.
test.use({ allowedErrors: [/status of 4(04|22)/] });

test("a webhook is made, tried, paused, renewed and removed", async ({ page, signIn }) => {
  await signIn("owner");
  const url = `https://no-such-host.invalid/${test.info().project.name}`;
  await page.goto("/tokens");
  await page.getByRole("link", { name: "Webhooks" }).click();
  await page.getByRole("link", { name: "New webhook" }).click();
  await expectAccessible(page);
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Address").fill("http://10.0.0.1/");
  await dialog.getByLabel("Import finished").check();
  await dialog.getByRole("button", { name: "Make webhook" }).click();
  await expect(page.locator(".form-summary")).toContainText("has to begin with https://");
  await expect(page.getByLabel("Import finished")).toBeChecked();
  await page.getByLabel("Address").fill(url);
  await page.getByRole("button", { name: "Make webhook" }).click();

  await expect(page).toHaveURL(/\/webhooks\/\d+$/);
  const secret = await page.locator("#secret-text").inputValue();
  expect(secret).toMatch(/^mws_[\w-]{43}$/);
  await expectAccessible(page);
  await page.goto(page.url());
  await expect(page.locator("#secret-text")).toHaveCount(0);

  await page.getByRole("button", { name: "Send a test" }).click();
  // Imports of other tests are told to it as well.
  const trial = page.locator("main tbody tr").filter({ hasText: /^\s*Test/ });
  await expect(trial).toHaveCount(1);
  await expect(async () => {
    await page.goto(page.url());
    await expect(trial).toContainText(/name is not known|no answer within/, { timeout: 1_500 });
  }).toPass({ timeout: 30_000 });
  await trial.locator("details summary").click();
  await expectAccessible(page);

  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByText("Webhook paused")).toBeVisible();
  await expect(page.getByRole("button", { name: "Send a test" })).toHaveCount(0);
  await page.getByRole("button", { name: "Resume" }).click();
  await page.getByRole("link", { name: "Renew the secret" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Renew the secret" }).click();
  expect(await page.locator("#secret-text").inputValue()).not.toBe(secret);

  await page.getByRole("link", { name: "Remove the webhook" }).click();
  await expectAccessible(page);
  await page.getByRole("dialog").getByRole("button", { name: "Remove the webhook" }).click();
  await expect(page.getByText("Webhook removed")).toBeVisible();
  await expect(page.getByText(url)).toHaveCount(0);
});
