type Row = Record<string, unknown>;

/** A value that an account has, or that a definition has for all. */
export function configurationRow(key: string, name: string, more: Row = {}): Row {
  return { key, name, description: name, type: 'TEXTFIELD_1000', required: true, ...more };
}

/** Takes a value from one place and puts it to another; by the provider's name unless `more` says another. */
export function parameterRow(name: string, type: string, vendorType: string, more: Row = {}): Row {
  return { name, vendorName: name, type, vendorType, source: 'request', ...more };
}

/** A header of every call that is always the same, or holds a value of the configuration. */
export function headerRow(name: string, value: string): Row {
  return parameterRow(value, 'value', 'header', { vendorName: name, required: false });
}

/** What is kept hidden. */
export const secret: Row = { type: 'PASSWORD' };

/** What is guessed or left out of a document, in sentences; a huge one must not have a huge list of these. */
export class Notes {
  readonly all: string[] = [];
  #left = 0;

  add(...notes: string[]): void {
    for (const note of notes) {
      if (this.all.length < mostNotes) this.all.push(note.length > 500 ? `${note.slice(0, 500)}…` : note);
      else this.#left++;
    }
  }

  /** All of them, and how many there were besides. */
  list(): string[] {
    return this.#left > 0 ? [...this.all, `There is more of this kind, ${this.#left} times.`] : this.all;
  }
}

const mostNotes = 200;

/** `a, b, c and 17 more` */
export function enumerate(names: readonly string[], most = 10): string {
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}

/** A draft of an element. */
export interface Converted {
  /** An element as `POST /elements` takes it. */
  definition: Row;
  /** What was guessed or left out, in sentences. */
  notes: string[];
}
