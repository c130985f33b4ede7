import { defaultAccessKey } from '../accounts.ts'

/** An AccessKey that belongs to a user. Whether it is active, the accounts know; whether it can sign as well. */
export interface UserKeySpec {
  readonly id: string
  /** Days before the simulator's start. */
  readonly createdDaysAgo: number
  readonly inactive?: boolean
  /** Where the simulated traffic uses it from; default: it is not used. */
  readonly addresses?: readonly string[]
  /** With it the key can sign requests to the simulator. */
  readonly secret?: string
}

/** The account itself or one of its RAM users. */
export interface UserSpec {
  /** `root` is the account itself. */
  readonly name: string
  /** 18 digits; of root the account's. */
  readonly id: string
  readonly displayName?: string
  readonly createdDaysAgo: number
  /** Whether the user can sign in to the console. */
  readonly hasPassword?: boolean
  readonly hasMfa?: boolean
  /** Absent: never. */
  readonly lastSignInDaysAgo?: number
  readonly keys: readonly UserKeySpec[]
}

/**
 * Of each case that matters one: a root key, an old key, one never used, an inactive one, one used from several
 * addresses, a user without a key, and the reader whose key `simulate` prints.
 */
export function defaultUsers(accountId: string): readonly UserSpec[] {
  return [
    {
      name: 'root',
      id: accountId,
      createdDaysAgo: 1500,
      hasPassword: true,
      hasMfa: true,
      lastSignInDaysAgo: 2,
      keys: [{ id: 'LTAIEXAMPLEROOT1', createdDaysAgo: 1400 }],
    },
    {
      name: 'alice',
      id: '200000000000000001',
      displayName: 'Alice',
      createdDaysAgo: 700,
      hasPassword: true,
      hasMfa: true,
      lastSignInDaysAgo: 1,
      keys: [
        { id: 'LTAIEXAMPLEKEY01', createdDaysAgo: 200, addresses: ['203.0.113.25'] },
        { id: 'LTAIEXAMPLEKEY02', createdDaysAgo: 3 },
      ],
    },
    {
      name: 'bob',
      id: '200000000000000002',
      displayName: 'Bob',
      createdDaysAgo: 950,
      hasPassword: true,
      lastSignInDaysAgo: 40,
      keys: [{ id: 'LTAIEXAMPLEKEY03', createdDaysAgo: 900, addresses: ['198.51.100.77'] }],
    },
    {
      name: 'ci-deployer',
      id: '200000000000000003',
      createdDaysAgo: 400,
      keys: [
        {
          id: 'LTAIEXAMPLEKEY04',
          createdDaysAgo: 60,
          addresses: ['203.0.113.10', '203.0.113.11', '198.51.100.200', '2001:db8:0:1::25'],
        },
        { id: 'LTAIEXAMPLEKEY05', createdDaysAgo: 390, inactive: true },
      ],
    },
    {
      name: 'wangfang',
      id: '200000000000000004',
      displayName: '王芳',
      createdDaysAgo: 30,
      hasPassword: true,
      keys: [],
    },
    {
      name: 'otel-reader',
      id: '200000000000000005',
      createdDaysAgo: 10,
      keys: [{ id: defaultAccessKey.id, createdDaysAgo: 10 }],
    },
  ]
}
