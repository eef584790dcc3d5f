import { count, number, useWords } from '../words'
import { unsentFiles, waits } from './outbox/item'
import { items } from './outbox/store'
import { useKept } from './outbox/useKept'

/** How the outbox stands, in the bar above every view: what needs attention, what waits, or that all of it was received. */
export function OutboxMark() {
  const { field, common } = useWords()
  const all = useKept(items, [])
  if (!all) return null
  const files = all.flatMap(unsentFiles)
  const [reports, photos] = [all.filter(waits).length, files.filter(waits).length]
  const waiting = reports + photos
  const attention = [...all, ...files].filter(({ state }) => state === 'attention').length
  const told = [
    ...(reports > 0 ? [count(reports, field.waiting)] : []),
    ...(photos > 0 ? [count(photos, field.photosWait)] : []),
  ].join(common.comma)
  const [glyph, mark, said] =
    attention > 0
      ? ['!', 'broken-mark', field.state.attention]
      : waiting > 0
        ? ['↑', 'open-mark', told]
        : ['✓', 'kept-mark', '']
  return (
    <a class={`outbox-mark ${mark}`} href="/field/outbox">
      <span aria-hidden="true">
        {glyph}
        {attention + waiting > 0 && ` ${number(attention + waiting)}`}
      </span>
      <span class="visually-hidden">{said === '' ? field.tabs.outbox : `${field.tabs.outbox}: ${said}`}</span>
    </a>
  )
}
