import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import manifest from '../../package.json' with { type: 'json' }

const read = (path: string) => readFileSync(new URL(`../../deploy/${path}`, import.meta.url), 'utf8')

interface Probe {
  httpGet: { path: string; port: string }
}
interface Container {
  name: string
  image: string
  restartPolicy?: string
  args: string[]
  env: { name: string; value?: string }[]
  ports: { name: string; containerPort: number }[]
  startupProbe: Probe
  livenessProbe: Probe
  readinessProbe: Probe
  resources: { limits: { memory: string } }
  securityContext: object
  volumeMounts: { name: string; mountPath: string; readOnly?: boolean }[]
}

const documents = parseAllDocuments(read('kubernetes/sidecar.yaml')).map((document) => document.toJS())
const named = (kind: string, name = 'alibabacloud-otel-receiver') => {
  const found = documents.filter((each) => each.kind === kind && each.metadata.name === name)
  expect(found, `${kind} ${name}`).toHaveLength(1)
  return found[0]
}

const set = named('StatefulSet')
const pod = set.spec.template.spec
const receiver: Container = pod.containers[0]
const collector: Container = pod.initContainers[0]
const receiverConfigText: string = named('ConfigMap').data['config.yaml']
const receiverConfig = parse(receiverConfigText)
const collectorConfig = parse(named('ConfigMap', 'alibabacloud-otel-receiver-collector').data['collector.yaml'])

/** What a `${env:NAME}` or `${env:NAME:-default}` of a configuration is in this container. */
const inContainer = ({ env }: Container, text: string) =>
  text.replaceAll(/\$\{env:(\w+)(?::-(.*?))?\}/g, (whole, name, fallback) => {
    return env.find((each) => each.name === name)?.value ?? fallback ?? whole
  })

