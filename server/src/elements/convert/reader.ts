import { isRow } from '../row-ids.ts';

type Row = Record<string, unknown>;

const longestChain = 20;

/** Reads a document whose parts may stand elsewhere in it. */
export class Reader {
  readonly document: Row;
  /** References that lead nowhere or out of the document, each once. */
  readonly lost = new Set<string>();

  constructor(document: Row) {
    this.document = document;
  }

  /** What a reference in the place of an object leads to; an empty object where that is nothing. */
  resolve(value: unknown): Row {
    let here = value;
    for (let steps = 0; steps < longestChain; steps++) {
      if (!isRow(here)) return {};
      const reference = here['$ref'];
      if (typeof reference !== 'string') return here;
      here = this.#find(reference);
      if (here === undefined) this.lost.add(reference);
    }
    return {};
  }

  #find(reference: string): unknown {
    if (!reference.startsWith('#/')) return undefined;
    let here: unknown = this.document;
    for (const step of reference.slice(2).split('/')) {
      const key = decode(step).replaceAll('~1', '/').replaceAll('~0', '~');
      if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return undefined;
      here = (here as Row)[key];
    }
    return here;
  }
}

function decode(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}
