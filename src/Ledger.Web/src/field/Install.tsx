import { useEffect, useState } from 'preact/hooks'
import { useWords } from '../words'
import { askToInstall, canInstall } from './installing'

/** How the app gets onto the home screen, where it also keeps its storage longer. */
export function Install() {
  const { field } = useWords()
  const [able, setAble] = useState(canInstall())
  useEffect(() => {
    const look = () => setAble(canInstall())
    addEventListener('ledger-installable', look)
    return () => removeEventListener('ledger-installable', look)
  }, [])
  const installed = matchMedia('(display-mode: standalone)').matches
  const apple = /iPhone|iPad/.test(navigator.userAgent)
  return (
    <section>
      <h2>{field.install.title}</h2>
      <p>
        {installed ? field.install.done : apple ? field.install.apple : able ? field.install.able : field.install.menu}
      </p>
      {able && !installed && (
        <p>
          <button type="button" onClick={() => void askToInstall()}>
            {field.install.now}
          </button>
        </p>
      )}
    </section>
  )
}
