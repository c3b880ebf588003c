import { CallProblem, ContractError } from '@ddp/contracts/call';
import { commonProblems, Problem, renderProblem } from '@ddp/contracts/problem';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { isPermanent } from './is-permanent.ts';

const { notFound, busy, internal, tooManyRequests } = commonProblems;
const fromPeer = (definition: (typeof commonProblems)[keyof typeof commonProblems]) =>
  new CallProblem(renderProblem(new Problem(definition), 'en', 'request-1'));
const drift = z.object({ n: z.number() }).safeParse({}).error;

it.each([
  ['a refusal', new Problem(notFound), true],
  ['a refusal of a peer', fromPeer(notFound), true],
  ['a lack of room', new Problem(busy), false],
  ['a lack of room of a peer', fromPeer(busy), false],
  ['a limit of a peer', fromPeer(tooManyRequests), false],
  ['a failure of a peer', fromPeer(internal), false],
  ['an answer of a peer of another version', new ContractError('points read-thing', drift), false],
  ['a mistake in code', new TypeError('x is undefined'), false],
])('%s', (_name, error, expected) => {
  expect(isPermanent(error)).toBe(expected);
});
