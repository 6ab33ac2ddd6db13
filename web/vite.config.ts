/** The app is built into the Python package, which serves it; nothing is fetched from elsewhere. */
import { defineConfig } from "vite";
import { stamp } from "./stamp.mjs";

export default defineConfig({
  base: "./",
  plugins: [
    {
      name: "stamp",
      generateBundle() {
        this.emitFile({ type: "asset", fileName: "sources.sha256", source: `${stamp(import.meta.dirname)}\n` });
      },
    },
  ],
  html: { cspNonce: "__CSP_NONCE__" }, // the server puts the nonce of each answer here
  build: {
    outDir: "../src/scorebridge/server/static",
    emptyOutDir: true,
    sourcemap: false,
    target: "es2022",
    assetsInlineLimit: 0, // inlined data would need a wider content security policy
    chunkSizeWarningLimit: 600,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { "/api": "http://127.0.0.1:8765" } },
});
