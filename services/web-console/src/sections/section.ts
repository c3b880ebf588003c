import type { RouteDefinition } from '@ddp/contracts/route';
import type { Component } from 'vue';

/** What of a route says who may call it. */
export type Asked = Pick<RouteDefinition, 'permission'>;

/** A page of the desk; whoever may not call `needs` has it neither in the menu nor by its address. */
export interface DeskPage {
  /** Below `/desk`; `:name` parts become props of the page. */
  path: string;
  /** Key of its name below the words of the section. */
  title: string;
  needs: Asked;
  load: () => Promise<{ default: Component }>;
  /** Pages of the menu stand alone; others lie below one of them. */
  below?: string;
}

/** One entry of the menu with the pages below it. */
export interface Section {
  /** Also the key of its words, which have its own name under `section`. */
  name: string;
  icon: Component;
  pages: readonly DeskPage[];
}
