/** What goes into the host's page. */
export function snippet(publicUrl: string, appId: string): string {
  return `<script async src="${publicUrl}/widget.js" data-app-id="${appId}"></script>`;
}
