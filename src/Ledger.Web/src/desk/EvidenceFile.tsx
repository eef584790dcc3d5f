import { useState } from 'preact/hooks'
import { evidenceAddress, evidenceOf, type Fetched } from '../proof/file'
import { fill, number, useWords } from '../words'

type Checked = 'asked' | 'absent' | 'unreachable' | Fetched

/** A file of evidence by its digest; on request its bytes are fetched and hashed in this browser, and compared with what the ledger says. */
export function EvidenceFile({ report, digest, mediaType }: { report: string; digest: string; mediaType?: string }) {
  const { desk } = useWords()
  const [checked, setChecked] = useState<Checked>()
  const check = () => {
    setChecked('asked')
    evidenceOf(report, digest).then(
      (fetched) => setChecked(fetched ?? 'absent'),
      () => setChecked('unreachable'),
    )
  }
  const good = typeof checked === 'object' && checked.found === digest
  return (
    <li>
      <code>{digest}</code> {mediaType && <span class="faint small">{mediaType}</span>}
      <span class="row no-print">
        <button type="button" class="plain" disabled={checked === 'asked'} onClick={check}>
          {desk.evidenceFile.check}
        </button>
        {good && (
          <a href={evidenceAddress(report, digest)} download>
            {desk.evidenceFile.save}
          </a>
        )}
      </span>
      <p
        role="status"
        class={checked === undefined || typeof checked === 'string' ? 'small' : good ? 'kept small' : 'broken small'}
      >
        {checked === 'asked'
          ? desk.evidenceFile.asked
          : checked === 'absent'
            ? desk.evidenceFile.absent
            : checked === 'unreachable'
              ? desk.evidenceFile.unreachable
              : checked &&
                (good ? (
                  <>✓ {fill(desk.evidenceFile.matches, { n: number(checked.bytes.length) })}</>
                ) : (
                  <>
                    ✗ {fill(desk.evidenceFile.differs, { n: number(checked.bytes.length) })}{' '}
                    <code>{checked.found}</code>
                  </>
                ))}
      </p>
    </li>
  )
}
