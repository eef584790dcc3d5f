import { render } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { LedgerMap } from './show'
import { boxOf, PrintMap, type Printed } from './PrintMap'
import { townsIn } from './basemap'
import { words } from '../words'

/** The map, loaded when it is first shown; on paper it is drawn as lines. */
export function Map({ ready }: { ready: (map: LedgerMap) => void }) {
  const element = useRef<HTMLDivElement>(null)
  const paper = useRef<HTMLDivElement>(null)
  useEffect(() => {
    let map: LedgerMap | undefined
    let gone = false
    const told: Printed = { points: [], asOf: 0, zones: undefined }
    const { leave, name, redraw } = whenPrinted(told, paper.current!)
    void import('./show').then(({ createMap }) => {
      if (gone) return
      const made = (map = createMap(element.current!))
      ready({
        ...made,
        show(points, asOf) {
          Object.assign(told, { points, asOf })
          made.show(points, asOf)
          redraw()
        },
        zones(zones) {
          told.zones = zones
          made.zones(zones)
          redraw()
          void name().then(redraw)
        },
      })
    })
    return () => {
      gone = true
      leave()
      map?.remove()
    }
  }, [])
  return (
    <>
      <div class="map no-print" ref={element} role="application" aria-label={words().common.map.label} />
      <div class="print-only" ref={paper} />
    </>
  )
}

/**
 * Draws what the map was told last whenever somebody prints, and nothing before. A browser prints what is there when
 * the event has been heard; a preview that is open already gets what arrives later.
 */
function whenPrinted(told: Printed, paper: HTMLDivElement) {
  const print = () => render(<PrintMap {...told} />, paper)
  const name = async () => {
    const box = boxOf(told.points, told.zones)
    if (box)
      told.towns = await townsIn({
        getWest: () => box[0],
        getSouth: () => box[1],
        getEast: () => box[2],
        getNorth: () => box[3],
      }).catch(() => [])
  }
  const media = matchMedia('print')
  const redraw = () => {
    if (media.matches) print()
  }
  addEventListener('beforeprint', print)
  media.addEventListener('change', redraw)
  const leave = () => {
    removeEventListener('beforeprint', print)
    media.removeEventListener('change', redraw)
    render(null, paper)
  }
  return { leave, name, redraw }
}
