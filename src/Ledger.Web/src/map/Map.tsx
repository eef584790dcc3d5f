import { useEffect, useRef } from 'preact/hooks'
import type { LedgerMap } from './show'
import { words } from '../words'

/** The map, loaded when it is first shown. */
export function Map({ ready }: { ready: (map: LedgerMap) => void }) {
  const element = useRef<HTMLDivElement>(null)
  useEffect(() => {
    let map: LedgerMap | undefined
    let gone = false
    void import('./show').then(({ createMap }) => {
      if (gone) return
      map = createMap(element.current!)
      ready(map)
    })
    return () => {
      gone = true
      map?.remove()
    }
  }, [])
  return <div class="map no-print" ref={element} role="application" aria-label={words().common.map.label} />
}
