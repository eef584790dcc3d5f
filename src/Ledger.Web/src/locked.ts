import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'

type Lock = 'asking' | 'open' | { Gate: ComponentType }

/** Whether this phone is locked, and what asks for its PIN then. Those who never reported from here load none of it. */
export function useLocked(): Lock {
  const [locked, setLocked] = useState<Lock>('asking')
  useEffect(() => {
    let stop = () => {}
    let current = true
    void (async () => {
      const kept = await indexedDB.databases?.()
      if (!current) return
      if (kept && !kept.some(({ name }) => name === 'ledger-field')) return setLocked('open')
      const [{ isLocked, onChange }, { PinGate }] = await Promise.all([
        import('./field/outbox/store'),
        import('./field/PinGate'),
      ])
      const look = async () => {
        const state = await isLocked()
        if (current) setLocked(state === 'locked' ? { Gate: PinGate } : 'open')
      }
      await look()
      if (current) stop = onChange(() => void look())
    })().catch(() => current && setLocked('open'))
    return () => {
      current = false
      stop()
    }
  }, [])
  return locked
}
