import type { ComponentChildren } from 'preact'
import { useContext } from 'preact/hooks'
import { Troubles, troubleWords } from './problems'

/**
 * A labelled control, with a hint below it and what is wrong with it, both of which a screen reader hears with the control. Where it has the name of a member,
 * what the server finds wrong with that is said here.
 */
export function Field({
  label,
  hint,
  wrong,
  name,
  children,
}: {
  label: string
  hint?: string | undefined
  wrong?: string | undefined
  name?: string | undefined
  children: ComponentChildren
}) {
  const found = useContext(Troubles).find((one) => name !== undefined && one.name === name)
  const trouble = found ? troubleWords(found, label) : wrong
  return (
    <label class={trouble ? 'field wrong' : 'field'} data-member={name}>
      <span class="field-label">{label}</span>
      {children}
      {hint && <span class="hint">{hint}</span>}
      {trouble && (
        <span class="problem" role="alert">
          {trouble}
        </span>
      )}
    </label>
  )
}
