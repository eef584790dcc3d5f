import { describe, expect, it } from 'vitest'
import { axisOf } from '../src/desk/axis'

describe('an axis of counts', () => {
  it.each([
    [1, [0, 1]],
    [2, [0, 1, 2]],
    [3, [0, 1, 2, 3]],
    [6, [0, 2, 4, 6]],
    [7, [0, 2, 4, 6, 8]],
    [23, [0, 5, 10, 15, 20, 25]],
    [140, [0, 50, 100, 150]],
  ])('reaches to %s', (most, counts) => expect(axisOf(most).counts).toEqual(counts))
  it('has whole, even steps, at most six lines, and holds the most', () => {
    for (let most = 1; most < 5_000; most++) {
      const { most: end, counts } = axisOf(most)
      expect(end).toBeGreaterThanOrEqual(most)
      expect(counts.at(-1)).toBe(end)
      expect(counts.length).toBeLessThanOrEqual(6)
      expect(counts.every((count, at) => Number.isInteger(count) && count === at * counts[1]!)).toBe(true)
    }
  })
})
