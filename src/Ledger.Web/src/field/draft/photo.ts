/** Two copies of one photo, each by its SHA-256: as it was taken, which is the evidence, and without its metadata, which can be shown around. */
export interface Photo {
  id: string
  draft: string
  original: string
  name: string
  mediaType: string
  size: number
  published?: string
}
