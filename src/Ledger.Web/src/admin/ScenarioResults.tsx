import { count, fill, useWords } from '../words'
import { timeWords } from '../time/zone'
import { Wrong } from './Wrong'
import type { Act } from './useAct'

export interface Tested {
  passed: number
  failed: number
  scenarios: { file: string; line: number; name: string; asOf: string; ok: boolean; differences: { provision: string; field: string; expected: string; actual: string; line: number }[] }[]
}

/** What the file's own scenarios say of it: given these reports, on this day, these verdicts. */
export function ScenarioResults({ act, zone }: { act: Act<Tested>; zone: string }) {
  const { admin } = useWords()
  if (act.kind === 'ready') return <p class="small faint">{admin.noScenarios}</p>
  if (act.kind === 'busy') return <p class="faint">{admin.testing}</p>
  if (act.kind !== 'done') return <Wrong act={act} />
  const { passed, failed, scenarios } = act.value
  // What failed is what its author came for.
  const inOrder = [...scenarios].sort((a, b) => Number(a.ok) - Number(b.ok))
  return (
    <section aria-label={admin.scenarios}>
      <p class={failed > 0 ? 'notice trouble' : 'notice good'} role="status">
        {failed > 0 ? `${count(failed, admin.failed)} ${count(passed, admin.passed)}` : count(passed, admin.allPassed)}
      </p>
      <details open={failed > 0}>
        <summary>{admin.scenarios}</summary>
        <ol class="scenarios">
          {inOrder.map(scenario => (
            <li key={`${scenario.file}:${scenario.line}`}>
              <span class={scenario.ok ? 'passed' : 'failed'}>{scenario.ok ? admin.isAsExpected : admin.isOther}</span> <span dir="auto">{scenario.name}</span> <span class="small faint">{timeWords(scenario.asOf, zone)}</span>
              {scenario.differences.length > 0 && (
                <ul>
                  {scenario.differences.map(difference => (
                    <li>
                      {fill(admin.differs, { provision: difference.provision, field: difference.field, actual: difference.actual, expected: difference.expected })}{' '}
                      <code class="small">{`${scenario.file}:${difference.line}`}</code>
                    </li>
                  ))}
                </ul>
              )}
            </li>
          ))}
        </ol>
      </details>
    </section>
  )
}
