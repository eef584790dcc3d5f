import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import { leave } from '../../parts/leave'
import { completed, type Draft } from '../draft/draft'
import type { Photo } from '../draft/photo'
import type { Item } from './item'
import { makeLock, openLock, seal, unseal, type Lock, type Sealed } from './vault'

/** What this phone keeps: drafts, reports on their way with their receipts, photos. With a PIN, all of it encrypted. */

/** Without the original where somebody did not want it kept. */
export type PhotoBytes = { original?: ArrayBuffer; published?: ArrayBuffer }

interface Kept {
  id: string
  about: unknown | Sealed
  bytes?: Record<string, ArrayBuffer | Sealed>
}
interface Schema extends DBSchema {
  drafts: { key: string; value: Kept }
  outbox: { key: string; value: Kept }
  photos: { key: string; value: Kept }
  notes: { key: string; value: Kept }
  settings: { key: string; value: unknown }
}
const shelves = ['drafts', 'outbox', 'photos', 'notes'] as const
export type Shelf = (typeof shelves)[number]

export const DATABASE = 'ledger-field'

/** It is locked, and the PIN was not given in this tab. */
export class Locked extends Error {}

let opened: Promise<IDBPDatabase<Schema>> | undefined
let lock: Lock | undefined
let key: CryptoKey | undefined

const channel = new BroadcastChannel('ledger-field')
const listeners = new Set<() => void>()

/** Tells this tab and the others that something changed. */
export function changed() {
  channel.postMessage('changed')
  for (const listener of listeners) listener()
}

export function onChange(heard: () => void): () => void {
  listeners.add(heard)
  return () => void listeners.delete(heard)
}

channel.onmessage = async (event) => {
  // What is on the screen must not be kept again.
  if (event.data === 'erased' && 'document' in globalThis) return void closeStore().then(leave)
  if (event.data === 'lock') {
    key = undefined
    lock = (await (await database()).get('settings', 'lock')) as Lock | undefined
  }
  for (const listener of listeners) listener()
}

function database(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>(DATABASE, 2, {
    upgrade(db) {
      for (const shelf of shelves)
        if (!db.objectStoreNames.contains(shelf)) db.createObjectStore(shelf, { keyPath: 'id' })
      if (!db.objectStoreNames.contains('settings')) db.createObjectStore('settings')
    },
    // Another tab erases everything: it must not wait for this one.
    blocking: (_, __, event) => (event.target as IDBDatabase).close(),
  }).then(async (db) => {
    lock = (await db.get('settings', 'lock')) as Lock | undefined
    return db
  })
  opened.catch(() => (opened = undefined))
  return opened
}

export async function isLocked(): Promise<'open' | 'locked' | 'none'> {
  await database()
  return lock ? (key ? 'open' : 'locked') : 'none'
}

export async function unlock(pin: string): Promise<boolean> {
  await database()
  key = lock && (await openLock(lock, pin))
  if (key) for (const listener of listeners) listener()
  return key !== undefined
}

export function lockNow() {
  key = undefined
  for (const listener of listeners) listener()
}

/** Sets a PIN, or takes it away: everything is written anew, and either all of it is or nothing. */
export async function setPin(pin: string | undefined) {
  const db = await database()
  const made = pin === undefined ? undefined : await makeLock(pin)
  const rewritten: [Shelf, Kept][] = []
  for (const shelf of shelves)
    for (const kept of await db.getAll(shelf)) rewritten.push([shelf, await wrap(await unwrap(kept), made?.key)])
  const write = db.transaction([...shelves, 'settings'] as const, 'readwrite')
  for (const [shelf, kept] of rewritten) void write.objectStore(shelf).put(kept)
  void (made ? write.objectStore('settings').put(made.lock, 'lock') : write.objectStore('settings').delete('lock'))
  await write.done
  ;[lock, key] = [made?.lock, made?.key]
  channel.postMessage('lock')
  changed()
}

interface Open {
  id: string
  about: unknown
  bytes?: Record<string, ArrayBuffer>
}

async function wrap(open: Open, under: CryptoKey | undefined): Promise<Kept> {
  if (!under) return open
  const kept: Kept = { id: open.id, about: await seal(new TextEncoder().encode(JSON.stringify(open.about)), under) }
  if (open.bytes)
    kept.bytes = Object.fromEntries(
      await Promise.all(Object.entries(open.bytes).map(async ([name, bytes]) => [name, await seal(bytes, under)])),
    )
  return kept
}

async function unwrap(kept: Kept): Promise<Open> {
  const open: Open = {
    id: kept.id,
    about: isSealed(kept.about) ? JSON.parse(new TextDecoder().decode(await unseal(kept.about, mine()))) : kept.about,
  }
  if (kept.bytes)
    open.bytes = Object.fromEntries(
      await Promise.all(
        Object.entries(kept.bytes).map(async ([name, bytes]) => [
          name,
          isSealed(bytes) ? await unseal(bytes, mine()) : bytes,
        ]),
      ),
    )
  return open
}

