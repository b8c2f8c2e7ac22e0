export type ScriptErrorKind = 'syntax' | 'thrown' | 'unfinished' | 'timeout' | 'memory' | 'result';

/** A script that could not be run to its end; the message names the script and its line. */
export class ScriptError extends Error {
  readonly kind: ScriptErrorKind;
  readonly scriptName: string;
  /** Line in the author's own text, from 1. */
  readonly line: number | undefined;
  readonly detail: string;

  constructor(kind: ScriptErrorKind, scriptName: string, detail: string, line?: number) {
    super(`Hook "${scriptName}" failed${line === undefined ? '' : ` at line ${line}`}: ${detail}`);
    this.name = 'ScriptError';
    this.kind = kind;
    this.scriptName = scriptName;
    this.line = line;
    this.detail = detail;
  }
}
