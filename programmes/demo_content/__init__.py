"""The demonstration's pages: one Markdown file each, in pages/, read by reader.py and put up by demo_pages.py."""