function mine(): CryptoKey {
  if (!key) throw new Locked()
  return key
}

const isSealed = (value: unknown): value is Sealed => value instanceof Object && 'iv' in value && 'bytes' in value

function own(): CryptoKey | undefined {
  return lock ? mine() : undefined
}

async function all<T>(shelf: Shelf): Promise<T[]> {
  const db = await database()
  return Promise.all((await db.getAll(shelf)).map(async (kept) => (await unwrap(kept)).about as T))
}

async function one<T>(shelf: Shelf, id: string): Promise<T | undefined> {
  const kept = await (await database()).get(shelf, id)
  return kept && ((await unwrap(kept)).about as T)
}

async function put(shelf: Shelf, open: Open) {
  const db = await database()
  await db.put(shelf, await wrap(open, own()))
}

export const drafts = async () => (await all<Draft>('drafts')).map(completed).sort((a, b) => b.changedAt - a.changedAt)
export const draft = async (id: string) => {
  const kept = await one<Draft>('drafts', id)
  return kept && completed(kept)
}
export const items = async () => (await all<Item>('outbox')).map(typed).sort((a, b) => b.finishedAt - a.finishedAt)
export const item = async (id: string) => {
  const kept = await one<Item>('outbox', id)
  return kept && typed(kept)
}
/** An earlier version of the app finished nothing but reports. */
const typed = (kept: Item): Item => ({ ...kept, type: kept.type ?? 'report_filed' })

export const saveDraft = (draft: Draft) => put('drafts', { id: draft.id, about: draft })
export const saveItem = async (item: Item) => {
  await put('outbox', { id: item.id, about: item })
  changed()
}

/** Changes what is kept of a report. One change at a time, whoever else sends in another tab; nothing if it is gone. */
export async function alterItem(id: string, change: (item: Item) => Item) {
  await navigator.locks.request(`ledger-item-${id}`, async () => {
    const found = await item(id)
    if (found) await saveItem(change(found))
  })
}

export async function dropDraft(id: string) {
  const db = await database()
  for (const photo of await photosOf(id)) await db.delete('photos', photo.id)
  await db.delete('drafts', id)
  changed()
}

/** What was being written goes its way: both or neither, whatever happens to the phone meanwhile. Its draft or note is gone then. */
export async function freeze(item: Item, written: string | undefined) {
  const db = await database()
  const kept = await wrap({ id: item.id, about: item }, own())
  const write = db.transaction(['drafts', 'notes', 'outbox'], 'readwrite')
  void write.objectStore('outbox').put(kept)
  if (written !== undefined)
    for (const shelf of ['drafts', 'notes'] as const) void write.objectStore(shelf).delete(written)
  await write.done
  changed()
}

/** What the server refused becomes a draft again. */
export async function thaw(item: Item, draft: Draft) {
  const db = await database()
  const kept = await wrap({ id: draft.id, about: draft }, own())
  const write = db.transaction(['drafts', 'outbox'], 'readwrite')
  void write.objectStore('drafts').put(kept)
  void write.objectStore('outbox').delete(item.id)
  await write.done
  changed()
}

/** What the server refused, and nobody wants to say any more. */
export async function dropItem(id: string) {
  await (await database()).delete('outbox', id)
  changed()
}

/** Something small, kept like everything else here: the words of an answer that is being written, what a reviewer asked. */
export const note = <T>(id: string) => one<T>('notes', id)
export const keepNote = (id: string, about: unknown) => put('notes', { id, about })

export async function photosOf(draft: string): Promise<Photo[]> {
  return (await all<Photo>('photos')).filter((photo) => photo.draft === draft)
}

export async function photoBytes(id: string): Promise<PhotoBytes | undefined> {
  const kept = await (await database()).get('photos', id)
  return kept && ((await unwrap(kept)).bytes as unknown as PhotoBytes)
}

export const savePhoto = (photo: Photo, bytes: PhotoBytes) =>
  put('photos', { id: photo.id, about: photo, bytes: { ...bytes } as Record<string, ArrayBuffer> })

/** Takes the originals of a report off this phone. A photo without a copy keeps its own: it would be nothing without. */
export async function dropOriginals(draft: string) {
  for (const photo of await photosOf(draft)) {
    const published = photo.published && (await photoBytes(photo.id))?.published
    if (published) await savePhoto(photo, { published })
  }
}

export const dropPhoto = async (id: string) => (await database()).delete('photos', id)

export async function setting<T>(name: string): Promise<T | undefined> {
  return (await (await database()).get('settings', name)) as T | undefined
}

export async function keepSetting(name: string, value: unknown) {
  await (await database()).put('settings', value, name)
}

/** Has every other tab leave what it shows. */
export const tellErased = () => channel.postMessage('erased')

/** Closes the database, so that it can be erased. */
export async function closeStore() {
  const open = database().catch(() => undefined)
  // Whatever still asks on this page, on a timer or for a screen that goes, must not make it anew.
  opened = new Promise(() => {})
  ;(await open)?.close()
}
