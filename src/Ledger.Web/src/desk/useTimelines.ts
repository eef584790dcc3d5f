import { useEffect, useState } from 'preact/hooks'
import { get } from '../api/client'
import type { Agreement, TimelineAnswer } from '../api/types'

/** How every provision stood over all valid time, under one lens and known time. */
export function useTimelines(agreement: Agreement, question: string): Record<string, TimelineAnswer> {
  const [timelines, setTimelines] = useState<Record<string, TimelineAnswer>>({})
  useEffect(() => {
    const stop = new AbortController()
    void Promise.allSettled(
      agreement.provisions.map((provision) =>
        get<TimelineAnswer>(`/agreements/${agreement.id}/verdicts/${provision}/timeline`, question, stop.signal),
      ),
    ).then((answers) => {
      if (!stop.signal.aborted)
        setTimelines(
          Object.fromEntries(
            answers.flatMap((answer) =>
              answer.status === 'fulfilled' ? [[answer.value.provision, answer.value]] : [],
            ),
          ),
        )
    })
    return () => stop.abort()
  }, [agreement, question])
  return timelines
}
