// An open workload: each request is sent when it is due, without waiting for the answers of earlier ones, unless there is a limit. See README.md.
import { Agent, request } from 'node:http';

const position = { instrument: 'ACME', quantity: 100, price: 42.5 };
const jobOf = (positions) =>
  JSON.stringify({
    positions,
    scenarios: { dates: ['2024-01-02', '2024-01-03'], returns: { ACME: [0.011, -0.024] } },
    confidence: 0.5,
  });
const JOB = jobOf([position]);
const LOOK_MS = 5;
/** A request without an answer fails after this time. */
const ANSWER_MS = 60_000;

/** A job whose duration grows with its positions: 60,000 of them take about 0.3 s of CPU. */
export const largeJob = (positions) => jobOf(Array.from({ length: positions }, () => position));

/** Sends jobs to `url` at a steady rate until `stop` is called. */
export class Load {
  #agent = new Agent({ keepAlive: true, maxSockets: Infinity });
  #started = performance.now();
  #pending = new Set();
  #timer;
  sent = 0;
  /** Requests that were sent again, which is safe because jobs are pure. */
  retried = 0;
  failed = [];
  milliseconds = [];
  /** By second since the start and by version: the number of answers. */
  versions = new Map();

  /** @param job default: a small one. @param repeats whether a job that gets a 502 is sent again. @param most the maximum number of requests at the same time */
  constructor(url, perSecond, { job = JOB, repeats = true, most = Infinity } = {}) {
    this.url = url;
    this.job = job;
    this.repeats = repeats;
    this.#timer = setInterval(() => {
      const due = ((performance.now() - this.#started) / 1000) * perSecond;
      while (this.sent < due && this.#pending.size < most) this.#send();
    }, LOOK_MS);
  }

  /** Resolves with the results after the last answer. */
  async stop() {
    clearInterval(this.#timer);
    await Promise.all(this.#pending);
    this.#agent.destroy();
    return this;
  }

  #send() {
    this.sent += 1;
    const began = performance.now();
    const second = Math.floor((began - this.#started) / 1000);
    const answered = this.#askTwice().then(
      ({ status, version }) => {
        this.milliseconds.push(performance.now() - began);
        if (status !== 200) this.failed.push(String(status));
        const seen = this.versions.get(second) ?? new Map();
        this.versions.set(second, seen.set(version, (seen.get(version) ?? 0) + 1));
      },
      ({ code, message }) => this.failed.push(code ?? message),
    );
    this.#pending.add(answered);
    answered.finally(() => this.#pending.delete(answered));
  }

  /** 502: the task stopped while it processed the request. A load balancer never repeats a request that it has sent. */
  async #askTwice() {
    const first = await this.#ask();
    if (first.status !== 502 || !this.repeats) return first;
    this.retried += 1;
    return await this.#ask();
  }

  #ask() {
    return new Promise((resolve, reject) => {
      const asked = request(`${this.url}/jobs`, {
        method: 'POST',
        agent: this.#agent,
        headers: { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(this.job) },
      });
      asked.setTimeout(ANSWER_MS, () => asked.destroy(new Error(`no answer in ${ANSWER_MS / 1000} s`)));
      asked.on('error', reject);
      asked.on('response', (answer) => {
        answer.resume();
        answer.on('error', reject);
        answer.on('end', () => resolve({ status: answer.statusCode, version: answer.headers['x-version'] }));
      });
      asked.end(this.job);
    });
  }
}
