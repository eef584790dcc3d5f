import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

/** The views beside each other, in a row that scrolls where it is narrow; the one that is open is always in sight. */
export function Tabs({ name, open, children }: { name: string; open: string; children: ComponentChildren }) {
  const row = useRef<HTMLElement>(null)
  useEffect(() => row.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' }), [open])
  return <nav class="tabs no-print" aria-label={name} ref={row}>{children}</nav>
}
