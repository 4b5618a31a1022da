import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const SERVER = "http://127.0.0.1:8000";

// Built pages live under Django's static address; the development server keeps the pages' own paths.
export default defineConfig(({ command }) => ({
  base: command === "build" ? "/static/pages/" : "/",
  plugins: [react()],
  build: {
    outDir: "../src/triptych/web/pages",
    emptyOutDir: true,
    target: "es2023",
    assetsInlineLimit: 0,
  },
  test: { css: true },
  server: { proxy: { "/api": { target: SERVER, changeOrigin: true } } },
}));
