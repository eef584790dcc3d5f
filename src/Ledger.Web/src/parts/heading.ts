import { useEffect } from 'preact/hooks'

const heading = () => document.querySelector<HTMLElement>('main h1')
const wordsOf = (found: HTMLElement | null) => found?.textContent.replace(/\s+/g, ' ').trim() ?? ''

let stop = () => {}

/**
 * Brings whoever does not see the page to the heading of the view they went to: at once, and again when the view that was still loading puts its own in that place.
 * Ends as soon as they do anything themselves.
 */
export function followHeading() {
  stop()
  let [at, said]: [HTMLElement | null, string] = [null, '']
  const look = () => {
    const found = heading()
    if (!found || (found === at && wordsOf(found) === said)) return
    ;[at, said] = [found, wordsOf(found)]
    found.focus({ preventScroll: true })
  }
  const observer = new MutationObserver(look)
  const acts = ['keydown', 'pointerdown'] as const
  stop = () => {
    observer.disconnect()
    for (const act of acts) removeEventListener(act, stop, true)
  }
  observer.observe(document.body, { childList: true, subtree: true, characterData: true })
  for (const act of acts) addEventListener(act, stop, true)
  requestAnimationFrame(look)
}

/** What the open view is about, beside its heading: the agreement, the day. */
let about: readonly string[] = []

function title() {
  const parts = [wordsOf(heading()), ...about, 'Ledger'].filter((part) => part !== '')
  const next = [...new Set(parts)].join(' · ')
  if (document.title !== next) document.title = next
}

/** Has the title of the page say what its heading says, which is what histories, bookmarks and tabs show. Not where nothing may show it. */
export function useTitle(shown: boolean) {
  useEffect(() => {
    if (!shown) {
      document.title = 'Ledger'
      return
    }
    const observer = new MutationObserver(title)
    observer.observe(document.getElementById('content')!, { childList: true, subtree: true, characterData: true })
    title()
    return () => observer.disconnect()
  }, [shown])
}

/** Adds to the title, as long as the view is open. */
export function useAbout(...parts: string[]) {
  useEffect(() => {
    about = parts
    title()
    return () => {
      about = []
    }
  }, [parts.join('\n')])
}
