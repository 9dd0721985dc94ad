import { defineConfig } from "vite";
import { catalogues } from "./scripts/catalogues.js";

export default defineConfig({
  // The page finds its files beside itself, wherever the office serves it.
  base: "./",
  plugins: [catalogues()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "../../_built/console",
    emptyOutDir: true,
    target: "es2022",
    // The page's security policy knows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: ["index.html", "receipt.html", "phone.html"] },
  },
  test: { include: ["test/**/*.test.ts"] },
});
