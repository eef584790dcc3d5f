import { useEffect, useRef, useState } from 'preact/hooks'

/** Asking: nobody knows yet. Mine: this tab writes. Elsewhere: another one does. Taken: another one took over from this. */
export type Sole = 'asking' | 'mine' | 'elsewhere' | 'taken'

/** Nobody sees a tab that closes give way to the next within this time. */
const PATIENCE = 500

/**
 * Lets one tab at a time write a draft: two would overwrite each other, and one could bring back what the other finished. When the other closes, this one goes on
 * by itself; `take` does not wait for that.
 */
export function useSole(id: string): [Sole, take: () => void] {
  const [sole, setSole] = useState<Sole>('asking')
  const ask = useRef<(steal: boolean) => void>(undefined)
  useEffect(() => {
    let release = () => {}
    let stop = new AbortController()
    ask.current = (steal) => {
      stop.abort()
      const own = (stop = new AbortController())
      const late = setTimeout(() => setSole((now) => (now === 'asking' ? 'elsewhere' : now)), PATIENCE)
      const mine = () => {
        clearTimeout(late)
        if (own.signal.aborted) return undefined
        setSole('mine')
        return new Promise<void>((done) => (release = done))
      }
      navigator.locks
        .request(`ledger-draft-${id}`, steal ? { steal } : { signal: own.signal }, mine)
        .catch((fault: unknown) => {
          if (!(fault instanceof DOMException && fault.name === 'AbortError')) throw fault
          // Stolen; where this view stopped asking by itself, nobody is told.
          if (!own.signal.aborted) setSole('taken')
        })
    }
    ask.current(false)
    return () => {
      stop.abort()
      release()
    }
  }, [id])
  return [sole, () => ask.current?.(true)]
}
