import { useEffect, useState } from 'preact/hooks'
import { Field } from '../../parts/Field'
import { fill, number, useWords } from '../../words'
import type { Photo } from '../draft/photo'
import { takePhoto } from '../outbox/photos'
import { changed, dropPhoto, photoBytes, photosOf } from '../outbox/store'
import { Trouble, troubleOf } from '../outbox/Trouble'
import { useKept } from '../outbox/useKept'
import type { Draft } from '../draft/draft'

const originals = ['stay', 'send', 'drop'] as const

/** Photos: their fingerprints go into the report, a copy without metadata follows it, and of the originals whoever reports decides. */
export function PhotoPart({ draft, change }: { draft: Draft; change: (changes: Partial<Draft>) => void }) {
  const { field } = useWords()
  const photos = useKept(() => photosOf(draft.id), [draft.id]) ?? []
  const [working, setWorking] = useState(false)
  const [trouble, setTrouble] = useState<string>()
  const take = async (input: HTMLInputElement) => {
    setWorking(true)
    setTrouble(undefined)
    try {
      for (const file of input.files ?? []) await takePhoto(file, draft.id)
    } catch (fault) {
      setTrouble(troubleOf(fault))
    }
    input.value = ''
    setWorking(false)
    changed()
  }
  return (
    <>
      <p class="small faint">{field.photos.means}</p>
      <Trouble said={trouble} />
      <div class="photos" aria-live="polite">
        {photos.map((photo) => (
          <Preview key={photo.id} photo={photo} drop={() => void dropPhoto(photo.id).then(changed)} />
        ))}
        {working && <p class="faint">{field.photos.working}</p>}
      </div>
      {photos.length > 0 && (
        <Field label={field.photos.originals} hint={field.photos.originalsMean[draft.originals]}>
          <select
            value={draft.originals}
            onChange={(event) => change({ originals: event.currentTarget.value as Draft['originals'] })}
          >
            {originals.map((choice) => (
              <option value={choice}>{field.photos.originalsChoice[choice]}</option>
            ))}
          </select>
        </Field>
      )}
      <p>
        <label class="button">
          {field.photos.add}
          <input
            class="visually-hidden"
            type="file"
            accept="image/*"
            multiple
            onChange={(event) => void take(event.currentTarget)}
          />
        </label>
      </p>
    </>
  )
}

function Preview({ photo, drop }: { photo: Photo; drop: () => void }) {
  const { field } = useWords()
  const [address, setAddress] = useState<string>()
  useEffect(() => {
    let made: string | undefined
    let gone = false
    void photoBytes(photo.id).then((bytes) => {
      if (gone || !bytes?.published) return
      made = URL.createObjectURL(new Blob([bytes.published], { type: 'image/jpeg' }))
      setAddress(made)
    })
    return () => {
      gone = true
      if (made) URL.revokeObjectURL(made)
    }
  }, [photo.id])
  return (
    <figure>
      {address && <img src={address} alt={photo.name} />}
      <figcaption class="small">
        <span dir="auto">{photo.name}</span>{' '}
        <span class="faint">{fill(field.photos.size, { n: number(Math.max(1, Math.round(photo.size / 1000))) })}</span>
        {!photo.published && <div class="faint">{field.photos.notDrawn}</div>}
        <button type="button" class="plain" onClick={drop}>
          {field.photos.remove}
        </button>
      </figcaption>
    </figure>
  )
}
