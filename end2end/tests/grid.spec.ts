// The yearly grid of targets, edited in place and by a file; deals found by a text, corrected by hand and removed.
import { expect, expectAccessible, screenshot, scripted, test, unique } from "../support/test.ts";

test.use({ allowedErrors: [/status of 4(04|09|22)/] });

// Both runs share a server: each has a year of its own.
function year(): string {
  return scripted() ? "2031" : "2030";
}

test("cells are edited in place, and what is wrong is said beside them", async ({ page, signIn }) => {
  await signIn("manager");
  await page.goto(`/targets/grid?year=${year()}`);
  const cells = page.locator("input.grid-cell");
  await cells.nth(0).fill("1500");
  await cells.nth(1).fill("many");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator("main")).toContainText("“many”");
  await expect(cells.nth(0)).toHaveValue("1500");
  await expect(cells.nth(1)).toHaveValue("many");
  await expect(cells.nth(1)).toHaveAttribute("aria-invalid", "true");
  await expectAccessible(page);
  await screenshot(page, "target-grid-remark");
  await cells.nth(1).fill("250.5");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator("main table tbody tr").first()).toContainText("1750.5");
  await expect(page).toHaveURL(new RegExp(`year=${year()}`));
  await screenshot(page, "target-grid");
  await cells.nth(1).fill("");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator("main table tbody tr").first()).toContainText("1,500");
  await expectAccessible(page);
});

test("the file of the grid goes in again", async ({ page, signIn }) => {
  await signIn("owner");
  const address = `/targets/grid?year=${year()}&kpi=deals_won`;
  const answer = await page.request.get(`/export${address}&format=csv`);
  const text = await answer.text();
  const file = (content: string) => ({ name: "grid.csv", mimeType: "text/csv", buffer: Buffer.from(content) });
  // The first person's first month.
  const lines = text.split("\r\n");
  const at = lines.findIndex((line) => line.includes(`${year()}-01`)) + 1;
  const [key, name] = (lines[at] ?? "").split(",");
  lines[at] = `${key},${name},7${",".repeat(11)}`;
  await page.goto(address);
  await page.locator('input[type="file"]').setInputFiles(file(lines.join("\r\n")));
  await page.getByRole("button", { name: "Bring a file in" }).click();
  await expect(page.locator("input.grid-cell").first()).toHaveValue("7");
  lines[at] = `${key},${name},seven${",".repeat(11)}`;
  await page.locator('input[type="file"]').setInputFiles(file(lines.join("\r\n")));
  await page.getByRole("button", { name: "Bring a file in" }).click();
  await expect(page.locator("main")).toContainText(`column ${year()}-01: “seven”`);
  await expect(page.locator("input.grid-cell").first()).toHaveValue("7");
  await screenshot(page, "target-grid-file");
});

test("a deal is made, found, corrected and removed by hand", async ({ page, signIn }) => {
  await signIn("owner");
  const key = unique("HAND");
  await page.goto("/deals");
  await page.getByRole("link", { name: "New deal" }).click();
  const credited = page.locator('input[name="fields[person]"]');
  await page.locator('input[name="fields[external_id]"]').fill(key);
  await credited.fill("Nobody at all");
  await page.locator('select[name="fields[status]"]').selectOption("won");
  await page.locator('input[name="fields[closed_on]"]').fill("2026-02-03");
  await page.locator('input[name="fields[amount]"]').fill("1234.5");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator("main")).toContainText("Nobody at all");
  await expect(page.locator('input[name="fields[amount]"]')).toHaveValue("1234.5");
  const people = await page.request.get("/export/targets/grid?year=2026&format=csv");
  const lines = (await people.text()).split("\r\n");
  const first = lines[lines.findIndex((line) => line.includes("2026-01")) + 1] ?? "";
  await credited.fill(first.split(",")[0] ?? "");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page).toHaveURL(/\/facts\/deals\/\d+/);
  const address = page.url();
  await page.locator('input[name="fields[amount]"]').fill("1000");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("table", { name: "History" })).toContainText("1234.5");
  await expectAccessible(page);
  await screenshot(page, "deal-by-hand");
  await page.goto(`/deals?period=2026Q1&q=${encodeURIComponent(key.toLowerCase())}`);
  await expect(page.locator("main table tbody tr")).toHaveCount(1);
  await expectAccessible(page);
  await screenshot(page, "deals-search");
  await page.getByRole("link", { name: key }).click();
  await expect(page.getByRole("link", { name: "Correct" })).toBeVisible();
  await page.goto(`${address}?dialog=remove`);
  await page.locator("main form, dialog form").filter({ has: page.locator('input[value="/api/facts/remove"]') }).locator("button").click();
  await expect(page).toHaveURL(/\/deals$/);
  await page.goto(`/deals?period=2026Q1&q=${encodeURIComponent(key)}`);
  await expect(page.locator("main table")).toHaveCount(0);
});

test("a rep reads the facts behind their own number", async ({ page, signIn }) => {
  await signIn("rep");
  await page.goto("/facts/activities");
  await expect(page.locator("main table tbody tr").first()).toBeVisible();
  await expect(page.locator('main a[href*="/facts/activities/"]')).toHaveCount(0);
  await expectAccessible(page);
  await screenshot(page, "facts-of-a-rep");
});
