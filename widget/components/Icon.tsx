const paths = {
  send: 'M12 19V5m0 0-6 6m6-6 6 6',
  close: 'm6 9 6 6 6-6',
  back: 'm14.500 5-7 7 7 7',
  edit: 'M12 20h8M16.500 3.700a2.100 2.100 0 0 1 3 3L8 18.200l-4 1 1-4Z',
  alert: 'M12 8v5m0 3.500v.01M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z',
  check: 'm5 12.500 4.500 4.500L19 7.500',
  down: 'M12 5v14m0 0 6-6m-6 6-6-6',
  spark:
    'M12 3.500c.8 4.800 3.700 7.700 8.500 8.500-4.800.8-7.700 3.700-8.500 8.500-.8-4.800-3.700-7.700-8.500-8.500 4.800-.8 7.700-3.700 8.500-8.500Z',
} as const;

export function Icon({ name, size = 20 }: { name: keyof typeof paths; size?: number }) {
  return (
    <svg class={`icon icon-${name}`} width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
