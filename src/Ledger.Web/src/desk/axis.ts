/** An axis of counts that reaches to the most of them: where it ends, and the counts at which it has a line, which are whole, few and at even, plain steps. */
export function axisOf(most: number): { most: number; counts: number[] } {
  const step = steps.find((step) => most <= step * MOST_STEPS)!
  const parts = Math.max(1, Math.ceil(most / step))
  return { most: parts * step, counts: Array.from({ length: parts + 1 }, (_, at) => at * step) }
}

const MOST_STEPS = 5
const steps = Array.from({ length: 16 }, (_, power) => [1, 2, 5].map((digit) => digit * 10 ** power)).flat()
