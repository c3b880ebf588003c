import { CallProblem } from '@ddp/contracts/call';
import { scanVolunteer, sendScans } from '@ddp/contracts/volunteering/attendance-routes';
import type { ScanKind } from '@ddp/contracts/volunteering/attendances';
import { ask, NoAnswerError } from '@ddp/web-ui/api/ask';
import { newKey } from '@ddp/web-ui/api/new-key';
import { type ProblemWords, wordsOf } from '@ddp/web-ui/api/problem-words';
import { me } from '@ddp/web-ui/session/session';
import { measureClock } from '@ddp/web-ui/time/server-clock';
import { computed, onUnmounted, shallowRef } from 'vue';
import { dropScans, type KeptScan, keepScan, listScans, noteVerdicts } from './kept-scans.ts';

const againMs = 15_000;
/** As many as the house takes at once. */
const mostAtOnce = 200;

/** Whether it is worth keeping what the house could not be asked now. */
const isForLater = (error: unknown) =>
  error instanceof NoAnswerError || (error instanceof CallProblem && error.document.status === 401);

/**
 * The scans of a leader at a shift. With a network each is decided at once; without one it is kept
 * with its moment and sent, once, when the network is back.
 */
export function useScans(shiftId: string, onChange: () => void) {
  const leaderId = computed(() => me.value?.personId ?? '');
  const kept = computed(() => listScans(leaderId.value, shiftId));
  const waiting = computed(() => kept.value.filter(({ outcome }) => outcome === null));
  const answered = computed(() => kept.value.filter(({ outcome }) => outcome !== null));
  const problem = shallowRef<ProblemWords | null>(null);
  const isSending = shallowRef(false);
  const isScanning = shallowRef(false);
  /** What the last scan came to; `kept` waits for the network. */
  const last = shallowRef<{ kind: ScanKind; number: string; isKept: boolean } | null>(null);

  async function scan(kind: ScanKind, code: string): Promise<void> {
    problem.value = null;
    last.value = null;
    const number = code.slice(0, 8);
    isScanning.value = true;
    try {
      if (!navigator.onLine) throw new NoAnswerError('no network');
      await ask(scanVolunteer, { body: { shiftId, kind, code } }, { key: newKey() });
      last.value = { kind, number, isKept: false };
      onChange();
    } catch (error) {
      if (isForLater(error)) {
        keepScan({ leaderId: leaderId.value, shiftId, kind, code });
        last.value = { kind, number, isKept: true };
      } else {
        problem.value = wordsOf(error);
      }
    } finally {
      isScanning.value = false;
    }
  }

  async function send(): Promise<void> {
    if (isSending.value || waiting.value.length === 0 || !navigator.onLine) return;
    isSending.value = true;
    try {
      const scans = waiting.value
        .slice(0, mostAtOnce)
        .map(({ eventId, kind, code, at }: KeptScan) => ({ eventId, kind, code, at }));
      const { results } = await ask(sendScans, { body: { shiftId, scans } }, { key: newKey() });
      noteVerdicts(results);
      problem.value = null;
      onChange();
    } catch (error) {
      if (!(error instanceof NoAnswerError)) problem.value = wordsOf(error);
    } finally {
      isSending.value = false;
    }
  }

  function tryAgain(): void {
    // The clock is measured while there is a network, for when there is none.
    if (navigator.onLine) measureClock().then(send, () => undefined);
  }
  tryAgain();
  const timer = setInterval(() => void send(), againMs);
  addEventListener('online', tryAgain);
  onUnmounted(() => {
    clearInterval(timer);
    removeEventListener('online', tryAgain);
  });

  const dropAnswered = () => dropScans(answered.value.map(({ eventId }) => eventId));
  const dropWaiting = () => dropScans(waiting.value.map(({ eventId }) => eventId));
  return {
    ...{ waiting, answered, problem, isSending, isScanning, last },
    ...{ scan, send, dropAnswered, dropWaiting },
  };
}
