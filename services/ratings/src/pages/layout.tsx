import type { Language } from '@ddp/contracts/language';
import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { style } from './style.ts';
import { text } from './texts.ts';

interface LayoutProps {
  title: string;
  language: Language;
  children: Child;
}

/** The frame of every page: language, zoom left free, one style sheet, the product's name. */
export const Layout = ({ title, language, children }: LayoutProps) => (
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
    </body>
  </html>
);
