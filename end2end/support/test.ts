// What every spec imports instead of Playwright's own `test`: pages that fail on console errors, waiting for
// hydration, demo users, accessibility checks and screenshots.
import AxeBuilder from "@axe-core/playwright";
import { test as base, expect, type Locator, type Page } from "@playwright/test";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Server, startServer, TODAY } from "./server.ts";

/** Roles of which every demo organisation has a user. */
export type Role = "owner" | "manager" | "rep";

/** The demo organisations, by the domain of their e-mail addresses. */
export type Organisation = "techsolutions" | "strategic-solutions" | "digitalboost" | "fashionfusion";

/** Organisations whose users start in a language; nobody changes theirs in a test but in `account.spec.ts`. */
export const SPEAKS: Record<"en" | "nl", Organisation> = { en: "techsolutions", nl: "strategic-solutions" };

/** Password of all demo users. */
export const DEMO_PASSWORD = "maatstaf-demo";

type Fixtures = {
  /** Console messages that this spec expects, for example `/status of 422/`. */
  allowedErrors: RegExp[];
  /** Opens pages as a demo user. */
  signIn: (role: Role, organisation?: Organisation) => Promise<void>;
  /** A server without any organisation, for the way from the first start. */
  emptyServer: Server;
  /** The day on which the empty server plays. */
  emptyToday: string;
};

export const test = base.extend<Fixtures>({
  allowedErrors: [[], { option: true }],

  baseURL: async ({}, use) => use(process.env.BASE_URL),

  page: async ({ page, allowedErrors, javaScriptEnabled }, use) => {
    const errors: string[] = [];
    const note = (text: string) => {
      if (!allowedErrors.some((allowed) => allowed.test(text))) errors.push(text);
    };
    // What goes wrong in the browser's program is said only here.
    page.on("console", (message) => message.type() === "error" && note(`console: ${message.text()}`));
    page.on("pageerror", (error) => note(`page: ${error.message}`));
    page.on("response", (response) => response.status() >= 500 && note(`${response.status()} ${response.url()}`));
    const goto = page.goto.bind(page);
    page.goto = async (url, options) => {
      const response = await goto(url, options);
      if (javaScriptEnabled !== false) await hydrated(page);
      return response;
    };
    await use(page);
    expect(errors, "errors in the browser's console").toEqual([]);
  },

  signIn: async ({ page, javaScriptEnabled }, use) => {
    await use(async (role, organisation = "techsolutions") => {
      await page.goto("/login");
      await signInAs(page, `${role}@${organisation}.example`, DEMO_PASSWORD);
      if (javaScriptEnabled !== false) await hydrated(page);
    });
  },

  emptyToday: [TODAY, { option: true }],

  emptyServer: async ({ emptyToday }, use, info) => {
    const server = await startServer({ demo: false, log: `server-empty-${info.project.name}.log`, today: emptyToday });
    await use(server);
    await server.stop();
  },
});

export { expect };

/** Fills in the sign-in form that is open, and waits until it is left. */
export async function signInAs(page: Page, email: string, password: string): Promise<void> {
  await page.locator('input[name="email"]').fill(email);
  await page.locator('input[name="password"]').fill(password);
  await page.locator('input[name="password"]').press("Enter");
  await expect(page).not.toHaveURL(/\/login/);
}

/** Waits until the browser's program runs. */
export async function hydrated(page: Page): Promise<void> {
  const scripts = await page.locator('script[type="module"]').count();
  if (scripts > 0) await page.locator("html[data-alive]").waitFor({ state: "attached", timeout: 30_000 });
}

/**
 * Fails on anything that axe finds against WCAG 2.2 A and AA. Axe is a script itself, so with JavaScript off this
 * does nothing; the run with JavaScript checks the same markup.
 */
export async function expectAccessible(page: Page): Promise<void> {
  if (test.info().project.use.javaScriptEnabled === false) return;
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  const found = violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html).join(" | ")}`);
  expect(found, "accessibility of the page").toEqual([]);
}

/** Names that do not meet when the same spec runs in several projects. */
export function unique(name: string): string {
  const { project, retry } = test.info();
  return `${name} ${project.name}${retry || ""}`;
}

/** The control of this name, in the open dialog or form `within` if one is given. */
export function field(within: Page | Locator, name: string): Locator {
  return within.locator(`[name="${name}"]`).and(within.locator("input:not([type=hidden]), select, textarea"));
}

/** Whether this run has JavaScript. */
export function scripted(): boolean {
  return test.info().project.use.javaScriptEnabled !== false;
}

/** Fails if the page is wider than the window; tables may scroll inside themselves. */
export async function expectNoSideways(page: Page): Promise<void> {
  const wider = await page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const out = [...document.querySelectorAll("main *")].filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1);
    return [`${root.scrollWidth} > ${root.clientWidth}`, ...out.slice(0, 5).map((e) => e.outerHTML.slice(0, 120))];
  });
  expect(wider, "the page scrolls sideways").toEqual([]);
}

/** Sets what the browser asks for: its cookie for language, and light or dark. Signed-in users have their own language. */
export async function look(page: Page, options: { lang?: "en" | "nl"; theme?: "light" | "dark" }): Promise<void> {
  const cookies = Object.entries(options).map(([name, value]) => ({ name, value, url: process.env.BASE_URL! }));
  await page.context().addCookies(cookies);
  if (options.theme) await page.emulateMedia({ colorScheme: options.theme });
}

/** Saves the whole page, or what the window shows of it, in the folder that SCREENSHOTS names, if it names one. */
export async function screenshot(page: Page, name: string, fullPage = true): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage, animations: "disabled" });
}
