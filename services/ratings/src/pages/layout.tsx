import type { Language } from '@ddp/contracts/language';
import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { script } from './script.ts';
import { style } from './style.ts';
import { text } from './texts.ts';

interface LayoutProps {
  title: string;
  language: Language;
  /** Whether the page has the script that keeps what was not sent. */
  hasScript?: boolean;
  children: Child;
}

/** The frame of every page: language, zoom left free, one style sheet, the product's name. */
export const Layout = ({ title, language, hasScript, children }: LayoutProps) => (
  <html lang={language === 'zh' ? 'zh-CN' : 'en'}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="robots" content="noindex" />
      <title>{`${title} · ${text('product', language)}`}</title>
      <style>{raw(style)}</style>
    </head>
    <body>
      <main>
        <p class="brand">{text('product', language)}</p>
        {children}
      </main>
      {hasScript ? <script>{raw(script)}</script> : null}
    </body>
  </html>
);
