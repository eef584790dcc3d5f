/** Land, borders and towns, cut into cells when the app was built. Only cells in view are fetched; the service worker keeps them. */

/** What is looked at, in degrees. */
export interface Box {
  getWest(): number
  getEast(): number
  getSouth(): number
  getNorth(): number
}

type Ring = [number, number][]
interface Cell {
  land: Ring[][]
  borders: Ring[]
}

/** Name, latitude, longitude, region, ISO country. */
export type Town = [string, number, number, string, string]

const LAND_CELL = 10
const TOWN_CELL = 5

const cached = new Map<string, Promise<unknown>>()

function load<T>(name: string): Promise<T> {
  let promise = cached.get(name) as Promise<T> | undefined
  if (!promise) {
    promise = fetch(`/basemap/${name}.json`).then((response) => {
      if (!response.ok) throw new Error(`${name}: ${response.status}`)
      return response.json() as Promise<T>
    })
    // What failed without a network is asked for again next time.
    promise.catch(() => cached.delete(name))
    cached.set(name, promise)
  }
  return promise
}

const index = async () => {
  const cells = await load<{ land: string[]; towns: string[] }>('cells')
  return { land: new Set(cells.land), towns: new Set(cells.towns) }
}

export const world = () => load<Cell>('world')

export async function landIn(bounds: Box): Promise<Cell[]> {
  const { land } = await index()
  return Promise.all(
    cellsIn(bounds, LAND_CELL)
      .filter((name) => land.has(name))
      .map((name) => load<Cell>(`land/${name}`)),
  )
}

export async function townsIn(bounds: Box): Promise<Town[]> {
  const { towns } = await index()
  const lists = await Promise.allSettled(
    cellsIn(bounds, TOWN_CELL)
      .filter((name) => towns.has(name))
      .map((name) => load<Town[]>(`towns/${name}`)),
  )
  return lists.flatMap((list) => (list.status === 'fulfilled' ? list.value : []))
}

function cellsIn(bounds: Box, size: number): string[] {
  const names: string[] = []
  for (let west = floor(bounds.getWest(), size); west <= bounds.getEast(); west += size)
    for (let south = floor(bounds.getSouth(), size); south <= bounds.getNorth(); south += size)
      names.push(`${west}_${south}`)
  return names
}

const floor = (degrees: number, size: number) => Math.floor(degrees / size) * size

/** Has everything that a map of this area shows fetched, so that the service worker keeps it. */
export async function prefetch(bounds: Box): Promise<void> {
  const { land, towns } = await index()
  const names = [
    'world',
    'cells',
    ...cellsIn(bounds, LAND_CELL)
      .filter((name) => land.has(name))
      .map((name) => `land/${name}`),
    ...cellsIn(bounds, TOWN_CELL)
      .filter((name) => towns.has(name))
      .map((name) => `towns/${name}`),
  ]
  await Promise.all(names.map((name) => fetch(`/basemap/${name}.json`).then((response) => response.arrayBuffer())))
}
