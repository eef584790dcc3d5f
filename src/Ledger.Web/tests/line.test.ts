import type { FeatureCollection } from 'geojson'
import { expect, it } from 'vitest'
import { lineIn } from '../src/admin/line'

const ring = (lon: number, lat: number) => [
  [lon, lat],
  [lon + 1, lat],
  [lon + 1, lat + 1],
  [lon, lat],
]
const polygon = (lon: number, lat: number) => ({ type: 'Polygon' as const, coordinates: [ring(lon, lat)] })
const feature = (lon: number, lat: number) => ({
  type: 'Feature' as const,
  properties: {},
  geometry: polygon(lon, lat),
})
const drawn: FeatureCollection = { type: 'FeatureCollection', features: [feature(36, 35.5)] }
const nothing: FeatureCollection = { type: 'FeatureCollection', features: [] }
const read = (file: unknown, beside = drawn) => lineIn(JSON.stringify(file), beside)

it('takes one polygon, alone, in a feature or in a collection', () => {
  expect(read(polygon(36, 35))).toEqual(polygon(36, 35))
  expect(read(feature(36, 35))).toEqual(polygon(36, 35))
  expect(read({ type: 'FeatureCollection', features: [feature(36, 35)] })).toEqual(polygon(36, 35))
  expect(
    read({ ...polygon(36, 35), crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:OGC:1.3:CRS84' } } }),
  ).toHaveProperty('type', 'Polygon')
})

it('takes a line far away from the others, which somebody may mean', () => {
  expect(read(polygon(-70, 5))).toEqual(polygon(-70, 5))
})

it('sees longitude and latitude that changed places', () => {
  expect(read(polygon(15, 44), { type: 'FeatureCollection', features: [feature(44, 15)] })).toBe('swapped')
  expect(read(polygon(35, 120), nothing)).toBe('swapped')
})

it('takes no second shape for granted', () => {
  expect(read({ type: 'FeatureCollection', features: [feature(36, 35), feature(37, 35)] })).toBe('notOne')
})

it('refuses another reference system, named or plain from its numbers', () => {
  const utm = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::32637' } }
  expect(read({ type: 'FeatureCollection', crs: utm, features: [feature(36, 35)] })).toBe('otherSystem')
  expect(read(polygon(288_000, 3_950_000), nothing)).toBe('otherSystem')
})

it('refuses what holds no polygon', () => {
  expect(lineIn('{', drawn)).toBe('notGeoJson')
  expect(read(null)).toBe('notGeoJson')
  expect(read({ type: 'Point', coordinates: [36, 35] })).toBe('notGeoJson')
  expect(read({ type: 'Polygon', coordinates: [] })).toBe('notGeoJson')
  expect(read({ type: 'FeatureCollection', features: [] })).toBe('notGeoJson')
})
