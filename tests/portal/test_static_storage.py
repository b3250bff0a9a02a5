"""Static files name no other host and no missing map."""

from portal.static_storage import cleaned


def test_foreign_fonts_and_source_maps_are_taken_out_of_css() -> None:
    css = b"a{color:red}@font-face{font-family:F;src:url(//x.example/f)}b{top:0}\n/*# sourceMappingURL=a.map */"
    assert cleaned("a.css", css) == b"a{color:red}b{top:0}\n"


def test_our_own_fonts_stay() -> None:
    assert cleaned("a.css", b"@font-face{src:url(f.woff2)}") == b"@font-face{src:url(f.woff2)}"


def test_source_maps_are_taken_out_of_scripts_and_nothing_of_other_files() -> None:
    assert cleaned("a.js", b"x()\n//# sourceMappingURL=a.js.map") == b"x()\n"
    assert cleaned("a.txt", b"//# sourceMappingURL=a.js.map") == b"//# sourceMappingURL=a.js.map"
