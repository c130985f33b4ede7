import { describe, expect, it } from 'vitest'
import { loadCatalogue, unknownNamespace } from '../../../receivers/cloudmonitor/catalogue/catalogue.ts'
import { toUcum } from '../../../receivers/cloudmonitor/catalogue/units.ts'

const catalogue = await loadCatalogue()
const metrics = [...catalogue.values()].flatMap((namespace) => [...namespace.metrics.values()])

describe('loadCatalogue', () => {
  it('knows the published namespaces and metrics', () => {
    expect(catalogue.size).toBe(86)
    expect(metrics).toHaveLength(2863)
  })

  it('reads all that is known of a metric and its namespace', () => {
    const slb = catalogue.get('acs_slb_dashboard')
    expect(slb).toMatchObject({
      service: 'slb',
      instanceDimension: 'instanceId',
      resourceType: 'ACS::SLB::LoadBalancer',
      isResourceTypeVerified: true,
    })
    expect(slb?.metrics.get('InstanceTrafficTX')).toEqual({
      name: 'InstanceTrafficTX',
      description: 'Outbound traffic (whole instance)',
      unit: 'bit/s',
      kind: 'rate',
      statistics: ['Average', 'Minimum', 'Maximum'],
      periodsSeconds: [60, 300],
      dimensions: ['userId', 'instanceId'],
    })
  })

  it('tells what is not known, or not certain', () => {
    expect(catalogue.get('acs_cdn')?.resourceType).toBeUndefined()
    expect(catalogue.get('acs_kvstore')).toMatchObject({
      resourceType: 'ACS::KVStore::Instance',
      isResourceTypeVerified: false,
    })
    expect(catalogue.get('acs_smq')?.metrics.get('NumberOfMessagesVisible')?.statistics).toEqual([])
  })

  it('has a kind and a period for every metric', () => {
    for (const metric of metrics) {
      expect(['gauge', 'rate', 'ratio', 'total']).toContain(metric.kind)
      expect(metric.periodsSeconds.every((period) => [15, 60, 300].includes(period))).toBe(true)
      expect(metric.periodsSeconds.length).toBeGreaterThan(0)
    }
  })
})

describe('unknownNamespace', () => {
  it.each([
    ['acs_new_dashboard', 'new'],
    ['acs_Some-thing', 'some_thing'],
    ['waf3', 'waf3'],
  ])('calls the service of %s %s', (namespace, service) => {
    expect(unknownNamespace(namespace).service).toBe(service)
  })
})

describe('toUcum', () => {
  it.each([
    ['%', '%'],
    [' Percent ', '%'],
    ['Counts', '{count}'],
    ['CountS', '{count}/s'],
    ['COUNT/SECOND', '{count}/s'],
    ['Mbits/s', 'Mbit/s'],
    ['Megabytes', 'MiBy'],
    ['MilliSeconds', 'ms'],
    ['', '1'],
    ['furlongs', undefined],
  ])('reads %j as %s', (published, ucum) => {
    expect(toUcum(published)).toBe(ucum)
  })
})
