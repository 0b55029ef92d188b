// Facts other than deals: the wizard, undo, the list with its filters, correction with history, removal; and the
// choices where vendors disagree.
import type { Page } from "@playwright/test";
import { expect, expectAccessible, look, screenshot, test } from "../support/test.ts";
import { carryOut, check, count, takeColumns, upload } from "../support/wizard.ts";

// A fact that was removed is not found any more.
test.use({ allowedErrors: [/status of 4(04|22)/] });

function csv(name: string, ...rows: string[]) {
  return { name, mimeType: "text/csv", buffer: Buffer.from(rows.map((row) => `${row}\n`).join("")) };
}

// The button of the form that calls a server function, whatever language it speaks.
function byFunction(page: Page, name: string) {
  return page.locator("main form").filter({ has: page.locator(`input[value="/api/${name}"]`) }).locator("button");
}

// A table as a file: what it is about, and its rows by the names of their columns.
async function table(page: Page, address: string): Promise<{ about: Record<string, string>; rows: Record<string, string>[] }> {
  const answer = await page.request.get(address);
  expect(answer.status(), address).toBe(200);
  const [about, ...rest] = (await answer.text()).replace("\uFEFF", "").split("\r\n\r\n");
  // Dutch files have semicolons, as their numbers have commas.
  const mark = rest.join("").split("\r\n")[0].includes(";") ? ";" : ",";
  const cells = (line: string) =>
    [...line.matchAll(new RegExp(`("(?:[^"]|"")*"|[^${mark}]*)(?:${mark}|$)`, "g"))].map((m) => m[1].replace(/^"|"$/g, "").replaceAll('""', '"'));
  const [head, ...lines] = rest.join("\r\n\r\n").trim().split("\r\n").map(cells);
  const named = (values: string[]) => Object.fromEntries(head.map((name, i) => [name, values[i] ?? ""]));
  return { about: Object.fromEntries(about.split("\r\n").map((line) => cells(line).slice(0, 2))), rows: lines.map(named) };
}

const day = (i: number) => `2026-0${1 + (i % 4)}-${String(1 + (i % 27)).padStart(2, "0")}`;
const of = <T>(all: readonly T[], i: number): T => all[i % all.length];

// The leading file of each kind of company, with the names that other programs give its columns and with what such files
// are like: quoted names with commas, blank cells, returns, several lines of one receipt.
const MAIN = [
  ["techsolutions", "subscriptions", "subscription_id,customer_id,plan,start_date,end_date,monthly_amount", (key: string, i: number) =>
    `${key}-${i},${of(['"Browser, Sons & Co."', "Kade BV", "Noord 7", "Ünlü GmbH"], i)} ${i},${of(["Starter", "Pro", "Scale"], i)},${day(i)},${i % 5 ? "" : "2026-05-01"},${(49.5 + i).toFixed(2)}`],
  ["strategic-solutions", "deals", "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value", (key: string, i: number) =>
    `${key}-${i},${of(["Willem Jansen", "Ingrid Maas", "Lotte Kuipers"], i)},Quickscan,${of(['"Waterschap ""De Dommel"""', "Zorggroep Oost", ""], i)},${of(["Won", "Lost", "Open"], i)},${day(i)},${i % 3 === 2 ? "" : "2026-05-10"},${i % 3 ? "" : 12_500 + i}`],
  ["digitalboost", "campaign_days", "Date,Campaign Name,Channel,Cost,Impressions,Clicks,Leads,Orders,Revenue", (key: string, i: number) =>
    `${day(i)},${key} ${i},${of(["search", "social", "e-mail"], i)},${(12.5 + i).toFixed(2)},${1000 + i},${40 + i},${i % 7},${i % 3},${(i % 3) * 640}.00`],
  ["fashionfusion", "sales_lines", "InvoiceNo,InvoiceDate,StockCode,Category,Quantity,UnitPrice,CustomerID,Shop,Country", (key: string, i: number) =>
    `${key}-${Math.floor(i / 3)},${day(Math.floor(i / 3))},ART-${100 + i},${of(["Dresses", "Accessories", "Shoes"], i)},${i % 11 === 10 ? -1 : 1 + (i % 3)},${(9.95 + i).toFixed(2)},${i % 4 ? `C-${i}` : ""},${of(["Utrecht", "Amsterdam"], Math.floor(i / 3))},Nederland`],
] as const;
const ROWS = 36;

