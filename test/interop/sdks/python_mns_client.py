"""The official Python SDK of SMQ as a partner: makes every call of a queue, and prints what each one answered."""

import json
import sys

from mns.account import Account
from mns.mns_exception import MNSServerException
from mns.queue import Message, MessagePropertyValue, QueueMeta


def text(message):
    """The SDK decodes Base64 to bytes."""
    body = message.message_body
    return body.decode() if isinstance(body, bytes) else body


def attributes(queue):
    meta = queue.get_attributes()
    return [meta.queue_name, meta.visibility_timeout, meta.delay_seconds, meta.polling_wait_seconds, meta.logging_enabled]


def main(job):
    account = Account(job["endpoint"], job["keyId"], job["keySecret"], job.get("securityToken", ""))
    queue = account.get_queue("from-python")
    raw = account.get_queue("from-python")
    raw.set_encoding(False)
    held = {}

    def names():
        urls, marker = account.list_queue("from", 10)
        return [[url.split("/")[-1] for url in urls], marker]

    def send(text, **more):
        sent = queue.send_message(Message(text, **more))
        held.setdefault("ids", []).append(sent.message_id)
        return len(sent.message_body_md5)

    def send_with_properties():
        message = Message("with properties")
        message.add_user_property("tenant", MessagePropertyValue("STRING", "t <1>"))
        queue.send_message(message)

    def receive(reader, wait=0):
        message = reader.receive_message(wait)
        held["handle"] = message.receipt_handle
        return [text(message), message.dequeue_count, message.priority, message.message_id in held["ids"]]

    def receive_all():
        messages = queue.batch_receive_message(16, 0)
        held["handles"] = [message.receipt_handle for message in messages]
        return sorted(
            [text(message), {name: each.string_value for name, each in message.user_properties.items()}]
            for message in messages
        )

    def change():
        held["handle"] = queue.change_message_visibility(held["handle"], 60).receipt_handle

    for call in [
        lambda: queue.receive_message(0),
        lambda: queue.create(QueueMeta(vis_timeout=45, polling_wait_sec=1)) and None,
        lambda: attributes(queue),
        lambda: queue.set_attributes(QueueMeta(vis_timeout=50, msg_ttl=600)),
        lambda: attributes(queue),
        names,
        lambda: queue.receive_message(0),
        lambda: send("one & <two> 三"),
        lambda: text(queue.peek_message()),
        lambda: receive(queue),
        change,
        lambda: queue.delete_message(held["handle"]),
        lambda: queue.delete_message(held["handle"]),
        lambda: queue.change_message_visibility("rubbish", 60) and None,
        lambda: send("urgent", priority=1),
        lambda: receive(raw),
        lambda: queue.delete_message(held["handle"]),
        lambda: len(queue.batch_send_message([Message("batch %d" % index) for index in range(3)])),
        send_with_properties,
        lambda: len(queue.batch_peek_message(16)),
        receive_all,
        lambda: queue.batch_delete_message(held["handles"][:2] + ["rubbish"]),
        lambda: queue.batch_delete_message(held["handles"][2:]),
        lambda: queue.batch_receive_message(17, 0),
        lambda: queue.delete(),
        lambda: queue.get_attributes() and None,
    ]:
        try:
            print(json.dumps(call(), ensure_ascii=False))
        except MNSServerException as error:
            sub_errors = [[each["ErrorCode"], each["ReceiptHandle"]] for each in error.sub_errors or []]
            print(json.dumps([error.type, *sub_errors]))


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
