import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

/** The views beside each other, in a row that scrolls where it is narrow; the one that is open is always in sight. */
export function Tabs({ name, open, children }: { name: string; open: string; children: ComponentChildren }) {
  const row = useRef<HTMLElement>(null)
  const shown = useRef('')
  useEffect(() => {
    // Counts that arrive make the row wider, so the open one is looked for again; a row that only rendered anew stays where it was scrolled to.
    const now = `${open} ${row.current?.textContent}`
    if (now === shown.current) return
    shown.current = now
    const [all, own] = [
      row.current?.getBoundingClientRect(),
      row.current?.querySelector('[aria-current]')?.getBoundingClientRect(),
    ]
    // Only the row moves, never the page.
    if (all && own)
      row.current!.scrollBy({
        left: own.left < all.left ? own.left - all.left : Math.max(0, own.right - all.right),
        behavior: 'instant',
      })
  })
  return (
    <nav class="tabs no-print" aria-label={name} ref={row}>
      {children}
    </nav>
  )
}
