"""What schemathesis does not know by itself: a message is sent as the bytes it is, and a key means one request."""

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
    """Gives each request a key of its own. A key made up twice is answered with what was made the first time, which may
    be deleted since: that is as it should be, and is taken for a lost resource here."""
    key = (case.headers or {}).get("Idempotency-Key")
    if isinstance(key, str) and 0 < len(key) < 256 and key.isascii() and key.isprintable():
        case.headers["Idempotency-Key"] = uuid.uuid4().hex
