import { useEffect, useState } from 'preact/hooks'
import { Field } from '../parts/Field'
import { useWords } from '../words'
import { keepNote, note } from './outbox/store'
import { Trouble, troubleOf } from './outbox/Trouble'

/** Something said in words that becomes an entry: kept on this phone as it is typed, under its id. */
export function InWords({
  id,
  label,
  hint,
  button,
  danger = false,
  finish,
}: {
  id: string
  label: string
  hint: string
  button: string
  danger?: boolean
  finish: (words: string) => Promise<unknown>
}) {
  const { field } = useWords()
  const [words, setWords] = useState('')
  const [asked, setAsked] = useState(false)
  const [working, setWorking] = useState(false)
  const [trouble, setTrouble] = useState<string>()
  const failed = (fault: unknown) => {
    setTrouble(troubleOf(fault))
    setWorking(false)
  }
  useEffect(() => void note<string>(id).then((kept) => setWords(kept ?? ''), failed), [id])
  const type = (typed: string) => {
    setWords(typed)
    void keepNote(id, typed).then(() => setTrouble(undefined), failed)
  }
  const submit = (event: Event) => {
    event.preventDefault()
    setAsked(true)
    if (words.trim() === '') return
    setWorking(true)
    void finish(words).catch(failed)
  }
  return (
    <form class="act" onSubmit={submit} noValidate>
      <Field label={label} hint={hint} wrong={asked && words.trim() === '' ? field.findings.reason : undefined}>
        <textarea dir="auto" maxLength={4000} value={words} onInput={(event) => type(event.currentTarget.value)} />
      </Field>
      <Trouble said={trouble} />
      <button class={danger ? 'danger' : 'main'} disabled={working}>
        {working ? field.finishing : button}
      </button>
    </form>
  )
}
