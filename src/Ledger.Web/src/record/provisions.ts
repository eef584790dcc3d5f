import type { AgreementFile } from '../api/types'
import { fill, textOf, words } from '../words'

/** The provisions as one chooses among them, each by its article and title. */
export const provisionsOf = (file: AgreementFile): { code: string; name: string; lang: string }[] =>
  file.provisions.map(({ id, article, title }) => {
    const { words: name, lang } = textOf(title)
    return {
      code: id,
      name: article === undefined ? name : `${fill(words().desk.article, { n: article })}: ${name}`,
      lang,
    }
  })
