import type { PartyResponse, StatementClaim } from '../api/types'
import { dayWords } from '../time/zone'
import { called, count, fill, useWords } from '../words'
import type { View } from './view'
import { partyName } from '../parts/names'
import { Unlike } from '../parts/Unlike'
import { viewAddress } from './question'

/** Who says what, and whether it is what the ledger finds: beside the verdict, never in it. */
export function StatementList({
  agreement,
  place,
  statements,
  responses = [],
}: View & { statements: StatementClaim[]; responses?: PartyResponse[] }) {
  const { desk, common } = useWords()
  const stance = (code: string) => called(common.stance, code)
  if (statements.length + responses.length === 0) return null
  return (
    <ul class="says">
      {statements.map((said) => (
        <li class={said.agrees === false ? 'differs' : undefined}>
          <strong dir="auto">{said.by}</strong>:{' '}
          <a href={viewAddress(agreement.id, `ledger/${said.position ?? ''}`, place)}>{stance(said.stance)}</a>
          <span class="faint">
            {common.comma}
            {dayWords(said.saidAt, agreement.timeZone)}
          </span>
          {said.summary && (
            <>
              {' '}
              · <span dir="auto">“{said.summary}”</span>
            </>
          )}
          {said.agrees === true && <span class="faint"> · = {desk.whoSaysAgrees}</span>}
          {said.agrees === false && (
            <span class="mark">
              <Unlike /> {desk.whoSaysDiffers}
            </span>
          )}
          {said.earlier > 0 && <span class="faint"> · {count(said.earlier, desk.earlier)}</span>}
        </li>
      ))}
      {responses.map((said) => (
        <li>
          <strong dir="auto">{partyName(agreement.file, said.party)}</strong>:{' '}
          <a href={viewAddress(agreement.id, `incident/${said.report}`, place)}>
            {fill(desk.responds, { stance: stance(said.stance) })}
          </a>
          <span class="faint">
            {common.comma}
            {dayWords(said.saidAt, agreement.timeZone)}
          </span>
          {said.words && (
            <>
              {' '}
              · <span dir="auto">“{said.words}”</span>
            </>
          )}
        </li>
      ))}
    </ul>
  )
}
