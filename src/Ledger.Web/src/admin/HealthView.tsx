import { useEffect, useState } from 'preact/hooks'
import type { AgreementHead, WitnessesAnswer } from '../api/types'
import { useAnswer } from '../api/useAnswer'
import { Wait } from '../parts/Wait'
import { timeWords } from '../time/zone'
import { called, fill, number, textOf, useWords } from '../words'

interface Health {
  status: string
  checks: Record<string, string>
}

/** Whether the server is well, and how far each witness has followed each log. */
export function HealthView() {
  const { admin, common } = useWords()
  const health = useOutside<Health>('/health/ready')
  const agreements = useAnswer<{ agreements: AgreementHead[] }>('/agreements')
  return (
    <>
      <h2>{admin.server}</h2>
      {health === undefined ? (
        <p class="faint">{common.loading}</p>
      ) : health === null ? (
        <p class="notice trouble">{common.unreachable}</p>
      ) : (
        <dl class="facts">
          {Object.entries(health.checks).map(([name, state]) => (
            <>
              <dt>{called(admin.check, name)}</dt>
              <dd>{state === 'ok' ? `✓ ${admin.ok}` : `✗ ${state}`}</dd>
            </>
          ))}
        </dl>
      )}
      <p class="small">
        <a href="/metrics" target="_blank" rel="noreferrer">
          {admin.metrics}
        </a>{' '}
        ·{' '}
        <a href="/docs" target="_blank" rel="noreferrer">
          {admin.apiDocs}
        </a>
      </p>
      <h2>{admin.witnesses}</h2>
      <p class="small">{admin.witnessesHint}</p>
      <Wait answer={agreements}>
        {(list) => (
          <>
            {list.agreements.map((head) => (
              <WitnessesOf head={head} />
            ))}
          </>
        )}
      </Wait>
    </>
  )
}

function WitnessesOf({ head }: { head: AgreementHead }) {
  const { admin, common } = useWords()
  const answer = useOutside<WitnessesAnswer>(`/log/${head.id}/witnesses`)
  const title = textOf(head.title)
  return (
    <section class="card">
      <h3 lang={title.lang} dir="auto">
        {title.words}
      </h3>
      {answer === undefined ? (
        <p class="faint">{common.loading}</p>
      ) : answer === null ? (
        <p>{common.unreachable}</p>
      ) : answer.witnesses.length === 0 ? (
        <p>{admin.noWitnesses}</p>
      ) : (
        <ul>
          {answer.witnesses.map((witness) => (
            <li>
              <code>{witness.name}</code>{' '}
              {witness.size === undefined ? (
                admin.neverSeen
              ) : (
                <>
                  {fill(admin.seenSize, { n: number(witness.size), of: number(answer.size) })}
                  {witness.cosignedAt && <span class="faint"> · {timeWords(witness.cosignedAt, 'UTC')} UTC</span>}
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      <p class="small">
        <a href={`/a/${head.id}/integrity`}>{admin.integrity}</a>
      </p>
    </section>
  )
}

/** What stands outside the API: undefined while asked, null when nobody answers. */
function useOutside<T>(address: string): T | undefined | null {
  const [value, setValue] = useState<T | null>()
  useEffect(() => {
    let current = true
    fetch(address)
      .then((response) => response.json() as Promise<T>)
      .then((json) => current && setValue(json))
      .catch(() => current && setValue(null))
    return () => {
      current = false
    }
  }, [address])
  return value
}
