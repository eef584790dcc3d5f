import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { count, fill, number, useWords } from '../words'
import { askTime, clockBehind, TOLERATED } from './outbox/clock'
import { unsentFiles, waits } from './outbox/item'
import { items } from './outbox/store'
import { useKept } from './outbox/useKept'

/** Whether the server can be reached, how much waits for it, and whether this phone's clock is right. */
export function Connection({ children }: { children?: ComponentChildren }) {
  const { field } = useWords()
  const [reached, setReached] = useState<boolean>()
  const all = useKept(items, []) ?? []
  const [waiting, photos] = [all.filter(waits).length, all.flatMap(unsentFiles).filter(waits).length]
  useEffect(() => {
    let current = true
    const ask = () => void askTime().then((answer) => current && setReached(answer))
    ask()
    addEventListener('online', ask)
    addEventListener('offline', ask)
    const timer = setInterval(ask, 30_000)
    return () => {
      current = false
      clearInterval(timer)
      removeEventListener('online', ask)
      removeEventListener('offline', ask)
    }
  }, [])
  const behind = clockBehind()
  return (
    <>
      <p class="connection" role="status">
        {reached !== undefined && (
          <span class={reached ? 'kept-mark' : 'open-mark'}>
            <span aria-hidden="true">{reached ? '●' : '○'}</span> {reached ? field.connected : field.notConnected}
          </span>
        )}
        {waiting > 0 && (
          <>
            {' '}
            · <a href="/field/outbox">{count(waiting, field.waiting)}</a>
          </>
        )}
        {photos > 0 && (
          <>
            {' '}
            · <a href="/field/outbox">{count(photos, field.photosWait)}</a>
          </>
        )}
        {children}
      </p>
      {behind !== undefined && Math.abs(behind) > TOLERATED && (
        <div class="notice trouble" role="alert">
          <p>
            {fill(behind > 0 ? field.clockBehind : field.clockAhead, {
              minutes: number(Math.round(Math.abs(behind) / 60_000)),
            })}
          </p>
        </div>
      )}
    </>
  )
}
