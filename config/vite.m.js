/** Builds the pages opened inside the chat into dist/page/m, which `src/http` serves at /m/. */
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const inRepo = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

export default defineConfig({
  root: inRepo('src/web/m'),
  base: '/m/',
  cacheDir: inRepo('node_modules/.vite/m'),
  plugins: [react()],
  build: {
    outDir: inRepo('dist/page/m'),
    emptyOutDir: true,
    target: 'es2022',
    // The page's content policy allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: Object.fromEntries(
      ['/api', '/auth', '/sandbox'].map((path) => [path, process.env.PAIDAN_URL ?? 'http://127.0.0.1:3000']),
    ),
  },
});
