/** Line icons of 24 × 24, drawn here so that the page loads nothing from elsewhere. */
const PATHS = {
  check: 'M5 12.5l4.5 4.5L19 7.5',
  close: 'M6 6l12 12M18 6L6 18',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  picture: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9.5h.01',
  plus: 'M12 5v14M5 12h14',
  search: 'M11 18a7 7 0 100-14 7 7 0 000 14zM16 16l4.5 4.5',
  next: 'M9 5l7 7-7 7',
  out: 'M14 4h6v6M20 4l-9 9M18 14v6H4V6h6',
  warn: 'M12 8v5M12 16.5h.01M12 3.5l9.5 17h-19z',
  file: 'M6 3h8l5 5v13H6zM14 3v5h5',
  help: 'M9.5 9.5a2.5 2.5 0 113.6 2.2c-.8.5-1.1 1-1.1 1.8M12 17h.01M12 21a9 9 0 100-18 9 9 0 000 18z',
  quote: 'M6 16c2-1 3-3 3-6H5v4M15 16c2-1 3-3 3-6h-4v4',
} as const;

export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg className={`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
