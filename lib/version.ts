/** The version of this studio; the trainer that comes with it carries the same one. */
import manifest from '@/package.json' with { type: 'json' };

export const STUDIO_VERSION: string = manifest.version;
