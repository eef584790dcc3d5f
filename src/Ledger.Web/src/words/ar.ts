import { en } from './en'
import type { Words } from './en'

export const ar: Words = en
