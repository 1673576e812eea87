"""What books of other tools refer to, embed, draw and cite: it becomes links, pictures and sources, or is asked for."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import yaml
from PIL import Image

from book.check import check_book
from book.imports.importing import Imported, import_documents
from book.problem import Severity


def png() -> bytes:
    data = BytesIO()
    Image.new("RGB", (9, 9)).save(data, "PNG")
    return data.getvalue()


def chapters(imported: Imported) -> list[str]:
    return [
        data.decode() for path, data in imported.files.items() if path.startswith("chapters/") and path.endswith(".md")
    ]


def errors(imported: Imported, root: Path) -> list[str]:
    for path, data in imported.files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    return [str(one) for one in check_book(root).problems if one.severity is Severity.ERROR]


def quarto(root: Path, first: str, second: str = "# Two {#sec-two}\n\nText.\n") -> Path:
    root.mkdir()
    (root / "_quarto.yml").write_text("book:\n  title: T\n  chapters: [one.qmd, two.qmd]\n")
    (root / "one.qmd").write_text(first)
    (root / "two.qmd").write_text(second)
    (root / "dot.png").write_bytes(png())
    return root


def test_references_of_quarto_are_links_that_say_what_they_lead_to(tmp_path: Path) -> None:
    first = """# One

See @fig-dot, @tbl-days, @eq-sum, @sec-two, [@fig-dot] and @fig-lost, not `@fig-code`.

