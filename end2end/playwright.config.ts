// Every spec runs twice: with JavaScript off, as plain pages and forms, and with it (`hydrated`). Specs that make sense
// only with it are named `*.hydrate.spec.ts`, those about small screens `*.phone.spec.ts`.
import { defineConfig, devices } from "@playwright/test";

const launchOptions = {
  executablePath: process.env.CHROMIUM || undefined,
  args: [
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};
const desktop = { ...devices["Desktop Chrome"], viewport: { width: 1280, height: 800 }, launchOptions };
const phone = { ...devices["Pixel 7"], launchOptions };
const hydratedOnly = "**/*.hydrate.spec.ts";
const phoneOnly = "**/*.phone.spec.ts";

export default defineConfig({
  testDir: "tests",
  globalSetup: "./support/global-setup.ts",
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["json", { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME || "test-results/report.json" }]],
  use: {
    actionTimeout: 15_000,
    locale: "en-GB",
    timezoneId: "Europe/Amsterdam",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
  },
  projects: [
    {
      name: "no-js",
      testIgnore: [hydratedOnly, phoneOnly],
      use: { ...desktop, javaScriptEnabled: false },
    },
    { name: "hydrated", testIgnore: phoneOnly, use: desktop },
    { name: "phone", testMatch: phoneOnly, use: phone },
  ],
});
