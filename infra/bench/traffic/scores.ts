import type { LoadRequest } from '../load/load.ts';

/** Each request is the score of one of the subjects. */
export function createTraffic({ subjectIds }: { subjectIds: string[] }): () => LoadRequest {
  return () => {
    const id = subjectIds[Math.floor(Math.random() * subjectIds.length)] ?? '';
    return { path: `/v1/subjects/${id}/score` };
  };
}
