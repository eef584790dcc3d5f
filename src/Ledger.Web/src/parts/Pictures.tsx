import { useEffect, useRef, useState } from 'preact/hooks'
import type { ReportWhole } from '../api/types'
import { evidenceOf, isPicture } from '../proof/file'
import { fill, number, useWords } from '../words'

interface Picture {
  digest: string
  address: string
}

type State =
  | { kind: 'ready' | 'asked' | 'unreachable' }
  | { kind: 'here'; pictures: Picture[]; bad: string[]; absent: number }

/** Which files of evidence a report names, as far as they may be pictures. */
const named = (report: ReportWhole): string[] => [
  ...new Set([
    ...report.evidence
      .filter(({ live, data }) => live && /^image\//.test(String(data.mediaType ?? '')))
      .map(({ data }) => String(data.sha256 ?? '')),
    ...(report.content.evidence ?? []).filter((digest) => !report.evidence.some(({ data }) => data.sha256 === digest)),
  ]),
]

/**
 * The photographs of a report, each fetched and hashed here, and shown only if it is the file that the ledger names. The browser decodes them, in a process of its
 * own that holds no key.
 */
export function Pictures({ report }: { report: ReportWhole }) {
  const { desk } = useWords()
  const [state, setState] = useState<State>({ kind: 'ready' })
  const [open, setOpen] = useState<number>()
  const made = useRef<string[]>([])
  const digests = named(report)
  useEffect(
    () => () => {
      for (const address of made.current) URL.revokeObjectURL(address)
    },
    [],
  )
  if (digests.length === 0) return null
  const show = async () => {
    setState({ kind: 'asked' })
    const pictures: Picture[] = []
    const bad: string[] = []
    let absent = 0
    try {
      for (const digest of digests) {
        const file = await evidenceOf(report.report, digest)
        if (!file) absent++
        else if (file.found !== digest) bad.push(digest)
        else if (isPicture(file.type)) {
          const address = URL.createObjectURL(new Blob([file.bytes], { type: file.type }))
          made.current.push(address)
          pictures.push({ digest, address })
        }
      }
      setState({ kind: 'here', pictures, bad, absent })
    } catch {
      setState({ kind: 'unreachable' })
    }
  }
  const all = state.kind === 'here' ? state.pictures : []
  return (
    <section class="pictures-of">
      <h3>{desk.pictures.title}</h3>
      {state.kind !== 'here' && (
        <button type="button" class="no-print" disabled={state.kind === 'asked'} onClick={() => void show()}>
          {fill(desk.pictures.show, { n: number(digests.length) })}
        </button>
      )}
      <div role="status">
        {state.kind === 'asked' && <p class="small faint">{desk.evidenceFile.asked}</p>}
        {state.kind === 'unreachable' && <p class="broken small">{desk.evidenceFile.unreachable}</p>}
        {state.kind === 'here' && state.absent > 0 && <p class="small">{desk.evidenceFile.absent}</p>}
        {state.kind === 'here' &&
          state.bad.map((digest) => (
            <p class="broken small">
              ✗ {desk.pictures.bad} <code>{digest}</code>
            </p>
          ))}
      </div>
      <div class="pictures">
        {all.map(({ digest, address }, at) => (
          <figure key={digest}>
            <button type="button" class="picture" onClick={() => setOpen(at)}>
              <img src={address} alt={fill(desk.pictures.alt, { n: number(at + 1), of: number(all.length) })} />
            </button>
            <figcaption class="small kept">
              ✓ {desk.pictures.good} <code>{digest.slice(0, 12)}</code>
            </figcaption>
          </figure>
        ))}
      </div>
      {open !== undefined && <Zoomed all={all} at={open} go={setOpen} />}
    </section>
  )
}

const ZOOMS = [1, 2, 4, 8]

/** One picture over the whole screen, larger and smaller, and on to the next. */
function Zoomed({ all, at, go }: { all: Picture[]; at: number; go: (at: number | undefined) => void }) {
  const { desk, common } = useWords()
  const dialog = useRef<HTMLDialogElement>(null)
  const [zoom, setZoom] = useState(0)
  useEffect(() => dialog.current!.showModal(), [])
  const step = (by: number) => {
    setZoom(0)
    go((at + by + all.length) % all.length)
  }
  return (
    <dialog ref={dialog} class="zoomed" aria-label={desk.pictures.title} onClose={() => go(undefined)}>
      <p class="row">
        {all.length > 1 && (
          <>
            <button type="button" onClick={() => step(-1)}>
              {desk.pictures.before}
            </button>
            <button type="button" onClick={() => step(1)}>
              {desk.pictures.after}
            </button>
          </>
        )}
        <button type="button" disabled={zoom === ZOOMS.length - 1} onClick={() => setZoom(zoom + 1)}>
          {common.map.zoomIn}
        </button>
        <button type="button" disabled={zoom === 0} onClick={() => setZoom(zoom - 1)}>
          {common.map.zoomOut}
        </button>
        <button type="button" onClick={() => dialog.current!.close()}>
          {common.close}
        </button>
      </p>
      <div class="pane" tabIndex={0} role="region" aria-label={desk.pictures.title}>
        <img
          class={`zoom-${ZOOMS[zoom]}`}
          src={all[at]!.address}
          alt={fill(desk.pictures.alt, { n: number(at + 1), of: number(all.length) })}
        />
      </div>
      <p class="small">
        <code>{all[at]!.digest}</code>
      </p>
    </dialog>
  )
}
