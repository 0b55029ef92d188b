// The whole way through, on real input: set up, add a team and people, invite, import, agree on targets, read the
// scorecard, ask where a number comes from, write down what it does not show.
import type { Page } from "@playwright/test";
import { crmFiles, MANAGER, REGION, REP } from "../support/crm.ts";
import { accept, invite, open, setUp } from "../support/door.ts";
import { expect, expectAccessible, field, screenshot, scripted, test } from "../support/test.ts";
import { carryOut, check, count, takeColumns, upload } from "../support/wizard.ts";

// The data end with 2017; on this day its last quarter is half done.
test.use({ emptyToday: "2017-11-15" });

const PERIOD = "2017Q4";

test("from an empty installation to a scorecard that is talked about", async ({ page, browser, emptyServer }) => {
  test.setTimeout(300_000);
  const crm = await crmFiles();
  const base = emptyServer.url;
  if (!crm.isReal) test.info().annotations.push({ type: "data", description: "../shared is absent: a small made file is imported" });

  await test.step("the first visitor makes the organisation and becomes its owner", async () => {
    await setUp(page, base, "Maven Machines", "olga@maven.example");
  });

  await test.step("the owner adds a team tree and a person", async () => {
    await addTeam(page, base, "Sales");
    await addTeam(page, base, "Inside sales", "Sales");
    await open(page, `${base}/people?dialog=add`);
    const dialog = page.getByRole("dialog");
    await field(dialog, "name").fill("Robin de Vries");
    await field(dialog, "team").selectOption({ label: "Sales / Inside sales" });
    await dialog.getByRole("button", { name: "Add person" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Robin de Vries");
    await expect(page.locator(".page-head")).toContainText("Sales / Inside sales");
  });

  await test.step("people come from a file", async () => {
    await open(page, `${base}/imports`);
    await upload(page, "people", crm.people);
    await takeColumns(page);
    await check(page);
    expect(await count(page, "Rows")).toBe(crm.rows.people);
    await carryOut(page);
    expect(await count(page, "Rejected")).toBe(0);
  });

  await test.step("deals come from a file, with their words made ours", async () => {
    await open(page, `${base}/imports`);
    await upload(page, "deals", crm.deals);
    await screenshot(page, "import-columns");
    await takeColumns(page);
    await page.getByLabel("Meaning of GTXPro").fill("GTX Pro");
    for (const stage of ["Engaging", "Prospecting"]) {
      const meaning = page.getByLabel(`Meaning of ${stage}`);
      if (await meaning.count()) await meaning.selectOption("open");
    }
    await expect(page.getByLabel("Meaning of Won")).toHaveValue("won");
    await screenshot(page, "import-values");
    await check(page);
    expect(await count(page, "Rows")).toBe(crm.rows.deals);
    expect(await count(page, "Created")).toBe(crm.rows.deals);
    expect(await count(page, "Rejected")).toBe(0);
    await expectAccessible(page);
    await screenshot(page, "import-check");
    await carryOut(page);
    expect(await count(page, "Created")).toBe(crm.rows.deals);
    await expectAccessible(page);
  });

  const [manager, rep] = await test.step("a manager and a rep are invited by link and accept", async () => {
    const forManager = await invite(page, base, { email: "dustin@maven.example", role: "Manager", team: REGION, person: MANAGER });
    const forRep = await invite(page, base, { email: "anna@maven.example", role: "Rep", person: REP });
    return [await accept(browser, forManager, MANAGER), await accept(browser, forRep, REP)];
  });

  const targets: Record<string, string> = {};
  await test.step("the manager opens the team, picks the rep and sets three targets", async () => {
    await open(manager, `${base}/teams`);
    await manager.getByRole("row", { name: new RegExp(REP) }).getByRole("link", { name: REP }).click();
    await expect(manager.getByRole("heading", { level: 1 })).toContainText(REP);
    const person = /\/scorecard\/(\d+)/.exec(manager.url())![1];
    for (const [metric, value] of [["win_rate", "65"], ["revenue", "40000"], ["deals_won", "20"]]) {
      await open(manager, `${base}/targets/new?who=person:${person}&period=${PERIOD}&metric=${metric}`);
      await field(manager, "value").fill(value);
      await field(manager, "why").fill("What we said in the review of last quarter.");
      await expect(manager.locator(".check")).toContainText("letters are complete");
      if (metric === "win_rate") await screenshot(manager, "journey-target-form");
      await manager.getByRole("button", { name: "Propose" }).click();
      await expect(manager).toHaveURL(/\/targets\/\d+$/);
      await expect(manager.getByText("proposed", { exact: true }).first()).toBeVisible();
      targets[metric] = manager.url();
    }
  });

  await test.step("the rep agrees to two and answers the third with another value", async () => {
    for (const metric of ["revenue", "deals_won"]) {
      await open(rep, targets[metric]);
      await rep.getByRole("button", { name: "Agree" }).click();
      await expect(rep.getByRole("button", { name: "Agree" })).toHaveCount(0);
    }
    await open(rep, targets.win_rate);
    await rep.getByText("Propose another value").click();
    await field(rep, "counter_value").fill("60");
    await field(rep, "comment").fill("Two of the largest prospects wait for their budget of next year.");
    await rep.getByRole("button", { name: "Send counter-proposal" }).click();
    await expect(rep.getByText(/proposes 60/).first()).toBeVisible();
    await open(manager, targets.win_rate);
    await expect(manager.getByText(/proposes 60/).first()).toBeVisible();
    await manager.getByRole("button", { name: "Accept counter-proposal" }).click();
    await expect(manager.getByRole("button", { name: "Accept counter-proposal" })).toHaveCount(0);
  });

  await test.step("the rep's scorecard shows targets with pace and figures with n and interval", async () => {
    await open(rep, base);
    await rep.getByRole("link", { name: "Scorecard", exact: true }).first().click();
    await expect(rep.getByRole("heading", { level: 1 })).toContainText("My scorecard");
    const revenue = rep.locator("article.target").filter({ hasText: "Revenue" }).first();
    await expect(revenue).toContainText("40,000");
    await expect(revenue).toContainText("expected by today");
    const rate = rep.locator(".perspective tr").filter({ hasText: "Win rate" }).first();
    await expect(rate).toContainText(/[\d.]+\s*%.*\([\d.]+.*[\d.]+.*\).*n\s*=\s*\d+/);
    for (const name of ["Revenue", "Deals won", "Average deal value", "cycle"]) {
      await expect(rep.locator(".perspective tr").filter({ hasText: name }).first()).toBeVisible();
    }
    await expectAccessible(rep);
    await screenshot(rep, "journey-scorecard");
  });

  await test.step("a number of a past quarter is that of the file, and opens to the deals behind it", async () => {
    const person = rep.locator(".perspective tr").filter({ hasText: "Deals won" }).first();
    await open(rep, `${new URL(rep.url()).origin}${new URL(rep.url()).pathname}?period=2017Q3`);
    const known = crm.closed(REP, "2017-07-01", "2017-09-30");
    await expect(person.locator(".figure-value")).toHaveText(String(known.won));
    const revenue = rep.locator(".perspective tr").filter({ hasText: /^Revenue/ }).first().locator(".figure-value");
    expect(Number((await revenue.innerText()).replace(/\.\d\d$/, "").replace(/\D/g, ""))).toBe(known.revenue);
    await person.locator("a.figure-info").click();
    const explanation = scripted() ? rep.getByRole("dialog") : rep.locator("main");
    await expect(explanation.locator(".explain-value")).toContainText(String(known.won));
    await explanation.locator(".explain-records a").first().click();
    await expect(rep).toHaveURL(/\/deals\?/);
    await expect(rep.locator(".deals-sum")).toContainText(String(known.won));
  });

  await test.step("words of both stand beside the numbers, with the figure of that moment", async () => {
    await open(manager, targets.win_rate);
    await manager.goto(`${base}/teams`);
    await manager.getByRole("link", { name: REP }).first().click();
    await note(manager, "Called the three accounts that went silent, without being asked.");
    await open(rep, `${base}/`);
    await rep.getByRole("link", { name: "Scorecard", exact: true }).first().click();
    await note(rep, "The demo with their own data shortened two cycles.");
    await expect(rep.locator(".notes")).toContainText("without being asked");
    await expect(rep.locator(".notes").getByText(/At the time: .*n/)).toHaveCount(2);
  });
  await manager.context().close();
  await rep.context().close();
});

async function addTeam(page: Page, base: string, name: string, parent?: string): Promise<void> {
  await open(page, `${base}/people/teams?dialog=add`);
  const dialog = page.getByRole("dialog");
  await field(dialog, "name").fill(name);
  if (parent) await field(dialog, "parent").selectOption({ label: parent });
  await dialog.getByRole("button", { name: "Add team" }).click();
  await expect(page.getByRole("row", { name: new RegExp(name) })).toBeVisible();
}

async function note(page: Page, evidence: string): Promise<void> {
  await page.locator("details.note-add > summary").click();
  await field(page, "evidence").fill(evidence);
  await field(page, "metric").selectOption("win_rate");
  await page.getByRole("button", { name: "Save note" }).click();
  await expect(page.locator(".notes .note-text", { hasText: evidence })).toBeVisible();
}
