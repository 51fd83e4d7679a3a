import { defineConfig } from "vite";

// Built files go beside the templates and ship in the wheel; the manifest tells the server their names.
export default defineConfig({
  base: "/static/",
  publicDir: "public",
  build: {
    outDir: "../src/foreshock/web/static",
    emptyOutDir: true,
    manifest: "manifest.json",
    license: { fileName: "licenses.md" }, // what is built in comes with its licence
    target: "es2022",
    assetsInlineLimit: 0, // the content policy allows no data: scripts or styles
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
    rollupOptions: { input: ["src/desk.ts"] },
  },
});
