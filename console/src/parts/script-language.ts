import { type CompletionContext, type CompletionResult, completeFromList } from '@codemirror/autocomplete';
import { javascriptLanguage, localCompletionSource, snippets } from '@codemirror/lang-javascript';
import { syntaxTree } from '@codemirror/language';
import { type Diagnostic, linter } from '@codemirror/lint';
import type { Extension } from '@codemirror/state';
import { type Name, members, modules, resultsOf, variablesOf } from '../script-context.ts';
import { hookForm as words } from '../strings/builder.ts';

const options = (names: readonly Name[], type: string) =>
  names.map(({ label, detail }) => ({ label, detail, type }));

/** Names after a dot, modules in `require('…')`, keys in `done({…})`, and else what the script has. */
function completeScript(kind: string) {
  const variables = options(variablesOf(kind), 'variable');
  const results = options(resultsOf(kind), 'property');
  return (context: CompletionContext): CompletionResult | null => {
    const member = context.matchBefore(/\b(\w+)\.\w*$/);
    if (member) {
      const dot = member.text.indexOf('.');
      const known = members[member.text.slice(0, dot)];
      return known ? { from: member.from + dot + 1, options: options(known, 'function') } : null;
    }
    const required = context.matchBefore(/require\(\s*['"][\w/]*$/);
    if (required) {
      const quote = required.text.search(/['"]/);
      return {
        from: required.from + quote + 1,
        options: modules.map((label) => ({ label, type: 'namespace' })),
      };
    }
    const word = context.matchBefore(/\w*$/);
    if (!word || (word.from === word.to && !context.explicit)) return null;
    return { from: word.from, options: isResultKey(context) ? results : variables, validFor: /^\w*$/ };
  };
}

/** Whether the next word is the name of what is given to `done`. */
function isResultKey({ state, pos }: CompletionContext): boolean {
  let node = syntaxTree(state).resolveInner(pos, -1);
  while (node.parent && ['PropertyDefinition', 'Property', '⚠', '{', ','].includes(node.name))
    node = node.parent;
  if (node.name !== 'ObjectExpression') return false;
  const call = node.parent?.parent;
  if (call?.name !== 'CallExpression' || !call.firstChild) return false;
  if (state.sliceDoc(call.firstChild.from, call.firstChild.to) !== 'done') return false;
  // Behind a colon stands a value.
  return /[{,]\s*\w*$/.test(state.sliceDoc(node.from, pos));
}

/** Where the script is no JavaScript. The server says the same of what is saved. */
const syntaxLinter = linter(({ state }) => {
  const found: Diagnostic[] = [];
  syntaxTree(state).iterate({
    enter({ type, from, to }) {
      if (type.isError && found.length < 20)
        found.push({ from, to: Math.max(to, from), severity: 'error', message: words.syntaxError });
    },
  });
  return found;
});

export function scriptLanguage(kind: string): Extension {
  return [
    javascriptLanguage,
    javascriptLanguage.data.of({ autocomplete: completeScript(kind) }),
    javascriptLanguage.data.of({ autocomplete: localCompletionSource }),
    javascriptLanguage.data.of({ autocomplete: completeFromList(snippets) }),
    syntaxLinter,
  ];
}
