import { CallProblem } from '@ddp/contracts/call';
import { QueryClient } from '@tanstack/vue-query';

const mostTries = 3;

/** Reads are tried again where that may help; commands only by who gave them. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (failures, error) =>
          failures < mostTries && (!(error instanceof CallProblem) || error.document.retryable),
      },
    },
  });
}
