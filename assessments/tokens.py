"""The words of a link: made of the server's secret key and a nonce, so that a copy of the database opens nothing.

A token has 256 bits and stands in the address and the QR code. A code is its short form for people who type it from a
poster: 12 letters and digits without look-alikes, 59 bits, guarded by `assessments.wrong_tries`.
"""

from __future__ import annotations

import base64
import re

from django.utils.crypto import salted_hmac

CODE_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
CODE_LENGTH = 12
CODE = re.compile(rf"[{CODE_ALPHABET}]{{{CODE_LENGTH}}}")


def token_of(nonce: str) -> str:
    """43 characters that fit an address."""
    digest = salted_hmac("assessments.token", nonce, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def code_of(nonce: str) -> str:
    """12 characters in three groups: k7m2-9xqt-4b3d."""
    number = int.from_bytes(salted_hmac("assessments.code", nonce, algorithm="sha256").digest())
    letters = []
    for _ in range(CODE_LENGTH):
        number, digit = divmod(number, len(CODE_ALPHABET))
        letters.append(CODE_ALPHABET[digit])
    return "-".join("".join(letters[start : start + 4]) for start in range(0, CODE_LENGTH, 4))


def hmac_of(words: str) -> str:
    """What is kept of a token or a code."""
    return salted_hmac("assessments.kept", words, algorithm="sha256").hexdigest()


def hmacs_of(nonce: str) -> dict[str, str]:
    """What the row of a link keeps of its words, by its fields."""
    return {"token_hmac": hmac_of(token_of(nonce)), "code_hmac": hmac_of(code_of(nonce))}


def named_by(words: str) -> dict[str, str]:
    """By which field, and what in it, the row of a link is found: that of the code where the words can be one."""
    code = plain_code(words)
    return {"code_hmac": hmac_of(code)} if code else {"token_hmac": hmac_of(words)}


def plain_code(typed: str) -> str:
    """A code as `code_of` gives it, however it was typed; empty where it can be none."""
    letters = re.sub(r"[\s\-–—.]", "", typed).lower()
    if not CODE.fullmatch(letters):
        return ""
    return "-".join(letters[start : start + 4] for start in range(0, CODE_LENGTH, 4))
