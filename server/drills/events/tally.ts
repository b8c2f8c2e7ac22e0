/** Keeps count of each number from the provider to the callback. */
export interface Tally {
  accepted(number: number): void;
  /** A delivery has come in, whatever is answered. */
  arrived(number: number, webhookId: string, eventId: string): void;
  /** The callback has answered 2xx. */
  taken(number: number): void;
  counts(): Counts;
  /** Numbers that were accepted and that the callback has not taken. */
  missing(): number[];
}

export interface Counts {
  accepted: number;
  delivered: number;
  /** Taken once more after they had been taken. */
  duplicates: number;
  /** Numbers that have come with more than one id, or with two ids that differ. */
  strangeIds: number;
  arrivals: number;
}

export function createTally(): Tally {
  const accepted = new Set<number>();
  const taken = new Map<number, number>();
  const ids = new Map<number, Set<string>>();
  let arrivals = 0;
  return {
    accepted: (number) => void accepted.add(number),
    arrived(number, webhookId, eventId) {
      arrivals++;
      const known = ids.get(number) ?? new Set();
      ids.set(number, known.add(webhookId).add(eventId));
    },
    taken: (number) => void taken.set(number, (taken.get(number) ?? 0) + 1),
    counts: () => ({
      accepted: accepted.size,
      delivered: taken.size,
      duplicates: [...taken.values()].reduce((sum, times) => sum + times - 1, 0),
      strangeIds: [...ids.values()].filter((each) => each.size > 1).length,
      arrivals,
    }),
    missing: () => [...accepted].filter((number) => !taken.has(number)),
  };
}
