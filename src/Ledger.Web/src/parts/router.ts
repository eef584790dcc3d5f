import { useEffect, useState } from 'preact/hooks'
import { followHeading } from './heading'

/** What the address bar says. Every view is a function of it, so that a link shows a colleague the same thing. */
export interface Place {
  /** The parts of the path, decoded. */
  path: string[]
  query: URLSearchParams
  hash: string
}

const listeners = new Set<() => void>()

export function place(): Place {
  return {
    path: location.pathname
      .split('/')
      .filter((part) => part !== '')
      .map(decodeURIComponent),
    query: new URLSearchParams(location.search),
    hash: location.hash.slice(1),
  }
}

export function usePlace(): Place {
  const [here, setHere] = useState(place)
  useEffect(() => {
    const changed = () => setHere(place())
    listeners.add(changed)
    addEventListener('popstate', changed)
    return () => {
      listeners.delete(changed)
      removeEventListener('popstate', changed)
    }
  }, [])
  return here
}

/** Goes to an address of this app. What only refines a view (a slider, a filter) replaces the address, so that Back leaves the view. */
export function go(address: string, how: 'push' | 'replace' = 'push') {
  if (how === 'push') history.pushState(null, '', address)
  else history.replaceState(null, '', address)
  for (const listener of listeners) listener()
  if (how === 'push') {
    scrollTo(0, 0)
    followHeading()
  }
}

/** The address of this view with some parameters changed; undefined or '' takes one away. */
export function withQuery(
  changes: Record<string, string | undefined>,
  query = new URLSearchParams(location.search),
): string {
  const changed = new URLSearchParams(query)
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === '') changed.delete(name)
    else changed.set(name, value)
  }
  const text = changed.toString()
  return location.pathname + (text === '' ? '' : `?${text}`)
}

export function refine(changes: Record<string, string | undefined>) {
  go(withQuery(changes), 'replace')
}

addEventListener('popstate', () => followHeading())

// Links are ordinary links: they can be opened in a new tab, copied, and read by a screen reader.
document.addEventListener('click', (event) => {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    return
  const link = (event.target as Element).closest?.('a')
  if (
    !link ||
    link.target !== '' ||
    link.hasAttribute('download') ||
    link.origin !== location.origin ||
    !isOurs(link.pathname)
  )
    return
  if (link.pathname === location.pathname && link.search === location.search && link.hash !== '') return
  event.preventDefault()
  go(link.pathname + link.search + link.hash)
})

/** Where one comes in, to be led back here: the address alone, which says nothing that the bar above does not. */
export const signInAddress = (): string =>
  location.pathname === '/sign-in'
    ? '/sign-in'
    : `/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`

/** An address of this app that somebody is to be led back to; nothing where it leads anywhere else. */
export function wayBack(query: URLSearchParams): string | undefined {
  const to = query.get('to') ?? ''
  if (!to.startsWith('/') || !URL.canParse(to, location.origin)) return undefined
  const { origin, pathname, search } = new URL(to, location.origin)
  return origin === location.origin && isOurs(pathname) && !pathname.startsWith('/sign-in')
    ? pathname + search
    : undefined
}

function isOurs(path: string): boolean {
  return path === '/' || /^\/(a|field|review|admin|sign-in|account)(\/|$)/.test(path)
}
