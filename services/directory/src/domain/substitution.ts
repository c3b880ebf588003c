interface Period {
  fromOn: string;
  toOn: string | null;
}

export type SubstitutionRefusal = 'post-period-invalid' | 'is-holder' | 'outside' | 'overlaps';

/**
 * Whether somebody may stand in for the holder of a post. It must be a post of its own, not itself a
 * substitution, and nobody else stands in on any of the days.
 */
export function decideSubstitution(
  post: Period & { personId: string; substituteFor: string | null },
  asked: { personId: string; fromOn: string; toOn: string },
  others: readonly Period[],
): SubstitutionRefusal | null {
  if (asked.toOn < asked.fromOn) return 'post-period-invalid';
  if (asked.personId === post.personId) return 'is-holder';
  const isWithin = post.fromOn <= asked.fromOn && (post.toOn === null || asked.toOn <= post.toOn);
  if (!isWithin || post.substituteFor !== null) return 'outside';
  const overlaps = others.some(
    (other) => other.fromOn <= asked.toOn && (other.toOn === null || asked.fromOn <= other.toOn),
  );
  return overlaps ? 'overlaps' : null;
}
