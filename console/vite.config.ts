import react from '@vitejs/plugin-react';
import tailwindcss from '@tailwindcss/vite';
import { join } from 'node:path';
import { defineConfig } from 'vite';
import { compressFiles } from './scripts/compress.ts';
import { shapeWidget } from './scripts/shape-widget.ts';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), tailwindcss(), shapeWidget(), compressFiles()],
  // The server puts a new nonce in its place with each reply.
  html: { cspNonce: '__NONCE__' },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // A data: URL would be another source for the content security policy to allow.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    manifest: true,
    rolldownOptions: {
      input: {
        index: join(import.meta.dirname, 'index.html'),
        frame: join(import.meta.dirname, 'widget.html'),
        widget: join(import.meta.dirname, 'src/widget/script.ts'),
      },
      output: {
        // What customers' pages load keeps its name.
        entryFileNames: ({ name }) => (name === 'widget' ? 'widget.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  server: {
    // `npm run dev -w console` beside a server on its usual port.
    proxy: { '/elements': { target: 'http://127.0.0.1:8642' } },
  },
});
