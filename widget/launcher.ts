// The launcher and its host, drawn by the loader and later driven by the app. Made and styled through the DOM and CSSOM:
// neither style-src nor Trusted Types of a host page's CSP apply to that.

export interface LauncherParts {
  host: HTMLElement;
  root: ShadowRoot;
  launcher: HTMLButtonElement;
}

export function drawLauncher(): LauncherParts {
  const host = document.createElement('foyer-chat');
  const root = host.attachShadow({ mode: 'open' });
  const launcher = document.createElement('button');
  const icon = document.createElement('i');
  launcher.ariaLabel = 'Open chat';
  icon.style.cssText =
    "display:block;height:28px;background:currentcolor;clip-path:path('M14 3a11 10 0 1 1-4 19l-6 2 1-5a10 10 0 0 1 9-16ZM9 14q5 6 10 0q-5 3-10 0')";
  launcher.append(icon);
  root.append(launcher);
  return { host, root, launcher };
}
