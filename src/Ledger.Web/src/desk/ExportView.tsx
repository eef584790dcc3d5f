import { useState } from 'preact/hooks'
import { inZoneWords } from '../time/zone'
import { textOf, useWords } from '../words'
import type { View } from './view'
import { asked, questionOf } from './question'

const options: Record<string, string> = {
  asOf: '--as-of',
  knownAt: '--known-at',
  saidBy: '--said-by',
  lens: '--lens',
  threshold: '--threshold',
  match: '--match',
  reading: '--reading',
  without: '--without',
  sourcesOnly: '--sources-only',
  sourcesNot: '--sources-not',
}

/** The present question as a call, as a command and as files; about one provision, where somebody comes from why it stands as it does. */
export function ExportView(view: View) {
  const { agreement, place } = view
  const { desk } = useWords()
  const question = asked(view)
  const base = `/api/v1/agreements/${agreement.id}`
  const flags = [...new URLSearchParams(question)]
    .map(([name, value]) => ` ${options[name]} ${/^[\w.:+-]+$/.test(value) ? value : `'${value}'`}`)
    .join('')
  const known = new URLSearchParams(question).get('knownAt')
  const provision = agreement.file.provisions.find((one) => one.id === place.path[3])
  const call = provision
    ? `${base}/verdicts/${encodeURIComponent(provision.id)}/why?${question}`
    : `${base}/verdicts?${question}`
  const files: [string, string, string][] = [
    ...(provision
      ? [[textOf(provision.title).words, call, `${agreement.id}-${provision.id}.json`] as [string, string, string]]
      : []),
    [desk.files.verdicts, `${base}/verdicts?${question}`, `${agreement.id}-verdicts.json`],
    [desk.files.incidents, `${base}/incidents?${question}`, `${agreement.id}-incidents.json`],
    [desk.files.geojson, `${base}/incidents.geojson?${question}`, `${agreement.id}-incidents.geojson`],
    [desk.files.zones, `${base}/zones?${question}`, `${agreement.id}-zones.geojson`],
    // With a byte order mark, without which Excel garbles Arabic.
    [desk.tables.verdicts, `${base}/verdicts.csv?${question}&bom=yes`, `${agreement.id}-verdicts.csv`],
    [desk.tables.incidents, `${base}/incidents.csv?${question}&bom=yes`, `${agreement.id}-incidents.csv`],
    [
      desk.tables.reports,
      `${base}/reports.csv?${known ? `knownAt=${known}&` : ''}bom=yes`,
      `${agreement.id}-reports.csv`,
    ],
    [desk.tables.entries, `${base}/entries.csv?bom=yes`, `${agreement.id}-entries.csv`],
    [desk.files.entries, `${base}/entries.jsonl`, `${agreement.id}.jsonl`],
    [desk.files.agreement, base, `${agreement.id}.json`],
    [desk.files.bundle, `/log/${agreement.id}/bundle.zip`, `${agreement.id}.zip`],
  ]
  return (
    <>
      <h1 tabIndex={-1}>{desk.tabs.export}</h1>
      <p>
        {desk.exportMeans}{' '}
        {provision && (
          <>
            <strong dir="auto">{textOf(provision.title).words}</strong>{' '}
          </>
        )}
        <code>{decodeURIComponent(questionOf(place).toString()) || '—'}</code>{' '}
        <span class="faint small">{inZoneWords(agreement.timeZone)}</span>
      </p>
      <h2>{desk.sameCall}</h2>
      <Copied text={`curl '${location.origin}${call}'`} />
      <h2>{desk.sameCommand}</h2>
      <Copied
        text={`./ledger ${provision ? `why ${agreement.id} ${provision.id}` : `status ${agreement.id}`}${flags}`}
      />
      <h2>{desk.downloads}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{desk.file}</th>
            <th scope="col">{desk.address}</th>
          </tr>
        </thead>
        <tbody>
          {files.map(([name, address, file]) => (
            <tr>
              <th scope="row">
                <a href={address} download={file}>
                  {name}
                </a>
              </th>
              <td>
                <code>{address}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="small faint">{desk.printHint}</p>
    </>
  )
}

function Copied({ text }: { text: string }) {
  const { common, desk } = useWords()
  const [copied, setCopied] = useState(false)
  return (
    <>
      <pre class="command" tabIndex={0}>
        {text}
      </pre>
      <p class="no-print">
        <button type="button" onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}>
          {copied ? common.copied : desk.copy}
        </button>
      </p>
    </>
  )
}
