"""That the links between the pages of the documentation lead somewhere, and that what they quote is what there is."""

import os
import re
import unittest
from pathlib import Path

ROOT = Path(os.environ["DIALOGUE_SOURCE"])
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])


def prose(page):
    """Without what stands in blocks of code."""
    return re.sub(r"^```.*?^```", "", page.read_text(), flags=re.MULTILINE | re.DOTALL)


def anchors(page):
    headings = re.findall(r"^#+ (.*)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


class Links(unittest.TestCase):
    def test_each_leads_to_a_file_or_a_heading(self):
        checked = 0
        for page in PAGES:
            for target in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
                if re.match(r"https?://", target):
                    continue
                path, _, anchor = target.partition("#")
                aim = (page.parent / path).resolve() if path else page
                self.assertTrue(aim.exists(), f"{page.name}: {target}")
                if anchor:
                    self.assertIn(anchor, anchors(aim), f"{page.name}: {target}")
                checked += 1
        self.assertGreater(checked, 30)

    def test_each_page_is_reached_from_the_readme(self):
        reached, open_pages = set(), [ROOT / "README.md"]
        while open_pages:
            page = open_pages.pop()
            if page in reached:
                continue
            reached.add(page)
            for target in re.findall(r"\]\(([^)\s#]+\.md)", prose(page)):
                if not target.startswith("http"):
                    open_pages.append((page.parent / target).resolve())
        self.assertEqual([page.name for page in PAGES if page.resolve() not in {p.resolve() for p in reached}], [])


class Quotes(unittest.TestCase):
    def test_the_application_from_socketio_is_quoted_as_it_is(self):
        page = (ROOT / "docs/migrating-from-socketio.md").read_text()
        for language, file in [("js", "server.mjs"), ("cpp", "main.cpp")]:
            with self.subTest(file):
                self.assertIn(f"\n```{language}\n{(ROOT / 'examples/migration' / file).read_text()}```\n", page)


if __name__ == "__main__":
    unittest.main()
