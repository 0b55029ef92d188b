// API tokens, and pages that follow what a program sends. The last needs JavaScript; pages without it are loaded again.
import { expect, expectAccessible, hydrated, test } from "../support/test.ts";

async function makeToken(page: import("@playwright/test").Page): Promise<string> {
  await page.goto("/tokens?dialog=token");
  await expectAccessible(page);
  await page.locator('input[name="name"]').fill("Nightly export");
  await page.locator('input[name="write_facts"]').check();
  await page.getByRole("button", { name: "Make token" }).click();
  await expect(page.locator("#token-text")).toBeVisible();
  return page.locator("#token-text").inputValue();
}

test("a token is shown once, brings a fact in, and can be revoked", async ({ page, request, signIn }) => {
  await signIn("owner");
  const token = await makeToken(page);
  expect(token).toMatch(/^mst_[\w-]{43}$/);
  await expectAccessible(page);
  await page.goto("/tokens");
  await expect(page.locator("#token-text")).toHaveCount(0);

  const people = await page.goto("/people");
  expect(people?.ok()).toBeTruthy();
  const person = await page.locator("tbody th a").first().innerText();
  await page.goto("/targets");
  await expect(page.locator("html[data-alive]")).toBeAttached();
  const version = async () => Number(await page.locator("#main").getAttribute("data-live-data"));
  const before = await version();
  const send = (id: string) =>
    request.post("/api/v1/facts/deals", {
      headers: { authorization: `Bearer ${token}` },
      data: { rows: [{ external_id: id, person, status: "open" }] },
    });
  const id = `live-${Date.now()}`;
  expect((await send(id)).status()).toBe(200);
  await expect.poll(version, { timeout: 2_000 }).toBeGreaterThan(before);

  // What is being typed stays, and the page follows afterwards.
  await page.goto("/account");
  await expect(page.locator("html[data-alive]")).toBeAttached();
  const name = page.locator('input[name="name"]');
  const was = await name.inputValue();
  const shown = await version();
  // Beside it a page on which nothing is typed: once that has followed, this one was told too.
  const beside = await page.context().newPage();
  await beside.goto("/targets");
  await hydrated(beside);
  await name.fill("Typed while facts come in");
  await page.locator("h1").click();
  expect((await send(`${id}-2`)).status()).toBe(200);
  await expect.poll(async () => Number(await beside.locator("#main").getAttribute("data-live-data")), { timeout: 4_000 }).toBeGreaterThan(shown);
  await beside.close();
  await expect(name).toHaveValue("Typed while facts come in");
  expect(await version()).toBe(shown);
  await name.fill(was);
  await page.locator("h1").click();
  await expect.poll(version, { timeout: 4_000 }).toBeGreaterThan(shown);

  await page.goto("/tokens");
  await page.getByRole("button", { name: "Revoke “Nightly export”" }).first().click();
  await expect(page.getByText("Token revoked")).toBeVisible();
  expect((await send(`${id}-3`)).status()).toBe(401);
});
