// Small signs, always beside a word or with one read out. Drawn on a grid of 24.
const PATHS = {
  bell: "M12 2a1.6 1.6 0 0 1 1.6 1.6v.7A6.5 6.5 0 0 1 18.5 10.600v3.700l1.7 2.800a1 1 0 0 1-.9 1.500H4.700a1 1 0 0 1-.9-1.500l1.7-2.800v-3.700a6.5 6.5 0 0 1 4.9-6.300v-.700A1.6 1.6 0 0 1 12 2zM9.5 20h5a2.5 2.5 0 0 1-5 0z",
  moon: "M14.5 2.500a9.7 9.7 0 1 0 7 13.2 8.2 8.2 0 0 1-7-13.200z",
  sun: "M12 7a5 5 0 1 1 0 10 5 5 0 0 1 0-10zM11 1h2v4h-2zM11 19h2v4h-2zM1 11h4v2H1zM19 11h4v2h-4zM3.5 4.900l1.4-1.4 2.8 2.8-1.4 1.400zM16.3 17.700l1.4-1.4 2.8 2.8-1.4 1.400zM3.5 19.100l2.8-2.8 1.4 1.4-2.8 2.800zM16.3 6.300l2.8-2.8 1.4 1.4-2.8 2.800z",
  auto: "M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20zm0 2.200v15.600a7.8 7.8 0 0 0 0-15.600z",
  screen: "M5 2h14a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2h-5v2h3v2H7v-2h3v-2H5a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2zm.5 2.500v11h13v-11z",
  full: "M3 3h7v2.500H5.500V10H3zM14 3h7v7h-2.500V5.500H14zM3 14h2.500v4.500H10V21H3zM18.5 14H21v7h-7v-2.500h4.500z",
  tick: "M9.5 18.5 3 12l2-2 4.5 4.500L19 5l2 2z",
  cross: "M6 4.2 12 10.2 18 4.2 19.8 6 13.8 12 19.8 18 18 19.8 12 13.8 6 19.8 4.2 18 10.2 12 4.2 6z",
  keys: "M4 5h16a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2zm1 3v2h2V8zm4 0v2h2V8zm4 0v2h2V8zm4 0v2h2V8zM5 12v2h2v-2zm4 0v2h6v-2zm8 0v2h2v-2z",
} as const;

export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} fill="currentColor" fill-rule="evenodd" />
    </svg>
  );
}

const AROUND = 2 * Math.PI * 9;

/** Time as a ring that empties: `share` of the whole is left, 0 to 1. */
export function Ring({ share }: { share: number }) {
  const left = AROUND * Math.min(1, Math.max(0, share));
  return (
    <svg class="ring" viewBox="0 0 24 24" aria-hidden="true">
      <circle class="ring-whole" cx="12" cy="12" r="9" />
      <circle
        class="ring-left" cx="12" cy="12" r="9" transform="rotate(-90 12 12)"
        stroke-dasharray={`${left} ${AROUND}`}
      />
    </svg>
  );
}
