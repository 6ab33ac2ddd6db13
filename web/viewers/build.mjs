/** Lays out the viewers below `node_modules/.site`: Ramp and Clover bundled, the others as npm has them. Once for each list of versions. */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url)), site = join(here, "node_modules", ".site");
const ofTheApp = createRequire(join(here, "../package.json"));
const openseadragon = join(here, "../node_modules/openseadragon/build/openseadragon");
const record = JSON.parse(readFileSync(join(here, "package.json"), "utf8")), stamp = join(site, "stamp.json");
const wanted = JSON.stringify([record.dependencies, record.bundles]);

if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
  rmSync(site, { recursive: true, force: true });
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--silent", "--ignore-scripts"], { cwd: here, stdio: "inherit" });
  mkdirSync(join(site, "lib"), { recursive: true });
  const scratch = mkdtempSync(join(here, "node_modules", ".packed-"));
  for (const [name, version] of Object.entries(record.bundles)) {
    const folder = mkdtempSync(join(scratch, "one-"));
    execFileSync("npm", ["pack", "--silent", "--pack-destination", folder, `${name}@${version}`], { cwd: here });
    execFileSync("tar", ["xzf", readdirSync(folder)[0]], { cwd: folder });
    cpSync(join(folder, "package", "dist"), join(site, "lib", name), { recursive: true });
  }
  rmSync(scratch, { recursive: true, force: true });
  cpSync(openseadragon, join(site, "lib", "openseadragon"), { recursive: true });
  await ofTheApp("esbuild").build({
    entryPoints: [join(here, "ramp.jsx"), join(here, "clover.jsx")],
    outdir: join(site, "lib", "bundled"),
    bundle: true, minify: true, format: "iife", logLevel: "error",
    define: { "process.env.NODE_ENV": '"production"', global: "window" },
  });
  writeFileSync(stamp, wanted);
}
for (const name of readdirSync(here).filter((name) => name.endsWith(".html"))) cpSync(join(here, name), join(site, name));
