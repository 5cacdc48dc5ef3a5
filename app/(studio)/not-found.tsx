import { NothingHere } from '@/components/shell/nothing-here';

/** Inside the studio's frame, with its navigation. */
export default function StudioNotFound() {
  return <NothingHere />;
}
