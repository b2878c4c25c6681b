// Builds the page into dist/: its files and the description of the API, each also compressed, as the agent serves them.
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vite";
import { svelte } from "@sveltejs/vite-plugin-svelte";

const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };

function compress() {
  return {
    name: "compress",
    apply: "build",
    closeBundle() {
      copyFileSync("../docs/openapi.json", "dist/openapi.json");
      for (const name of readdirSync("dist")) {
        const content = readFileSync(join("dist", name));
        writeFileSync(join("dist", `${name}.br`), brotliCompressSync(content, brotli));
        writeFileSync(join("dist", `${name}.gz`), gzipSync(content, { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  // Relative, so that the page also works behind a proxy that serves it under a path.
  base: "./",
  plugins: [svelte({ compilerOptions: { discloseVersion: false } }), compress()],
  build: {
    target: "es2022",
    modulePreload: false,
    // A picture inside a style would be a data: address, which the page's policy forbids.
    assetsInlineLimit: 0,
    rollupOptions: {
      output: { entryFileNames: "app.js", chunkFileNames: "[name].js", assetFileNames: "app[extname]", inlineDynamicImports: true },
    },
  },
  server: { proxy: { "/api": "http://127.0.0.1:9460" } },
});
