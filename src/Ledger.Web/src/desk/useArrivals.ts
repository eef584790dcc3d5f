import { useEffect, useState } from 'preact/hooks'

/** How many entries were recorded after a position, as the server tells of each. It only counts: what is being read stays. */
export function useArrivals(agreement: string, after: number): number {
  const [latest, setLatest] = useState(after)
  useEffect(() => {
    setLatest(after)
    const source = new EventSource(`/api/v1/agreements/${encodeURIComponent(agreement)}/changes?after=${after}`)
    let waiting = 0
    let seen = after
    source.addEventListener('entry', (event) => {
      seen = Math.max(seen, Number((event as MessageEvent).lastEventId))
      // A thousand entries at once are one change of a number.
      waiting ||= window.setTimeout(() => {
        waiting = 0
        setLatest(seen)
      }, 250)
    })
    return () => {
      source.close()
      clearTimeout(waiting)
    }
  }, [agreement, after])
  return latest - after
}
