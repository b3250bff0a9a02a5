"""What an entry holds, in a few characters: two indexes that hold the same of a person say the same."""

import hashlib
import json

from search.documents import Document, Indexed


def fingerprint(document: Document, terms: Indexed) -> str:
    held = [
        " ".join(terms.words),
        [(level, " ".join(found)) for level, found in sorted(terms.levels.items())],
        sorted(document.codes),
        document.region_id,
        document.fresh_until.isoformat(),
        document.sort_name,
        document.readiness,
        document.days,
    ]
    return hashlib.blake2b(json.dumps(held).encode(), digest_size=12).hexdigest()
