export { createScripting, scriptModules } from './scripting.ts';
export { ScriptError } from './errors.ts';
export type { ScriptErrorKind } from './errors.ts';
export type { Script, ScriptFetch, ScriptingOptions, ScriptOutcome, Scripting } from './scripting.ts';
