import { useEffect, useState } from 'preact/hooks'
import type { AgreementFile } from '../../api/types'
import { go } from '../../parts/router'
import { useWords } from '../../words'
import { clean } from '../../proof/canonical'
import { latest, now } from '../outbox/clock'
import { finish } from '../outbox/finish'
import { handlesFor } from '../outbox/handles'
import type { Upload } from '../outbox/item'
import { dropOriginals, items, photosOf } from '../outbox/store'
import { uuid7 } from '../../api/uuid'
import { Trouble, troubleOf } from '../outbox/Trouble'
import { useKept } from '../outbox/useKept'
import { findings, keepsOriginal, reportOf } from '../draft/content'
import type { Draft } from '../draft/draft'
import type { Photo } from '../draft/photo'
import { showFindingsOf } from './Form'
import { differ, Said } from './Said'

/** Everything as it will be filed, in words. Finishing freezes it: from then on it can only be corrected, never changed. */
export function Check({ draft, file, kept }: { draft: Draft; file: AgreementFile; kept: () => Promise<void> }) {
  const { field } = useWords()
  const [working, setWorking] = useState(false)
  const [trouble, setTrouble] = useState<string>()
  const photos = useKept(() => photosOf(draft.id), [draft.id])
  const complete = findings(draft, file, latest()).length === 0
  useEffect(() => {
    if (complete) return
    showFindingsOf(draft)
    go(`/field/report/${draft.id}`, 'replace')
  }, [complete])
  if (!complete || !photos) return null
  const report = reportOf(draft, file, photos)
  const { corrects } = draft
  const same = corrects !== undefined && !differ(corrects.said, report, file)
  const finishIt = async () => {
    setWorking(true)
    try {
      await kept()
      const whole = { ...report, handles: handlesFor(draft, report, await items()) }
      const what = { agreement: draft.agreement, draft, files: uploadsOf(draft, photos) }
      const id = corrects
        ? await finish(
            { ...what, type: 'report_corrected', about: { report: corrects.report, kind: draft.kind } },
            { target: corrects.report, report: whole, reason: clean(corrects.reason).trim() },
            draft.id,
          )
        : await finish({ ...what, type: 'report_filed' }, { report: whole }, draft.id)
      if (draft.originals === 'drop') await dropOriginals(draft.id)
      go(`/field/outbox/${id}`)
    } catch (fault) {
      setTrouble(troubleOf(fault))
      setWorking(false)
    }
  }
  return (
    <>
      <h1 tabIndex={-1}>{field.checkTitle}</h1>
      <p>{corrects ? field.correct.checkMeans : field.checkMeans}</p>
      {corrects && (
        <p>
          {field.correct.reason}: <q dir="auto">{corrects.reason}</q>
        </p>
      )}
      {same && <p class="notice">{field.correct.same}</p>}
      <Said report={report} before={corrects?.said} file={file} />
      <Trouble said={trouble} />
      <div class="bar">
        <button class="main" type="button" disabled={working || same} onClick={() => void finishIt()}>
          {working ? field.finishing : field.finish}
        </button>
        <a class="button" href={`/field/report/${draft.id}`}>
          {field.changeIt}
        </a>
      </div>
    </>
  )
}

/** What goes to the server after the report: the copies first, because they are small and may be shown around; originals only where that was asked for. */
function uploadsOf(draft: Draft, photos: readonly Photo[]): Upload[] {
  const upload = (photo: Photo, which: Upload['which'], sha256: string, mediaType: string): Upload => ({
    sha256,
    photo: photo.id,
    which,
    name: photo.name,
    mediaType,
    entryId: uuid7(now()),
    state: 'phone',
    attempts: 0,
    nextTry: 0,
  })
  return [
    ...photos.flatMap((photo) => (photo.published ? [upload(photo, 'published', photo.published, 'image/jpeg')] : [])),
    ...photos.flatMap((photo) =>
      draft.originals === 'send' && keepsOriginal(draft, photo)
        ? [upload(photo, 'original', photo.original, photo.mediaType)]
        : [],
    ),
  ]
}
