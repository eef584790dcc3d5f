import { hexOf } from '../../api/uuid'
import type { Photo } from '../draft/photo'
import { savePhoto } from './store'

const LONGEST_SIDE = 2048

/**
 * Keeps a photo as it was taken, whose SHA-256 is the evidence, and beside it a copy that is drawn anew: what a camera hides in a file, such as the place, the time
 * and the number of the camera, is not in what is drawn.
 */
export async function takePhoto(file: File, draft: string): Promise<Photo> {
  const original = await file.arrayBuffer()
  const published = await redrawn(file)
  const hash = await sha256(original)
  const photo: Photo = {
    // The same photo may belong to two reports.
    id: `${draft}.${hash}`,
    original: hash,
    draft,
    name: file.name,
    mediaType:
      typeOf(new Uint8Array(original, 0, Math.min(16, original.byteLength))) ??
      (file.type || 'application/octet-stream'),
    size: file.size,
    ...(published && { published: await sha256(published) }),
  }
  await savePhoto(photo, { original, ...(published && { published }) })
  return photo
}

/** Nothing if this browser cannot draw the format. */
async function redrawn(file: File): Promise<ArrayBuffer | undefined> {
  let image: ImageBitmap
  try {
    image = await createImageBitmap(file)
  } catch {
    return undefined
  }
  const scale = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height))
  const canvas = document.createElement('canvas')
  ;[canvas.width, canvas.height] = [Math.round(image.width * scale), Math.round(image.height * scale)]
  const context = canvas.getContext('2d')!
  // A JPEG has no transparency: what shows through would be black.
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(image, 0, 0, canvas.width, canvas.height)
  image.close()
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.85))
  return blob?.arrayBuffer()
}

/** What a file is by its first bytes: phones and messengers name many a picture after another format. */
const MARKS: readonly [type: string, mark: RegExp][] = [
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/png', /^\x89PNG/],
  ['image/gif', /^GIF8/],
  ['image/webp', /^RIFF.{4}WEBP/s],
  ['image/avif', /^.{4}ftypavi[fs]/s],
  ['image/heic', /^.{4}ftyphe[iv]/s],
  ['image/heif', /^.{4}ftyp(mif1|msf1)/s],
]

export const typeOf = (head: Uint8Array): string | undefined =>
  MARKS.find(([, mark]) => mark.test(String.fromCharCode(...head)))?.[0]

const sha256 = async (bytes: ArrayBuffer) => hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
