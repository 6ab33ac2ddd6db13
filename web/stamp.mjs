/** A sum over all that the built app is made of: kept beside the build, so that tests see when it is out of date. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export function stamp(root) {
  const sum = createHash("sha256");
  const add = (path) => sum.update(path).update("\0").update(readFileSync(join(root, path))).update("\0");
  const walk = (folder) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1)))
      if (entry.isDirectory()) walk(`${folder}/${entry.name}`);
      else add(`${folder}/${entry.name}`);
  };
  walk("src");
  walk("public");
  for (const path of ["index.html", "vite.config.ts", "package-lock.json"]) add(path);
  return sum.digest("hex");
}
