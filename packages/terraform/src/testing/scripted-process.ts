import type { ProcessRequest, ProcessResult, RunProcess } from '../run-process';

/** A scripted program: its standard output, standard error and exit. */
export interface Script {
  /** @default - the first line of every run with `-json` */
  readonly stdout?: readonly string[];
  readonly stderr?: readonly string[];
  readonly result?: Partial<ProcessResult>;
}

/** A fake `RunProcess`: `answer` returns the result of each request. */
export function scriptedProcess(answer: (request: ProcessRequest) => Script | Promise<Script>) {
  const requests: ProcessRequest[] = [];
  const run: RunProcess = async (request) => {
    requests.push(request);
    const { stdout = ['{"type":"version"}'], stderr = [], result } = await answer(request);
    for (const line of stdout) request.onLine(line, 'stdout');
    for (const line of stderr) request.onLine(line, 'stderr');
    const exitCode = result?.signal === undefined && result?.startError === undefined ? 0 : undefined;
    return { exitCode, signal: undefined, startError: undefined, ...result };
  };
  return { run, requests };
}
