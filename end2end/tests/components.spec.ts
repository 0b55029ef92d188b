import { expect, expectAccessible, look, screenshot, test } from "../support/test.ts";

for (const theme of ["light", "dark"] as const) {
  test(`every component is accessible, ${theme}`, async ({ page }) => {
    await look(page, { theme });
    await page.goto("/dev/ui");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectAccessible(page);
    await screenshot(page, `components-${theme}`);
  });
}
