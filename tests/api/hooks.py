"""What schemathesis does not know by itself: a message is sent as the bytes it is, and a key is for one request."""

import uuid

import schemathesis


@schemathesis.serializer("message/rfc822")
def message(_context, value):
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass")
    if isinstance(value, (bytes, bytearray)):
        return bytes(value)
    return b"From: anna@client.example\r\nSubject: " + repr(value).encode("ascii", "replace") + b"\r\n\r\nHello\r\n"


@schemathesis.hook
def before_call(_context, case, _kwargs):
    """Two scenarios that happen upon one key would be one request: the second is told of what the first has removed."""
    if case.meta is None or case.meta.phase.name.value != "stateful":
        return
    key = (case.headers or {}).get("Idempotency-Key")
    if isinstance(key, str) and 0 < len(key) < 200:
        case.headers["Idempotency-Key"] = f"{key}-{uuid.uuid4()}"
