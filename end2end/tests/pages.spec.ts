// Every page of the frame, as an owner: it answers, hydrates without a complaint, and is accessible.
import { expect, expectAccessible, test } from "../support/test.ts";

const PAGES = ["/", "/teams", "/targets", "/people", "/users", "/imports", "/deals", "/kpis", "/account"];

for (const path of PAGES) {
  test(`${path} is a whole page`, async ({ page, signIn }) => {
    await signIn("owner");
    const response = await page.goto(path);
    expect(response?.status()).toBe(200);
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    await expectAccessible(page);
  });
}
