import { useWords } from '../words'

/** "Differs from", drawn: fonts that lack the sign put a stroke through an equals sign as best they can. */
export const Unlike = () => (
  <svg class="unlike" viewBox="0 0 12 12" aria-hidden="true">
    <path d="M1 4h10M1 8h10M8.5 1l-5 10" />
  </svg>
)

/** After the name of what differs. */
export function Differs() {
  const { desk } = useWords()
  return (
    <>
      {' '}
      <span class="differ-mark" title={desk.differs}>
        <Unlike />
        <span class="visually-hidden"> {desk.differs}</span>
      </span>
    </>
  )
}
