/** Something of a definition that cannot work, and why. */
export interface ImportProblem {
  method?: string;
  path?: string;
  reason: string;
}

/** An element as the API shows it; definitions have many more fields. */
export interface Element {
  id: number;
  key: string;
  name: string;
  hub: string;
  private: boolean;
  active: boolean;
  /** Of an import: what cannot work. */
  importReport?: ImportProblem[];
  /** Of a conversion: what was guessed. */
  importNotes?: string[];
  [field: string]: unknown;
}

/** A connected account. */
export interface Instance {
  id: number;
  name: string;
  /** Its Element token. */
  token: string;
  valid: boolean;
  disabled: boolean;
  [field: string]: unknown;
}

/** The secrets of a user. */
export interface Login {
  userSecret: string;
  organizationSecret: string;
}
