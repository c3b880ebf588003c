import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cutIntoChains } from './linked-chains.ts';

it('keeps every transfer once and in order, and ends each chain at one that is not linked', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 30 }), (flags) => {
      const transfers = flags.map((isLinked, index) => ({ isLinked, index }));
      const chains = cutIntoChains(transfers);
      if (flags.at(-1)) {
        expect(chains).toBeNull();
        return;
      }
      expect(chains?.flat()).toEqual(transfers);
      for (const chain of chains ?? []) {
        expect(chain.map((one) => one.isLinked)).toEqual(chain.map((_, i) => i < chain.length - 1));
      }
    }),
  );
});
