import { Act } from '../parts/Act'
import { Field } from '../parts/Field'
import { useWords } from '../words'

/** Reports that were taken for one incident by mistake are counted apart again. */
export function Unlink({ link, onDone }: { link: string; onDone: (position: number) => void }) {
  const { review } = useWords()
  return (
    <details class="no-print">
      <summary>{review.unlink}</summary>
      <Act path={`/entries/${link}/retractions`} button={review.unlink} onDone={(receipt) => onDone(receipt.position)}>
        <p class="small">{review.unlinkMeans}</p>
        <Field label={review.reason}>
          <textarea name="reason" required dir="auto" />
        </Field>
      </Act>
    </details>
  )
}
