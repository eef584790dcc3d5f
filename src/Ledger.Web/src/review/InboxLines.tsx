import type { Agreement, Entry, ReportHead, WaitingProposal } from '../api/types'
import { partyName } from '../parts/names'
import { dayWords, occurredWords } from '../time/zone'
import { called, fill, label, useWords } from '../words'

export function ReportLine({
  report,
  agreement,
  address,
}: {
  report: ReportHead
  agreement: Agreement
  address: string
}) {
  const { common } = useWords()
  const { content } = report
  const who = content.source.name ?? (content.source.party && partyName(agreement.file, content.source.party))
  const sourceClass = called(common.sourceClass, content.source.class)
  return (
    <article class="entry">
      <div class="spread">
        <h3>
          <a href={address}>{label(agreement.file.codebook.kinds, content.kind)}</a>
          <span class="faint">
            {common.comma}
            {occurredWords(content.occurred, agreement.timeZone)}
          </span>
        </h3>
        <span class="tag">{common.level[report.level]}</span>
      </div>
      <p class="small">
        {content.place?.name && <span dir="auto">{content.place.name}</span>}
        {content.actors?.map((actor) => (
          <>
            {' '}
            · {common.actorRole[actor.role]} <bdi>{partyName(agreement.file, actor.name)}</bdi>
          </>
        ))}
      </p>
      {content.summary && <p dir="auto">{content.summary}</p>}
      <p class="small faint">
        {who && <bdi>{who}</bdi>}
        {who ? ` (${sourceClass})` : sourceClass} · {fill(common.position, { n: report.position })}
      </p>
    </article>
  )
}

/** A finding that waits for a second person. */
export function ProposalLine({
  proposal,
  agreement,
  address,
}: {
  proposal: WaitingProposal
  agreement: Agreement
  address: string
}) {
  const { review, common } = useWords()
  return (
    <article class="entry">
      <h3>
        <a href={address}>
          {label(agreement.file.codebook.kinds, proposal.kind)}:{' '}
          {fill(review.proposed, { level: common.level[proposal.level] })}
        </a>
      </h3>
      <p>
        <q dir="auto">{proposal.grounds}</q>
      </p>
      <p class="small faint">
        {proposal.by && (
          <>
            <span dir="auto">{proposal.by}</span> ·{' '}
          </>
        )}
        {dayWords(proposal.recordedAt, agreement.timeZone)} · {fill(common.position, { n: proposal.position })}
        {proposal.mine && <> · {review.yours}</>}
      </p>
    </article>
  )
}

/** What a party said of a report. */
export function ResponseLine({
  entry,
  agreement,
  reports,
  address,
}: {
  entry: Entry
  agreement: Agreement
  reports: readonly ReportHead[]
  address: (report: string) => string
}) {
  const { common } = useWords()
  const data = entry.data as {
    target: string
    party: string
    stance: keyof typeof common.stance
    words?: string
  }
  const told = reports.find((report) => report.report === data.target)
  return (
    <article class="entry">
      <h3>
        <a href={address(data.target)}>
          {partyName(agreement.file, data.party)}: {common.stance[data.stance]}
        </a>
        {told && (
          <span class="faint">
            {common.comma}
            {label(agreement.file.codebook.kinds, told.content.kind)}
            {common.comma}
            {occurredWords(told.content.occurred, agreement.timeZone)}
          </span>
        )}
      </h3>
      {data.words && <p dir="auto">“{data.words}”</p>}
      <p class="small faint">
        {dayWords(entry.recorded, agreement.timeZone)} · {fill(common.position, { n: entry.position })}
      </p>
    </article>
  )
}
