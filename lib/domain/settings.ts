/** What the settings and train screens show. */
import { storableString } from './text/storable';

export const projectNameSchema = storableString()
  .trim()
  .min(1, 'A project needs a name')
  .max(200, 'At most 200 characters');
export const tokenNameSchema = storableString()
  .trim()
  .min(1, 'Say what the token is for')
  .max(100, 'At most 100 characters');
