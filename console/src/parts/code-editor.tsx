import { Suspense, lazy } from 'react';
import type { ComponentProps } from 'react';
import type { CodeMirror as Editor } from './code-mirror.tsx';
import { Loading, Skeleton } from './states.tsx';

/** Larger than the rest of a page: it is loaded where a script or JSON is shown. */
const CodeMirror = lazy(() => import('./code-mirror.tsx').then((module) => ({ default: module.CodeMirror })));

export function CodeEditor(props: ComponentProps<typeof Editor>) {
  return (
    <Suspense
      fallback={
        <Loading>
          <Skeleton className="h-48" />
        </Loading>
      }
    >
      <CodeMirror {...props} />
    </Suspense>
  );
}
