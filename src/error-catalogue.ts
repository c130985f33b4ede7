/**
 * Every error code a user can meet: the general cause and what to do. docs/errors.md lists exactly these
 * (test/error-catalogue.test.ts holds the two together); `explain CODE` prints them.
 */
export const errorCatalogue = {
  USAGE: {
    cause: 'The command line is wrong: an unknown command, flag or value, or a file that is not there.',
    remedy: 'Run the command with --help and call it again, corrected.',
  },
  CONFIG_INVALID: {
    cause: 'The configuration has faults; each is listed with its path, what was found and what is allowed.',
    remedy: 'Correct the listed keys and run `validate` again.',
  },
  STORAGE_LOCKED: {
    cause: 'Another process holds the store; two would overwrite each other’s positions.',
    remedy: 'Stop the other process, or give this one a directory of its own.',
  },
  STORAGE_FAILED: {
    cause: 'The store of positions could not be opened, read or written.',
    remedy: 'Check that the directory exists, is writable and has space left.',
  },
  STORAGE_VERSION: {
    cause: 'The store was written by a newer release, whose layout this one does not know.',
    remedy: 'Run the newer release, or give this one an empty directory.',
  },
  ADDRESS_IN_USE: {
    cause: 'An address this process should listen on is taken or not its own.',
    remedy: 'Choose another port, or stop the process that listens there.',
  },
  CREDENTIALS_MISSING: {
    cause: 'No Alibaba Cloud credentials were found where the configuration or the environment says they are.',
    remedy: 'Set `credentials` on the receiver, or ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET.',
  },
  CREDENTIALS_REFUSED: {
    cause: 'Alibaba Cloud does not accept the key, its signature or its token.',
    remedy: 'Check that the AccessKey is active, that id and secret belong together, and that the region is right.',
  },
  PERMISSION_DENIED: {
    cause: 'The identity this process runs as may not make the call.',
    remedy: 'Grant the action named in the message to the RAM user or role.',
  },
  CLOCK_SKEW: {
    cause:
      'This machine’s clock differs from the server’s by more than 15 minutes, and correcting for it did not help.',
    remedy: 'Set the clock (NTP).',
  },
  SLS_NOT_FOUND: {
    cause: 'The project, logstore or shard does not exist in the region of the endpoint.',
    remedy: 'Check project, logstores and endpoint; a project lives in one region only.',
  },
  SLS_INVALID_CURSOR: {
    cause: 'SLS does not know the stored position any more.',
    remedy: 'Nothing: reading goes on at the oldest record kept. Data older than that has expired.',
  },
  SLS_SHARD_LOST: {
    cause: 'The server gave a shard of the consumer group to another consumer, or has forgotten this one.',
    remedy: 'Nothing: its new owner goes on at the saved position. If it lasts, look for pauses or a bad network.',
  },
  SLS_THROTTLED: {
    cause: 'SLS refuses calls because a quota of the project or shard is used up.',
    remedy: 'Nothing at first: the call is repeated more slowly. If it lasts, lower `rate_limit` or raise the quota.',
  },
  SLS_UNAVAILABLE: {
    cause: 'SLS could not be reached, or answered with a server error.',
    remedy: 'Check endpoint, network and proxy; the call is repeated until it succeeds.',
  },
  SLS_BAD_RESPONSE: {
    cause: 'An answer of SLS contradicts itself: its lengths, counts or encoding do not agree.',
    remedy: 'Look for a proxy that changes bodies; the call is repeated.',
  },
  SLS_REFUSED: {
    cause: 'SLS refused a call for a reason that repeating cannot change.',
    remedy: 'Read the vendor’s code in the message; report it if the request looks right.',
  },
  SMQ_NOT_FOUND: {
    cause: 'The queue does not exist in the account and region of the endpoint, or no queue matches `queues`.',
    remedy: 'Check endpoint and queues; a queue that is made later is found by itself.',
  },
  SMQ_THROTTLED: {
    cause: 'SMQ refuses calls because the account’s rate is used up.',
    remedy: 'Nothing at first: the call is repeated more slowly. If it lasts, lower `rate_limit` or raise the quota.',
  },
  SMQ_UNAVAILABLE: {
    cause: 'SMQ could not be reached, or answered with a server error.',
    remedy:
      'Check endpoint, network and proxy, and that the region’s public endpoint is open to this address; the call is repeated until it succeeds.',
  },
  SMQ_BAD_RESPONSE: {
    cause: 'An answer of SMQ is not the XML that was asked for.',
    remedy: 'Look for a proxy that changes bodies; the call is repeated.',
  },
  SMQ_REFUSED: {
    cause: 'SMQ refused a call for a reason that repeating cannot change.',
    remedy: 'Read the vendor’s code in the message; report it if the request looks right.',
  },
  SMQ_POISON: {
    cause: 'Messages were delivered more often than `poison.after` says, without ever being answered and deleted.',
    remedy:
      'Look at them in the dead-letter file or queue, and for what ended the process or held the backend up meanwhile.',
  },
  API_THROTTLED: {
    cause: 'Alibaba Cloud refuses calls of an API because its quota is used up, perhaps by others of the account.',
    remedy: 'Nothing at first: the call is repeated more slowly. If it lasts, lower `rate_limit` or raise the quota.',
  },
  API_UNAVAILABLE: {
    cause: 'An API of Alibaba Cloud could not be reached, stays silent, or answered with a server error.',
    remedy: 'Check endpoint, region, network and proxy; the call is repeated until it succeeds.',
  },
  API_BAD_RESPONSE: {
    cause: 'The answer of an API is not what its documentation says: no JSON, or contents that contradict each other.',
    remedy: 'Look for a proxy that answers in its place, and check the endpoint; the call is repeated.',
  },
  API_REFUSED: {
    cause: 'An API of Alibaba Cloud refused a call for a reason that repeating cannot change.',
    remedy: 'Read the vendor’s code in the message; report it if the request looks right.',
  },
  DATA_EXPIRED: {
    cause: 'Records expired at the source before they were read: the stored position is older than the oldest kept.',
    remedy:
      'Keep the receiver down for less time than the source keeps its records, or raise the retention of the logstore.',
  },
  EXPORT_UNREACHABLE: {
    cause: 'The backend could not be reached, or answered with an error that may pass.',
    remedy: 'Check the exporter’s endpoint and that the backend runs; the request is repeated, nothing is lost.',
  },
  EXPORT_UNAUTHORIZED: {
    cause: 'The backend does not accept this sender (401 or 403).',
    remedy: 'Check the exporter’s headers (API key, token); the request is repeated, nothing is lost.',
  },
  EXPORT_NOT_FOUND: {
    cause: 'There is no OTLP endpoint at this address (404 or 405).',
    remedy: 'Check the exporter’s endpoint: without a path, `/v1/logs` or `/v1/metrics` is added to it.',
  },
  EXPORT_REFUSED: {
    cause:
      'The backend refuses everything as malformed, so the fault is the backend’s or the address’s, not a record’s.',
    remedy: 'Check that the endpoint speaks OTLP/HTTP and the `encoding`; the request is repeated, nothing is lost.',
  },
  EXPORT_REJECTED: {
    cause: 'The backend refuses one record for ever while it accepts others.',
    remedy: 'See the record in the dead-letter folder; `on_rejected` says what happens to such records.',
  },
  EXPORT_FILE_FAILED: {
    cause: 'The file of a `file` exporter could not be opened or written.',
    remedy: 'Check that the folder is writable and has space left; writing is repeated, nothing is lost.',
  },
  DEAD_LETTER_FAILED: {
    cause: 'A rejected record could not be written to the dead-letter folder, so its position is not moved.',
    remedy: 'Make the folder writable and give it space; writing is repeated.',
  },
} as const satisfies Record<string, { cause: string; remedy: string }>
