-- When each frame is shown, in seconds, in order: what turns a frame's index into a time and back where the rate
-- varies. Read for one video at a time, never in lists.
ALTER TABLE media ADD COLUMN frame_seconds double precision[];
