import { isValidElement, type ComponentChildren } from 'preact'
import { useContext } from 'preact/hooks'
import { Troubles, troubleWords } from './problems'

/**
 * A labelled control, with a hint below it and what is wrong with it, both of which a screen reader hears with the control. Where it, or its control,
 * has the name of a member, what the server finds wrong with that is said here.
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
  const member = name ?? nameOf(children)
  const found = useContext(Troubles).find((one) => member !== undefined && one.name === member)
  const trouble = found ? troubleWords(found, label) : wrong
  return (
    <label class={trouble ? 'field wrong' : 'field'} data-member={member}>
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

/** The name of the one control inside. */
function nameOf(children: ComponentChildren): string | undefined {
  const name =
    isValidElement(children) && 'name' in children.props ? (children.props as { name: unknown }).name : undefined
  return typeof name === 'string' ? name : undefined
}
