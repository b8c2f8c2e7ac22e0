/**
 * Options of an LRUCache that keeps so many entries. Its own `max` lays out room for all of them at once: with our
 * larger caches a hundred milliseconds of a start.
 */
export function keepMost(entries: number): { maxSize: number; sizeCalculation: () => number } {
  return { maxSize: entries, sizeCalculation: one };
}

const one = () => 1;
