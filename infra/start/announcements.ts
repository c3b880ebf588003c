/** What the suite tells its runner on lines that begin with `@`. */
export interface Announcements {
  pages: [string, string][];
  accounts: string[][];
  admin: string | null;
}

function widthOf(text: string): number {
  // Chinese characters take two columns at a terminal.
  return [...text].reduce((sum, char) => sum + (/[\u2e80-\uffef]/u.test(char) ? 2 : 1), 0);
}

function formatRows(rows: string[][]): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, index) =>
    Math.max(...rows.map((row) => widthOf(row[index] ?? ''))),
  );
  return rows.map((row) =>
    row
      .map((cell, index) => cell + ' '.repeat((widths[index] ?? 0) - widthOf(cell)))
      .join('  ')
      .trimEnd(),
  );
}

/** Collects announcements: `@pages {"pages":[…],"accounts":[…]}` and `@admin <login> <password>`. */
export function collectAnnouncements() {
  const heard: Announcements = { pages: [], accounts: [], admin: null };
  const hear = (line: string) => {
    if (line.startsWith('@admin ')) heard.admin = line.slice('@admin '.length);
    if (!line.startsWith('@pages ')) return;
    const { pages, accounts } = JSON.parse(line.slice('@pages '.length)) as Partial<Announcements>;
    heard.pages = pages ?? [];
    heard.accounts = accounts ?? [];
  };
  return { heard, hear };
}

/** The short table that a person sees once the suite is ready. */
export function formatAnnouncements(heard: Announcements, more: [string, string][]): string[] {
  const lines = formatRows([...heard.pages, ...more]).map((line) => `  ${line}`);
  if (heard.accounts.length > 0) {
    lines.push('', ...formatRows(heard.accounts).map((line) => `  ${line}`));
  }
  if (heard.admin !== null) {
    const [login = '', password = ''] = heard.admin.split(' ');
    lines.push('', `  administrator ${login}, one-time password ${password} (shown this once)`);
  }
  return lines;
}
