// The import wizard on files that are not as they should be, and what it looks like.
import { expect, expectAccessible, look, screenshot, SPEAKS, test } from "../support/test.ts";
import { carryOut, check, count, takeColumns, upload } from "../support/wizard.ts";

test.use({ allowedErrors: [/status of 4(13|22)/] });

const HEAD = "opportunity_id,sales_agent,account,product,deal_stage,engage_date,close_date,close_value";

function csv(name: string, ...rows: string[]) {
  return { name, mimeType: "text/csv", buffer: Buffer.from(rows.map((row) => `${row}\n`).join("")) };
}

for (const [what, file] of [
  ["empty", csv("empty.csv")],
  ["binary", { name: "picture.csv", mimeType: "text/csv", buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1, 2, 3, 0, 255]) }],
] as const) {
  test(`a file that is ${what} is refused with the reason`, async ({ page, signIn }) => {
    await signIn("owner");
    await page.goto("/imports");
    await page.locator('input[type="file"]').setInputFiles(file);
    await page.getByRole("button", { name: "Upload" }).click();
    await expect(page.getByRole("alert").first()).toBeVisible();
    await expect(page.getByRole("alert").first()).toContainText("The file cannot be taken");
    await expectAccessible(page);
  });
}

test("bad rows are named by line, column and reason, and nothing is stored until that is accepted", async ({ page, signIn }) => {
  await signIn("owner");
  const key = test.info().project.name;
  await page.goto("/imports");
  await upload(page, "deals", csv(
    "bad.csv", HEAD,
    `${key}-1,Nobody We Know,Acme,Basic,Won,2026-04-01,2026-05-01,1200`,
    `${key}-2,Nobody We Know,Acme,Basic,Won,2026-04-01,2026-02-31,1200`,
    `${key}-3,Nobody We Know,Acme,Basic,Lost,2026-04-02,2026-05-03,"12,5x"`,
    `${key}-1,Nobody We Know,Acme,Basic,Open,2026-04-02,,`,
  ));
  await takeColumns(page);
  await expect(page.getByText("Nobody We Know")).toBeVisible();
  await check(page);
  expect(await count(page, "Rejected")).toBeGreaterThanOrEqual(3);
  const rejected = page.getByRole("table", { name: "Rejected rows" });
  await expect(rejected).toContainText("12,5x");
  await expect(rejected).toContainText("2026-02-31");
  await expect(rejected.locator("tbody tr").first()).toContainText(/\d/);
  await expectAccessible(page);
  await screenshot(page, "import-rejected");
  // The rows come back as they stood in the file, each with its line and reason.
  const href = await page.locator('main a[href$="/rejected.csv"]').first().getAttribute("href");
  const file = await page.request.get(href!);
  expect(file.headers()["content-disposition"]).toContain("attachment");
  const [names, ...lines] = (await file.text()).replace("\uFEFF", "").trim().split("\r\n");
  expect(names).toBe(`${HEAD},Line,Column,Reason`);
  const second = lines.find((line) => line.startsWith(`${key}-2,`));
  expect(second).toContain(`${key}-2,Nobody We Know,Acme,Basic,Won,2026-04-01,2026-02-31,1200,3,closed_on,`);
  expect(lines.find((line) => line.startsWith(`${key}-3,`))).toContain('"12,5x",4,amount,');
});

test("a good file is imported, and the same file again changes nothing", async ({ page, signIn }) => {
  await signIn("owner");
  const key = test.info().project.name;
  const file = csv("good.csv", HEAD, `${key}-g1,Kim Import,Acme,Basic,Won,2026-04-01,2026-05-01,1200`, `${key}-g2,Kim Import,Acme,Basic,Lost,2026-04-01,2026-05-01,900`);
  for (const created of [2, 0]) {
    await page.goto("/imports");
    await upload(page, "deals", file);
    await takeColumns(page);
    await check(page);
    expect(await count(page, "Created")).toBe(created);
    expect(await count(page, "Unchanged")).toBe(2 - created);
    await carryOut(page);
  }
});

