import type { WallFigures } from '@ddp/contracts/wall/figures';
import { wallFeedPath } from '@ddp/contracts/wall/paths';
import { createParser } from 'eventsource-parser';
import { onUnmounted, type Ref, ref, shallowRef, watch } from 'vue';

/** `lost`: asking again; `busy`: too many screens; `ended`: the token is good no more. */
export type Phase = 'connecting' | 'live' | 'lost' | 'busy' | 'ended';

/** Figures come every five seconds: after this the stream is dead, though nobody said so. */
const silenceMs = 20_000;
const firstWaitMs = 1_000;
const longestWaitMs = 15_000;

export interface Received {
  figures: WallFigures;
  /** By this device's clock. */
  atMs: number;
}

/** Hears the figures for as long as the page is open, over lost networks and restarts of the house. */
export function watchFigures(token: Ref<string | null>) {
  const phase = ref<Phase>('connecting');
  const received = shallowRef<Received | null>(null);

  async function read(credential: string, stop: AbortController): Promise<void> {
    const watchdog = createWatchdog(() => stop.abort());
    try {
      const answer = await fetch(wallFeedPath, {
        headers: { authorization: `Bearer ${credential}` },
        cache: 'no-store',
        credentials: 'omit',
        signal: stop.signal,
      });
      if (answer.status === 401) phase.value = 'ended';
      if (answer.status === 429) phase.value = 'busy';
      if (!answer.ok || !answer.body) return;
      const parser = createParser({
        onEvent({ event, data }) {
          if (event === 'end') phase.value = 'ended';
          if (event !== 'figures') return;
          received.value = { figures: JSON.parse(data) as WallFigures, atMs: Date.now() };
          phase.value = 'live';
        },
      });
      const reader = answer.body.getReader();
      const decoder = new TextDecoder();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        watchdog.pat();
        parser.feed(decoder.decode(value, { stream: true }));
      }
    } finally {
      watchdog.end();
    }
  }

  async function readAgainAndAgain(credential: string, stop: AbortController): Promise<void> {
    let waitMs = firstWaitMs;
    while (!stop.signal.aborted) {
      const attempt = new AbortController();
      const cut = () => attempt.abort();
      stop.signal.addEventListener('abort', cut);
      // A dead network says nothing of itself; the browser does, often much sooner.
      addEventListener('offline', cut);
      const before = received.value;
      // Why it ended does not matter; whether figures came does.
      await read(credential, attempt).catch(() => {});
      stop.signal.removeEventListener('abort', cut);
      removeEventListener('offline', cut);
      if (stop.signal.aborted || isEnded(phase.value)) return;
      if (received.value !== before) waitMs = firstWaitMs;
      if (phase.value !== 'busy') phase.value = 'lost';
      await pause(waitMs * (0.75 + Math.random() / 2), stop.signal);
      waitMs = Math.min(waitMs * 2, longestWaitMs);
    }
  }

  watch(
    token,
    (credential, _before, onCleanup) => {
      const stop = new AbortController();
      onCleanup(() => stop.abort());
      phase.value = 'connecting';
      if (credential !== null) void readAgainAndAgain(credential, stop);
    },
    { immediate: true },
  );
  return { phase, received };
}

const isEnded = (phase: Phase): boolean => phase === 'ended';

function createWatchdog(bark: () => void) {
  let timer = setTimeout(bark, silenceMs);
  const end = () => clearTimeout(timer);
  return {
    pat() {
      end();
      timer = setTimeout(bark, silenceMs);
    },
    end,
  };
}

/** Waits, but not longer than until the network is back. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer);
      removeEventListener('online', go);
      signal.removeEventListener('abort', go);
      resolve();
    };
    const timer = setTimeout(go, ms);
    addEventListener('online', go);
    signal.addEventListener('abort', go);
  });
}

/** The time of this device, told anew every second. */
export function useNow(): Ref<number> {
  const now = ref(Date.now());
  const timer = setInterval(() => {
    now.value = Date.now();
  }, 1_000);
  onUnmounted(() => clearInterval(timer));
  return now;
}
