/** One key of the keyboard, as the help and the buttons show it. */
export const Key = ({ children }: { children: string }) => (
  <kbd className="inline-flex h-5 min-w-5 items-center justify-center rounded border border-line-strong bg-sunken px-1 font-mono text-[11px] text-ink-2">
    {children}
  </kbd>
);
