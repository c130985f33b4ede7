"""The official Python SDK as a partner, told what to do by one JSON argument.

produce:  writes LogGroups
split:    splits a shard in its middle, and prints the ids of the shards that took part
calls:    makes every call of a consumer group, and prints what each one answered
consume:  runs the SDK's own ConsumerWorker until standard input ends, and prints one line a LogGroup
"""

import json
import sys
import time

from aliyun.log import LogClient, LogException, LogItem, PutLogsRequest
from aliyun.log.consumer import ConsumerProcessorBase, ConsumerWorker, CursorPosition, LogHubConfig

# One heartbeat a second keeps the test short; the long timeout keeps a busy machine from losing a consumer.
HEARTBEAT_SECONDS = 1
TIMEOUT_SECONDS = 60


def client(job):
    return LogClient(
        job["endpoint"], job["keyId"], job["keySecret"], auth_version=job["signature"], region=job["region"]
    )


def produce(job):
    sls = client(job)
    for group in job["groups"]:
        items = [LogItem(timestamp=int(time.time()), contents=[("id", id), ("text", "日志")]) for id in group["ids"]]
        # Without a key the server picks the shard.
        sls.put_logs(
            PutLogsRequest(job["project"], job["logstore"], "interop", "192.0.2.1", items, hashKey=group.get("key"))
        )


def split(job):
    sls = client(job)
    shards = sls.list_shards(job["project"], job["logstore"]).get_shards_info()
    shard = next(shard for shard in shards if shard["shardID"] == job["shard"])
    middle = (int(shard["inclusiveBeginKey"], 16) + int(shard["exclusiveEndKey"], 16)) // 2
    answer = sls.split_shard(job["project"], job["logstore"], job["shard"], format(middle, "032x"))
    print(json.dumps([shard["shardID"] for shard in answer.get_shards_info()]))


def calls(job):
    sls = client(job)
    place = (job["project"], job["logstore"])
    group = (*place, job["group"])
    cursor = sls.get_end_cursor(*place, 0).get_cursor()

    def groups():
        return [
            [each.get_consumer_group_name(), each.get_timeout(), each.is_in_order()]
            for each in sls.list_consumer_group(*place).get_consumer_groups()
        ]

    def heartbeat(consumer, shards):
        return sls.heart_beat(*group, consumer, shards).get_shards()

    def checkpoint(shard, text, consumer, force):
        sls.update_check_point(*group, shard, text, consumer, force)

    def checkpoints(**shard):
        answer = sls.get_check_point(*group, **shard).get_consumer_group_check_points()
        return [[each["shard"], each["checkpoint"] == cursor, each["consumer"]] for each in answer]

    for call in [
        lambda: heartbeat("a", []),
        lambda: sls.create_consumer_group(*group, 60, False) and None,
        lambda: sls.create_consumer_group(*group, 60, False),
        groups,
        lambda: sls.update_consumer_group(*group, timeout=90, in_order=True) and None,
        groups,
        lambda: heartbeat("a", [0]),
        lambda: heartbeat("a", []),
        lambda: heartbeat("b", []),
        lambda: heartbeat("a", [0]),
        lambda: heartbeat("b", []),
        lambda: checkpoint(0, cursor, "a", False),
        lambda: checkpoint(0, cursor, "b", False),
        lambda: checkpoint(0, cursor, "nobody", False),
        lambda: checkpoint(9, cursor, "a", False),
        lambda: checkpoint(0, "no cursor", "a", False),
        lambda: checkpoint(1, cursor, "a", True),
        checkpoints,
        lambda: checkpoints(shard=0),
        lambda: sls.delete_consumer_group(*group) and None,
        groups,
        checkpoints,
    ]:
        try:
            print(json.dumps(call()))
        except LogException as error:
            print(json.dumps(f"{error.get_resp_status()} {error.get_error_code()}"))


class Printer(ConsumerProcessorBase):
    def process(self, log_groups, check_point_tracker):
        for group in log_groups.LogGroups:
            ids = [content.Value for log in group.Logs for content in log.Contents if content.Key == "id"]
            print(json.dumps({"shard": self.shard_id, "ids": ids}), flush=True)
        self.save_checkpoint(check_point_tracker, force=True)


def consume(job):
    option = LogHubConfig(
        job["endpoint"],
        job["keyId"],
        job["keySecret"],
        job["project"],
        job["logstore"],
        job["group"],
        job["consumer"],
        cursor_position=CursorPosition.BEGIN_CURSOR,
        heartbeat_interval=HEARTBEAT_SECONDS,
        data_fetch_interval=0.1,
        in_order=job["order"],
        auth_version=job["signature"],
        region=job["region"],
    )
    option.consumer_group_time_out = TIMEOUT_SECONDS
    worker = ConsumerWorker(Printer, option)
    worker.start()
    sys.stdin.read()
    worker.shutdown()
    worker.join()


if __name__ == "__main__":
    job = json.loads(sys.argv[1])
    {"produce": produce, "split": split, "calls": calls, "consume": consume}[job["do"]](job)
