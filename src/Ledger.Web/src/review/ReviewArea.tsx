import type { Place } from '../router'
import { useWords } from '../words'

export function ReviewArea(_: { place: Place }) {
  const { review } = useWords()
  return <h1 tabIndex={-1}>{review.title}</h1>
}
