import { count, fill, useWords } from '../words'
import { inZoneWords, timeWords } from '../time/zone'
import { Wrong } from './Wrong'
import type { Act } from './useAct'

export interface Tested {
  passed: number
  failed: number
  scenarios: {
    file: string
    line: number
    name: string
    asOf?: string
    ok: boolean
    problems?: { message: string; line?: number }[]
    differences: { provision: string; field: string; expected: string; actual: string; line: number }[]
  }[]
}

/** What the file's own scenarios say of it: given these reports, on this day, these verdicts. What failed is what its author came for. */
export function ScenarioResults({ act, zone }: { act: Act<Tested>; zone: string }) {
  const { admin } = useWords()
  if (act.kind === 'ready') return <p class="small faint">{admin.noScenarios}</p>
  if (act.kind === 'busy') return <p class="faint">{admin.testing}</p>
  if (act.kind !== 'done') return <Wrong act={act} />
  const { passed, failed, scenarios } = act.value
  return (
    <section aria-label={admin.scenarios}>
      <p class={failed > 0 ? 'notice trouble' : 'notice good'} role="status">
        {failed > 0 ? `${count(failed, admin.failed)} ${count(passed, admin.passed)}` : count(passed, admin.allPassed)}
      </p>
      <p class="small faint">{inZoneWords(zone)}</p>
      {failed > 0 && <Scenarios of={scenarios.filter((scenario) => !scenario.ok)} zone={zone} />}
      {passed > 0 && (
        <details>
          <summary>{failed > 0 ? count(passed, admin.allPassed) : admin.scenarios}</summary>
          <Scenarios of={scenarios.filter((scenario) => scenario.ok)} zone={zone} />
        </details>
      )}
    </section>
  )
}

function Scenarios({ of, zone }: { of: Tested['scenarios']; zone: string }) {
  const { admin } = useWords()
  return (
    <ul class="scenarios">
      {of.map((scenario) => (
        <li key={`${scenario.file}:${scenario.line}`}>
          <span class={scenario.ok ? 'passed' : 'failed'}>{scenario.ok ? admin.isAsExpected : admin.isOther}</span>{' '}
          <bdi>{scenario.name}</bdi>{' '}
          {scenario.asOf && <span class="small faint">{timeWords(scenario.asOf, zone)}</span>}
          {scenario.problems && (
            <ul>
              {scenario.problems.map(({ message, line }) => (
                <li>
                  <bdi>{message}</bdi> <code class="small">{`${scenario.file}:${line}`}</code>
                </li>
              ))}
            </ul>
          )}
          {scenario.differences.length > 0 && (
            <ul>
              {scenario.differences.map(({ provision, field, actual, expected, line }) => (
                <li>
                  {fill(admin.differs, {
                    provision: apart(provision),
                    field: apart(field),
                    actual: apart(actual),
                    expected: apart(expected),
                  })}{' '}
                  <code class="small">{`${scenario.file}:${line}`}</code>
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  )
}

/** The file's own word, kept in one piece within a sentence that may run the other way. */
const apart = (code: string) => `\u2068${code}\u2069`
