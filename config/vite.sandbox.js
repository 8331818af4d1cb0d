/** Builds the sandbox's chat page into dist/page/sandbox, which `src/sandbox` serves at /sandbox/. */
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const inRepo = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

export default defineConfig({
  root: inRepo('src/sandbox/page'),
  base: '/sandbox/',
  cacheDir: inRepo('node_modules/.vite/sandbox'),
  plugins: [react()],
  build: { outDir: inRepo('dist/page/sandbox'), emptyOutDir: true, target: 'es2022' },
  server: {
    proxy: Object.fromEntries(
      ['/sandbox/api', '/sandbox/wecom', '/m', '/auth'].map((path) => [
        path,
        process.env.PAIDAN_URL ?? 'http://127.0.0.1:3000',
      ]),
    ),
  },
});
