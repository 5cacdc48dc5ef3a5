/** `npm run generate`: the database client out of prisma/schema.prisma. */
import { generateClient } from './generate-client';
import { main } from './main';

main(async () => {
  await generateClient();
  return 0;
});
