import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { ApiTokens } from '@/components/settings/api-tokens';
import { MediaFiles } from '@/components/settings/media-files';
import { MediaRoots } from '@/components/settings/media-roots';
import { ProjectName } from '@/components/settings/project-name';
import { ThemeChoice } from '@/components/settings/theme-choice';
import { TokenizerList } from '@/components/tokenizers/tokenizer-list';
import { TrainerSettings } from '@/components/trainers/trainer-settings';
import { Page } from '@/components/ui/page';
import { Panel } from '@/components/ui/panel';
import { config } from '@/lib/config';
import { listApiTokens } from '@/lib/data/access/api-tokens';
import { getMediaOverview } from '@/lib/data/media/overview';
import { listMediaRoots } from '@/lib/data/media/roots';
import { getProjectSettings } from '@/lib/data/settings';
import { listTokenizers } from '@/lib/data/tokenizers/read';
import { listTrainers } from '@/lib/data/trainers/read';
import { THEME_COOKIE, themeSchema } from '@/lib/domain/theme';
import { requirePageViewer } from '@/lib/http/page-viewer';

export const metadata: Metadata = { title: 'Settings' };

const minute = (date: Date): string => date.toISOString().slice(0, 16).replace('T', ' ');

export default async function SettingsPage() {
  const viewer = await requirePageViewer();
  const [project, tokens, roots, media, trainers, tokenizers] = await Promise.all([
    getProjectSettings(viewer),
    listApiTokens(viewer),
    listMediaRoots(viewer),
    getMediaOverview(viewer),
    listTrainers(viewer),
    listTokenizers(viewer),
  ]);
  const importRoots = config().VERIPO_IMPORT_ROOTS;
  const theme = themeSchema.catch('light').parse((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <Page title="Settings">
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
        <Panel title="Project" className="min-w-0">
          <div className="flex flex-col gap-4">
            <ProjectName name={project.name} editable={project.role === 'owner'} />
            <div>
              <h3 className="font-medium">Members</h3>
              <ul
                aria-label="Members"
                className="mt-1 flex flex-col divide-y divide-line rounded-md border border-line"
              >
                {project.members.map((member) => (
                  <li key={member.userId} className="flex items-center justify-between gap-3 px-3 py-2">
                    <span className="min-w-0 truncate">
                      {member.name}
                      {member.you && <span className="text-ink-3"> (you)</span>}
                    </span>
                    <span className="text-ink-2">{member.role}</span>
                  </li>
                ))}
              </ul>
            </div>
            <ThemeChoice theme={theme} />
          </div>
        </Panel>
        <ApiTokens
          mayMake={project.role !== 'reviewer'}
          tokens={tokens.map(({ id, name, createdAt, lastUsedAt }) => ({
            id,
            name,
            created: minute(createdAt),
            lastUsed: lastUsedAt && minute(lastUsedAt),
          }))}
        />
        <MediaRoots roots={roots} />
        <TokenizerList tokenizers={tokenizers} mayManage={project.role !== 'reviewer'} />
        <Panel title="Import roots" className="min-w-0">
          {importRoots.length === 0 ? (
            <p className="text-ink-2">
              None: files enter by upload or by the API. To import files that lie on this machine by path, name their
              folders in <code>VERIPO_IMPORT_ROOTS</code> and start the studio again.
            </p>
          ) : (
            <ul aria-label="Import roots" className="flex flex-col gap-1">
              {importRoots.map((root) => (
                <li key={root} className="break-all font-mono text-xs">
                  {root}
                </li>
              ))}
            </ul>
          )}
        </Panel>
      </div>
      <TrainerSettings
        initial={trainers}
        mayManage={project.role !== 'reviewer'}
        studioUrl={config().VERIPO_BASE_URL}
      />
      <MediaFiles media={media} />
    </Page>
  );
}
