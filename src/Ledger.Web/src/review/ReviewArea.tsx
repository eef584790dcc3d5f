import type { Agreement, AgreementHead } from '../api/types'
import { useAnswer, valueOf } from '../api/useAnswer'
import { Wait } from '../parts/Wait'
import type { Place } from '../parts/router'
import { textOf, useWords } from '../words'
import { InboxView } from './InboxView'
import { ReviewView } from './ReviewView'

/** A reviewer's rooms: the inbox of an agreement, and one report beside others. */
export function ReviewArea({ place }: { place: Place }) {
  const [, agreement, report] = place.path
  return agreement === undefined ? <Choose place={place} /> : <Inside id={agreement} report={report} place={place} />
}

/** Where there is one agreement only, there is nothing to choose. */
function Choose({ place }: { place: Place }) {
  const { review, common } = useWords()
  const answer = useAnswer<{ agreements: AgreementHead[] }>('/agreements')
  const all = valueOf(answer)?.agreements
  if (all?.length === 1) return <Inside id={all[0]!.id} report={undefined} place={place} />
  return (
    <>
      <h1 tabIndex={-1}>{review.title}</h1>
      <Wait answer={answer}>
        {({ agreements }) =>
          agreements.length === 0 ? (
            <div class="notice">
              <p>{common.noAgreements}</p>
              <p>{common.noAgreementsNext}</p>
            </div>
          ) : (
            agreements.map((head) => {
              const title = textOf(head.title)
              return (
                <section class="card">
                  <h2>
                    <a href={`/review/${head.id}`} lang={title.lang} dir="auto">
                      {title.words}
                    </a>
                  </h2>
                </section>
              )
            })
          )
        }
      </Wait>
    </>
  )
}

function Inside({ id, report, place }: { id: string; report: string | undefined; place: Place }) {
  const answer = useAnswer<Agreement>(`/agreements/${encodeURIComponent(id)}`)
  return (
    <Wait answer={answer}>
      {(agreement) =>
        report === undefined ? (
          <InboxView agreement={agreement} place={place} />
        ) : (
          <ReviewView agreement={agreement} report={report} place={place} />
        )
      }
    </Wait>
  )
}
