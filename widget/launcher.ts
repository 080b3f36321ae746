// The launcher and its host, drawn by the loader and later driven by the app. Made and styled through the DOM and CSSOM:
// neither style-src nor Trusted Types of a host page's CSP apply to that.
import type { Options } from './handoff.ts';

export interface LauncherParts {
  host: HTMLElement;
  root: ShadowRoot;
  launcher: HTMLButtonElement;
  /** In these colours, and where the side and the options of now put it; what was styled before is forgotten. */
  paint(fill: string, on: string, side: string): void;
}

export function drawLauncher(options: Options): LauncherParts {
  const host = document.createElement('foyer-chat');
  const root = host.attachShadow({ mode: 'open' });
  const launcher = document.createElement('button');
  const icon = document.createElement('i');
  launcher.ariaLabel = 'Open chat';
  icon.style.cssText =
    "display:block;height:28px;background:currentcolor;clip-path:path('M14 3a11 10 0 1 1-4 19l-6 2 1-5a10 10 0 0 1 9-16ZM9 14q5 6 10 0q-5 3-10 0')";
  launcher.append(icon);
  root.append(launcher);
  return {
    host,
    root,
    launcher,
    paint(fill, on, side) {
      host.style.cssText = `all:initial;position:fixed;${side}:${options.horizontal_padding ?? 20}px;bottom:${options.vertical_padding ?? 20}px;z-index:${options.z_index ?? 2e9}`;
      launcher.style.cssText = `width:56px;border-radius:50%;cursor:pointer;padding:14px;filter:drop-shadow(0 4px 12px #0003);transition:.2s;border:0;color:${on};background:${fill}`;
      launcher.hidden = options.hide_default_launcher!;
    },
  };
}
