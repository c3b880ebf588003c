import { operationsRoutes } from './operations.ts';

/** What an operator asks of a service, for a screen; every service has the same under its own name. */
export const { listDeadLetters, replayDeadLetter } = operationsRoutes('identity');
