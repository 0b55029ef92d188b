// What the browser adds: keyboard shortcuts, back and forward, and what happens when a form cannot be sent.
import { expect, expectAccessible, field, test } from "../support/test.ts";

test("keys lead to pages and to the search, and can be turned off", async ({ page, signIn }) => {
  // Not of FashionFusion: there `account.spec.ts` changes the language meanwhile.
  await signIn("owner");
  await page.keyboard.press("g");
  await page.keyboard.press("p");
  await expect(page).toHaveURL(/\/people$/);
  await page.keyboard.press("/");
  await expect(page.locator("#people-search")).toBeFocused();
  await page.keyboard.type("g?");
  await expect(page.locator("#people-search")).toHaveValue("g?");
  await page.locator("h1").click();
  await page.keyboard.press("?");
  const list = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(list).toBeVisible();
  await expectAccessible(page);
  await list.getByRole("button", { name: "Turn off" }).click();
  await expect(page.locator("html[data-alive]")).toBeAttached();
  await page.keyboard.press("g");
  await page.keyboard.press("d");
  await page.waitForTimeout(300);
  await expect(page).toHaveURL(/\/people/);
});

test("back and forward show the pages that were left, as far down as they were", async ({ page, signIn }) => {
  await signIn("owner");
  await page.goto("/people");
  await page.evaluate(() => window.scrollTo(0, 300));
  const before = await page.evaluate(() => window.scrollY);
  await page.locator("tbody a").last().click();
  await expect(page).toHaveURL(/\/people\/\d+$/);
  expect(await page.evaluate(() => window.scrollY)).toBe(0);
  await expect(page.locator("main")).toBeFocused();
  await page.goBack();
  await expect(page).toHaveURL(/\/people$/);
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(before);
  await page.goForward();
  await expect(page).toHaveURL(/\/people\/\d+$/);
});

test("a form that cannot be sent says so and keeps what was typed", async ({ page, signIn }) => {
  await signIn("owner");
  await page.goto("/people?dialog=add");
  await page.locator('.dialog input[name="name"]').fill("Typed Before The Break");
  await page.route("**/people*", (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
  await page.locator('.dialog button[type="submit"]').click();
  await expect(page.locator("[data-said]")).toBeVisible();
  await expect(page.locator('.dialog input[name="name"]')).toHaveValue("Typed Before The Break");
  // Meanwhile the session ends elsewhere.
  await page.unroute("**/people*");
  await page.context().clearCookies();
  await page.locator('.dialog button[type="submit"]').click();
  await expect(page.locator("[data-said]").getByRole("link")).toHaveAttribute("href", "/login");
  await expect(page.locator('.dialog input[name="name"]')).toHaveValue("Typed Before The Break");
});

test("a press on a button counts though leaving a field changes the page above it", async ({ page, signIn }) => {
  await signIn("owner");
  await page.goto("/kpis/new");
  const save = page.getByRole("button", { name: "Save KPI" });
  await save.click();
  await expect(page.locator(".form-summary")).toBeVisible();
  await field(page, "explanation").fill("Slowly");
  await save.hover();
  // Pressing leaves the field; its answer has no summary, so that everything below it would move.
  const answer = page.waitForResponse((response) => response.url().includes("explanation=Slowly"));
  await page.mouse.down();
  await answer;
  await page.waitForTimeout(300);
  const sent = page.waitForRequest((request) => request.method() === "POST");
  await page.mouse.up();
  await sent;
  await expect(page.locator(".form-summary")).toBeVisible();
  await expect(field(page, "explanation")).toHaveValue("Slowly");
});

test("what is being typed stays when the answer to the field before it takes the summary away", async ({ page, signIn }) => {
  await signIn("owner");
  await page.goto("/kpis/new");
  await page.getByRole("button", { name: "Save KPI" }).click();
  await expect(page.locator(".form-summary")).toBeVisible();
  let answer = () => {};
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route("**/kpis/new?*", async (route) => (await held, route.continue()));
  await field(page, "name_nl").fill("Langzaam");
  await field(page, "explanation").fill("Typed meanwhile");
  answer();
  await expect(page.locator(".form-summary")).toHaveCount(0);
  await expect(field(page, "explanation")).toHaveValue("Typed meanwhile");
  await expect(field(page, "explanation")).toBeFocused();
  // An emptied field stays empty beside the others.
  await field(page, "formula").fill("revenue");
  await field(page, "formula").fill("");
  await field(page, "formula").blur();
  await expect(page.locator("html[data-busy]")).toHaveCount(0);
  await expect(field(page, "name_nl")).toHaveValue("Langzaam");
  await expect(field(page, "explanation")).toHaveValue("Typed meanwhile");
});

test.use({ allowedErrors: [/ERR_FAILED|status of 401|status of 422/] });
