"""The files of a project read as plain trees and rows by the program's own readers, by a process that has started as it does."""

from __future__ import annotations

import io
import sys
from contextlib import redirect_stdout
from pathlib import Path

from uppfoljning.cli.main import main
from uppfoljning.files.csv_rows import read_csv
from uppfoljning.files.source import Folder, is_csv
from uppfoljning.files.yaml_tree import read_yaml

with redirect_stdout(io.StringIO()):
    main(["validera", "--help"])
source = Folder(Path(sys.argv[1]))
for name in source.names():
    (read_csv if is_csv(name) else read_yaml)(name, source.read(name))
