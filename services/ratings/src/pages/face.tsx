import type { Level } from '../domain/cell.ts';

const colours: Record<Level, string> = {
  5: '#1e9e6a',
  4: '#6aae3a',
  3: '#e0a800',
  2: '#e07b28',
  1: '#d4452f',
};

/** How the mouth of a face is drawn, from a laugh to a frown. */
const mouths: Record<Level, string> = {
  5: 'M11 22h18c0 7-4 10-9 10s-9-3-9-10z',
  4: 'M12 23c3 5 13 5 16 0',
  3: 'M13 25h14',
  2: 'M12 28c3-5 13-5 16 0',
  1: 'M11 30c2-8 16-8 18 0M10 10l6 3M30 10l-6 3',
};

/** A drawn face; the label beside it says the same in words. */
export const Face = ({ level }: { level: Level }) => (
  <svg viewBox="0 0 40 40" aria-hidden="true" focusable="false">
    <circle cx="20" cy="20" r="19" fill={colours[level]} />
    <circle cx="13.5" cy="16" r="2.4" fill="#fff" />
    <circle cx="26.5" cy="16" r="2.4" fill="#fff" />
    <path
      d={mouths[level]}
      fill={level === 5 ? '#fff' : 'none'}
      stroke="#fff"
      stroke-width="2.6"
      stroke-linecap="round"
      stroke-linejoin="round"
    />
  </svg>
);
