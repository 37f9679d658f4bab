"""What schemathesis does not know by itself: a message is sent as the bytes it is."""

import schemathesis


@schemathesis.serializer("message/rfc822")
def message(_context, value):
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass")
    if isinstance(value, (bytes, bytearray)):
        return bytes(value)
    return b"From: anna@client.example\r\nSubject: " + repr(value).encode("ascii", "replace") + b"\r\n\r\nHello\r\n"
