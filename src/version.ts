import { readFileSync } from 'node:fs'

/** The folder of the installed package: above `src`, or above `dist/src`. */
export const packageRoot = findPackageRoot()

export const version = manifestAt(packageRoot)?.version ?? ''

/** How this program names itself in HTTP requests. */
export const userAgent = `alibabacloud-otel-receiver/${version}`

function findPackageRoot(): URL {
  for (const candidate of ['../', '../../'].map((path) => new URL(path, import.meta.url))) {
    if (manifestAt(candidate) !== undefined) return candidate
  }
  throw new Error('package.json of alibabacloud-otel-receiver is missing from the installation')
}

function manifestAt(root: URL): { version: string } | undefined {
  try {
    const manifest: unknown = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'))
    return isOurs(manifest) ? manifest : undefined
  } catch {
    return undefined
  }
}

function isOurs(value: unknown): value is { version: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    value.name === 'alibabacloud-otel-receiver' &&
    'version' in value &&
    typeof value.version === 'string'
  )
}
