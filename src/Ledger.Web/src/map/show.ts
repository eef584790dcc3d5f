import L from 'leaflet'
import 'leaflet/dist/leaflet.css'
import './map.css'
import type { FeatureCollection } from 'geojson'
import { words } from '../words'
import { isOld } from './age'
import { landIn, townsIn, world, type Town } from './basemap'

/** An incident on the map. Times are milliseconds, half-open. */
export interface Point {
  id: string
  lat: number
  lon: number
  from: number
  until: number
  tone: 'kept' | 'broken' | 'plain'
  label?: string
  /** Drawn as an outline: it is there now, and was not known at the time shown, or the other way round. */
  hollow?: boolean
}

export interface LedgerMap {
  /** Draws what had happened by then; older points fade. */
  show(points: readonly Point[], asOf: number): void
  zones(collection: FeatureCollection): void
  fit(bounds: [[number, number], [number, number]]): void
  /** Where a pin stands, or nothing. */
  pin(place: { lat: number; lon: number } | undefined, metres?: number): void
  onClick(heard: (place: { lat: number; lon: number }) => void): void
  onPoint(heard: (id: string) => void): void
  remove(): void
}

/** The one module that knows Leaflet, so that the map can be replaced. */
export function createMap(element: HTMLElement): LedgerMap {
  // Maps are not mirrored in languages that are written from right to left.
  element.dir = 'ltr'
  const { map: said } = words().common
  const map = L.map(element, {
    zoomControl: false,
    attributionControl: false,
    preferCanvas: true,
    minZoom: 3,
    maxZoom: 16,
    worldCopyJump: true,
    zoomAnimation: false,
    fadeAnimation: false,
  })
  L.control.zoom({ zoomInTitle: said.zoomIn, zoomOutTitle: said.zoomOut }).addTo(map)
  L.control
    .attribution({ prefix: false, position: 'bottomleft' })
    .addAttribution(`<bdi>${said.credit}</bdi>`)
    .addTo(map)
  map.setView([20, 20], 3)
  const drawn = new Drawing(map)
  let zoneLayer: L.GeoJSON | undefined
  let pinned: L.LayerGroup | undefined
  const listeners: { click?: (place: { lat: number; lon: number }) => void; point?: (id: string) => void } = {}
  map.on('click', (event) => {
    const hit = drawn.at(event.containerPoint)
    if (hit && listeners.point) listeners.point(hit.id)
    else listeners.click?.({ lat: event.latlng.lat, lon: event.latlng.lng })
  })
  const watch = new ResizeObserver(() => map.invalidateSize())
  watch.observe(element)
  return {
    show: (points, asOf) => drawn.show(points, asOf),
    zones(collection) {
      zoneLayer?.remove()
      zoneLayer = L.geoJSON(collection, {
        interactive: false,
        style: (feature) => ({
          className: 'zone',
          color: colour(feature?.properties?.isNew ? '--link' : '--open'),
          weight: feature?.properties?.isNew ? 3 : 1.5,
          // Told apart without colours too: a line that is proposed is drawn through.
          ...(!feature?.properties?.isNew && { dashArray: feature?.properties?.part === 'outer' ? '2 5' : '6 4' }),
          fillColor: colour(feature?.properties?.isNew ? '--link' : '--open'),
          fillOpacity: 0.06,
        }),
      }).addTo(map)
    },
    fit: (bounds) => void map.fitBounds(bounds, { padding: [20, 20], animate: false, maxZoom: 12 }),
    pin(place, metres) {
      pinned?.remove()
      pinned = undefined
      if (!place) return
      const ink = colour('--link')
      pinned = L.layerGroup([
        L.circleMarker([place.lat, place.lon], {
          radius: 7,
          color: ink,
          weight: 3,
          fillOpacity: 0.9,
          fillColor: colour('--ground'),
          interactive: false,
        }),
        ...(metres
          ? [
              L.circle([place.lat, place.lon], {
                radius: metres,
                color: ink,
                weight: 1,
                fillOpacity: 0.08,
                interactive: false,
              }),
            ]
          : []),
      ]).addTo(map)
    },
    onClick: (heard) => void (listeners.click = heard),
    onPoint: (heard) => void (listeners.point = heard),
    remove() {
      watch.disconnect()
      drawn.remove()
      map.remove()
    },
  }
}

const colour = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim()

/** Land below and points above, each on one canvas: ten thousand points are one pass, not ten thousand elements. */
class Drawing {
  private readonly ground: HTMLCanvasElement
  private readonly points: HTMLCanvasElement
  private shown: readonly Point[] = []
  private asOf = Infinity
  /** Where each point lies in the pixels of a zoom, worked out once: a step of a slider only draws. */
  private pixels = new WeakMap<Point, L.Point>()
  private pixelsOf = -1
  private drawn: Point[] = []
  private waiting = 0
  private readonly scheme = matchMedia('(prefers-color-scheme: dark)')
  private readonly recolour = () => this.redraw()

  constructor(private readonly map: L.Map) {
    this.ground = L.DomUtil.create('canvas', 'ground', map.getPane('tilePane'))
    this.points = L.DomUtil.create('canvas', 'points', map.getPane('markerPane'))
    map.on('moveend zoomend resize viewreset', () => this.redraw())
    this.scheme.addEventListener('change', this.recolour)
    this.redraw()
  }

  remove() {
    this.scheme.removeEventListener('change', this.recolour)
  }

  show(points: readonly Point[], asOf: number) {
    this.shown = points
    this.asOf = asOf
    this.drawPoints()
  }

