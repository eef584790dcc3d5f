import { hexOf } from '../../api/uuid'
import { savePhoto, type Photo } from './store'

const LONGEST_SIDE = 2048

/**
 * Keeps a photo as it was taken, whose SHA-256 is the evidence, and beside it a copy that is drawn anew: what a camera hides in a file, such as the place, the time
 * and the number of the camera, is not in what is drawn.
 */
export async function takePhoto(file: File, draft: string): Promise<Photo> {
  const original = await file.arrayBuffer()
  const published = await redrawn(file)
  const photo: Photo = {
    id: await sha256(original),
    draft,
    name: file.name,
    mediaType: file.type || 'application/octet-stream',
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
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height)
  image.close()
  const blob = await new Promise<Blob | null>(done => canvas.toBlob(done, 'image/jpeg', 0.85))
  return blob?.arrayBuffer()
}

const sha256 = async (bytes: ArrayBuffer) => hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
