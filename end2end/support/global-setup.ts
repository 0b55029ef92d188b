// One server with the demo organisations for all specs. Specs that need an empty one ask for `emptyServer`.
import { rm } from "node:fs/promises";
import { startServer } from "./server.ts";

export default async function globalSetup(): Promise<() => Promise<void>> {
  await rm("test-results/server.log", { force: true });
  const server = await startServer({ demo: true, log: "server.log" });
  process.env.BASE_URL = server.url;
  return server.stop;
}