  at(where: L.Point): Point | undefined {
    let best: Point | undefined
    let nearest = 12 * 12
    for (const point of this.drawn) {
      const { x, y } = this.map.latLngToContainerPoint([point.lat, point.lon])
      const distance = (x - where.x) ** 2 + (y - where.y) ** 2
      if (distance <= nearest) [best, nearest] = [point, distance]
    }
    return best
  }

  private redraw() {
    this.drawPoints()
    const turn = ++this.waiting
    void this.drawGround(turn)
  }

  private context(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
    const [size, ratio] = [this.map.getSize(), devicePixelRatio || 1]
    if (canvas.width !== size.x * ratio || canvas.height !== size.y * ratio) {
      ;[canvas.width, canvas.height] = [size.x * ratio, size.y * ratio]
      ;[canvas.style.width, canvas.style.height] = [`${size.x}px`, `${size.y}px`]
    }
    L.DomUtil.setPosition(canvas, this.map.containerPointToLayerPoint([0, 0]))
    const context = canvas.getContext('2d')!
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    context.clearRect(0, 0, size.x, size.y)
    return context
  }

  private async drawGround(turn: number) {
    // Of one moment: a map that begins with the world and is moved meanwhile must not ask for every town of it.
    const [bounds, zoom] = [this.map.getBounds(), this.map.getZoom()]
    const cells = await (zoom >= 6 ? landIn(bounds) : world().then((cell) => [cell]))
      .catch(() => world().then((cell) => [cell]))
      .catch(() => [])
    if (turn !== this.waiting) return
    const towns = zoom >= 8 ? await townsIn(bounds).catch(() => []) : []
    if (turn !== this.waiting) return
    const context = this.context(this.ground)
    const size = this.map.getSize()
    context.fillStyle = colour('--water')
    context.fillRect(0, 0, size.x, size.y)
    const path = new Path2D()
    const lines = new Path2D()
    for (const cell of cells) {
      for (const rings of cell.land) for (const ring of rings) this.trace(path, ring, true)
      for (const line of cell.borders) this.trace(lines, line, false)
    }
    context.fillStyle = colour('--land')
    context.fill(path, 'evenodd')
    context.strokeStyle = colour('--faint')
    context.lineWidth = 0.8
    context.setLineDash([7, 3, 2, 3])
    context.stroke(lines)
    context.setLineDash([])
    this.nameTowns(context, towns)
  }

  private trace(path: Path2D, ring: readonly [number, number][], closed: boolean) {
    let first = true
    for (const [lon, lat] of ring) {
      const { x, y } = this.map.latLngToContainerPoint([lat, lon])
      if (first) path.moveTo(x, y)
      else path.lineTo(x, y)
      first = false
    }
    if (closed) path.closePath()
  }

  /** As many names as fit without touching each other. */
  private nameTowns(context: CanvasRenderingContext2D, towns: Town[]) {
    const size = this.map.getSize()
    const taken: [number, number, number, number][] = []
    context.font = '11px system-ui, sans-serif'
    context.fillStyle = colour('--faint')
    for (const [name, lat, lon] of towns) {
      const { x, y } = this.map.latLngToContainerPoint([lat, lon])
      if (x < 0 || y < 0 || x > size.x || y > size.y) continue
      const width = context.measureText(name).width + 8
      const box: [number, number, number, number] = [x - 4, y - 8, x + width, y + 8]
      if (taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]))
        continue
      taken.push(box)
      context.beginPath()
      context.arc(x, y, 1.6, 0, 7)
      context.fill()
      context.fillText(name, x + 4, y + 3.5)
    }
  }

  private pixel(point: Point, zoom: number): L.Point {
    let pixel = this.pixels.get(point)
    if (!pixel) this.pixels.set(point, (pixel = this.map.project([point.lat, point.lon], zoom)))
    return pixel
  }

  private drawPoints() {
    const context = this.context(this.points)
    const size = this.map.getSize()
    const zoom = this.map.getZoom()
    if (zoom !== this.pixelsOf) [this.pixels, this.pixelsOf] = [new WeakMap(), zoom]
    const corner = this.map.project(this.map.containerPointToLatLng([0, 0]), zoom)
    const tones = { broken: colour('--broken'), kept: colour('--kept'), plain: colour('--link') }
    this.drawn = []
    const sprites = new Map<string, HTMLCanvasElement>()
    for (const point of this.shown) {
      if (point.from > this.asOf) continue
      const pixel = this.pixel(point, zoom)
      const [x, y] = [pixel.x - corner.x, pixel.y - corner.y]
      if (x < -8 || y < -8 || x > size.x + 8 || y > size.y + 8) continue
      const old = isOld(point, this.asOf)
      const look = `${point.tone}${old}${point.hollow ?? false}`
      let sprite = sprites.get(look)
      if (!sprite) sprites.set(look, (sprite = spriteOf(point, old, tones[point.tone])))
      // Ten thousand copies of one small picture are drawn quicker than ten thousand shapes.
      context.drawImage(sprite, Math.round(x - SPRITE / 2), Math.round(y - SPRITE / 2), SPRITE, SPRITE)
      this.drawn.push(point)
    }
  }
}

const SPRITE = 12

/** Kept and broken differ in shape too, for those who do not see the colours. */
function spriteOf({ tone, hollow }: Point, old: boolean, paint: string): HTMLCanvasElement {
  const ratio = devicePixelRatio || 1
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = SPRITE * ratio
  const context = canvas.getContext('2d')!
  context.scale(ratio, ratio)
  context.globalAlpha = old ? 0.35 : 0.9
  context.lineWidth = 1.5
  context.beginPath()
  if (tone === 'broken') context.rect(2, 2, 8, 8)
  else context.arc(6, 6, 4.5, 0, 7)
  if (hollow) {
    context.strokeStyle = paint
    context.stroke()
  } else {
    context.fillStyle = paint
    context.fill()
  }
  return canvas
}
