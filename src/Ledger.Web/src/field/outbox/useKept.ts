import { useEffect, useState } from 'preact/hooks'
import { Locked, onChange } from './store'

/** What this phone keeps, read again whenever it changes, here or in another tab. */
export function useKept<T>(read: () => Promise<T>, inputs: readonly unknown[]): T | undefined {
  const [value, setValue] = useState<T>()
  useEffect(() => {
    let current = true
    const again = () =>
      void read().then(
        (next) => current && setValue(() => next),
        (fault) => {
          if (!(fault instanceof Locked)) throw fault
        },
      )
    again()
    const stop = onChange(again)
    return () => {
      current = false
      stop()
    }
  }, inputs)
  return value
}
