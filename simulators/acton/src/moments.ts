export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** How the provider writes a moment for people: `Aug 27 2024 4:14 PM PDT`. Ours says UTC. */
export function toWords(ms: number): string {
  const text = new Date(ms).toLocaleString('en-US', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'UTC',
  });
  return `${text.replaceAll(',', '').replaceAll('\u202f', ' ')} UTC`;
}
