const FADES_AFTER = 14 * 86_400_000

/** Whether something happened so long before a time that it is drawn pale. */
export const isOld = ({ until }: { until: number }, asOf: number): boolean => asOf - until > FADES_AFTER
