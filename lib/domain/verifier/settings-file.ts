/** Verifier settings as a file that leaves the studio: what a verifier service beside a trainer scores with. */
import { z } from 'zod';
import { type VerifierSettings, verifierSettingsSchema } from './settings';
import { RULES_VERSION } from './version';

export type SettingsFile = {
  /** Number of the verifier version in its studio; null for settings that somebody wrote by hand. */
  readonly version: number | null;
  readonly settings: VerifierSettings;
};

/** A version as it leaves the studio. */
export const settingsFileSchema = z.object({
  version: z.int().positive(),
  rules: z.int().positive(),
  settings: z.record(z.string(), z.unknown()),
});
type Exported = z.infer<typeof settingsFileSchema>;

/** A verifier version as a settings file says it. */
export const settingsFile = ({
  number,
  rulesVersion,
  settings,
}: {
  readonly number: number;
  readonly rulesVersion: number;
  readonly settings: VerifierSettings;
}): Exported => ({ version: number, rules: rulesVersion, settings });

type Read = { readonly ok: true; readonly file: SettingsFile } | { readonly ok: false; readonly reason: string };

/**
 * Reads a settings file, or bare settings. A name that is none is a fault, as a mistyped threshold would silently be its
 * default; so are settings for another rule set, since they would score otherwise than the version they are from.
 */
export const readSettingsFile = (raw: unknown): Read => {
  const exported = settingsFileSchema.safeParse(raw);
  const bare = z.record(z.string(), z.unknown()).safeParse(exported.success ? exported.data.settings : raw);
  if (!bare.success) return { ok: false, reason: 'It must be a JSON object of verifier settings.' };
  if (exported.success && exported.data.rules !== RULES_VERSION) {
    const { rules } = exported.data;
    return { ok: false, reason: `It is for rule set ${rules}, and these are the rules of set ${RULES_VERSION}.` };
  }
  const known: readonly string[] = Object.keys(verifierSettingsSchema.shape);
  const unknown = Object.keys(bare.data).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    return { ok: false, reason: `There is no setting ${unknown.slice(0, 60)}; there are ${known.join(', ')}.` };
  }
  const settings = verifierSettingsSchema.safeParse(bare.data);
  if (!settings.success) return { ok: false, reason: z.prettifyError(settings.error) };
  return { ok: true, file: { version: exported.success ? exported.data.version : null, settings: settings.data } };
};
