"""The house rules that a machine can check: imports flow one way, and documents name real paths."""

from __future__ import annotations

import ast
import configparser
import re
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = (
    "config",
    "page",
    "store",
    "crawler",
    "index",
    "meaning",
    "report",
    "web",
    "samples",
    "search",
    "commands",
    "cli",
)
# Room → what it may import of ours; a dotted name allows only that module.
MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "config": (),
    "page": (),
    "store": ("config.counted", "page.model", "page.url"),
    "crawler": ("config", "page", "store"),
    "index": ("config", "page.model", "store"),
    "meaning": ("config", "page.model", "store", "index"),
    "report": ("config", "page.model", "store", "index", "meaning"),
    "web": ("config", "index", "store"),
    "samples": (),
    "search": ("config", "index", "meaning", "store.disk"),
    "commands": (
        "config",
        "page",
        "store",
        "crawler",
        "index",
        "meaning",
        "report",
        "samples",
        "search",
        "web",
    ),
    "cli": ("commands", "store.disk"),
}
ONLY_IN = {  # a library and the only places that may import it
    "scrapy": ("crawler",),
    "twisted": ("crawler",),
    "tantivy": ("index/engines",),
    "whoosh": ("index/engines", "index/parser.py"),
    "sqlite3": ("store",),
    "werkzeug": ("web",),
    "waitress": ("web",),
}


def modules(room: str) -> list[Path]:
    single = ROOT / f"{room}.py"
    return [single] if single.exists() else sorted((ROOT / room).rglob("*.py"))


def imports(path: Path) -> list[tuple[int, str]]:
    """Every imported module of a file, also inside functions, with its line."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            assert node.level == 0, f"{path}:{node.lineno}: imports here are absolute"
            # `from store import works` imports the module store.works
            found += [(node.lineno, f"{module}.{alias.name}") for alias in node.names]
    return found


def allowed(room: str, name: str) -> bool:
    top = name.split(".")[0]
    if top == room or top not in ROOMS:
        return True
    return any(name == way or name.startswith(f"{way}.") for way in MAY_IMPORT[room])


@pytest.mark.parametrize("room", ROOMS)
def test_imports_follow_the_arrows(room: str) -> None:
    files = modules(room)
    assert files, f"{room} is gone: correct this table"
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in files
        for line, name in imports(path)
        if not allowed(room, name)
    ]
    assert not wrong


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_stays_in_its_room(library: str) -> None:
    wrong = []
    for room in ROOMS:
        for path in modules(room):
            place = str(path.relative_to(ROOT))
            uses = any(name.split(".")[0] == library for _, name in imports(path))
            if uses and not place.startswith(ONLY_IN[library]):
                wrong.append(place)
    assert not wrong


def test_every_library_that_is_imported_is_declared() -> None:
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg", "utf-8")
    wanted = [setup["options"]["install_requires"], *setup["options.extras_require"].values()]
    declared = set(re.findall(r"^[\w.-]+", "\n".join(wanted), re.MULTILINE))
    brought = packages_distributions()
    used = {name.split(".")[0] for r in ROOMS for path in modules(r) for _, name in imports(path)}
    undeclared = {
        library
        for library in used - set(ROOMS)
        if library in brought
        and not declared & {name.lower().replace("_", "-") for name in brought[library]}
    }
    assert not undeclared


def test_there_are_no_import_cycles_between_modules() -> None:
    files = {
        ".".join(p.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): p
        for room in ROOMS
        for p in modules(room)
    }
    graph = {
        name: {
            target
            for _, wanted in top_level_imports(path)
            if (target := wanted if wanted in files else wanted.rpartition(".")[0]) in files
        }
        - {name}
        for name, path in files.items()
    }
    while leaves := [name for name, targets in graph.items() if not targets & graph.keys()]:
        for leaf in leaves:
            del graph[leaf]
    assert not graph, f"these import each other in a circle: {sorted(graph)}"


def top_level_imports(path: Path) -> list[tuple[int, str]]:
    tree = ast.parse(path.read_text("utf-8"))
    top = ast.Module([n for n in tree.body if isinstance(n, ast.Import | ast.ImportFrom)], [])
    found = []
    for node in top.body:
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [(node.lineno, f"{node.module}.{alias.name}") for alias in node.names]
    return found


@pytest.mark.parametrize("document", ["ARCHITECTURE.md", "README.md", "CONTRIBUTING.md"])
def test_documents_name_paths_that_exist(document: str) -> None:
    text = (ROOT / document).read_text("utf-8")
    linked = re.findall(r"\]\((?!https?://|#)([^)#]+)", text)
    quoted = re.findall(r"`([\w./-]+/[\w./-]*|[\w-]+\.(?:py|toml|cfg|md))`", text)
    made = ("duizhao-", "../", "report.", "report/report.", ".venv", "store.sqlite", "my-", "warc/")
    paths = [p for p in linked + quoted if not p.startswith(made)]
    assert paths
    missing = [path for path in paths if not (ROOT / path).exists()]
    assert not missing


def test_every_package_says_what_enters_and_leaves() -> None:
    for init in ROOT.glob("*/__init__.py"):
        doc = ast.get_docstring(ast.parse(init.read_text("utf-8")))
        assert doc, f"{init} has no docstring"
        assert "To be written" not in doc


def test_no_machine_of_ours_is_named() -> None:
    """A path of one machine in the tree would be wrong on every other."""
    wrong = []
    for path in ROOT.rglob("*"):
        inside = path.relative_to(ROOT).parts
        if path.suffix not in {".py", ".md", ".toml", ".cfg", ".html"} or inside[0].startswith("."):
            continue
        if inside[0] in {"build", "dist"} or path == Path(__file__).resolve():
            continue
        if re.search(r"/work/|/opt/|/root/|/home/\w", path.read_text("utf-8", "replace")):
            wrong.append("/".join(inside))
    assert not wrong


def test_no_private_constant_is_unused() -> None:
    wrong = []
    for path in (path for room in ROOMS for path in modules(room)):
        tree = ast.parse(path.read_text("utf-8"))
        names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
        read = {name.id for name in names if isinstance(name.ctx, ast.Load)}
        made = {name.id for name in names if re.match("_[A-Z]", name.id)}
        wrong += [f"{path.relative_to(ROOT)}: {name}" for name in sorted(made - read)]
    assert not wrong
