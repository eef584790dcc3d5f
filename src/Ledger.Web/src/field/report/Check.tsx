import { useEffect, useState } from 'preact/hooks'
import type { AgreementFile } from '../../api/types'
import { go } from '../../router'
import { useWords } from '../../words'
import { clockBehind, latest, now, saidNow, TOLERATED } from '../outbox/clock'
import { signed } from '../outbox/deviceKey'
import { sendAll } from '../outbox/send'
import { handlesFor } from '../outbox/handles'
import type { Upload } from '../outbox/item'
import { dropOriginals, freeze, items, photosOf, type Photo } from '../outbox/store'
import { uuid7 } from '../../api/uuid'
import { Trouble, troubleOf } from '../Trouble'
import { useKept } from '../useKept'
import { findings, keepsOriginal, reportOf, type Draft } from './draft'
import { showFindingsOf } from './Form'
import { Said } from './Said'

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
  const finish = async () => {
    setWorking(true)
    try {
      await kept()
      const entryId = uuid7(now())
      const behind = clockBehind()
      const handles = handlesFor(draft, report, await items())
      const body = await signed(draft.agreement, 'report_filed', { entryId, saidAt: saidNow().toISOString(), report: { ...report, handles } })
      await freeze({ id: entryId, agreement: draft.agreement, state: 'phone', finishedAt: now(), body, draft, files: uploadsOf(draft, photos), attempts: 0, nextTry: 0, ...(behind !== undefined && Math.abs(behind) > TOLERATED && { clock: behind }) }, draft.id)
      if (draft.originals === 'drop') await dropOriginals(draft.id)
      void navigator.storage.persist?.()
      go(`/field/outbox/${entryId}`)
      void sendAll('once').catch(() => undefined)
    } catch (fault) {
      setTrouble(troubleOf(fault))
      setWorking(false)
    }
  }
  return (
    <>
      <h1 tabIndex={-1}>{field.checkTitle}</h1>
      <p>{field.checkMeans}</p>
      <Said report={report} file={file} />
      <Trouble said={trouble} />
      <div class="bar">
        <button class="main" type="button" disabled={working} onClick={() => void finish()}>{working ? field.finishing : field.finish}</button>
        <a class="button" href={`/field/report/${draft.id}`}>{field.changeIt}</a>
      </div>
    </>
  )
}

/** What goes to the server after the report: the copies first, because they are small and may be shown around; originals only where that was asked for. */
function uploadsOf(draft: Draft, photos: readonly Photo[]): Upload[] {
  const upload = (photo: Photo, which: Upload['which'], sha256: string, mediaType: string): Upload =>
    ({ sha256, photo: photo.id, which, name: photo.name, mediaType, entryId: uuid7(now()), state: 'phone', attempts: 0, nextTry: 0 })
  return [
    ...photos.flatMap(photo => (photo.published ? [upload(photo, 'published', photo.published, 'image/jpeg')] : [])),
    ...photos.flatMap(photo => (draft.originals === 'send' && keepsOriginal(draft, photo) ? [upload(photo, 'original', photo.original, photo.mediaType)] : [])),
  ]
}
