import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { isFile } from '@nightshift/files';
import type { ProcessEnvironment } from './run-process';

/**
 * Variables of the user that Terraform gets. Variables that change what Terraform does (`TF_CLI_ARGS`, `TF_VAR_*`,
 * `TF_WORKSPACE`, …) are not among them: the stack's configuration alone decides that.
 * https://developer.hashicorp.com/terraform/cli/config/environment-variables
 */
const ALLOWED: readonly RegExp[] = [
  // The machine and its user; the second line is Windows.
  /^(?:PATH|HOME|USER|LOGNAME|SHELL|TERM|TMPDIR|TMP|TEMP|TZ|LANG|LANGUAGE|LC_\w+|XDG_\w+)$/i,
  /^(?:SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|PATHEXT|USERNAME|USERPROFILE|HOMEDRIVE|HOMEPATH|(?:LOCAL)?APPDATA|PROGRAMDATA)$/i,
  // The network. https://pkg.go.dev/net/http#ProxyFromEnvironment, https://pkg.go.dev/crypto/x509#SystemCertPool
  /^(?:HTTPS?|ALL|NO)_PROXY$/i,
  /^SSL_CERT_(?:FILE|DIR)$/,
  // Credentials, and what a `credential_process` needs to reach a key ring.
  /^AWS_\w+$/,
  /^(?:SSH_AUTH_SOCK|DBUS_SESSION_BUS_ADDRESS|DISPLAY|WAYLAND_DISPLAY|GPG_TTY|GNUPGHOME)$/,
  // Where Terraform logs, and where it finds providers.
  /^TF_(?:LOG|LOG_CORE|LOG_PROVIDER|LOG_PATH|CLI_CONFIG_FILE|PLUGIN_CACHE_DIR)$/,
  /^TF_(?:TOKEN_[\w-]+|REGISTRY_DISCOVERY_RETRY|REGISTRY_CLIENT_TIMEOUT)$/,
  /^TERRAFORM_PLUGIN_MIRROR$/,
  // Version managers, whose `terraform` is a script.
  /^(?:TFENV|TENV|TOFUENV|ASDF|MISE)_\w+$/,
];

/** Disables prompts and update checks, and always uses the state in the configuration. */
const OWN = { TF_INPUT: '0', TF_IN_AUTOMATION: '1', TF_WORKSPACE: 'default', CHECKPOINT_DISABLE: '1' } as const;

/**
 * Go collects garbage less often, as long as a process uses less than 1 GiB. Only for commands that share a provider: several providers
 * at once need the memory. https://pkg.go.dev/runtime#hdr-Environment_Variables
 */
export const MEMORY_FOR_TIME = { GOGC: '400', GOMEMLIMIT: '1GiB' } as const;

/** Those that CI systems set with the same effect as ours. */
const EXPECTED: readonly string[] = ['TF_INPUT', 'TF_IN_AUTOMATION'];

const PATHS = ['TF_CLI_CONFIG_FILE', 'TF_PLUGIN_CACHE_DIR', 'TF_LOG_PATH', 'TERRAFORM_PLUGIN_MIRROR'] as const;

/** Base directory of paths in settings. */
export interface Places {
  /** @default - the current directory */
  readonly cwd?: string | undefined;
  /** The user's, for `~`. @default - the one of the operating system */
  readonly home?: string | undefined;
}

/** Variables that Terraform can work with, and what was left out of them. */
export interface UsableVariables {
  readonly env: ProcessEnvironment;
  /** Lines to show the user. */
  readonly notices: readonly string[];
}

/** The whole environment of a Terraform process. */
export function terraformEnvironment(env: ProcessEnvironment): ProcessEnvironment {
  return { ...allowedVariables(env), ...OWN };
}

/**
 * Leaves out what must not reach Terraform, and a `TF_CLI_CONFIG_FILE` that names no file: Terraform would complain about
 * it under every command, and look at no other configuration. Paths become absolute, as Terraform runs in another
 * directory and does not know `~`.
 */
export async function usableVariables(env: ProcessEnvironment, places: Places): Promise<UsableVariables> {
  const allowed = allowedVariables(env);
  const paths = PATHS.flatMap((name) => {
    const path = setting(allowed, name);
    return path === undefined ? [] : [[name, absolutePath(path, places)] as const];
  });
  const usable: ProcessEnvironment = { ...allowed, ...Object.fromEntries(paths) };
  const ignored = Object.keys(env)
    .filter((name) => isIgnored(name, env))
    .sort();
  const notices =
    ignored.length === 0
      ? []
      : [`${ignored.join(', ')}: ignored, because variables must not change what Terraform does`];
  const { TF_CLI_CONFIG_FILE: file, ...others } = usable;
  if (!file || (await isFile(file))) return { env: usable, notices };
  return { env: others, notices: [...notices, `TF_CLI_CONFIG_FILE is ignored: ${file} is not a file`] };
}

/** A path as a user wrote it: `~` is the home directory, also where no shell has replaced it. */
export function absolutePath(path: string, { cwd = process.cwd(), home = homedir() }: Places): string {
  return resolve(cwd, /^~(?=$|[/\\])/.test(path) ? join(home, path.slice(1)) : path);
}

function allowedVariables(env: ProcessEnvironment): ProcessEnvironment {
  return Object.fromEntries(Object.entries(env).filter(([name]) => ALLOWED.some((pattern) => pattern.test(name))));
}

function isIgnored(name: string, env: ProcessEnvironment): boolean {
  if (!name.startsWith('TF_') || setting(env, name) === undefined || EXPECTED.includes(name)) return false;
  return !ALLOWED.some((pattern) => pattern.test(name));
}

/** An environment variable. Terraform treats an empty one as not set. */
export function setting(env: ProcessEnvironment, name: string): string | undefined {
  const value = env[name];
  return value === '' ? undefined : value;
}
