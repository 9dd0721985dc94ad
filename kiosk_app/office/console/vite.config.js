import { defineConfig } from "vite";
import { catalogues } from "./scripts/catalogues.js";

export default defineConfig({
  // Where the office serves the page; its socket is at /console/ws.
  base: "/console/",
  plugins: [catalogues()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "../../_built/console",
    emptyOutDir: true,
    target: "es2022",
    // The page's security policy knows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  test: { include: ["test/**/*.test.ts"] },
});
