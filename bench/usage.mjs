// Measures an act: wall time, and CPU time and memory of all its processes. These include processes that leave the process tree, such as
// provider hosts and the tasks of Nx. Linux only: elsewhere, only the wall time is known.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const SAMPLE_MILLISECONDS = 250;
const known = process.platform === 'linux';

/**
 * Adopts every orphan below it, so that the kernel adds the CPU time of each process to that of an ancestor.
 * https://man7.org/linux/man-pages/man2/PR_SET_CHILD_SUBREAPER.2const.html
 */
const SUBREAPER = `
import ctypes, os, sys
ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)
child = os.spawnvp(os.P_NOWAIT, sys.argv[1], sys.argv[1:])
while True:
    pid, status = os.wait()
    if pid == child:
        sys.exit(os.waitstatus_to_exitcode(status))
`;

/** Runs this program once more below a subreaper. Processes that exist before, such as the local cloud, are not measured. */
export function runBelowSubreaper() {
  const command = [process.execPath, ...process.argv.slice(1)];
  const [file, ...args] = known ? ['python3', '-c', SUBREAPER, ...command] : command;
  const { status, error } = spawnSync(file, args, { stdio: 'inherit', env: { ...process.env, BENCH_MEASURES: '1' } });
  if (error) throw error;
  process.exitCode = status ?? 1;
}

/** @returns wall and CPU seconds, and the peak of the memory in MB. A page that several processes share counts once. */
export async function measure(act) {
  const [started, cpu] = [performance.now(), cpuSeconds()];
  let peak = 0;
  const sampling = setInterval(() => (peak = Math.max(peak, megabytes())), SAMPLE_MILLISECONDS);
  try {
    await act();
  } finally {
    clearInterval(sampling);
  }
  return { wall: (performance.now() - started) / 1000, cpu: cpuSeconds() - cpu, memory: peak };
}

const TICKS_PER_SECOND = 100;

/** The CPU time of all processes. A parent counts its processes that have ended. The samples of this program are left out. */
function cpuSeconds() {
  const own = process.cpuUsage();
  const ticks = processes().reduce((sum, { ticks }) => sum + ticks, 0);
  return ticks / TICKS_PER_SECOND - (own.user + own.system) / 1e6;
}

function megabytes() {
  const kilobytes = processes()
    .filter(({ pid }) => pid !== process.pid && pid !== process.ppid)
    .map(({ pid }) => Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0));
  return kilobytes.reduce((sum, one) => sum + one, 0) / 1024;
}

/** The subreaper and everything below it. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function processes() {
  if (!known) return [];
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      const [parent, ...fields] = read(`/proc/${pid}/stat`)
        .replace(/^.*\) \S /s, '')
        .split(' ')
        .map(Number);
      const ticks = fields.slice(9, 13).reduce((sum, one) => sum + one, 0);
      return Number.isNaN(ticks) ? [] : [{ pid: Number(pid), parent, ticks }];
    });
  const below = new Set([process.ppid]);
  for (const pid of below) for (const one of all) if (one.parent === pid) below.add(one.pid);
  return all.filter(({ pid }) => below.has(pid));
}

/** Empty if the process has ended. */
function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
