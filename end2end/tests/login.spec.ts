import { expect, expectAccessible, look, screenshot, test } from "../support/test.ts";

test("the sign-in page says what it is and is accessible", async ({ page }) => {
  await page.goto("/login");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expectAccessible(page);
});

for (const lang of ["en", "nl"] as const) {
  for (const theme of ["light", "dark"] as const) {
    test(`the sign-in page in ${lang}, ${theme}`, async ({ page }) => {
      await look(page, { lang, theme });
      await page.goto("/login");
      await expect(page.locator("html")).toHaveAttribute("lang", lang);
      await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
      await expectAccessible(page);
      await screenshot(page, `login-${lang}-${theme}`);
    });
  }
}

test("a rep signs in and sees the own scorecard", async ({ page, signIn }) => {
  await signIn("rep");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page).toHaveURL(/\/(scorecard\/\d+.*)?$/);
});

test.describe("with a wrong password", () => {
  test.use({ allowedErrors: [/status of 4\d\d/] });

  test("the page says so and keeps the address", async ({ page }) => {
    await page.goto("/login");
    await page.locator('input[name="email"]').fill("nobody@techsolutions.example");
    await page.locator('input[name="password"]').fill("not the password");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("alert").first()).toBeVisible();
    await expect(page.locator('input[name="email"]')).toHaveValue("nobody@techsolutions.example");
  });
});
