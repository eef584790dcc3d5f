import type { Place } from '../router'
import { useWords } from '../words'

export function AdminArea(_: { place: Place }) {
  const { admin } = useWords()
  return <h1 tabIndex={-1}>{admin.title}</h1>
}
