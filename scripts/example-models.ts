import { cp, mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { hashContent } from './content-hash';
import { root } from './root';

/** The folders of weights that the examples bring along, as `examples/NAME/models/MODEL`. */
const listModels = async (examples: string): Promise<readonly string[]> => {
  const foldersIn = async (folder: string): Promise<string[]> => {
    const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => path.join(folder, name));
  };
  const names = await foldersIn(examples);
  return (await Promise.all(names.map((name) => foldersIn(path.join(name, 'models'))))).flat();
};

/**
 * Puts the models of the examples among those of a local trainer, so that recorded runs can be gone on with. A model is
 * there whole or not at all; one that is there already is replaced only when it differs. Returns their names.
 */
export const copyExampleModels = async (
  modelsFolder: string,
  examples = path.join(root, 'examples'),
): Promise<string[]> => {
  await mkdir(modelsFolder, { recursive: true });
  const models = await listModels(examples);
  for (const model of models) {
    const target = path.join(modelsFolder, path.basename(model));
    if ((await hashContent(model, ['.'])) === (await hashContent(target, ['.']))) continue;
    // A leading dot: trainers do not list it.
    const draft = path.join(modelsFolder, `.${path.basename(model)}.${process.pid}`);
    await rm(draft, { recursive: true, force: true });
    await cp(model, draft, { recursive: true });
    await rm(target, { recursive: true, force: true });
    await rename(draft, target);
  }
  return models.map((model) => path.basename(model)).sort();
};
