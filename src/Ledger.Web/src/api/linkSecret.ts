import { useEffect, useState } from 'preact/hooks'

/** The secret of a link to /sign-in: what stands behind #, which browsers send to nobody. It is taken out of the address bar, and the history, before anything else. */

let secret = ''
const listeners = new Set<() => void>()

function take() {
  if (!/^\/sign-in\/?$/.test(location.pathname) || location.hash.length < 2) return
  secret = location.hash.slice(1)
  history.replaceState(null, '', `/sign-in${location.search}`)
  for (const listener of listeners) listener()
}

take()
// A second link that is opened in the same window.
addEventListener('hashchange', take)
addEventListener('popstate', take)

/** The secret as long as it was not used, and what forgets it. */
export function useLinkSecret(): [string, () => void] {
  const [known, setKnown] = useState(secret)
  useEffect(() => {
    const changed = () => setKnown(secret)
    listeners.add(changed)
    return () => void listeners.delete(changed)
  }, [])
  return [
    known,
    () => {
      secret = ''
      setKnown('')
    },
  ]
}
