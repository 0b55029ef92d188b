// Every main page on a phone of 360 px: nothing scrolls sideways but tables within themselves.
import { expect, expectAccessible, expectNoSideways, screenshot, test } from "../support/test.ts";

test.use({ viewport: { width: 360, height: 740 } });

for (const [role, pages] of [
  ["rep", { scorecard: "/scorecard", explain: "/explain/win_rate", deals: "/deals", kpis: "/kpis", kpi: "/kpis/win_rate", account: "/account" }],
  ["manager", { teams: "/teams", targets: "/targets", "target-new": "/targets/new", objectives: "/objectives" }],
  ["owner", { people: "/people", tree: "/people/teams", users: "/users", invite: "/users?dialog=invite", imports: "/imports" }],
] as const) {
  test(`the pages of a ${role} fit a phone`, async ({ page, signIn }) => {
    test.setTimeout(120_000);
    await signIn(role);
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await test.step(path, async () => {
        await expectNoSideways(page);
        await expectAccessible(page);
      });
      await screenshot(page, `phone-${name}`);
    }
  });
}
