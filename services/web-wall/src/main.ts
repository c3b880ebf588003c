import { createTexts } from '@ddp/web-ui/i18n/create-texts';
import { createApp } from 'vue';
import App from './app.vue';
import { words } from './words/words.ts';

createApp(App).use(createTexts(words)).mount('#app');
