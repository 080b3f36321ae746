// What the loader and the widget are told before anybody chats: at most 2 kB, cacheable, the same for every visitor.
import type { AskView, Chip } from './bot/types.ts';

export interface WidgetSettings {
  appId: string;
  /** The workspace's name, shown in the header. */
  name: string;
  /** OKLCH hue 0–360 and chroma 0–0.37 of the brand colour; the ramp is computed from it. */
  brand: { hue: number; chroma: number; lightness: number };
  /** CSS colours of the launcher and of what is drawn on it, `brandFill` of the brand. */
  fill: readonly [fill: string, on: string];
  theme: 'auto' | 'light' | 'dark';
  alignment: 'right' | 'left';
  /** At most three faces of the team. */
  team: { name: string; avatar: string | null }[];
  /** Agents are looking right now. */
  online: boolean;
  /** Median minutes to a first human reply of late; null where unknown. */
  replyMinutes: number | null;
  /** The flow's opening, shown before a conversation exists. Empty where the bot is off. `ask` and `consent` go with its last text. */
  greeting: { texts: string[]; chips: Chip[]; ask?: AskView; consent?: string };
  /** The language of the greeting, where the flow has several: a widget in another one asks again with `language`. */
  language?: string;
  /** When the team is back, epoch ms, where it is outside its business hours; absent within them. */
  backAt?: number;
  /** `intent`: the app loads on hover, focus, touch, click. `idle`: also when the page is idle. */
  load: 'intent' | 'idle';
  storage: 'on-act' | 'consented' | 'always' | 'none';
}
