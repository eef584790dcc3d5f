import type { Words } from '../en'
import { admin } from './admin'
import { common } from './common'
import { desk } from './desk'
import { field } from './field'
import { review } from './review'

export const ru: Words = { common, desk, field, review, admin }
