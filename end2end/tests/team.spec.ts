// The team board of a manager, and the tree and people of an administrator.
import { expect, expectAccessible, field, look, screenshot, scripted, SPEAKS, test, unique } from "../support/test.ts";

test("a manager sees the team: a row per person with n and interval, and goes to one", async ({ page, signIn }) => {
  await signIn("manager");
  await page.goto("/teams");
  const board = page.locator("section.board").first();
  await expect(board).toBeVisible();
  const row = board.locator("tbody tr").first();
  await expect(row).toContainText(/%/);
  await expect(row).toContainText(/n\s*=?\s*\d+/);
  const name = (await row.locator("th a").innerText()).trim();
  await row.locator("th a").click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
});

test("rows stand by name, not by result", async ({ page, signIn }) => {
  await signIn("manager");
  await page.goto("/teams");
  const names = await page.locator("section.board").first().locator("tbody th").allInnerTexts();
  expect(names.length).toBeGreaterThan(1);
  expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, "en")));
});

test("a number of the team opens to where it comes from", async ({ page, signIn }) => {
  await signIn("manager");
  await page.goto("/teams");
  await page.locator("section.card a.figure-info").first().click();
  const explanation = scripted() ? page.getByRole("dialog") : page.locator("main");
  await expect(explanation.locator(".explain-value")).toBeVisible();
  await expectAccessible(page);
});

test("an owner adds a person; a wrong date is said beside the field and nothing typed is lost", async ({ page, signIn }) => {
  await signIn("owner");
  await page.goto("/people?dialog=add");
  const dialog = page.getByRole("dialog");
  const name = unique("Bo Nieuw");
  await field(dialog, "name").fill(name);
  await field(dialog, "email").fill("no address");
  await dialog.getByRole("button", { name: "Add person" }).click();
  await expect(field(page.getByRole("dialog"), "email")).toHaveAttribute("aria-invalid", "true");
  await expect(field(page.getByRole("dialog"), "name")).toHaveValue(name);
  await field(page.getByRole("dialog"), "email").fill("");
  await page.getByRole("dialog").getByRole("button", { name: "Add person" }).click();
  // To go on before the answer is there would take the form back.
  await expect(page).not.toHaveURL(/dialog=add/);
  await page.goto(`/people?q=${encodeURIComponent(name)}`);
  await expect(page.getByRole("row", { name: new RegExp(name) })).toBeVisible();
  await page.getByRole("link", { name }).click();
  await expectAccessible(page);
});
test.use({ allowedErrors: [/status of 4(03|10|22)/] });

test("an invitation can be seen and revoked; its link then says so", async ({ page, signIn }) => {
  await signIn("owner");
  await page.goto("/users?dialog=invite");
  await expectAccessible(page);
  const email = `${unique("new").replace(/\W/g, "-")}@techsolutions.example`.toLowerCase();
  const dialog = page.getByRole("dialog");
  await field(dialog, "email").fill(email);
  await dialog.getByRole("button", { name: "Make link" }).click();
  const link = await page.locator("#handover-link").inputValue();
  const row = page.getByRole("row", { name: new RegExp(email) });
  await row.getByRole("button", { name: "Revoke" }).click();
  await expect(row).toHaveCount(0);
  await page.goto(new URL(link).pathname);
  await expect(page.locator("main")).toContainText("does not work any more");
});

test("a rep may not administer", async ({ page, signIn }) => {
  await signIn("rep");
  await expect(page.locator("nav.nav")).not.toContainText("People");
  const response = await page.goto("/users");
  expect([403, 404]).toContain(response!.status());
});

for (const lang of ["en", "nl"] as const) {
  for (const theme of ["light", "dark"] as const) {
    test(`team, people and users in ${lang}, ${theme}`, async ({ page, signIn }) => {
      await signIn("owner", SPEAKS[lang]);
      await expect(page.locator("html")).toHaveAttribute("lang", lang);
      await look(page, { theme });
      for (const [name, path] of [["team", "/teams"], ["people", "/people"], ["tree", "/people/teams"], ["users", "/users"]]) {
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await expectAccessible(page);
        await screenshot(page, `${name}-${lang}-${theme}`);
      }
    });
  }
}
