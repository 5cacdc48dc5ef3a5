/** Addresses of services that people register: trainers, reward APIs, judges. */
import { z } from 'zod';
import { isStorable } from './text/storable';

/** Where a service listens: http or https, no credentials, nothing after the path. */
export const serviceUrlSchema = z
  .url({ protocol: /^https?$/, error: 'Give an address that begins with http:// or https://' })
  .max(2_000)
  .refine(
    (url) => new URL(url).username === '' && new URL(url).password === '',
    'Leave user and password out of the address',
  )
  .refine((url) => new URL(url).search === '' && new URL(url).hash === '', 'Leave out what follows ? or #')
  .refine(isStorable, 'This holds a character that cannot be stored');
