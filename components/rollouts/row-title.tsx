import type { Route } from 'next';
import Link from 'next/link';

/** The question's words as the link of a list row; `data-row` lets the keyboard walk from row to row. */
export const RowTitle = ({ href, prompt }: { href: Route; prompt: string }) => (
  <Link href={href} data-row className="line-clamp-2 hover:text-accent hover:underline md:line-clamp-1">
    {prompt || 'A question without words'}
  </Link>
);
