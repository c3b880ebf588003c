import vue from '@vitejs/plugin-vue';
import type { UserConfig } from 'vite';
import { ownFonts } from './own-fonts.ts';
import { precompress } from './precompress.ts';
import { routeTable } from './route-table.ts';
import { textSizes } from './text-sizes.ts';

/** Which browsers each has: phones of about 2018 and later; desks, the last of each old Windows. */
const targets = { phone: ['chrome75', 'safari13'], desk: ['chrome109', 'firefox115', 'safari16'] };

/** How each web app is built: below `base` of the one origin, for a phone or a desk. */
export function defineWebApp(base: string, device: keyof typeof targets = 'phone'): UserConfig {
  return {
    base,
    plugins: [routeTable(), vue(), precompress()],
    resolve: { conditions: ['ddp-source', 'browser', 'module', 'import', 'default'] },
    // What no app of ours uses is left out of the libraries.
    define: {
      __INTLIFY_PROD_DEVTOOLS__: false,
      __VUE_I18N_FULL_INSTALL__: false,
      __VUE_I18N_LEGACY_API__: false,
      __VUE_OPTIONS_API__: false,
      __VUE_PROD_DEVTOOLS__: false,
    },
    css: { postcss: { plugins: [ownFonts(), textSizes(device)] } },
    build: {
      target: targets[device],
      // A data: picture would need an exception in the policy of the page.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
    },
  };
}
