// The organisation's settings: calendar, holidays, smallest n.
import { expect, expectAccessible, field, look, SPEAKS, test, unique } from "../support/test.ts";

test("an owner finds the settings, adds a day off and removes it again", async ({ page, signIn }) => {
  await signIn("owner");
  await page.goto("/people");
  await page.getByRole("link", { name: "Organisation", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Organisation");
  await expectAccessible(page);
  await page.goto("/settings?year=2031");
  const name = unique("Stocktaking");
  const add = page.locator("#form-add_holiday-add-holiday");
  await field(add, "day").fill("2031-03-05");
  await field(add, "name").fill(name);
  await add.getByRole("button", { name: "Add day off" }).click();
  const row = page.getByRole("row", { name: new RegExp(name) });
  await expect(row).toContainText("Own day off");
  await row.getByRole("button").click();
  await expect(row).toHaveCount(0);
  await expect(page).toHaveURL(/year=2031/);
});

test.describe("what is refused", () => {
  test.use({ allowedErrors: [/status of 4(03|04|22)/] });

  test("a calendar without working days, with what was typed kept", async ({ page, signIn }) => {
    await signIn("owner");
    await page.goto("/settings");
    const form = page.locator("#form-save-settings");
    for (const day of ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]) {
      await form.getByRole("checkbox", { name: day, exact: true }).uncheck();
    }
    await field(form, "min_n").fill("6");
    await form.getByRole("button", { name: "Save settings" }).click();
    await expect(page.locator(".form-summary")).toContainText("At least one day of the week must be a working day");
    await expect(field(form, "min_n")).toHaveValue("6");
    await expect(form.getByRole("checkbox", { name: "Monday", exact: true })).not.toBeChecked();
    await expectAccessible(page);
  });

  test("a rep", async ({ page, signIn }) => {
    await signIn("rep");
    const response = await page.goto("/settings");
    expect([403, 404]).toContain(response!.status());
  });
});

for (const lang of ["en", "nl"] as const) {
  for (const theme of ["light", "dark"] as const) {
    test(`the settings in ${lang}, ${theme}`, async ({ page, signIn }) => {
      await signIn("owner", SPEAKS[lang]);
      await look(page, { theme });
      await page.goto("/settings");
      await expect(page.locator("html")).toHaveAttribute("lang", lang);
      await expectAccessible(page);
    });
  }
}
