import { QueryClient } from '@tanstack/react-query';
import { LigandError } from './api.ts';

/** What the server was asked. A refusal is no accident, so only what may be one is asked again. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (failures, error) =>
        failures < 2 && !(error instanceof LigandError && error.status >= 400 && error.status < 500),
    },
  },
});
