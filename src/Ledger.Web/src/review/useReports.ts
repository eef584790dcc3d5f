import { useEffect, useState } from 'preact/hooks'
import { get } from '../api/client'
import type { Agreement, ReportHead } from '../api/types'

/** How many positions back a reviewer's inbox looks at first. */
const WINDOW = 2_000

export interface Reports {
  list: ReportHead[]
  complete: boolean
  failed: boolean
  since: number
  older: () => void
  again: () => void
}

/** The latest reports of an agreement, oldest first, page by page. */
export function useReports(agreement: Agreement): Reports {
  const [since, setSince] = useState(Math.max(0, agreement.position - WINDOW))
  const [attempt, setAttempt] = useState(0)
  const [state, setState] = useState<{ list: ReportHead[]; complete: boolean; failed: boolean }>({
    list: [],
    complete: false,
    failed: false,
  })
  useEffect(() => {
    const stop = new AbortController()
    void (async () => {
      try {
        const list: ReportHead[] = []
        let after = since
        for (;;) {
          const page = await get<{ reports: ReportHead[]; next?: string }>(
            `/agreements/${agreement.id}/reports`,
            `limit=500&after=${after}`,
            stop.signal,
          )
          list.push(...page.reports)
          if (!page.next) break
          after = page.reports.at(-1)!.position
        }
        setState({ list, complete: true, failed: false })
      } catch {
        if (!stop.signal.aborted) setState((before) => ({ ...before, failed: true }))
      }
    })()
    return () => stop.abort()
  }, [agreement, since, attempt])
  return {
    ...state,
    since,
    older: () => setSince((from) => Math.max(0, from - WINDOW)),
    again: () => setAttempt((n) => n + 1),
  }
}
