import type { ComponentChildren } from 'preact'
import { useContext } from 'preact/hooks'
import { Troubles, troubleWords } from './problems'

/** Several controls under one name, with what is wrong with what was chosen. */
export function Choices({
  label,
  hint,
  name,
  children,
}: {
  label: string
  hint?: string
  name: string
  children: ComponentChildren
}) {
  const found = useContext(Troubles).find((one) => one.name === name)
  return (
    <fieldset class={found ? 'choices wrong' : 'choices'} data-member={name}>
      <legend class="field-label">{label}</legend>
      {hint && <p class="hint">{hint}</p>}
      {children}
      {found && (
        <p class="problem" role="alert">
          {troubleWords(found, label)}
        </p>
      )}
    </fieldset>
  )
}

/** Any number of things by their codes, each a box to tick. */
export function Ticks({
  of,
  ticked,
  onTick,
}: {
  of: { code: string; name: string; lang?: string }[]
  ticked: readonly string[]
  onTick: (ticked: string[]) => void
}) {
  return (
    <>
      {of.map(({ code, name, lang }) => (
        <label class="choice">
          <input
            type="checkbox"
            checked={ticked.includes(code)}
            onChange={(event) =>
              onTick(event.currentTarget.checked ? [...ticked, code] : ticked.filter((one) => one !== code))
            }
          />
          <span lang={lang} dir="auto">
            {name}
          </span>
        </label>
      ))}
    </>
  )
}
