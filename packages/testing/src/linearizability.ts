/** What a client did and saw; times are places in one order of all invocations and returns. */
export interface Operation<I, O> {
  input: I;
  /** Null where the client never learned what came of it: it may take effect at any later moment. */
  output: O | null;
  invokedAt: number;
  /** Infinity where the outcome is unknown. */
  returnedAt: number;
}

/** An object as it would be if operations came one after another. */
export interface SequentialModel<S, I, O> {
  initial: S;
  /**
   * The state that follows where an operation gives this output, or null where it cannot give it
   * here. Without an output: the state that follows if it takes effect.
   */
  step(state: S, input: I, output: O | null): S | null;
  /** Equal for equal states. */
  keyOf(state: S): string;
}

export type Linearizability<I, O> =
  | { isLinearizable: true }
  | {
      isLinearizable: false;
      /** How many known operations could be put in an order at the most. */
      placed: number;
      /** Those of which none could come next. */
      stuckAt: Operation<I, O>[];
    };

/** How far a search has come: all before `from` are done, and of those behind it the marked ones. */
interface Progress<S> {
  state: S;
  from: number;
  marks: bigint;
  /** Which of the unknown operations took effect. */
  effects: bigint;
  placed: number;
}

const mostSteps = 5_000_000;

/**
 * Whether each operation can have happened at one moment between its invocation and its return, so
 * that together they are a run of the model: the search of Wing and Gong with the memory of Lowe,
 * which never goes on twice from the same operations done and the same state. Throws where that
 * takes too long to say.
 */
export function checkLinearizability<S, I, O>(
  history: readonly Operation<I, O>[],
  model: SequentialModel<S, I, O>,
): Linearizability<I, O> {
  const sorted = history.toSorted((a, b) => a.invokedAt - b.invokedAt);
  const known = sorted.filter(({ output }) => output !== null);
  const unknown = sorted.filter(({ output }) => output === null);
  const visited = new Set<string>();
  let furthest = -1;
  let stuckAt: Operation<I, O>[] = [];

  function search(at: Progress<S>): boolean {
    if (at.placed === known.length) return true;
    const marks = `${at.from} ${at.marks.toString(36)} ${at.effects.toString(36)}`;
    const key = `${marks} ${model.keyOf(at.state)}`;
    if (visited.has(key)) return false;
    if (visited.size > mostSteps) throw new Error('the history is too tangled to be judged');
    visited.add(key);
    const { next, firstReturn } = findNext(known, at);
    if (at.placed > furthest) {
      furthest = at.placed;
      stuckAt = next.flatMap((index) => known[index] ?? []);
    }
    return (
      next.some((index) => tryKnown(at, index)) ||
      unknown.some((one, index) => one.invokedAt < firstReturn && tryUnknown(at, one, index))
    );
  }

  function tryKnown(at: Progress<S>, index: number): boolean {
    const operation = known[index];
    if (operation === undefined) return false;
    const state = model.step(at.state, operation.input, operation.output);
    if (state === null) return false;
    let marks = at.marks | (1n << BigInt(index - at.from));
    let { from } = at;
    for (; (marks & 1n) === 1n; marks >>= 1n) from += 1;
    return search({ ...at, state, from, marks, placed: at.placed + 1 });
  }

  function tryUnknown(at: Progress<S>, operation: Operation<I, O>, index: number): boolean {
    const effects = at.effects | (1n << BigInt(index));
    if (effects === at.effects) return false;
    const state = model.step(at.state, operation.input, null);
    // One without an effect is as good as one that never happened.
    if (state === null || model.keyOf(state) === model.keyOf(at.state)) return false;
    return search({ ...at, state, effects });
  }

  const start = { state: model.initial, from: 0, marks: 0n, effects: 0n, placed: 0 };
  if (search(start)) return { isLinearizable: true };
  return { isLinearizable: false, placed: furthest, stuckAt };
}

/** Operations that may come next: those invoked before any of the others has returned. */
function findNext<S>(
  known: readonly Operation<unknown, unknown>[],
  { from, marks }: Progress<S>,
): { next: number[]; firstReturn: number } {
  const next: number[] = [];
  let firstReturn = Number.POSITIVE_INFINITY;
  for (let index = from; index < known.length; index += 1) {
    const operation = known[index];
    if (operation === undefined || operation.invokedAt >= firstReturn) break;
    if (((marks >> BigInt(index - from)) & 1n) === 1n) continue;
    next.push(index);
    firstReturn = Math.min(firstReturn, operation.returnedAt);
  }
  return { next, firstReturn };
}