test("the mode is chosen before the check, whose counts are those of the import", async ({ page, signIn }) => {
  await signIn("owner");
  const key = `${test.info().project.name}-mode`;
  const row = (n: number, value: number) => `${key}-${n},Kim Import,Acme,Basic,Won,2026-04-01,2026-05-01,${value}`;
  const go = async (mode: string, ...rows: string[]) => {
    await page.goto("/imports");
    await upload(page, "deals", csv("mode.csv", HEAD, ...rows));
    await takeColumns(page);
    await page.getByLabel(mode).check();
    await check(page);
    await expect(page.getByText(`As checked: ${mode}`)).toBeVisible();
    const labels = ["Rows", "Created", "Changed", "Unchanged", "Rejected"];
    const counted = [];
    for (const label of labels) counted.push(await count(page, label));
    const accept = page.getByLabel("Take the valid rows");
    if (await accept.count()) await accept.check();
    await carryOut(page);
    const done = [];
    for (const label of labels) done.push(await count(page, label));
    expect(done).toEqual(counted);
    return done;
  };
  expect(await go("Only add new ones", row(1, 100))).toEqual([1, 1, 0, 0, 0]);
  expect(await go("Only update known ones", row(1, 200), row(2, 300))).toEqual([2, 0, 1, 0, 1]);
  expect(await go("Only add new ones", row(1, 300), row(2, 300))).toEqual([2, 1, 0, 0, 1]);
  expect(await go("Add new and update known ones", row(1, 300), row(2, 300))).toEqual([2, 0, 1, 1, 0]);
});

test("a title above the names and a column of one's own", async ({ page, signIn }) => {
  await signIn("owner");
  const key = `${test.info().project.name}-own`;
  await page.goto("/imports");
  await upload(page, "deals", csv(
    "march.csv", "Report of March", "", `${HEAD},landing`,
    `${key}-1,Kim Import,Acme,Basic,Won,2026-04-01,2026-05-01,1200,/spring`,
  ));
  await expect(page.getByText("The column names stand in row 3.")).toBeVisible();
  await page.getByLabel("Name of your own, 1").fill("landing_page");
  await page.getByLabel("Its column in the file, 1").selectOption("landing");
  await page.getByLabel("Column, 1", { exact: false }).last().selectOption("source");
  await page.getByLabel("Value, 1").fill("fair");
  await page.getByRole("button", { name: "Update the preview" }).click();
  const preview = page.getByRole("table", { name: "The first rows under our names" });
  await expect(preview).toContainText("landing_page");
  await expect(preview).toContainText("/spring");
  await expectAccessible(page);
  // The mapping as a file for the command line.
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Download the mapping" }).click()]);
  expect(download.suggestedFilename()).toMatch(/march-mapping.*\.toml$/);
  await expect(page.getByLabel("Mapping as text")).toHaveValue(/header_row = 3/);
  await takeColumns(page);
  await check(page);
  expect(await count(page, "Created")).toBe(1);
});

for (const lang of ["en", "nl"] as const) {
  for (const theme of ["light", "dark"] as const) {
    test(`the wizard in ${lang}, ${theme}`, async ({ page, signIn }) => {
      await signIn("owner", SPEAKS[lang]);
      await page.goto("/imports");
      await upload(page, "deals", csv("look.csv", HEAD, "look-1,Kim Look,Acme,Basic,Won,2026-04-01,2026-05-01,1200", "look-2,Kim Look,Zoom,Basic,Engaging,2026-04-01,,"));
      const wizard = new URL(page.url()).pathname.replace(/\/columns$/, "");
      await expect(page.locator("html")).toHaveAttribute("lang", lang);
      await look(page, { theme });
      await page.goto(`${wizard}/columns`);
      await expectAccessible(page);
      await screenshot(page, `import-columns-${lang}-${theme}`);
      await page.locator("main form button.primary").first().click();
      await expect(page).toHaveURL(/\/values/);
      await expectAccessible(page);
      await screenshot(page, `import-values-${lang}-${theme}`);
      await page.goto("/imports");
      await expectAccessible(page);
      await screenshot(page, `imports-${lang}-${theme}`);
    });
  }
}
