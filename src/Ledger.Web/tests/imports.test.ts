import { expect, it } from 'vitest'

/** Every source by its path below src, and which of them it imports, lazily or not, as a value or as a type. */
const sources = import.meta.glob<string>('../src/**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true })
const files = Object.keys(sources)
const imports = new Map(files.map((file) => [file, importedBy(file)]))

const folderOf = (file: string) => file.slice(0, file.lastIndexOf('/'))

function importedBy(file: string): Set<string> {
  const written = [...sources[file]!.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'(\.[^']+)'/g)].map((found) => found[1]!)
  return new Set(
    written
      .map((address) => new URL(address, `file:///app/tests/${file}`).pathname.replace('/app/src', '../src'))
      .flatMap((path) => [path, `${path}.ts`, `${path}.tsx`, `${path}/index.ts`].filter((one) => one in sources)),
  )
}

/** The edges between folders. A folder may know those inside it, and is known by them only through a cycle. */
const folders = new Map<string, Set<string>>()
for (const [file, others] of imports)
  for (const other of others)
    if (folderOf(file) !== folderOf(other)) {
      folders.set(folderOf(file), (folders.get(folderOf(file)) ?? new Set()).add(folderOf(other)))
    }

/** The first way found that leads from a node back to itself. */
function cycleIn(edges: ReadonlyMap<string, ReadonlySet<string>>): string[] | undefined {
  const done = new Set<string>()
  const walk = (node: string, way: string[]): string[] | undefined => {
    if (way.includes(node)) return [...way.slice(way.indexOf(node)), node]
    if (done.has(node)) return undefined
    for (const next of edges.get(node) ?? []) {
      const found = walk(next, [...way, node])
      if (found) return found
    }
    done.add(node)
    return undefined
  }
  for (const node of edges.keys()) {
    const found = walk(node, [])
    if (found) return found
  }
  return undefined
}

it('reads the imports that it judges', () => {
  expect(files.length).toBeGreaterThan(100)
  expect(imports.get('../src/app.tsx')).toContain('../src/desk/Desk.tsx')
  expect(imports.get('../src/desk/WhyView.tsx')).toContain('../src/desk/view.ts')
})

it('sees a cycle where there is one', () => {
  const edges = new Map([
    ['a', new Set(['b'])],
    ['b', new Set(['c', 'd'])],
    ['d', new Set(['b'])],
  ])
  expect(cycleIn(edges)).toEqual(['b', 'd', 'b'])
})

it('has no cycle among files', () => expect(cycleIn(imports)).toBeUndefined())

it('has no cycle among folders', () => expect(cycleIn(folders)).toBeUndefined())
