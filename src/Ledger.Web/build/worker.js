// Builds the service worker after the app, as one file that names every other file of the app: it keeps them all at once, or none.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'

export function worker() {
  let folder = ''
  return {
    name: 'worker',
    apply: 'build',
    configResolved: (config) => void (folder = config.build.outDir),
    async closeBundle() {
      // The map is kept as it is looked at, and around the zones of an agreement that somebody reports under.
      const files = readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((file) => file.isFile())
        .map((file) =>
          join(file.parentPath, file.name)
            .slice(folder.length)
            .replaceAll('\\', '/')
            .replace(/^(?!\/)/, '/'),
        )
        .filter((path) => path !== '/worker.js' && !path.startsWith('/basemap/'))
        .sort()
      const hash = createHash('sha256')
      for (const path of files) hash.update(path).update(readFileSync(join(folder, path)))
      const shell = files.map((path) => (path === '/index.html' ? '/' : path))
      await build({
        configFile: false,
        logLevel: 'warn',
        publicDir: false,
        define: { SHELL: JSON.stringify(shell), VERSION: JSON.stringify(hash.digest('hex').slice(0, 12)) },
        build: {
          outDir: folder,
          emptyOutDir: false,
          target: 'es2022',
          rollupOptions: { input: 'src/worker.ts', output: { format: 'iife', entryFileNames: 'worker.js' } },
        },
      })
    },
  }
}
