// How complete the facts are: on the import page, with a KPI, and one link away from a scorecard.
import { expect, expectAccessible, test } from "../support/test.ts";

test("what is missing is said where facts come in and where figures are read", async ({ page, signIn }) => {
  await signIn("owner");
  await page.goto("/imports");
  const table = page.getByRole("table", { name: "How complete the facts are" });
  await expect(table.locator("tbody tr").first()).toBeVisible();
  await expectAccessible(page);

  await page.goto("/kpis/mrr");
  await expect(table).toBeVisible();

  await page.goto("/teams");
  await page.getByRole("link", { name: "How complete the facts are" }).click();
  await expect(page).toHaveURL(/dialog=completeness/);
  await expect(page.getByRole("dialog").getByRole("table")).toBeVisible();
  await expectAccessible(page);
});
