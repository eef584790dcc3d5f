import type { ComponentChildren } from 'preact'

/** A labelled control, with a hint below it and what is wrong with it, both of which a screen reader hears with the control. */
export function Field({
  label,
  hint,
  wrong,
  children,
}: {
  label: string
  hint?: string | undefined
  wrong?: string | undefined
  children: ComponentChildren
}) {
  return (
    <label class={wrong ? 'field wrong' : 'field'}>
      <span class="field-label">{label}</span>
      {children}
      {hint && <span class="hint">{hint}</span>}
      {wrong && (
        <span class="problem" role="alert">
          {wrong}
        </span>
      )}
    </label>
  )
}
