// On a phone nothing is wider than the screen; tables scroll inside their own frame.
import { expect, expectAccessible, screenshot, test } from "../support/test.ts";

const PAGES = ["/", "/teams", "/targets", "/people", "/imports", "/account"];

for (const path of PAGES) {
  test(`${path} fits a phone`, async ({ page, signIn }) => {
    await signIn("owner");
    await page.goto(path);
    const [width, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
    expect(width, "width of the page").toBeLessThanOrEqual(screen);
    await expectAccessible(page);
    await screenshot(page, `phone${path.replaceAll("/", "-")}`);
  });
}
