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

// The leading file of each kind of company, with the names that other programs give its columns.
for (const [organisation, kind, head, row] of [
  ["techsolutions", "subscriptions", "subscription_id,customer_id,start_date,end_date,monthly_amount", "{key},Browser BV,2026-01-01,,49.50"],
  ["digitalboost", "campaign_days", "Date,Campaign Name,Channel,Cost,Impressions,Clicks,Leads", "2026-01-05,{key},search,12.50,1000,40,4"],
  ["fashionfusion", "sales_lines", "InvoiceNo,InvoiceDate,StockCode,Quantity,UnitPrice,CustomerID,Country", "{key},2026-01-05,SCARF,2,19.95,C-1,Nederland"],
] as const) {
  test(`${kind} go in by the wizard and out by undo`, async ({ page, signIn }) => {
    await signIn("owner", organisation);
    const key = `W-${test.info().project.name}`;
    await page.goto("/imports");
    await upload(page, kind, csv(`${kind}.csv`, head, row.replace("{key}", key)));
    await page.locator("main form button.primary").first().click();
    await expect(page).toHaveURL(/\/values/);
    await page.locator("main form button.primary").first().click();
    await expect(page).toHaveURL(/\/imports\/\d+$/);
    await expect(async () => {
      await page.goto(page.url());
      await expect(page.locator("dl.facts > div dd").nth(1)).toHaveText("1", { timeout: 1_500 });
    }).toPass({ timeout: 30_000 });
    const address = page.url();
    await byFunction(page, "imports/commit").click();
    await expect(async () => {
      await page.goto(address);
      await expect(page.locator('a[href*="dialog=undo"]')).toBeVisible({ timeout: 1_500 });
    }).toPass({ timeout: 30_000 });
    await page.goto(`/facts/${kind}?q=${key}`);
    await expect(page.locator("main table tbody tr")).toHaveCount(1);
    await expectAccessible(page);
    await page.goto(`${address}?dialog=undo`);
    await byFunction(page, "imports/undo").click();
    await expect(async () => {
      await page.goto(address);
      await expect(page.locator('a[href*="dialog=undo"]')).toHaveCount(0, { timeout: 1_500 });
    }).toPass({ timeout: 30_000 });
    await page.goto(`/facts/${kind}?q=${key}`);
    await expect(page.locator("main table")).toHaveCount(0);
  });
}

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
  await signIn("owner", "digitalboost");
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
  await signIn("owner", "fashionfusion");
  for (const address of ["/facts/sales_lines", "/kpis", "/targets"]) {
    await page.goto(address);
    for (const format of ["csv", "xlsx"]) {
      const link = page.locator(`main a[href*="/export/"][href*="format=${format}"]`).first();
      const answer = await page.request.get((await link.getAttribute("href"))!);
      expect(answer.status(), `${address} ${format}`).toBe(200);
      expect((await answer.body()).length).toBeGreaterThan(100);
    }
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
