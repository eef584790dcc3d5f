import type { AgreementFile, Cited, Quantity } from '../api/types'
import { dayWords, occurredWords } from '../time/zone'
import { called, label, number, textOf, useWords, words } from '../words'

/** An entry and what it says: who did what, when and where, on whose word. */
export function CitedEntry({
  cited,
  file,
  zone,
  address,
}: {
  cited: Cited
  file: AgreementFile
  zone: string
  address: string
}) {
  const { common } = useWords()
  const when =
    cited.from && cited.until
      ? occurredWords({ from: cited.from.utc, until: cited.until.utc, precision: 'days' }, zone)
      : cited.from
        ? dayWords(cited.from.utc, zone)
        : undefined
  const sourceClass = cited.sourceClass && called(common.sourceClass, cited.sourceClass)
  const party = (name: string) => textOf(file.parties.find((party) => party.id === name)?.name).words || name
  return (
    <article class="entry">
      <div class="spread">
        <h3>
          <a href={address}>{cited.kind ? label(file.codebook.kinds, cited.kind) : called(common.type, cited.type)}</a>
          {when && (
            <span class="faint">
              {common.comma}
              {when}
            </span>
          )}
        </h3>
        {cited.level && <span class="tag">{common.level[cited.level]}</span>}
      </div>
      <p class="small">
        {cited.place && <span dir="auto">{cited.place}</span>}
        {cited.actors && cited.actors.length > 0 && (
          <>
            {' '}
            · {cited.actors.map((actor) => `${common.actorRole[actor.role]} ${party(actor.name)}`).join(common.comma)}
          </>
        )}
        {cited.subject && (
          <>
            {' '}
            · <span dir="auto">{cited.subject}</span>
          </>
        )}
      </p>
      {cited.summary && <p dir="auto">“{cited.summary}”</p>}
      {cited.grounds && (
        <p class="small" dir="auto">
          {cited.grounds}
        </p>
      )}
      {cited.quantities &&
        Object.entries(cited.quantities).map(([name, quantity]) => (
          <p class="small">
            {label(file.codebook.quantities, name)}: {quantityWords(quantity)}
          </p>
        ))}
      <p class="small faint">
        {cited.author && <bdi>{cited.author}</bdi>}
        {sourceClass && (cited.author ? <> ({sourceClass})</> : sourceClass)}
        {cited.saidAt && (
          <>
            {cited.author || sourceClass ? ' · ' : ''}
            {dayWords(cited.saidAt, zone)}
          </>
        )}
        {cited.position !== undefined && <> · {common.position.replace('{n}', number(cited.position))}</>}
      </p>
    </article>
  )
}

/** One figure is its own bounds. */
export const spreadOf = (given: number | Quantity): Quantity =>
  typeof given === 'number' ? { low: given, best: given, high: given } : given

/** 3, at least 2, or 2 to 5: numbers of different sources are never merged into one. */
export function quantityWords(given: number | Quantity): string {
  const { low, best, high } = spreadOf(given)
  if (low !== undefined && high !== undefined && low !== high) return `${number(low)}–${number(high)}`
  if (best === undefined && low !== high)
    return low === undefined
      ? `${words().common.quantity.high} ${number(high!)}`
      : `${words().common.quantity.low} ${number(low)}`
  return number(best ?? low ?? 0)
}
