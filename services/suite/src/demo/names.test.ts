import { newBenefitSchema } from '@ddp/contracts/rewards/benefits';
import { findForbiddenWord } from '@ddp/contracts/rewards/forbidden-benefit';
import { expect, it } from 'vitest';
import { createDraw } from './draw.ts';
import { demoBenefits, inventName } from './names.ts';

it('offers no basic public service for points', () => {
  expect(demoBenefits).toHaveLength(30);
  for (const benefit of demoBenefits) {
    expect(findForbiddenWord(benefit.title), benefit.title).toBeNull();
    expect(newBenefitSchema.shape.kind.safeParse(benefit.kind).success).toBe(true);
  }
});

it('invents the same people each time', () => {
  const names = () => {
    const draw = createDraw(2026);
    return Array.from({ length: 50 }, () => inventName(draw));
  };
  expect(names()).toEqual(names());
  expect(new Set(names()).size).toBeGreaterThan(20);
});
