// Whether anybody is there to answer, told to all visitors of a workspace: that costs a packet for each of them, so it is told when it
// changes, at once the first time and then at most every two seconds, however often agents come and go.

const pauseMs = 2000;

export interface Availability {
  /** Agents of this workspace came or left. */
  changed(workspaceId: string): void;
}

export interface AvailabilityOptions {
  isAnybodyHere(workspaceId: string): boolean;
  tell(workspaceId: string, online: boolean): void;
}

export function createAvailability({ isAnybodyHere, tell }: AvailabilityOptions): Availability {
  /** Workspaces whose visitors were told last that somebody is there. */
  const toldHere = new Set<string>();
  /** Those that pause, and whether it was otherwise for a moment: who opened the page just then was given that. */
  const pausing = new Map<string, boolean>();

  function changed(workspaceId: string): void {
    if (isAnybodyHere(workspaceId) === toldHere.has(workspaceId)) return;
    if (pausing.has(workspaceId)) pausing.set(workspaceId, true);
    else say(workspaceId);
  }

  function say(workspaceId: string): void {
    const online = isAnybodyHere(workspaceId);
    if (online) toldHere.add(workspaceId);
    else toldHere.delete(workspaceId);
    tell(workspaceId, online);
    pausing.set(workspaceId, false);
    setTimeout(() => {
      const wasOtherwise = pausing.get(workspaceId) === true;
      pausing.delete(workspaceId);
      if (wasOtherwise) say(workspaceId);
    }, pauseMs).unref();
  }
  return { changed };
}
