import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }

const top = new URL('../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, top), 'utf8')

/** The instructions in order, with continued lines joined and comments gone. */
const instructions = read('deploy/Dockerfile')
  .replaceAll(/^\s*#.*\n/gm, '')
  .replaceAll(/\\\n\s*/g, '')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => {
    const [, name = '', value = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? []
    return { name, value }
  })
const valuesOf = (name: string) => instructions.filter((each) => each.name === name).map(({ value }) => value)
const last = (name: string) => valuesOf(name).at(-1)

/** What is taken from the repository (not from an earlier stage). */
const copied = valuesOf('COPY')
  .filter((value) => !value.startsWith('--from='))
  .flatMap((value) => value.split(/\s+/).slice(0, -1))

describe('deploy/Dockerfile', () => {
  it.each(copied)('copies %s, which exists and is let through by .dockerignore', (path) => {
    expect(existsSync(new URL(path, top))).toBe(true)
    expect(read('.dockerignore').split('\n')).toContain(`!${path}`)
  })

  it('gives the build every folder the build reads', () => {
    const { include } = JSON.parse(read('tsconfig.build.json'))
    expect(copied).toEqual(expect.arrayContaining([...include, 'tsconfig.json', 'tsconfig.build.json']))
  })

  it('keeps everything else out of the build', () => {
    const patterns = read('.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
    expect(patterns[0]).toBe('*')
    expect(
      patterns
        .slice(1)
        .map((pattern) => pattern.slice(1))
        .sort(),
    ).toEqual([...new Set(copied)].sort())
  })

  it('runs on the Node.js the project is tested on', () => {
    expect(valuesOf('ARG')).toEqual([`NODE_VERSION=${manifest.devDependencies.node}`])
    for (const value of valuesOf('FROM')) expect(value).toMatch(/^node:\$\{NODE_VERSION\}-[a-z]+-slim( AS build)?$/)
  })

  it('starts the command of package.json, as a user that is not root, where state can be written', () => {
    const program = manifest.bin['alibabacloud-otel-receiver'].replace('./', '/opt/alibabacloud-otel-receiver/')
    expect(valuesOf('RUN').at(-1)).toContain(`ln -s ${program} /usr/local/bin/alibabacloud-otel-receiver`)
    expect(last('ENTRYPOINT')).toBe('["alibabacloud-otel-receiver"]')
    expect(last('USER')).toBe('10001:10001')
    expect(last('WORKDIR')).toBe(last('VOLUME'))
    expect(valuesOf('ENV').join(' ')).toContain(`STATE_DIRECTORY=${last('VOLUME')}`)
    expect(valuesOf('RUN').at(-1)).toContain(`-o 10001 -g 10001 -m 0750 ${last('VOLUME')}`)
  })

  it('checks its health with a program that is valid JavaScript', () => {
    const [, check = ''] = /CMD (\[.*\])$/.exec(last('HEALTHCHECK') ?? '') ?? []
    const [command, flag, program] = JSON.parse(check)
    expect([command, flag]).toEqual(['node', '-e'])
    expect(() => new Function(program)).not.toThrow()
  })
})
