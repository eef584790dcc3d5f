import { defineConfig } from 'vite'
import { worker } from './build/worker.js'

export default defineConfig({
  plugins: [worker()],
  // The server that is being worked against; in the product the server itself serves the app.
  server: {
    proxy: Object.fromEntries(
      ['/api', '/log', '/health'].map((path) => [path, process.env.LEDGER_URL ?? 'http://127.0.0.1:5080']),
    ),
  },
  build: {
    outDir: 'dist',
    target: 'es2022',
    // An inlined asset would be a data: address, which the content security policy refuses for scripts and fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: { app: 'index.html' }, output: { entryFileNames: 'assets/[name]-[hash].js' } },
  },
})
