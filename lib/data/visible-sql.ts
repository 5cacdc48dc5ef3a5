import 'server-only';
/** The part of every SQL over a run's rows that says who may see it; `$1`–`$3` are `runValues`. */
import type { Viewer } from './viewer';

/** The run's id when the viewer may see it, else nothing: evaluated once, so indexes on `run_id` still serve. */
export const visibleRun = `(SELECT run.id FROM run JOIN member ON member.project_id = run.project_id
  WHERE run.id = $1 AND member.user_id = $2 AND ($3::uuid IS NULL OR run.project_id = $3))`;

export const runValues = (viewer: Viewer, runId: string): unknown[] => [runId, viewer.userId, viewer.projectId ?? null];

/** Projects that the viewer may see; `$1` and `$2` are `projectValues`. */
export const visibleProjects = `(SELECT member.project_id FROM member
  WHERE member.user_id = $1 AND ($2::uuid IS NULL OR member.project_id = $2))`;

export const projectValues = (viewer: Viewer): unknown[] => [viewer.userId, viewer.projectId ?? null];