describe('deploy/kubernetes/sidecar.yaml', () => {
  it('parses without a fault, and every object has a kind, a version and a name', () => {
    expect(
      parseAllDocuments(read('kubernetes/sidecar.yaml')).flatMap(({ errors, warnings }) => [errors, warnings]),
    ).toEqual(documents.flatMap(() => [[], []]))
    for (const { apiVersion, kind, metadata } of documents) {
      expect({ apiVersion, kind, name: metadata.name, namespace: metadata.namespace }).toEqual({
        apiVersion: expect.stringMatching(/^([a-z0-9.]+\/)?v1$/),
        kind: expect.any(String),
        name: expect.stringMatching(/^alibabacloud-otel-receiver/),
        namespace: undefined,
      })
    }
  })

  it('selects the pods it makes, by the same labels everywhere', () => {
    const selector = set.spec.selector.matchLabels
    expect(set.spec.template.metadata.labels).toMatchObject(selector)
    expect(named('Service').spec.selector).toEqual(selector)
    expect(named('NetworkPolicy').spec.podSelector.matchLabels).toEqual(selector)
    expect(named('Service').metadata.name).toBe(set.spec.serviceName)
    expect(named('ServiceAccount').metadata.name).toBe(pod.serviceAccountName)
  })

  it('carries deploy/receiver/sidecar.yaml, with only the credentials added', () => {
    const { credentials, ...source } = receiverConfig.receivers.alibabacloud_sls
    expect(credentials.type).toBe('oidc_role_arn')
    expect({ ...receiverConfig, receivers: { alibabacloud_sls: source } }).toEqual(parse(read('receiver/sidecar.yaml')))
  })

  it('carries deploy/collector/sidecar.yaml', () => {
    expect(collectorConfig).toEqual(parse(read('collector/sidecar.yaml')))
  })

  it('lets the receiver send to the address where the Collector listens', () => {
    expect(receiverConfig.exporters.otlp_http.endpoint).toBe(
      `http://${collectorConfig.receivers.otlp.protocols.http.endpoint}`,
    )
  })

  it.each([
    ['receiver', receiver, receiverConfig, ['/livez', '/livez', '/readyz']],
    ['collector', collector, collectorConfig, ['/', '/', '/']],
  ])('probes the %s where its health_check listens, from outside the pod', (_name, container, config, paths) => {
    const probes = [container.startupProbe, container.livenessProbe, container.readinessProbe]
    expect(probes.map(({ httpGet }) => httpGet.path)).toEqual(paths)
    const ports = probes.map(({ httpGet }) => container.ports.find(({ name }) => name === httpGet.port)?.containerPort)
    const endpoint = inContainer(container, config.extensions.health_check.endpoint)
    expect(ports.map((port) => `0.0.0.0:${port}`)).toEqual([endpoint, endpoint, endpoint])
    expect(config.service.extensions).toContain('health_check')
  })

  it('gives the two containers, which share their addresses, ports of their own', () => {
    const ports = [...receiver.ports, ...collector.ports]
    expect(new Set(ports.map(({ containerPort }) => containerPort)).size).toBe(ports.length)
    expect(new Set(ports.map(({ name }) => name)).size).toBe(ports.length)
    expect(ports.map(({ name }) => name)).toContain(named('Service').spec.ports[0].targetPort)
    expect(
      named('NetworkPolicy')
        .spec.ingress[0].ports.map((each: { port: number }) => each.port)
        .sort(),
    ).toEqual(ports.map(({ containerPort }) => containerPort).sort())
  })

  it.each([
    ['receiver', receiver],
    ['collector', collector],
  ])('mounts for the %s the file its command names', (_name, container) => {
    const file = container.args.join(' ').match(/--config[= ](\S+)/)?.[1] ?? ''
    const mount = container.volumeMounts.find(({ mountPath }) => mountPath === posix.dirname(file))
    const volume = pod.volumes.find((each: { name: string }) => each.name === mount?.name)
    expect(mount?.readOnly).toBe(true)
    expect(Object.keys(named('ConfigMap', volume.configMap.name).data)).toEqual([posix.basename(file)])
  })

  it('keeps the positions on the volume of the pod', () => {
    const directory = inContainer(receiver, receiverConfig.extensions.file_storage.directory)
    const mount = receiver.volumeMounts.find(({ mountPath }) => mountPath === directory)
    expect(set.spec.volumeClaimTemplates.map((each: { metadata: { name: string } }) => each.metadata.name)).toEqual([
      mount?.name,
    ])
    expect(set.spec.replicas).toBe(1)
  })

  it('sets every variable the configurations need, the three of RRSA apart', () => {
    const needed = (config: unknown) =>
      [...JSON.stringify(config).matchAll(/\$\{env:(\w+)\}/g)].map(([, name]) => name ?? '').sort()
    const given = ({ env }: Container) => env.map(({ name }) => name)
    expect(given(collector)).toEqual(expect.arrayContaining(needed(collectorConfig)))
    expect(needed(receiverConfig).filter((name) => !given(receiver).includes(name))).toEqual([
      'ALIBABA_CLOUD_OIDC_PROVIDER_ARN',
      'ALIBABA_CLOUD_OIDC_TOKEN_FILE',
      'ALIBABA_CLOUD_ROLE_ARN',
    ])
  })

  it('runs both containers without root, without capabilities, on a read-only root, below a memory limit', () => {
    expect(pod.securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 10001,
      fsGroup: 10001,
      seccompProfile: { type: 'RuntimeDefault' },
    })
    for (const container of [receiver, collector]) {
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      })
      expect(container.resources.limits.memory).toMatch(/^\d+Mi$/)
    }
    expect(pod.automountServiceAccountToken).toBe(false)
  })

  it('runs the Collector as a native sidecar, and names the release of each image', () => {
    expect(collector.restartPolicy).toBe('Always')
    expect(collector.image).toMatch(/:\d+\.\d+\.\d+$/)
    expect(receiver.image.split(':').at(-1)).toBe(manifest.version)
  })

  it('holds no secret', () => {
    expect(documents.map(({ kind }) => kind)).not.toContain('Secret')
    expect(receiverConfigText).not.toMatch(/access_key_(id|secret): ["']?[A-Za-z0-9]/)
  })
})
