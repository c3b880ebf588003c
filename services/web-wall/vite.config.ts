import { defineWebApp } from '@ddp/web-ui/vite';

export default defineWebApp('/wall/');
