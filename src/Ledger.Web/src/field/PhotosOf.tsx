import { useState } from 'preact/hooks'
import { called, fill, useWords } from '../words'
import { State } from './ItemLine'
import { download } from './outbox/file'
import type { Item, Upload } from './outbox/item'
import { sendAll } from './outbox/send'
import type { Photo } from './draft/photo'
import { alterItem, changed, dropPhoto, photoBytes, photosOf } from './outbox/store'
import { Trouble, troubleOf } from './outbox/Trouble'
import { useKept } from './outbox/useKept'

/** The photos of a finished report: what of each goes to the server and how far that is, and what is on this phone alone. */
export function PhotosOf({ item }: { item: Item }) {
  const { field } = useWords()
  const photos = useKept(() => (item.draft ? photosOf(item.draft.id) : Promise.resolve([])), [item.draft?.id]) ?? []
  if (photos.length === 0 && !item.files?.length) return null
  return (
    <section>
      <h2>{field.photos.title}</h2>
      {item.state !== 'received' && item.files?.some((file) => file.state === 'phone') && (
        <p class="small faint">{field.photos.afterReport}</p>
      )}
      {photos.map((photo) => (
        <OnPhone key={photo.id} item={item} photo={photo} />
      ))}
      {item.files
        ?.filter((file) => !photos.some((photo) => photo.id === file.photo))
        .map((file) => (
          <Sent key={file.entryId} item={item} file={file} />
        ))}
    </section>
  )
}

function OnPhone({ item, photo }: { item: Item; photo: Photo }) {
  const { field, common } = useWords()
  const [asks, setAsks] = useState(false)
  const bytes = useKept(() => photoBytes(photo.id), [photo.id])
  const files = item.files?.filter((file) => file.photo === photo.id) ?? []
  const save = (name: string, type: string, which: 'original' | 'published') =>
    bytes?.[which] && download(name, bytes[which], type)
  const originalSent = files.some((file) => file.which === 'original')
  return (
    <article class="entry photo">
      <h3 dir="auto">{photo.name}</h3>
      {files.map((file) => (
        <Sent key={file.entryId} item={item} file={file} />
      ))}
      {!originalSent && bytes?.original && <p class="small faint">{field.photos.originalHere}</p>}
      <p class="row no-print">
        {bytes?.published && (
          <button type="button" onClick={() => save(`${photo.published!.slice(0, 12)}.jpg`, 'image/jpeg', 'published')}>
            {field.photos.savePublished}
          </button>
        )}
        {bytes?.original && (
          <button type="button" onClick={() => save(photo.name, photo.mediaType, 'original')}>
            {field.photos.saveOriginal}
          </button>
        )}
        {files.every((file) => file.state === 'received') &&
          item.state === 'received' &&
          (asks ? (
            <>
              <span>{originalSent ? field.photos.dropMeans : field.photos.dropOnly}</span>
              <button type="button" class="danger" onClick={() => void dropPhoto(photo.id).then(changed)}>
                {field.photos.dropNow}
              </button>
              <button type="button" onClick={() => setAsks(false)}>
                {common.cancel}
              </button>
            </>
          ) : (
            <button type="button" class="plain" onClick={() => setAsks(true)}>
              {field.photos.drop}
            </button>
          ))}
      </p>
    </article>
  )
}

/** One file on its way, and the way on where the server refused it. */
function Sent({ item, file }: { item: Item; file: Upload }) {
  const { field } = useWords()
  const [trouble, setTrouble] = useState<string>()
  const { problem, receipt } = file
  const told = problem && called(field.photos.problems, problem.code, problem.detail ?? problem.title)
  const alter = (files: (files: Upload[]) => Upload[]) =>
    alterItem(item.id, (kept) => ({ ...kept, files: files(kept.files ?? []) }))
  const again = () =>
    alter((files) =>
      files.map((one) =>
        one.entryId === file.entryId
          ? { ...one, state: 'phone', nextTry: 0, held: undefined, problem: undefined }
          : one,
      ),
    ).then(() => sendAll('once'))
  const leave = () => alter((files) => files.filter((one) => one.entryId !== file.entryId))
  const act = (doing: () => Promise<unknown>) => void doing().catch((fault: unknown) => setTrouble(troubleOf(fault)))
  return (
    <div class="sent" data-state={file.state}>
      <p>
        {file.which === 'original' ? field.photos.original : field.photos.copy}: <State item={file} />
        {file.state === 'received' && (
          <span class="faint small"> · {fill(field.photos.checked, { hash: file.sha256.slice(0, 12) })}</span>
        )}
      </p>
      {receipt && (
        <p class="no-print">
          <button
            type="button"
            class="plain"
            onClick={() =>
              download(
                `receipt.${item.agreement}.${receipt.position}.json`,
                JSON.stringify(receipt, null, 2),
                'application/json',
              )
            }
          >
            {field.receipt.download}
          </button>
        </p>
      )}
      {file.state === 'attention' && (
        <div class="notice trouble" role="alert">
          <p dir="auto">{told}</p>
          <p class="row">
            <button type="button" onClick={() => act(again)}>
              {field.photos.again}
            </button>
            <button type="button" class="plain" onClick={() => act(leave)}>
              {field.photos.leave}
            </button>
          </p>
        </div>
      )}
      <Trouble said={trouble} />
    </div>
  )
}