for (const [organisation, kind, head, row] of MAIN) {
  test(`${kind} go in by the wizard and out by undo`, async ({ page, signIn }) => {
    await signIn("owner", organisation);
    const key = `W-${test.info().project.name}`;
    await page.goto("/imports");
    await upload(page, kind, csv(`${kind}.csv`, head, ...Array.from({ length: ROWS }, (_, i) => row(key, i))));
    await page.locator("main form button.primary").first().click();
    await expect(page).toHaveURL(/\/values/);
    await page.locator("main form button.primary").first().click();
    await expect(page).toHaveURL(/\/imports\/\d+$/);
    await expect(async () => {
      await page.goto(page.url());
      await expect(page.locator("dl.facts > div dd").nth(1)).toHaveText(String(ROWS), { timeout: 1_500 });
    }).toPass({ timeout: 30_000 });
    const address = page.url();
    await byFunction(page, "imports/commit").click();
    await expect(async () => {
      await page.goto(address);
      await expect(page.locator('a[href*="dialog=undo"]')).toBeVisible({ timeout: 1_500 });
    }).toPass({ timeout: 30_000 });
    // Deals have a page for each part of a number.
    const list = kind === "deals" ? `/deals?period=2026Q2&part=won&q=${key}` : `/facts/${kind}?q=${key}`;
    await page.goto(list);
    await expect(page.locator("main table tbody tr")).toHaveCount(kind === "deals" ? ROWS / 3 : ROWS);
    await expectAccessible(page);
    // The file of the list holds the same rows.
    const link = page.locator('main a[href*="/export/"][href*="format=csv"]').first();
    const file = await table(page, (await link.getAttribute("href"))!);
    expect(file.rows).toHaveLength(kind === "deals" ? ROWS / 3 : ROWS);
    expect(Object.values(file.about)).toContain(key);
    await page.goto(`${address}?dialog=undo`);
    await byFunction(page, "imports/undo").click();
    await expect(async () => {
      await page.goto(address);
      await expect(page.locator('a[href*="dialog=undo"]')).toHaveCount(0, { timeout: 1_500 });
    }).toPass({ timeout: 30_000 });
    await page.goto(list);
    await expect(page.locator("main table")).toHaveCount(0);
  });
}

test("a deal is corrected, and an undo of its import keeps the correction", async ({ page, signIn }) => {
  await signIn("owner");
  const key = `U-${test.info().project.name}`;
  const head = "opportunity_id,sales_agent,account,product,deal_stage,engage_date,close_date,close_value";
  const deal = (n: number) => `${key}-${n},Noor de Vries,Acme ${n},Pro,Won,2026-04-01,2026-05-01,1200`;
  await page.goto("/imports");
  await upload(page, "deals", csv("corrected.csv", head, deal(1), deal(2)));
  await takeColumns(page);
  await check(page);
  const address = page.url();
  await carryOut(page);
  const list = `/deals?period=2026Q2&part=won&q=${key}`;
  await page.goto(list);
  await page.getByRole("link", { name: `${key}-1` }).click();
  await expect(page).toHaveURL(/\/deals\/\d+$/);
  await page.getByRole("link", { name: "Correct", exact: true }).click();
  await page.getByLabel("Customer").fill("Acme renamed");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("table", { name: "History" })).toContainText("Acme 1");
  await expectAccessible(page);
  const file = await table(page, `${new URL(page.url()).pathname.replace("/facts", "/export/facts")}?format=csv`);
  expect(file.rows.map((row) => row.Was)).toContain("Acme 1");
  await page.goto(`${address}?dialog=undo`);
  await byFunction(page, "imports/undo").click();
  await expect(async () => {
    await page.goto(list);
    await expect(page.locator("main table tbody tr")).toHaveCount(1, { timeout: 1_500 });
  }).toPass({ timeout: 30_000 });
  await expect(page.locator("main table")).toContainText("Acme renamed");
});

test("a list of facts is filtered by its columns, and so is its file", async ({ page, signIn }) => {
  await signIn("owner", "fashionfusion");
  await page.goto("/facts/sales_lines");
  await page.locator('main form.filters select[name="shop"]').selectOption("Utrecht");
  await page.locator('main form.filters button[type="submit"]').click();
  await expect(page).toHaveURL(/shop=Utrecht/);
  await expect(page.locator('main form.filters select[name="shop"]')).toHaveValue("Utrecht");
  await expect(page.locator("main table tbody tr").first()).toContainText("Utrecht");
  await expectAccessible(page);
  const link = page.locator('main a[href*="/export/"][href*="format=csv"]').first();
  const { about, rows } = await table(page, (await link.getAttribute("href"))!);
  expect(Object.values(about)).toContain("Utrecht");
  expect(rows.length).toBeGreaterThan(50);
  for (const row of rows) {
    expect(row.shop).toBe("Utrecht");
    expect(Number(row.amount), row.amount).not.toBeNaN();
  }
});

