import { spawn } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { Stop } from '../bootstrap/stop.mjs';
import { findProgram } from './binaries.ts';
import type { Say } from './engine.ts';

const policyFile = '/usr/sbin/policy-rc.d';
const setAside = `${policyFile}.ddp-set-aside`;
const noPolicy = '# There was no such file before.\n';

/** Whether this process may install Debian packages here. */
export function canInstall(): boolean {
  if (process.env.DDP_INSTALL === '0' || process.getuid?.() !== 0) return false;
  if (findProgram('apt-get') === null || !existsSync('/etc/os-release')) return false;
  return /^(ID|ID_LIKE)=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/** Debian starts the servers it installs unless this policy forbids it. */
function forbidServiceStarts(): void {
  if (!existsSync(setAside)) {
    if (existsSync(policyFile)) renameSync(policyFile, setAside);
    else writeFileSync(setAside, noPolicy);
  }
  writeFileSync(policyFile, '#!/bin/sh\nexit 101\n');
  chmodSync(policyFile, 0o755);
}

function allowServiceStarts(): void {
  if (!existsSync(setAside)) return;
  if (readFileSync(setAside, 'utf8') === noPolicy) {
    rmSync(policyFile, { force: true });
    rmSync(setAside, { force: true });
  } else {
    renameSync(setAside, policyFile);
  }
}

function runApt(args: string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn('apt-get', ['-o', 'DPkg::Lock::Timeout=120', '-q', ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const collect = (chunk: string) => {
      output = (output + chunk).slice(-20_000);
    };
    child.stdout.setEncoding('utf8').on('data', collect);
    child.stderr.setEncoding('utf8').on('data', collect);
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Installs Debian packages, said beforehand, without any service being started. */
export async function installPackages(packages: string[], say: Say): Promise<void> {
  const list = packages.join(' ');
  say(`installing by apt-get (DDP_INSTALL=0 turns this off), no service is started: ${list}`);
  forbidServiceStarts();
  try {
    const update = await runApt(['update']);
    const install = await runApt(['install', '-y', '--no-install-recommends', ...packages]);
    if (install.code !== 0) {
      const output = update.code === 0 ? install.output : update.output + install.output;
      throw new Stop(`apt-get install ${list} failed:\n${output}`);
    }
  } finally {
    allowServiceStarts();
  }
}
