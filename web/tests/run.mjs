/** Bundles the tests of a folder (default `unit`) and runs them with the test runner of Node.js; further arguments go to the runner. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const folder = process.argv[2] ?? "unit";
const outdir = mkdtempSync(join(here, "..", "node_modules", ".tests-"));
try {
  await build({
    entryPoints: readdirSync(join(here, folder)).filter((f) => f.endsWith(".test.ts")).map((f) => join(here, folder, f)),
    outdir,
    bundle: true,
    platform: "node",
    format: "esm",
    outExtension: { ".js": ".mjs" },
    external: ["playwright-core"],
    logLevel: "warning",
  });
  const files = readdirSync(outdir).filter((f) => f.endsWith(".mjs")).map((f) => join(outdir, f));
  const { status } = spawnSync(process.execPath, ["--test", "--test-concurrency=1", "--test-reporter=spec", ...process.argv.slice(3), ...files], { stdio: "inherit" });
  process.exitCode = status ?? 1;
} finally {
  rmSync(outdir, { recursive: true, force: true });
}
