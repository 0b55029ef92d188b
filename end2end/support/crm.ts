// The public CRM data that lie beside the checkout; where they do not, a small file of the same shape is made.
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

/** Two files to import, and what they say about one person. */
export type Crm = {
  people: string;
  deals: string;
  isReal: boolean;
  rows: { people: number; deals: number };
  /** Won, lost and revenue of a person among the deals closed from one day to another, both included. */
  closed: (person: string, from: string, to: string) => { won: number; lost: number; revenue: number };
};

/** A person and the manager in both sets of files. */
export const REP = "Anna Snelling";
export const MANAGER = "Dustin Brinkmann";
export const REGION = "Central";

/** Finds or makes the files. */
export async function crmFiles(): Promise<Crm> {
  const folder = resolve("../../shared/data/crm_maven");
  const isReal = existsSync(join(folder, "sales_pipeline.csv"));
  const [people, deals] = isReal
    ? [join(folder, "sales_teams.csv"), join(folder, "sales_pipeline.csv")]
    : await makeFiles(resolve("test-results/crm"));
  const staff = rowsOf(await readFile(people, "utf8"));
  const pipeline = rowsOf(await readFile(deals, "utf8"));
  return {
    people,
    deals,
    isReal,
    rows: { people: staff.length, deals: pipeline.length },
    closed: (person, from, to) => {
      const mine = pipeline.filter((d) => d.sales_agent === person && d.close_date >= from && d.close_date <= to);
      const won = mine.filter((d) => d.deal_stage === "Won");
      const revenue = won.reduce((sum, d) => sum + Number(d.close_value), 0);
      return { won: won.length, lost: mine.filter((d) => d.deal_stage === "Lost").length, revenue };
    },
  };
}

function rowsOf(csv: string): Record<string, string>[] {
  const [head, ...lines] = csv.trim().split(/\r?\n/).map((line) => line.split(","));
  return lines.map((cells) => Object.fromEntries(head.map((name, i) => [name, cells[i] ?? ""])));
}

async function makeFiles(folder: string): Promise<[string, string]> {
  await mkdir(folder, { recursive: true });
  const staff = [REP, "Cecily Lampkin", "Jonathan Berthelot"];
  const people = ["sales_agent,manager,regional_office", ...staff.map((name) => `${name},${MANAGER},${REGION}`)];
  const deals = ["opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value"];
  for (let i = 0; i < 240; i++) {
    const stage = ["Won", "Lost", "Won", "Engaging"][i % 4];
    const month = 3 + Math.floor(i / 27);
    const day = (offset: number) => `2017-${String(month).padStart(2, "0")}-${String(1 + ((i + offset) % 28)).padStart(2, "0")}`;
    const engaged = `2017-${String(month - 1).padStart(2, "0")}-${String(1 + (i % 28)).padStart(2, "0")}`;
    const closed = stage === "Engaging" ? "" : day(7);
    const value = stage === "Won" ? 500 + 37 * (i % 50) : stage === "Lost" ? 0 : "";
    const product = i % 3 ? "GTX Basic" : "GTXPro";
    deals.push(`D${1000 + i},${staff[i % staff.length]},${product},Acme ${i % 9},${stage},${engaged},${closed},${value}`);
  }
  const paths: [string, string] = [join(folder, "sales_teams.csv"), join(folder, "sales_pipeline.csv")];
  await writeFile(paths[0], `${people.join("\n")}\n`);
  await writeFile(paths[1], `${deals.join("\n")}\n`);
  return paths;
}