test("a fact is made, corrected with its history, and removed", async ({ page, signIn }) => {
  await signIn("owner");
  const title = `Fair ${test.info().project.name}`;
  await page.goto("/facts/events/new");
  await expectAccessible(page);
  await page.getByLabel("Date").fill("2026-02-03");
  await page.getByLabel("Title").fill(title);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page).toHaveURL(/\/facts\/events\/\d+/);
  const address = page.url();
  await page.getByLabel("Title").fill(`${title} at home`);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("table", { name: "History" })).toContainText(`Title: ${title}`);
  await expectAccessible(page);
  await screenshot(page, "fact");
  // What is wrong is said beside the field, and what was typed is still there.
  await page.getByLabel("Touches").fill("everybody");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator("main")).toContainText("Write column=value");
  await expect(page.getByLabel("Touches")).toHaveValue("everybody");
  await page.goto(`${address}?dialog=remove`);
  await byFunction(page, "facts/remove").click();
  await expect(page).toHaveURL(/\/facts\/events$/);
  await page.goto(address);
  await expect(page.locator("main")).not.toContainText(title);
});

for (const theme of ["light", "dark"] as const) {
  test(`facts and choices in Dutch, ${theme}`, async ({ page, signIn }) => {
    await signIn("owner", "strategic-solutions");
    await page.goto("/facts/activities");
    await look(page, { theme });
    await expect(page.locator("main table tbody tr").first()).toBeVisible();
    await expectAccessible(page);
    await screenshot(page, `facts-nl-${theme}`);
    await page.goto("/kpis/choices");
    await expectAccessible(page);
    await screenshot(page, `choices-nl-${theme}`);
  });
}

test("a choice holds at once and is a version", async ({ page, signIn }) => {
  // A company of its own for each run: two at once would tell each other of a conflict.
  await signIn("owner", test.info().project.name === "hydrated" ? "fashionfusion" : "digitalboost");
  await page.goto("/kpis/choices");
  const form = page.locator("main form").filter({ has: page.locator('input[value="/api/kpis/save_choices"]') });
  const chosen = await form.locator('input[name="choice[within_step]"]:checked').inputValue();
  const other = chosen === "net" ? "each_day" : "net";
  await form.locator(`input[name="choice[within_step]"][value="${other}"]`).check();
  await form.locator('button[type="submit"]').click();
  await expect(page.locator("main table tbody tr").first()).toBeVisible();
  await expect(form.locator(`input[name="choice[within_step]"][value="${other}"]`)).toBeChecked();
  await page.goto("/kpis/mrr_expansion");
  await expect(page.locator('main a[href="/kpis/choices"]')).toBeVisible();
  await expectAccessible(page);
});

test("tables can be had as files", async ({ page, signIn }) => {
  await signIn("owner", "techsolutions");
  for (const [address, column] of [
    ["/facts/subscriptions", "customer"],
    ["/kpis", "KPI"],
    ["/kpis/mrr", "Value"],
    ["/explain/mrr", "What"],
    ["/targets", "So far"],
    ["/objectives", "Objective"],
    ["/people", "Name"],
    ["/people/teams", "People"],
    ["/users", "Role"],
    ["/imports", "File"],
    ["/tokens", "May"],
    ["/webhooks", "Address"],
  ]) {
    await page.goto(address);
    const link = (format: string) => page.locator(`main a[href*="/export/"][href*="format=${format}"]`).first().getAttribute("href");
    const { about, rows } = await table(page, (await link("csv"))!);
    expect(about.Organisation, address).toBe("TechSolutions");
    expect(about["Made on"], address).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d/);
    for (const row of rows) expect(Object.keys(row), address).toContain(column);
    const book = await page.request.get((await link("xlsx"))!);
    expect(book.status(), address).toBe(200);
    expect((await book.body()).subarray(0, 2).toString(), address).toBe("PK");
  }
});

test("the same activities a second time change nothing", async ({ page, signIn }) => {
  await signIn("owner", "techsolutions");
  const key = test.info().project.name;
  const file = csv("activities.csv", "date,person,type,count", `2020-01-0${key === "hydrated" ? 5 : 6},Noor de Vries,other,3`);
  for (const [created, unchanged] of [[1, 0], [0, 1]]) {
    await page.goto("/imports");
    await upload(page, "activities", file);
    await takeColumns(page);
    await check(page);
    expect(await count(page, "Created")).toBe(created);
    expect(await count(page, "Unchanged")).toBe(unchanged);
    await carryOut(page);
  }
});
