import { en } from './en'
import type { Words } from './en'

export const ru: Words = en
