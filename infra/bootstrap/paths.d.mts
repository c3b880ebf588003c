export const paths: { root: string; tools: string; pnpm: string; marker: string };
