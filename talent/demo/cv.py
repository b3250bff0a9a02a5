"""A candidate's CV as a small Word file, so that there is a real file to open, check and read."""

import io
import zipfile
from xml.sax.saxutils import escape

from talent.demo.careers import Career

_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_DOCUMENT = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# The same bytes each time: a zip file otherwise keeps the moment at which it was made.
_MADE = (2017, 4, 1, 9, 0, 0)


def cv(name: str, career: Career) -> bytes:
    lines = [name, career.headline, "Career"]
    for post in career.posts:
        until = f"{post.ended_on:%B %Y}" if post.ended_on else "today"
        lines += [f"{post.started_on:%B %Y} to {until}: {post.title}, {post.employer}", post.description]
    body = "".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in lines)
    parts = {"[Content_Types].xml": _TYPES, "_rels/.rels": _RELATIONS, "word/document.xml": _DOCUMENT.format(body)}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in parts.items():
            archive.writestr(zipfile.ZipInfo(path, date_time=_MADE), text)
    return file.getvalue()
