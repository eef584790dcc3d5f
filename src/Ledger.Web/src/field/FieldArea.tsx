import type { Place } from '../router'
import { useWords } from '../words'

export function FieldArea(_: { place: Place }) {
  const { field } = useWords()
  return <h1 tabIndex={-1}>{field.title}</h1>
}
