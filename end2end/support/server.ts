// Starts the product on a free port with a data directory of its own, and stops it again.
import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The day on which all browser tests play; a SMART target of the second quarter is nearly due. */
export const TODAY = "2026-06-15";

/** A running server. */
export type Server = { url: string; stop: () => Promise<void> };

/** Starts a server, with the demo organisations or empty, on a day of its own if asked, and waits until it answers. */
export async function startServer(options: { demo: boolean; log: string; today?: string }): Promise<Server> {
  const binary = process.env.MAATSTAF_BINARY;
  if (!binary) throw new Error("MAATSTAF_BINARY is not set; run the browser tests with `cargo xtask e2e`");
  const data = await mkdtemp(join(tmpdir(), "maatstaf-e2e-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const arguments_ = ["serve", "--listen", `127.0.0.1:${port}`, "--data", data, ...(options.demo ? ["--demo"] : [])];
  const environment = { ...process.env, MAATSTAF_TODAY: options.today ?? TODAY, DATABASE_URL: undefined, MAATSTAF_PUBLIC_URL: undefined };
  const child = spawn(binary, arguments_, { env: environment, stdio: ["ignore", "pipe", "pipe"] });
  await mkdir("test-results", { recursive: true });
  const log = createWriteStream(join("test-results", options.log), { flags: "a" });
  child.stdout.pipe(log);
  child.stderr.pipe(log);
  const stop = async () => {
    await end(child);
    await rm(data, { recursive: true, force: true });
  };
  try {
    await untilReady(url, child, options.log);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

async function untilReady(url: string, child: ChildProcess, log: string): Promise<void> {
  const deadline = Date.now() + 180_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the server ended at once; see end2end/test-results/${log}`);
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the server was not ready in three minutes; see end2end/test-results/${log}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), 10_000);
  await ended;
  clearTimeout(late);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port"))));
    });
  });
}