![The *dot*](dot.png){#fig-dot}

| a | b |
|---|---|
| 1 | 2 |

: The days {#tbl-days}

$$
a + b
$$ {#eq-sum}
"""
    imported = import_documents([quarto(tmp_path / "q", first)])
    (one, two) = chapters(imported)
    assert "See [The *dot*](#fig-dot), [The days](#tbl-days), [equation](#eq-sum)" in one
    assert ", [Two](02-two.md), [The *dot*](#fig-dot) and fig-lost, not `@fig-code`." in one
    assert "The original refers to fig-lost here" in one
    assert ": The days {#tbl-days}" in one
    assert "@eq-sum" not in one
    assert two.startswith("---\ntitle: Two\n")
    assert errors(imported, tmp_path / "book") == []


def test_references_of_bookdown_are_links_and_its_labels_are_no_text(tmp_path: Path) -> None:
    root = tmp_path / "b"
    root.mkdir()
    (root / "_bookdown.yml").write_text("book_filename: b\n")
    (root / "index.Rmd").write_text(
        "# First {-}\n\nSee \\@ref(the-wall), \\@ref(fig:dot), \\@ref(eq:sum), "
        "Equation \\@ref(eq:sum).\\index{Wall}\n\n"
        '```{r dot, fig.cap="A dot", echo=FALSE}\nknitr::include_graphics("dot.png")\n```\n\n'
        "\\begin{equation}\na + b\n(\\#eq:sum)\n\\end{equation}\n\n## The wall\n\nText.\n\n\\newpage\n"
    )
    (root / "dot.png").write_bytes(png())
    imported = import_documents([root])
    (one,) = chapters(imported)
    assert one.startswith("---\ntitle: First\n")
    assert "See [The wall](#the-wall), [A dot](#fig-dot), [equation](#eq-sum), Equation [sum](#eq-sum)." in one
    assert '![A dot](images/dot.png "A dot"){#fig-dot}' in one
    assert "$$\na + b\n$$" in one
    assert "newpage" not in one
    assert errors(imported, tmp_path / "book") == []


def test_a_chunk_that_draws_what_is_not_there_leaves_its_caption_and_a_question(tmp_path: Path) -> None:
    first = "# One\n\nSee @fig-a.\n\n```{r}\n#| label: fig-a\n#| echo: false\n#| fig-cap: All of it.\nplot(1)\n```\n"
    (one, _) = chapters(import_documents([quarto(tmp_path / "q", first)]))
    assert "See [All of it](#fig-a)." in one
    assert "*All of it.*" in one
    assert "draws something here with a program" in one


def test_notes_of_a_vault_link_to_each_other_and_show_pictures_from_anywhere(tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    for folder in (".obsidian", "Notes", "Attachments"):
        (vault / folder).mkdir(parents=True)
    (vault / "Attachments" / "A dot.png").write_bytes(png())
    (vault / "Notes" / "Alpha.md").write_text(
        "See [[Beta#The wall|there]], [[Gamma]] and `[[code]]`. %%hidden%%\n\n![[A dot.png|300]]\n\n![[Beta]]\n\n"
        "- ![[A dot.png|a red dot]]\n- ![[lost.png]]\n\nA claim. ^claim\n\n[it](obsidian://open)\n"
    )
    (vault / "Beta.md").write_text("# Beta\n\n## The wall\n\nSee [[Alpha#^claim]].\n")
    imported = import_documents([vault])
    beta, alpha = chapters(imported)
    assert "See [there](01-beta.md#The-wall), Gamma and `[[code]]`." in alpha
    assert "hidden" not in alpha
    assert "![A dot](images/a-dot.png)" in alpha.replace("a dot]", "A dot]", 1)
    assert "What does the picture a-dot.png show?" in alpha
    assert "![a red dot](images/a-dot.png)" in alpha
    assert "The picture lost.png is not there" in alpha
    assert "[Beta](01-beta.md)" in alpha
    assert "A claim.\n{#claim}" in alpha
    assert "obsidian:" not in alpha
    assert "(02-alpha.md#claim)" in beta
    assert errors(imported, tmp_path / "book") == []


def test_a_picture_on_the_web_is_not_fetched_but_asked_for(tmp_path: Path) -> None:
    (tmp_path / "in.md").write_text("# A\n\n![A hill](https://example.org/hill.png)\n")
    imported = import_documents([tmp_path / "in.md"])
    (one,) = chapters(imported)
    assert "The picture https://example.org/hill.png is on the web, and was not fetched." in one
    assert "write here: ![A hill](images/hill.png) -->" in one
    assert errors(imported, tmp_path / "book") == []


def test_sources_that_no_list_has_are_asked_for_and_stop_no_build(tmp_path: Path) -> None:
    (tmp_path / "one.bib").write_text("@book{there, title = {There}, year = 1908}\n")
    (tmp_path / "in.md").write_text(
        "---\nbibliography: one.bib\n---\n\n# A\n\nAs [see @there, p. 3; @lost-1], and `[@code]`, me@example.org.\n"
    )
    imported = import_documents([tmp_path / "in.md"])
    assert [one["id"] for one in yaml.safe_load(imported.files["sources-missing.yaml"])] == ["lost-1"]
    assert [one for one in imported.decisions if "cites lost-1" in (one.question or "")]
    assert errors(imported, tmp_path / "book") == []


def test_words_in_other_scripts_say_their_language(tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text(
        "The village of 十八洞村 was visited by many people, and so was دولة before it was built.\n"
    )
    imported = import_documents([tmp_path / "in.txt"])
    (one,) = chapters(imported)
    assert "[十八洞村]{lang=zh-Hans}" in one
    assert "[دولة]{lang=ar}" in one
    assert [one for one in imported.decisions if "2 runs of words in other scripts" in one.what]


def test_a_picture_of_a_chunk_without_a_caption_has_its_description_alone(tmp_path: Path) -> None:
    files = {
        "a.qmd": "# Title\n\nWords.\n\n"
        '```{r}\n#| fig-alt: Two boxes, "one" above.\nknitr::include_graphics("dot.png")\n```\n\n'
        '```{r}\n#| fig-cap: The boxes\n#| fig-alt: Two boxes.\nknitr::include_graphics("dot.png")\n```\n\n'
        "![A caption](dot.png)\n",
    }  # fmt: skip
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "dot.png").write_bytes(png())
    found = import_documents([tmp_path / "a.qmd"])
    (written,) = (data.decode() for path, data in found.files.items() if path.endswith(".md") and "chapters" in path)
    assert '\n![Two boxes, "one" above.](images/dot.png)\n' in written
    assert '\n![Two boxes.](images/dot.png "The boxes")\n' in written
    assert '\n![A caption](images/dot.png){alt="A caption"}\n' in written
