import { useApp } from '../app.ts';
import { presenceText } from '../format.ts';
import { tracked } from './tracked.ts';

/** Who is there, as far as is known: without a line to the server, nobody knows, and only what was measured is said. */
export const Presence = tracked(function Presence() {
  const { state, delivery, offline, settings, locale, formats } = useApp();
  const { backAt } = state;
  // Outside of business hours, what is promised then; whoever happens to look in promises nothing.
  if (backAt.value !== null)
    return <p class="presence">{locale.phrases.backAt(formats.dayAhead(backAt.value), formats.time(backAt.value))}</p>;
  const known = !offline.value && !/waiting|refused/.test(delivery.status.value);
  const online = state.online.value;
  return (
    <p class="presence">
      {known && online && <i class="live" />}
      {(known || settings.replyMinutes !== null) && presenceText(online, settings.replyMinutes, locale)}
    </p>
  );
});
