import { readFileSync } from 'node:fs'

/** The package's version; package.json is two folders up from `dist/src`, one from `src`. */
export const version = readVersion(['../package.json', '../../package.json'])

/** How this program names itself in HTTP requests. */
export const userAgent = `alibabacloud-otel-receiver/${version}`

function readVersion(candidates: readonly string[]): string {
  for (const candidate of candidates) {
    try {
      const manifest: unknown = JSON.parse(readFileSync(new URL(candidate, import.meta.url), 'utf8'))
      if (isManifest(manifest)) return manifest.version
    } catch {
      // Not this one.
    }
  }
  throw new Error('package.json of alibabacloud-otel-receiver is missing from the installation')
}

function isManifest(value: unknown): value is { version: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    value.name === 'alibabacloud-otel-receiver' &&
    'version' in value &&
    typeof value.version === 'string'
  )
}
