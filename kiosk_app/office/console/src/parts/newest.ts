import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { RefObject, TargetedEvent } from "preact";

const NEAR_END_PX = 80; // scrolled up further than this, whoever reads is left where they are

interface Log {
  readonly ref: RefObject<HTMLDivElement | null>;
  onScroll(event: TargetedEvent<HTMLDivElement>): void;
}

/** For a log that grows at its end: the newest line stays in sight when any of `what` changes. */
export function useNewestInSight(what: readonly unknown[]): Log {
  const log = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  useLayoutEffect(() => {
    const element = log.current;
    if (element !== null && atEnd.current) element.scrollTop = element.scrollHeight;
  }, what);
  useEffect(() => {
    const element = log.current;
    if (element === null) return;
    // What is above or beside it may take its room.
    const watcher = new ResizeObserver(() => {
      if (atEnd.current) element.scrollTop = element.scrollHeight;
    });
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
  return {
    ref: log,
    onScroll: ({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
      atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
    },
  };
}
