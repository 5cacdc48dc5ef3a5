import { z } from 'zod';
import { AppError, type ErrorCode, errorStatus } from '@/lib/errors';

const uploadSchema = z.object({ sha256: z.string(), fileName: z.string(), bytes: z.number(), format: z.string() });
export type Upload = z.infer<typeof uploadSchema>;

const failureSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(errorStatus, code);

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // whoever stands in front of the studio answered in its own words
  }
};

/**
 * Sends a file's bytes to the studio, which keeps them under their sha256. By XMLHttpRequest, since fetch does not say
 * how much it has sent. Throws `AppError` with the server's sentence; aborting throws `unavailable`.
 */
export const uploadFile = (file: File, onSent: (bytes: number) => void, signal: AbortSignal): Promise<Upload> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = (message: string) => reject(new AppError('unavailable', message));
    request.open('POST', `/api/imports/upload?name=${encodeURIComponent(file.name)}`);
    request.upload.onprogress = ({ loaded }) => onSent(loaded);
    request.onerror = () => fail('The studio could not be reached: nothing was imported. Start again');
    request.onabort = () => fail('The upload was stopped: nothing was imported');
    request.onload = () => {
      const body = parseJson(request.responseText);
      const upload = uploadSchema.safeParse(body);
      if (request.status < 300 && upload.success) return resolve(upload.data);
      const failure = failureSchema.safeParse(body);
      if (!failure.success) return fail(`The studio answered ${request.status}`);
      const { code, message } = failure.data.error;
      reject(new AppError(isErrorCode(code) ? code : 'unavailable', message));
    };
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
